import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import type { Json, TwinUnderTest } from './running-twins.js';
import { callXiaohongshu, startXiaohongshu, XIAOHONGSHU_KEYS, xiaohongshuRefund } from './running-xiaohongshu.js';

const ID = 'R6242141112658161';
const ORDER_ID = 'P6242141112658161';
const INFO = 'afterSale.getAfterSaleInfo';
const LIST = 'afterSale.listAfterSaleInfos';

let twin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startXiaohongshu({ timeScale: 0.0001 }), scriptedServer()]);
  shop.answer({ body: '{"success":true,"error_code":0,"error_msg":""}' });
  await twin.control('POST', '/refunds', [xiaohongshuRefund(ID, { postFen: 600, deadlineAfterMs: 86_400_000 })]);
});
afterEach(() => Promise.all([twin.close(), shop.close()]));

const call = (method: string, parameters: Json, change: Json = {}) =>
  callXiaohongshu(twin.baseUrl, method, parameters, change);
const code = async (...args: Parameters<typeof call>) => (await call(...args)).json.error_code;
const messages = async () => (await twin.summary()).messages as Json;

describe('the calls', () => {
  it('show an after-sale in yuan and its order in fen', async () => {
    const { json, text } = await call(INFO, { returnsId: ID });
    expect(json).toMatchObject({
      success: true,
      error_code: 0,
      data: {
        afterSaleInfo: { returnType: 4, status: 1, appliedShipFeeAmountYuan: 6, refundStatus: 101 },
        logisticsInfo: { order: { expressNo: '73101112658161', expressCompanyCode: 'zto' }, afterSale: null },
      },
    });
    expect(text).toContain('"expectedRefundAmountYuan":89.05,');
    expect((await call('order.getOrderDetail', { orderId: ORDER_ID })).json.data).toMatchObject({
      totalPayAmount: 8905,
      totalShippingFree: 600,
      skuList: [{ totalPaidAmount: 8305 }],
      simpleDeliveryOrderList: [{ expressTrackingNo: '73101112658161' }],
    });
  });

  it('list changed after-sales page by page, both ends of the window included', async () => {
    const more = Array.from({ length: 4 }, (_, i) => xiaohongshuRefund(`R624214111265900${i}`));
    await twin.control('POST', '/refunds', [...more, xiaohongshuRefund('R1', { shopId: 'other' })]);
    await twin.control('POST', '/config', { pageSize: 2 });
    const now = Date.now();
    const window = { timeType: 2, pageSize: 100, startTime: now - 60_000, endTime: now + 60_000 };
    const pages = await Promise.all(
      [1, 2, 3, 4].map(async (pageNo) => (await call(LIST, { ...window, pageNo })).json.data as Json),
    );
    expect(
      pages.map(({ totalCount, afterSaleBasicInfos }) => [totalCount, (afterSaleBasicInfos as Json[]).length]),
    ).toEqual([
      [5, 2],
      [5, 2],
      [5, 1],
      [5, 0],
    ]);
    const updatedAt = /"updatedAt":(\d+)/.exec((await call(LIST, { ...window, pageNo: 1 })).text)?.[1];
    const exact = await call(LIST, {
      ...window,
      pageNo: 1,
      startTime: Number(updatedAt) - 1,
      endTime: Number(updatedAt),
    });
    expect((exact.json.data as Json).totalCount).not.toBe(0);
  });

  it.each<[string, Json, number]>([
    ['a wrong sign', { sign: '00' }, -9070002],
    ['another timestamp than signed', { timestamp: '1612518379' }, -9070002],
    ['a timestamp in ms', { timestamp: '1612518379000' }, -9070002],
    ['another app', { appId: 'x' }, -9070003],
    ['another version', { version: '1.0' }, -9070003],
    ['another token', { accessToken: 'x' }, -9070004],
    ['a method nobody knows', { method: 'afterSale.nothing' }, -9070001],
  ])('are refused for %s', async (_what, change, wanted) => {
    expect(await code(INFO, { returnsId: ID }, change)).toBe(wanted);
  });

  it('know neither strangers nor windows that are too wide', async () => {
    await twin.control('POST', '/refunds', [xiaohongshuRefund('R77', { shopId: 'other' })]);
    expect(await code(INFO, { returnsId: 'R76' })).toBe(-9080003);
    expect(await code(INFO, { returnsId: 'R77' })).toBe(-9080003);
    expect(await code('order.getOrderDetail', { orderId: 'P77' })).toBe(-9080004);
    const window = { timeType: 2, pageSize: 100, pageNo: 1, startTime: 1000 };
    expect(await code(LIST, { ...window, endTime: 1_801_001 })).toBe(-9080002);
    expect(await code(LIST, { ...window, endTime: 1000 })).toBe(-9080001);
    expect(await code(LIST, { ...window, endTime: 2000, pageSize: 101 })).toBe(-9080001);
  });

  it('are throttled, refused and faulted on command', async () => {
    await twin.control('POST', '/config', { tokenExpired: true });
    expect(await code(INFO, { returnsId: ID })).toBe(-9070005);
    await twin.control('POST', '/config', { tokenExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect([await code(INFO, { returnsId: ID }), await code(INFO, { returnsId: ID })]).toEqual([0, -9070006]);
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'http_error', afterSaleId: ID, times: 1 });
    expect((await call(INFO, { returnsId: ID })).status).toBe(500);
    expect(await twin.summary()).toMatchObject({ answered: 1, badSignature: 1, throttled: 1, notActed: 1 });
  });
});

describe('the pushes', () => {
  const emit = (targetUrl: string, more: Json = {}) =>
    twin.control('POST', '/emit', { targetUrl, events: [{ refundId: ID }], ...more });

  it('are signed over path and parameters of the address, without the body', async () => {
    await emit(`${shop.baseUrl}/webhooks/xiaohongshu/red?b=2&a=1`);
    await until(async () => (await messages()).acknowledged === 1, { what: 'the push' });
    const [request] = shop.received();
    if (request === undefined) throw new Error('nothing arrived');
    const { headers, body, path } = request;
    const { appKey, appSecret } = XIAOHONGSHU_KEYS;
    const text = `/webhooks/xiaohongshu/red?a=1&app-key=${appKey}&b=2&timestamp=${headers.timestamp}${appSecret}`;
    expect(path).toBe('/webhooks/xiaohongshu/red?b=2&a=1');
    expect(headers).toMatchObject({ 'app-key': appKey, sign: createHash('md5').update(text).digest('hex') });
    const [message] = JSON.parse(body);
    expect(message).toMatchObject({ msgTag: 'msg_after_sale_create', sellerId: XIAOHONGSHU_KEYS.shopId });
    expect(JSON.parse(message.data)).toMatchObject({
      returnsId: ID,
      orderId: ORDER_ID,
      returnType: 4,
      refundFee: 83.05,
    });
  });

  it('come once more after a failure, and no third time', async () => {
    shop.answer({ body: '{"success":false}' });
    await emit(shop.baseUrl);
    await until(async () => (await messages()).givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(2);
    expect(new Set(shop.received().map(({ body }) => body)).size).toBe(1);
  });

  it('bring the after-sale where they say, and can be signed wrongly', async () => {
    await emit(shop.baseUrl, { events: [{ refundId: ID, event: 'closed' }], sign: 'wrong' });
    await until(() => shop.received().length === 1, { what: 'the push' });
    expect(JSON.parse(shop.received()[0]?.body ?? '')[0].msgTag).toBe('msg_after_sale_closed');
    expect((await call(INFO, { returnsId: ID })).json.data).toMatchObject({
      afterSaleInfo: { status: 5, expireTime: -1 },
    });
  });

  it('and the check of the address wants HTTP 200', async () => {
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl });
    await until(async () => (await twin.control('GET', '/address-check')).json.passed === 1, { what: 'the check' });
    expect(shop.received()[0]?.body).toBe('{"test":true}');
  });
});
