import { createDecipheriv, createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Received, type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { http, type Json, type TwinUnderTest } from './running-twins.js';
import { callWechat, startWechat, WECHAT_KEYS, wechatRefund } from './running-wechat.js';

const ID = '2000000000187654321';
const OID = '3700000000187654321';
const SALE = 'aftersale/getaftersaleorder';
const LIST = 'aftersale/getaftersalelist';

let twin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startWechat({ timeScale: 0.0001 }), scriptedServer()]);
  shop.answer({ body: 'success' });
  await twin.control('POST', '/refunds', [wechatRefund(ID, { postFen: 600, deadlineAfterMs: 86_400_000 })]);
});
afterEach(() => Promise.all([twin.close(), shop.close()]));

const call = (endpoint: string, parameters: unknown, token?: string) =>
  callWechat(twin.baseUrl, endpoint, parameters, token);
const code = async (...args: Parameters<typeof call>) => (await call(...args)).json.errcode;
const messages = async () => (await twin.summary()).messages as Json;
const emit = (events: readonly Json[], more: Json = {}) =>
  twin.control('POST', '/emit', {
    targetUrl: `${shop.baseUrl}/webhooks/wechat/wx`,
    events,
    ratePerSecond: 1000,
    ...more,
  });

/** Checks the signature and opens the message, with nothing of the twin's code. */
function opened({ path, body }: Received): string {
  const query = new URL(path, 'http://shop').searchParams;
  const { Encrypt: encrypt } = JSON.parse(body);
  const parts = [WECHAT_KEYS.token, query.get('timestamp'), query.get('nonce'), encrypt].map(String);
  const sign = createHash('sha1').update(parts.sort().join('')).digest('hex');
  if (query.get('msg_signature') !== sign) throw new Error('not signed');
  const key = Buffer.from(`${WECHAT_KEYS.encodingAesKey}=`, 'base64');
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = cipher.update(Buffer.from(encrypt, 'base64'));
  const end = 20 + plain.readUInt32BE(16);
  expect(plain.subarray(end, plain.length - Number(plain.at(-1))).toString()).toBe(WECHAT_KEYS.appId);
  return plain.subarray(20, end).toString();
}

describe('the calls', () => {
  it('show an after-sale and its order, ids as text, amounts in fen', async () => {
    expect((await call(SALE, { after_sale_order_id: ID })).json).toMatchObject({
      errcode: 0,
      after_sale_order: {
        after_sale_order_id: ID,
        order_id: OID,
        type: 'REFUND',
        status: 'MERCHANT_PROCESSING',
        refund_info: { amount: 8900 },
      },
    });
    expect((await call('order/get', { order_id: OID })).json).toMatchObject({
      errcode: 0,
      order: {
        order_id: OID,
        order_detail: {
          product_infos: [{ real_price: 8300 }],
          price_info: { order_price: 8900, freight: 600 },
          delivery_info: { delivery_product_info: [{ waybill_id: '73100187654321', delivery_id: 'ZTO' }] },
        },
      },
    });
  });

  it('say how long the seller has, in both of the ways that the sources name', async () => {
    const deadline = async () =>
      ((await call(SALE, { after_sale_order_id: ID })).json.after_sale_order as Json).deadline;
    expect(Number(await deadline())).toBeLessThanOrEqual(86_400);
    await twin.control('POST', '/config', { deadline: 'instant' });
    expect(Number(await deadline())).toBeGreaterThan(Date.now() / 1000);
    await twin.control('PATCH', `/refunds/${ID}`, { status: 'paid' });
    expect(await deadline()).toBeUndefined();
  });

  it('list changed after-sales by key, ids only', async () => {
    const ids = Array.from({ length: 4 }, (_, i) => `200000000018765000${i}`);
    await twin.control('POST', '/refunds', [
      ...ids.map((id) => wechatRefund(id)),
      wechatRefund('1', { shopId: 'other' }),
    ]);
    await twin.control('POST', '/config', { pageSize: 2 });
    const now = Math.floor(Date.now() / 1000);
    const found: unknown[] = [];
    const keys: unknown[] = [];
    for (let key: unknown = undefined; key !== '' && keys.length < 9; key = keys.at(-1)) {
      const window = { begin_update_time: now - 60, end_update_time: now + 60 };
      const { json } = await call(LIST, key === undefined ? window : { ...window, next_key: key });
      found.push(...(json.after_sale_order_id_list as unknown[]));
      keys.push(json.next_key);
    }
    expect(keys).toEqual(['KEY-2', 'KEY-4', '']);
    expect(found.sort()).toEqual([...ids, ID].sort());
  });

  it('are refused without the right token, path, JSON or window', async () => {
    expect(await code(SALE, { after_sale_order_id: ID }, '')).toBe(41001);
    expect(await code(SALE, { after_sale_order_id: ID }, 'x')).toBe(40001);
    expect(await code('aftersale/nothing', {})).toBe(40066);
    expect(await code(SALE, 'no json')).toBe(47001);
    expect(await code(SALE, { after_sale_order_id: 7 })).toBe(47001);
    expect(await code(SALE, { after_sale_order_id: '76' })).toBe(10029999);
    expect(await code('order/get', { order_id: '76' })).toBe(10019999);
    expect(await code(LIST, { begin_update_time: 1, end_update_time: 86_402 })).toBe(10020004);
    expect(await code(LIST, { begin_update_time: 1, end_update_time: 2, next_key: 'x' })).toBe(47001);
    expect((await http('GET', `${twin.baseUrl}/channels/ec/${SALE}`, {})).json.errcode).toBe(43002);
  });

  it('are throttled, refused and faulted on command', async () => {
    await twin.control('POST', '/config', { tokenExpired: true });
    expect(await code(SALE, { after_sale_order_id: ID })).toBe(42001);
    await twin.control('POST', '/config', { tokenExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect([await code(SALE, { after_sale_order_id: ID }), await code(SALE, { after_sale_order_id: ID })]).toEqual([
      0, 45011,
    ]);
    await twin.control('POST', '/faults', {
      endpoint: `channels/ec/${SALE}`,
      kind: 'http_error',
      afterSaleId: ID,
      times: 1,
    });
    expect((await call(SALE, { after_sale_order_id: ID })).status).toBe(500);
    expect(await twin.summary()).toMatchObject({ answered: 1, badSignature: 1, throttled: 1, notActed: 1 });
  });
});

describe('the pushes', () => {
  it('are signed in the address and encrypted in the body', async () => {
    await emit([{ refundId: ID }]);
    await until(async () => (await messages()).acknowledged === 1, { what: 'the push' });
    const [request] = shop.received();
    if (request === undefined) throw new Error('nothing arrived');
    expect(request.path).toMatch(
      /^\/webhooks\/wechat\/wx\?signature=[0-9a-f]{40}&timestamp=\d{10}&nonce=\d{9}&openid=OPENID&encrypt_type=aes&msg_signature=[0-9a-f]{40}$/,
    );
    expect(JSON.parse(opened(request))).toMatchObject({
      Event: 'channels_ec_aftersale_update',
      finder_shop_aftersale_status_update: { status: 'MERCHANT_PROCESSING', after_sale_order_id: ID, order_id: OID },
    });
  });

  it('write ids as numbers too, and tell of a dispute by another event', async () => {
    await twin.control('POST', '/config', { ids: 'number' });
    await emit([{ refundId: ID, event: 'closed' }]);
    await until(() => shop.received().length === 1, { what: 'the push' });
    await emit([{ refundId: ID, event: 'arbitrated' }]);
    await until(() => shop.received().length === 2, { what: 'the dispute' });
    const [closed = '', dispute = ''] = shop.received().map(opened);
    expect(closed).toContain(`"status":"USER_CANCELD","after_sale_order_id":${ID},"order_id":${OID}`);
    expect(dispute).toContain('"Event":"channels_ec_complaint_update"');
  });

  it('come three times in all, the same bytes, until they are acknowledged', async () => {
    shop.answer({ body: 'fail' });
    await emit([{ refundId: ID }]);
    await until(async () => (await messages()).givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(3);
    expect(new Set(shop.received().map(({ body, path }) => path + body)).size).toBe(1);
  });

  it('can be signed wrongly', async () => {
    await emit([{ refundId: ID }], { sign: 'wrong' });
    await until(() => shop.received().length === 1, { what: 'the push' });
    const [request] = shop.received();
    expect(() => request && opened(request)).toThrow('not signed');
  });
});

describe('the check of the address', () => {
  it('passes where the very text comes back', async () => {
    const counts = async () => (await twin.control('GET', '/address-check')).json;
    shop.answer(({ path }) => ({ body: new URL(path, 'http://shop').searchParams.get('echostr') ?? '' }));
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl });
    await until(async () => (await counts()).passed === 1, { what: 'the check' });
    shop.answer({ body: 'something else' });
    await twin.control('POST', '/address-check', { targetUrl: shop.baseUrl });
    await until(async () => (await counts()).failed === 1, { what: 'the other check' });
    expect(shop.received().every(({ method }) => method === 'GET')).toBe(true);
  });
});
