import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { InterceptCommand } from '../../src/domain/carrier/port.js';
import type { PollPage } from '../../src/domain/platform/poll.js';
import { type PlatformAdapter, type PlatformEvent, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { SocketMessage } from '../../src/domain/platform/socket.js';
import { taobaoPlugin } from '../../src/producers/platforms/taobao/adapter.js';
import type { TaobaoCredentials } from '../../src/producers/platforms/taobao/credentials.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { commandOf } from '../support/command.js';
import { until } from '../support/until.js';
import { OTHER, startTaobao, TAOBAO_KEYS, taobaoRefund } from '../unit/sandbox/running-taobao.js';
import type { Json, TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = '7000893114000949517';
const WAYBILL = '73104000949517';

let twin: TwinUnderTest;
let ctx: Sender;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  twin = await startTaobao({ timeScale: 0.004 });
  ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  await twin.control('POST', '/refunds', [taobaoRefund(ID)]);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await ctx.close();
  await twin.close();
});

function credentials(more: Json = {}): TaobaoCredentials {
  const { appKey, appSecret, accessToken } = TAOBAO_KEYS;
  const messageUrl = `${twin.baseUrl.replace('http', 'ws')}/`;
  return taobaoPlugin.manifest.credentials.parse({ appKey, appSecret, accessToken, messageUrl, ...more });
}

const adapterWith = (more: Json = {}): PlatformAdapter => taobaoPlugin.create(credentials(more));

interface Line {
  readonly messages: readonly SocketMessage[];
  readonly broken: readonly string[];
  answer(how: 'confirm' | 'refuse', message: SocketMessage): void;
}

/** The adapter's session over a real WebSocket, as the runner would drive it. */
async function listen(adapter: PlatformAdapter, autoConfirm = true): Promise<Line> {
  const { socket } = adapter;
  if (!socket) throw new Error('the adapter has no socket');
  const session = socket.session();
  const web = new WebSocket(socket.url(Date.now()));
  sockets.push(web);
  const [messages, broken]: [SocketMessage[], string[]] = [[], []];
  let isReady = false;
  const answer = (how: 'confirm' | 'refuse', { receipt }: SocketMessage) =>
    web.send(how === 'confirm' ? session.confirm(receipt, Date.now()) : session.refuse(receipt, 'not now', Date.now()));
  web.on('message', (data: Buffer) => {
    const says = session.receive(data, Date.now());
    if (says.kind === 'ready') {
      isReady = true;
      web.send(session.beat(Date.now()));
    }
    if (says.kind === 'broken') broken.push(says.why);
    if (says.kind !== 'message') return;
    const { eventId } = says.message.envelope;
    // On a busy machine the twin may tell a confirmed message again: the inbox would hold it once.
    if (!autoConfirm || messages.every(({ envelope }) => envelope.eventId !== eventId)) messages.push(says.message);
    if (autoConfirm) answer('confirm', says.message);
  });
  await once(web, 'open');
  for (const frame of session.opening(Date.now())) web.send(frame);
  await until(() => isReady || broken.length > 0, { what: 'an answer to CONNECT' });
  return { messages, broken, answer };
}

const emit = (events: readonly object[]) => twin.control('POST', '/emit', { events });
const progress = async () => (await twin.control('GET', '/emit/1')).json;

describe('messages over a real WebSocket', () => {
  it('a day of one refund is told, confirmed and read', async () => {
    const adapter = adapterWith();
    const line = await listen(adapter);
    const events = ['created', 'modified', 'refused', 'arbitrated', 'agreed', 'paid'];
    await emit(events.map((event, at) => ({ refundId: ID, event, afterMs: at * 5_000 })));
    await until(async () => (await progress()).done, { what: 'the day' });
    expect(await progress()).toMatchObject({ acknowledged: 6, givenUp: 0 });
    const read = line.messages.map(({ envelope }) => adapter.read(envelope.payload));
    expect(read.map((event) => event.kind === 'after_sale' && [event.afterSaleId, event.update.facts.status])).toEqual(
      ['open', 'open', 'refused', undefined, 'agreed', 'paid'].map((status) => [ID, status]),
    );
    expect(read.map((event) => event.kind === 'after_sale' && event.arbitration)).toEqual([
      ...[false, false, false, true, false, false],
    ]);
    expect(new Set(line.messages.map(({ envelope }) => envelope.eventId)).size).toBe(6);
    expect(line.messages.every(({ platformShopId }) => platformShopId === TAOBAO_KEYS.seller)).toBe(true);
  });

  it('what is refused comes again as the same event, and so does what a lost connection held', async () => {
    const adapter = adapterWith();
    const first = await listen(adapter, false);
    await emit([{ refundId: ID }]);
    const message = await until(() => first.messages[0], { what: 'the message' });
    first.answer('refuse', message);
    await until(() => first.messages.length > 1, { what: 'the second telling' });
    const second = await listen(adapter);
    await twin.control('POST', '/disconnect', {});
    const third = await listen(adapter);
    await until(async () => (await progress()).done, { what: 'the confirmation' });
    const all = [...first.messages, ...second.messages, ...third.messages];
    expect(new Set(all.map(({ envelope }) => envelope.eventId)).size).toBe(1);
  });

  it('both families of topics are understood', async () => {
    await twin.control('POST', '/config', { topics: 'dispute' });
    const adapter = adapterWith();
    const line = await listen(adapter);
    await emit([{ refundId: ID }, { refundId: ID, event: 'paid', afterMs: 5_000 }]);
    await until(() => line.messages.length === 2, { what: 'both messages' });
    const read = line.messages.map(({ envelope }) => adapter.read(envelope.payload));
    expect(read).toMatchObject([{ update: { facts: { status: 'open' } } }, { update: { facts: { status: 'paid' } } }]);
  });

  it('keys that are not right are turned away, with the reason', async () => {
    expect((await listen(adapterWith({ appSecret: 'another' }))).broken).toEqual(['status 25 Invalid signature']);
    expect((await listen(adapterWith({ appKey: '1' }))).broken).toEqual(['status 29 Invalid app key']);
  });

  it('another group gets nothing of this one', async () => {
    const [other, ours] = [await listen(adapterWith({ messageGroup: 'other' })), await listen(adapterWith())];
    await emit([{ refundId: ID }]);
    await until(() => ours.messages.length === 1, { what: 'the message' });
    expect(other.messages).toEqual([]);
  });
});

const detail = (adapter = adapterWith(), afterSaleId = ID) =>
  adapter.fetchDetail({ afterSaleId, orderId: null }, ctx, Date.now());

describe('reads over real HTTP', () => {
  it('a detail says what the control API was told', async () => {
    await twin.control('PATCH', `/refunds/${ID}`, { deadlineAfterMs: 172_800_000, arbitration: 'applied' });
    const known = (await twin.control('GET', `/refunds/${ID}`)).json;
    const { update, parcels } = await detail();
    expect(update.facts).toMatchObject({
      orderId: known.orderId,
      type: 'refund_only',
      status: 'open',
      refundAmountFen: 8_900,
      paidAmountFen: 8_900,
      arbitration: 'applied',
      version: String(known.updatedAtMs),
    });
    expect(Math.abs(Number(update.facts.platformDeadlineMs) - Number(known.appliedAtMs) - 172_800_000)).toBeLessThan(
      1_000,
    );
    expect(parcels).toEqual([
      { rawCarrier: '中通快递', rawCarrierName: '中通快递', waybillNo: WAYBILL, declaredValueFen: 8_900 },
    ]);
  });

  it.each([
    [
      { type: 'before_shipment', parcels: [] },
      { type: 'refund_before_shipment', status: 'open' },
    ],
    [
      { type: 'return_refund', status: 'agreed' },
      { type: 'return_refund', status: 'agreed' },
    ],
    [{ type: 'exchange' }, { type: 'other' }],
    [{ status: 'paid' }, { type: 'refund_only', status: 'paid' }],
    [{ status: 'agreed' }, { type: 'refund_only', status: 'paid' }],
    [{ status: 'closed' }, { type: 'refund_only', status: 'closed' }],
  ])('%j', async (given, facts) => {
    await twin.control('POST', '/refunds', [{ ...taobaoRefund(ID), ...given }]);
    expect((await detail()).update.facts).toMatchObject(facts);
  });

  it.each([false, true])('several parcels of one order are all named (bare lists: %s)', async (bareLists) => {
    await twin.control('POST', '/config', { bareLists });
    const parcels = ['A1', 'A2'].map((waybillNo) => ({ companyCode: 'YTO', companyName: '圆通速递', waybillNo }));
    await twin.control('PATCH', `/refunds/${ID}`, { parcels });
    expect((await detail()).parcels.map(({ waybillNo }) => waybillNo)).toEqual(['A1', 'A2']);
  });

  it('refusals are typed', async () => {
    await expect(detail(adapterWith({ accessToken: OTHER.accessToken }))).rejects.toThrow(UnreadableEvent);
    await expect(detail(adapterWith({ accessToken: 'nobody' }))).rejects.toMatchObject({ kind: 'credentials' });
    await expect(detail(adapterWith({ appSecret: 'another' }))).rejects.toMatchObject({ kind: 'credentials' });
    await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    await detail();
    await expect(detail()).rejects.toMatchObject({ kind: 'throttled' });
  });

  it('a window gives every refund of the seller once, with the total, as its detail says it', async () => {
    const more = Array.from({ length: 149 }, (_, i) => taobaoRefund(`7000893114000950${String(i).padStart(3, '0')}`));
    await twin.control('POST', '/refunds', [...more, { ...taobaoRefund('8'), shopId: OTHER.seller }]);
    const adapter = adapterWith();
    const now = Date.now();
    const pages: PollPage[] = [];
    for (let token: string | null | undefined; token !== null; ) {
      const page: PollPage | undefined = await adapter.poll?.page(
        { fromMs: now - 60_000, toMs: now + 60_000 },
        token ?? null,
        ctx,
        now,
      );
      if (!page) throw new Error('there is no poll');
      pages.push(page);
      token = page.next;
    }
    expect(pages.map(({ total, envelopes }) => [total, envelopes.length])).toEqual([
      [150, 100],
      [150, 50],
    ]);
    const read: PlatformEvent[] = pages.flatMap(({ envelopes }) =>
      envelopes.map(({ payload }) => adapter.read(payload)),
    );
    expect(new Set(read.map((event) => event.kind === 'after_sale' && event.afterSaleId)).size).toBe(150);
    const same = read.find((event) => event.kind === 'after_sale' && event.afterSaleId === ID);
    const { version, refundAmountFen } = (await detail()).update.facts;
    expect(same).toMatchObject({
      update: { facts: { version, refundAmountFen, type: 'refund_only', status: 'open' } },
    });
  });
});

describe("the platform's intercepts over real HTTP", () => {
  const channel = (more: Json = {}) => {
    if (!taobaoPlugin.channel) throw new Error('there is no channel');
    return taobaoPlugin.channel.create(credentials(more));
  };
  const versionOf = async () => String((await twin.control('GET', `/refunds/${ID}`)).json.updatedAtMs);
  const order = (version: string | null): InterceptCommand =>
    commandOf({
      waybillNo: WAYBILL,
      carrier: 'zto',
      asKnownThere: { rawCarrier: '中通快递', wantedBy: [{ afterSaleId: ID, orderId: null, version }] },
    });

  it('by after-sale: accepted once, refused when repeated, with a version that is read where none is known', async () => {
    expect(await channel().create(order(null), ctx)).toMatchObject({ kind: 'accepted' });
    expect(await channel().create(order(await versionOf()), ctx)).toMatchObject({
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode: '15 isv.refund-intercept-repeat',
    });
    const taught = { meanings: { 'isv.refund-intercept-repeat': 'duplicate' } };
    expect(await channel(taught).create(order(await versionOf()), ctx)).toMatchObject({ kind: 'duplicate' });
    expect(await twin.summary()).toMatchObject({ accepted: 1, interceptedWaybills: 1 });
  });

  it('a stale version is refused, or read again where the account knows the code', async () => {
    const stale = await versionOf();
    await twin.control('PATCH', `/refunds/${ID}`, { reason: '商品质量问题' });
    expect(await channel().create(order(stale), ctx)).toMatchObject({ refusal: 'courier_unknown_code' });
    const taught = { meanings: { 'isv.refund-version-expired': 'stale_version' } };
    expect(await channel(taught).create(order(stale), ctx)).toMatchObject({ kind: 'accepted' });
    expect((await twin.summary()).byMethod).toEqual({ 'taobao.rp.refund.intercept': 3, 'taobao.refund.get': 1 });
  });

  it('by waybill: accepted once, and a repeat is what the account says it is', async () => {
    const keys = { interceptBy: 'delivery_cut', cpCodes: { zto: 'ZTO' } };
    expect(await channel(keys).create(order(null), ctx)).toMatchObject({ kind: 'accepted' });
    expect(await channel(keys).create(order(null), ctx)).toMatchObject({ refusal: 'courier_unknown_code' });
    const taught = { ...keys, meanings: { CUT_OFF_REPEAT: 'duplicate' } };
    expect(await channel(taught).create(order(null), ctx)).toMatchObject({ kind: 'duplicate' });
  });

  it('an answer that is lost after the platform acted leaves the outcome open', async () => {
    await twin.control('POST', '/faults', {
      ...{ endpoint: 'taobao.rp.refund.intercept', kind: 'act_then_reset', waybillNo: WAYBILL, times: 1 },
    });
    await expect(channel().create(order(await versionOf()), ctx)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    expect(await twin.summary()).toMatchObject({ accepted: 1 });
  });
});
