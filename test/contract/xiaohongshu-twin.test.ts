import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { xiaohongshuPlugin } from '../../src/producers/platforms/xiaohongshu/adapter.js';
import { eventsOf, pollAll, wayTo, webhookOf } from '../support/push-receiver.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import type { TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { startXiaohongshu, XIAOHONGSHU_KEYS, xiaohongshuRefund } from '../unit/sandbox/running-xiaohongshu.js';

const ID = 'R6242141112658161';
const { appKey, appSecret, accessToken } = XIAOHONGSHU_KEYS;
const adapter = xiaohongshuPlugin.create(
  xiaohongshuPlugin.manifest.credentials.parse({ appKey, appSecret, accessToken }),
);
const wanted = { afterSaleId: ID, orderId: null };

let twin: TwinUnderTest;
let shop: ScriptedServer;
let way: ReturnType<typeof wayTo>;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startXiaohongshu({ timeScale: 0.0001 }), scriptedServer()]);
  way = wayTo(twin.baseUrl);
  shop.answer((request) => {
    const { status, body } = adapter.ack(adapter.verify(webhookOf(request)) ? 'stored' : 'bad_signature');
    return { status, body };
  });
  await twin.control('POST', '/refunds', [xiaohongshuRefund(ID)]);
});
afterEach(() => Promise.all([twin.close(), shop.close(), way.close()]));

const told = (what: 'acknowledged' | 'givenUp', count: number) =>
  until(async () => (await twin.control('GET', '/emit/1')).json[what] === count, { what });

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it.each(['/webhooks/xiaohongshu/red', '/webhooks/xiaohongshu/red?from=console&a=%E4%B8%AD'])(
    'a push to %s is verified, acknowledged and no more than a hint; the detail says the rest',
    async (path) => {
      const events = ['created', 'agreed', 'paid'].map((event, at) => ({
        refundId: ID,
        event,
        ...(at ? { afterMs: at } : {}),
      }));
      await twin.control('POST', '/emit', { targetUrl: `${shop.baseUrl}${path}`, events });
      await told('acknowledged', 3);
      const hint = { kind: 'after_sale', afterSaleId: ID, arbitration: false };
      for (const event of shop.received().flatMap((request) => eventsOf(adapter, request))) {
        expect(event).toEqual({ ...hint, update: { atMs: 0, facts: { orderId: 'P6242141112658161' } } });
      }
      expect((await adapter.fetchDetail(wanted, way, Date.now())).update.facts.status).toBe('paid');
    },
  );

  it('a push signed wrongly is turned away', async () => {
    await twin.control('POST', '/emit', { targetUrl: `${shop.baseUrl}/x`, events: [{ refundId: ID }], sign: 'wrong' });
    await told('givenUp', 1);
    expect(shop.received()).toHaveLength(2);
  });

  it('the check of the address passes and leaves nothing behind', async () => {
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl });
    await until(async () => (await twin.control('GET', '/address-check')).json.passed === 1, { what: 'the check' });
    expect(shop.received().flatMap((request) => eventsOf(adapter, request))).toEqual([]);
  });

  it('the detail says what the control API was told, of all parcels', async () => {
    const parcels = [
      { companyCode: 'yuantong', companyName: '圆通', waybillNo: 'YT2534891234567' },
      { companyCode: 'zto', companyName: '中通', waybillNo: '73100130019486' },
    ];
    await twin.control('PATCH', `/refunds/${ID}`, {
      refundFen: 8305,
      postFen: 600,
      deadlineAfterMs: 172_800_000,
      parcels,
    });
    const detail = await adapter.fetchDetail(wanted, way, Date.now());
    expect(detail.update.facts).toMatchObject({
      orderId: 'P6242141112658161',
      type: 'refund_only',
      status: 'open',
      refundAmountFen: 8305,
      paidAmountFen: 8905,
      paidPostFen: 600,
    });
    const { appliedAtMs = 0, platformDeadlineMs } = detail.update.facts;
    expect(platformDeadlineMs).toBe(appliedAtMs + 172_800_000);
    expect(detail.parcels).toEqual([
      { rawCarrier: 'yuantong', rawCarrierName: '圆通', waybillNo: 'YT2534891234567', declaredValueFen: 8905 },
      { rawCarrier: 'zto', rawCarrierName: null, waybillNo: '73100130019486', declaredValueFen: 8905 },
    ]);
  });

  it.each([
    ['before_shipment', 'refund_before_shipment'],
    ['return_refund', 'return_refund'],
    ['exchange', 'other'],
  ])('a refund of type %s is read as %s', async (type, means) => {
    await twin.control('PATCH', `/refunds/${ID}`, { type });
    expect((await adapter.fetchDetail(wanted, way, Date.now())).update.facts.type).toBe(means);
  });

  it('the poll finds every changed after-sale once, page by page', async () => {
    const ids = Array.from({ length: 6 }, (_, i) => `R624214111265900${i}`);
    await twin.control(
      'POST',
      '/refunds',
      ids.map((id) => xiaohongshuRefund(id)),
    );
    await twin.control('POST', '/config', { pageSize: 3 });
    const window = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000 };
    expect((await pollAll(adapter, window, way)).sort()).toEqual([...ids, ID].sort());
  });

  it('refusals of the gateway are told apart by their words', async () => {
    const read = () => adapter.fetchDetail(wanted, way, Date.now());
    await twin.control('POST', '/config', { tokenExpired: true });
    await expect(read()).rejects.toMatchObject({ kind: 'credentials' });
    await twin.control('POST', '/config', { tokenExpired: false });
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    await expect(read()).rejects.toMatchObject({ kind: 'throttled' });
  });
});
