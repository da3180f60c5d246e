import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { wechatPlugin } from '../../src/producers/platforms/wechat/adapter.js';
import { eventsOf, pollAll, wayTo, webhookOf } from '../support/push-receiver.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import type { TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { startWechat, WECHAT_KEYS, wechatRefund } from '../unit/sandbox/running-wechat.js';

const ID = '2000000000187654321';
const { appId, accessToken, token, encodingAesKey } = WECHAT_KEYS;
const adapter = wechatPlugin.create(
  wechatPlugin.manifest.credentials.parse({ appKey: appId, appSecret: 'unused', accessToken, token, encodingAesKey }),
);
const wanted = { afterSaleId: ID, orderId: null };

let twin: TwinUnderTest;
let shop: ScriptedServer;
let way: ReturnType<typeof wayTo>;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startWechat({ timeScale: 0.0001 }), scriptedServer()]);
  way = wayTo(twin.baseUrl);
  shop.answer((request) => {
    const webhook = webhookOf(request);
    const ack =
      request.method === 'GET'
        ? adapter.answerCheck?.(webhook)
        : adapter.ack(adapter.verify(webhook) ? 'stored' : 'bad_signature');
    return { status: ack?.status ?? 405, body: ack?.body ?? '' };
  });
  await twin.control('POST', '/refunds', [wechatRefund(ID)]);
});
afterEach(() => Promise.all([twin.close(), shop.close(), way.close()]));

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it.each(['text', 'number'])(
    'a day of one refund is pushed, verified, acknowledged and read, ids as %s',
    async (ids) => {
      await twin.control('POST', '/config', { ids });
      const events = ['created', 'refused', 'arbitrated', 'agreed', 'paid'].map((event, at) => ({
        refundId: ID,
        event,
        ...(at ? { afterMs: at } : {}),
      }));
      await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events });
      await until(async () => (await twin.control('GET', '/emit/1')).json.acknowledged === 5, { what: 'the day' });
      const read = shop.received().flatMap((request) => eventsOf(adapter, request));
      const told = read.flatMap((event) => (event.kind === 'after_sale' ? [event] : []));
      told.sort((a, b) => a.update.atMs - b.update.atMs);
      expect(told.every(({ afterSaleId }) => afterSaleId === ID)).toBe(true);
      expect(told.map(({ update }) => update.facts.status)).toEqual([undefined, 'open', 'refused', 'agreed', 'paid']);
    },
  );

  it('a push signed wrongly is turned away', async () => {
    await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events: [{ refundId: ID }], sign: 'wrong' });
    await until(async () => (await twin.control('GET', '/emit/1')).json.givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(3);
  });

  it('the check of the address passes, and fails with another token', async () => {
    const counts = async () => (await twin.control('GET', '/address-check')).json;
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl });
    await until(async () => (await counts()).passed === 1, { what: 'the check' });
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl, sign: 'wrong' });
    await until(async () => (await counts()).failed === 1, { what: 'the refusal' });
  });

  it.each(['left', 'instant'])('the detail says what the control API was told, its clock as %s', async (deadline) => {
    await twin.control('POST', '/config', { deadline });
    const parcels = [
      { companyCode: 'YTO', companyName: '圆通', waybillNo: 'YT2534891234567' },
      { companyCode: 'ZTO', companyName: '中通', waybillNo: '73100130019486' },
    ];
    const told = { refundFen: 8300, paidFen: 8900, postFen: 600, deadlineAfterMs: 172_800_000, parcels };
    await twin.control('PATCH', `/refunds/${ID}`, told);
    const { update, parcels: found } = await adapter.fetchDetail(wanted, way, Date.now());
    expect(update.facts).toMatchObject({
      orderId: '3700000000187654321',
      type: 'refund_only',
      status: 'open',
      refundAmountFen: 8300,
      paidAmountFen: 8900,
      paidPostFen: 600,
    });
    const { appliedAtMs = 0, platformDeadlineMs = 0 } = update.facts;
    expect(Math.abs(platformDeadlineMs - appliedAtMs - 172_800_000)).toBeLessThan(3_000);
    expect(found).toEqual([
      { rawCarrier: 'YTO', rawCarrierName: '圆通', waybillNo: 'YT2534891234567', declaredValueFen: 8900 },
      { rawCarrier: 'ZTO', rawCarrierName: '中通', waybillNo: '73100130019486', declaredValueFen: 8900 },
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
    const ids = Array.from({ length: 6 }, (_, i) => `200000000018765000${i}`);
    await twin.control(
      'POST',
      '/refunds',
      ids.map((id) => wechatRefund(id)),
    );
    await twin.control('POST', '/config', { pageSize: 3 });
    const window = { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000 };
    expect((await pollAll(adapter, window, way)).sort()).toEqual([...ids, ID].sort());
  });

  it('refusals are told apart', async () => {
    const read = () => adapter.fetchDetail(wanted, way, Date.now());
    await twin.control('POST', '/config', { tokenExpired: true });
    await expect(read()).rejects.toMatchObject({ kind: 'credentials', rawCode: '42001' });
    await twin.control('POST', '/config', { tokenExpired: false });
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    await expect(read()).rejects.toMatchObject({ kind: 'throttled', rawCode: '45011' });
  });
});
