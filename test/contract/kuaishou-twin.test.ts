import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kuaishouPlugin } from '../../src/producers/platforms/kuaishou/adapter.js';
import { eventsOf, pollAll, wayTo, webhookOf } from '../support/push-receiver.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { KUAISHOU_KEYS, kuaishouRefund, startKuaishou } from '../unit/sandbox/running-kuaishou.js';
import type { TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = '2015600256209850123';
const { appKey, signSecret, accessToken, messageKey } = KUAISHOU_KEYS;
const adapter = kuaishouPlugin.create(
  kuaishouPlugin.manifest.credentials.parse({ appKey, appSecret: signSecret, accessToken, messageKey }),
);

let twin: TwinUnderTest;
let shop: ScriptedServer;
let way: ReturnType<typeof wayTo>;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startKuaishou({ timeScale: 0.0001 }), scriptedServer()]);
  way = wayTo(twin.baseUrl);
  shop.answer((request) => {
    const { status, body } = adapter.ack(adapter.verify(webhookOf(request)) ? 'stored' : 'bad_signature');
    return { status, body };
  });
});
afterEach(() => Promise.all([twin.close(), shop.close(), way.close()]));

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it('a day of one refund is pushed, verified, acknowledged and read', async () => {
    await twin.control('POST', '/refunds', [kuaishouRefund(ID)]);
    const events = ['created', 'refused', 'arbitrated', 'agreed', 'paid'].map((event, at) => ({
      refundId: ID,
      event,
      ...(at === 0 ? {} : { afterMs: at }),
    }));
    await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events });
    await until(async () => (await twin.control('GET', '/emit/1')).json.done, { what: 'the day' });
    expect((await twin.control('GET', '/emit/1')).json).toMatchObject({ acknowledged: 5, givenUp: 0 });
    const read = shop.received().flatMap((request) => eventsOf(adapter, request));
    const byTime = read.flatMap((event) => (event.kind === 'after_sale' ? [event] : []));
    byTime.sort((a, b) => a.update.atMs - b.update.atMs);
    expect(byTime.every(({ afterSaleId }) => afterSaleId === ID)).toBe(true);
    expect(byTime.map(({ update }) => update.facts.status)).toEqual(['open', 'refused', 'refused', 'agreed', 'paid']);
  });

  it('a message under another key is turned away until the platform gives up', async () => {
    await twin.control('POST', '/refunds', [kuaishouRefund(ID)]);
    await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events: [{ refundId: ID }], sign: 'wrong' });
    await until(async () => (await twin.control('GET', '/emit/1')).json.givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(6);
  });

  it.each(['encrypted', 'plain'])('the %s heart-beat is acknowledged and leaves nothing behind', async (heartBeat) => {
    await twin.control('POST', '/config', { heartBeat });
    await twin.control('POST', '/heart-beat', { targetUrl: shop.baseUrl });
    await until(async () => (await twin.control('GET', '/heart-beat')).json.acknowledged === 1, { what: 'the answer' });
    expect(shop.received().flatMap((request) => eventsOf(adapter, request))).toEqual([]);
  });

  it('the detail says what the control API was told', async () => {
    const parcels = [
      { companyCode: '6', companyName: '圆通速递', waybillNo: 'YT2534891234567' },
      { companyCode: '9', companyName: '中通快递', waybillNo: '73100130019486' },
    ];
    const told = { refundFen: 8300, paidFen: 8900, postFen: 600, deadlineAfterMs: 172_800_000, parcels };
    await twin.control('POST', '/refunds', [kuaishouRefund(ID, told)]);
    const detail = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    expect(detail.update.facts).toMatchObject({
      orderId: '9015600256209850123',
      type: 'refund_only',
      status: 'open',
      refundAmountFen: 8300,
      paidAmountFen: 8900,
    });
    const { appliedAtMs = 0, platformDeadlineMs } = detail.update.facts;
    expect(platformDeadlineMs).toBe(appliedAtMs + 172_800_000);
    expect(detail.parcels.map(({ rawCarrier, waybillNo }) => [rawCarrier, waybillNo])).toEqual([
      ['6', 'YT2534891234567'],
      ['9', '73100130019486'],
    ]);
  });

  it.each([
    ['before_shipment', [], 'refund_before_shipment'],
    ['return_refund', undefined, 'return_refund'],
    ['exchange', undefined, 'other'],
  ] as const)('a refund of type %s is read as such', async (type, parcels, means) => {
    const more = parcels === undefined ? { type } : { type, parcels: [] };
    await twin.control('POST', '/refunds', [kuaishouRefund(ID, more)]);
    const detail = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    expect(detail.update.facts.type).toBe(means);
  });

  it('the poll finds every changed refund once, page by page', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `201560025620985000${i}`);
    await twin.control(
      'POST',
      '/refunds',
      ids.map((id) => kuaishouRefund(id)),
    );
    await twin.control('POST', '/config', { pageSize: 3 });
    const window = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000 };
    expect((await pollAll(adapter, window, way)).sort()).toEqual(ids);
  });

  it('refusals of the gateway are told apart', async () => {
    const read = () => adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    await expect(read()).rejects.toThrow('no such after-sale');
    await twin.control('POST', '/config', { authorizationRevoked: true });
    await expect(read()).rejects.toMatchObject({ kind: 'credentials', rawCode: '24' });
    await twin.control('POST', '/config', { authorizationRevoked: false });
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    await expect(read()).rejects.toMatchObject({ kind: 'throttled', rawCode: '1017' });
  });
});
