import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformEvent } from '../../src/domain/platform/port.js';
import type { SocketMessage } from '../../src/domain/platform/socket.js';
import type { Stored } from '../../src/producers/http/group-commit.js';
import { pinduoduoPlugin } from '../../src/producers/platforms/pinduoduo/adapter.js';
import { SocketConnection } from '../../src/producers/socket-connection.js';
import { pollAll, wayTo } from '../support/push-receiver.js';
import { until } from '../support/until.js';
import { OTHER_MALL, PINDUODUO_KEYS, pinduoduoRefund, startPinduoduo } from '../unit/sandbox/running-pinduoduo.js';
import type { Json, TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = '7381745730114950123';
const ORDER_SN = '210707-745730114950123';
const WANTED = { afterSaleId: ID, orderId: ORDER_SN };

let twin: TwinUnderTest;
let way: ReturnType<typeof wayTo>;
const connections: SocketConnection[] = [];

function adapterOf(more: object = {}) {
  const { appKey, appSecret, accessToken } = PINDUODUO_KEYS;
  const messageUrl = twin.baseUrl.replace('http', 'ws');
  const credentials = { appKey, appSecret, accessToken, messageUrl, detailAmountUnit: 'fen', ...more };
  return pinduoduoPlugin.create(pinduoduoPlugin.manifest.credentials.parse(credentials));
}

/** The project's own connection to the twin; `store` says what becomes of each message. */
function listen(store: (message: SocketMessage) => Stored = () => 'stored', more: object = {}) {
  const { socket } = adapterOf(more);
  if (!socket) throw new Error('no socket');
  const messages: SocketMessage[] = [];
  const states: string[] = [];
  const connection = new SocketConnection({
    socket,
    store: async (message) => {
      messages.push(message);
      return store(message);
    },
    onState: (state, why) => states.push(`${state} ${why}`.trim()),
    backoffMs: () => 20,
    now: () => new Date(),
  });
  connections.push(connection);
  return { messages, states };
}

const read = ({ envelope }: SocketMessage): PlatformEvent => adapterOf().read(envelope.payload);
const emit = (...events: readonly Json[]) => twin.control('POST', '/emit', { events });
const counts = async () => (await twin.summary()).messages as Json;

beforeEach(async () => {
  twin = await startPinduoduo({ timeScale: 0.001 });
  way = wayTo(twin.baseUrl);
  await twin.control('POST', '/refunds', [pinduoduoRefund(ID)]);
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.stop();
  await Promise.all([twin.close(), way.close()]);
});

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it('a day of one refund comes over the connection, is confirmed and read', async () => {
    const { messages, states } = listen();
    await until(() => states.includes('up'), { what: 'the connection' });
    await emit(
      { refundId: ID },
      { refundId: ID, event: 'agreed', afterMs: 1 },
      { refundId: ID, event: 'closed', afterMs: 2 },
    );
    await until(async () => (await counts()).acknowledged === 3, { what: 'three confirmations' });
    expect(messages.map(({ platformShopId }) => platformShopId)).toEqual(Array(3).fill(PINDUODUO_KEYS.mallId));
    const events = messages.map(read).flatMap((event) => (event.kind === 'after_sale' ? [event] : []));
    events.sort((a, b) => a.update.atMs - b.update.atMs);
    expect(events.map(({ afterSaleId, update: { facts } }) => [afterSaleId, facts.orderId, facts.status])).toEqual([
      [ID, ORDER_SN, 'open'],
      [ID, ORDER_SN, 'agreed'],
      [ID, ORDER_SN, 'closed'],
    ]);
    expect(events.every(({ update }) => update.facts.refundAmountFen === 8900)).toBe(true);
    expect(await twin.summary()).toMatchObject({ badSignature: 0, badRequest: 0 });
  });

  it('a message that could not be stored comes again as the same event', async () => {
    let tries = 0;
    const { messages } = listen(() => {
      tries += 1;
      return tries < 3 ? 'overloaded' : 'stored';
    });
    await emit({ refundId: ID });
    await until(async () => (await counts()).acknowledged === 1, { what: 'the confirmation' });
    expect(messages).toHaveLength(3);
    expect(new Set(messages.map(({ envelope }) => envelope.eventId)).size).toBe(1);
  });

  it('messages of all malls of the app come over one connection, also after it was cut', async () => {
    const { messages, states } = listen();
    await until(() => states.includes('up'), { what: 'the connection' });
    await twin.control('POST', '/disconnect', { how: 'reset' });
    await twin.control('POST', '/refunds', [pinduoduoRefund('77', { shopId: OTHER_MALL.mallId })]);
    await emit({ refundId: ID }, { refundId: '77' });
    await until(async () => (await counts()).acknowledged === 2, { what: 'both messages' });
    const malls = new Set(messages.map(({ platformShopId }) => platformShopId));
    expect(malls).toEqual(new Set([PINDUODUO_KEYS.mallId, OTHER_MALL.mallId]));
    expect(states.filter((state) => state === 'up').length).toBeGreaterThanOrEqual(2);
  });

  it('a wrong secret is turned away, and what says so holds no sign', async () => {
    const { states } = listen(undefined, { appSecret: 'wrong' });
    await until(() => states.length > 1, { what: 'two refusals' });
    expect(states.every((state) => state.startsWith('down'))).toBe(true);
    expect(states.join()).not.toMatch(/message|[A-Za-z0-9+/]{40}/);
    expect(Number((await twin.summary()).badSignature)).toBeGreaterThan(1);
  });

  it.each(['seconds', 'china', 'rfc3339'])(
    'the detail says what the control API was told, its times as %s',
    async (times) => {
      await twin.control('POST', '/config', { times });
      const parcels = [
        { companyCode: '85', companyName: '圆通', waybillNo: 'YT2534891234567' },
        { companyCode: '384', companyName: '极兔', waybillNo: 'JT0001' },
      ];
      const told = { refundFen: 8329, paidFen: 113_997, postFen: 600, deadlineAfterMs: 172_800_000, parcels };
      await twin.control('POST', '/refunds', [pinduoduoRefund(ID, told)]);
      const detail = await adapterOf().fetchDetail(WANTED, way, Date.now());
      const { facts, atMs } = { ...detail.update };
      expect(facts).toMatchObject({
        orderId: ORDER_SN,
        type: 'refund_only',
        status: 'open',
        refundAmountFen: 8329,
        paidAmountFen: 113_997,
        paidPostFen: 600,
        arbitration: 'none',
      });
      const { appliedAtMs = 0 } = facts;
      expect(facts.platformDeadlineMs).toBe(appliedAtMs + 172_800_000);
      expect(atMs).toBe(appliedAtMs - (appliedAtMs % 1_000));
      expect(detail.parcels).toEqual([
        { rawCarrier: '85', rawCarrierName: '圆通', waybillNo: 'YT2534891234567', declaredValueFen: 113_997 },
        { rawCarrier: '384', rawCarrierName: '极兔', waybillNo: 'JT0001', declaredValueFen: 113_997 },
      ]);
    },
  );

  it.each([
    ['before_shipment', [], 'refund_before_shipment'],
    ['return_refund', undefined, 'return_refund'],
    ['exchange', undefined, 'other'],
  ] as const)('a refund of type %s is read as such', async (type, parcels, means) => {
    await twin.control('POST', '/refunds', [
      pinduoduoRefund(ID, parcels === undefined ? { type } : { type, parcels: [] }),
    ]);
    expect((await adapterOf().fetchDetail(WANTED, way, Date.now())).update.facts.type).toBe(means);
  });

  it('the poll finds what no message tells: a refusal and a payment', async () => {
    const other = '7381745730114950124';
    await twin.control('POST', '/refunds', [pinduoduoRefund(other)]);
    await emit({ refundId: ID, event: 'refused' }, { refundId: other, event: 'paid' });
    await until(async () => (await twin.control('GET', '/emit/1')).json.done, { what: 'both events' });
    expect(await counts()).toMatchObject({ started: 0 });
    const window = { fromMs: Date.now() - 600_000, toMs: Date.now() + 60_000 };
    const adapter = adapterOf();
    const statuses: unknown[] = [];
    const reading = {
      ...adapter,
      read: (payload: string) => {
        const event = adapter.read(payload);
        if (event.kind === 'after_sale') statuses.push([event.afterSaleId, event.update.facts.status]);
        return event;
      },
    };
    expect((await pollAll(reading, window, way)).sort()).toEqual([ID, other]);
    expect(statuses).toEqual([
      [ID, 'refused'],
      [other, 'paid'],
    ]);
  });

  it('the poll finds every changed refund once, over pages that are cut short', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `738174573011495000${i}`);
    await twin.control(
      'POST',
      '/refunds',
      ids.map((id) => pinduoduoRefund(id)),
    );
    await twin.control('POST', '/config', { pageSize: 3, times: 'china' });
    const window = { fromMs: Date.now() - 600_000, toMs: Date.now() + 60_000 };
    expect((await pollAll(adapterOf(), window, way)).sort()).toEqual([...ids, ID].sort());
  });

  it('refusals of the gateway are told apart', async () => {
    const detail = () => adapterOf().fetchDetail(WANTED, way, Date.now());
    const strange = adapterOf().fetchDetail({ ...WANTED, orderId: '210707-1' }, way, Date.now());
    await expect(strange).rejects.toThrow("another shop's");
    await twin.control('POST', '/config', { tokenExpired: true });
    await expect(detail()).rejects.toMatchObject({ kind: 'credentials', rawCode: '10019' });
    await twin.control('POST', '/config', { tokenExpired: false });
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    await expect(detail()).rejects.toMatchObject({ kind: 'throttled', rawCode: '70031' });
    await expect(adapterOf({ appSecret: 'x' }).fetchDetail(WANTED, way, Date.now())).rejects.toMatchObject({
      kind: 'credentials',
      rawCode: '20004',
    });
  });
});
