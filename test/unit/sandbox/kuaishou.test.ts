import { createDecipheriv } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Received, type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { callKuaishou, KUAISHOU_KEYS, kuaishouRefund, startKuaishou } from './running-kuaishou.js';
import type { Json, TwinUnderTest } from './running-twins.js';

const ID = '2015600256209850123';
const OID = '9015600256209850123';
const REFUND = 'open.seller.order.refund.detail';
const ORDER = 'open.order.detail';
const LIST = 'open.seller.order.refund.pcursor.list';

let twin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startKuaishou({ timeScale: 0.0001 }), scriptedServer()]);
  shop.answer({ body: '{"result":1}' });
  await twin.control('POST', '/refunds', [kuaishouRefund(ID, { postFen: 600, deadlineAfterMs: 86_400_000 })]);
});
afterEach(() => Promise.all([twin.close(), shop.close()]));

function decrypt({ body }: Received): Json {
  const cipher = createDecipheriv('aes-128-cbc', Buffer.from(KUAISHOU_KEYS.messageKey, 'base64'), Buffer.alloc(16));
  return JSON.parse(Buffer.concat([cipher.update(Buffer.from(body, 'base64')), cipher.final()]).toString('utf8'));
}

const result = async (method: string, param: string, change = {}, after = {}) =>
  (await callKuaishou(twin.baseUrl, method, param, change, after)).json.result;
const emit = (events: readonly Json[], more: Json = {}) =>
  twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events, ratePerSecond: 1000, ...more });
const messages = async () => (await twin.summary()).messages as Json;

describe('the calls', () => {
  it('show a refund and its order with every digit, the amounts in fen', async () => {
    const refund = await callKuaishou(twin.baseUrl, REFUND, `{"refundId":${ID}}`);
    const order = await callKuaishou(twin.baseUrl, ORDER, `{"oid":${OID}}`);
    expect(refund.text).toContain(`"oid":${OID},"refundId":${ID},`);
    expect(refund.json.data).toMatchObject({ handlingWay: 10, status: 10, negotiateStatus: 1, refundFee: 8900 });
    expect(order.text).toContain(`"orderBaseInfo":{"oid":${OID},"status":40,`);
    expect(order.json.data).toMatchObject({
      orderBaseInfo: { totalFee: 8900, expressFee: 600 },
      orderLogisticsInfo: [{ expressNo: '73106209850123', expressCode: 9, logisticsId: 1 }],
    });
  });

  it('list changed refunds by cursor, with the total', async () => {
    const more = Array.from({ length: 4 }, (_, i) => kuaishouRefund(`201560025620986000${i}`));
    await twin.control('POST', '/refunds', [...more, kuaishouRefund('1', { shopId: '999' })]);
    await twin.control('POST', '/config', { pageSize: 2 });
    const now = Date.now();
    const asked = (pcursor: string) =>
      JSON.stringify({ beginTime: now - 60_000, endTime: now + 60_000, type: 9, queryType: 2, pageSize: 100, pcursor });
    const pages: Json[] = [];
    for (let cursor = ''; cursor !== 'nomore' && pages.length < 9; cursor = String(pages.at(-1)?.pcursor)) {
      pages.push((await callKuaishou(twin.baseUrl, LIST, asked(cursor))).json.data as Json);
    }
    expect(pages.map(({ totalSize, pcursor }) => [totalSize, pcursor])).toEqual([
      [5, '2'],
      [5, '4'],
      [5, 'nomore'],
    ]);
    expect(pages.flatMap(({ refundOrderInfoList }) => refundOrderInfoList)).toHaveLength(5);
  });

  it.each<[string, Record<string, string>, Record<string, string>, number]>([
    ['a wrong sign', {}, { sign: 'AAAA' }, 28],
    ['a parameter that was not signed', {}, { extra: '1' }, 28],
    ['MD5', { signMethod: 'MD5' }, {}, 28],
    ['a timestamp in seconds', { timestamp: '1591274070' }, {}, 28],
    ['another app', { appkey: 'ks1' }, {}, 21],
    ['another token', { access_token: 'x' }, {}, 21],
    ['another method than the path', { method: LIST }, {}, 1016],
    ['another version', { version: '2' }, {}, 1016],
  ])('are refused for %s', async (_what, change, after, code) => {
    expect(await result(REFUND, `{"refundId":${ID}}`, change, after)).toBe(code);
  });

  it('know neither strangers nor windows that are too wide', async () => {
    await twin.control('POST', '/refunds', [kuaishouRefund('77', { shopId: '999' })]);
    expect(await result(REFUND, '{"refundId":76}')).toBe(300_011);
    expect(await result(REFUND, '{"refundId":77}')).toBe(300_011);
    expect(await result(ORDER, '{"oid":97}')).toBe(300_012);
    expect(await result(REFUND, '{}')).toBe(300_006);
    const window = { type: 9, queryType: 2, pageSize: 100, pcursor: '' };
    expect(await result(LIST, JSON.stringify({ ...window, beginTime: 1, endTime: 86_400_002 }))).toBe(300_019);
    expect(await result(LIST, JSON.stringify({ ...window, beginTime: 2, endTime: 2 }))).toBe(300_003);
    expect(await result(LIST, 'no json')).toBe(300_006);
  });

  it('are throttled, revoked and faulted on command, and the ledger knows', async () => {
    await twin.control('POST', '/config', { authorizationRevoked: true });
    expect(await result(REFUND, `{"refundId":${ID}}`)).toBe(24);
    await twin.control('POST', '/config', { authorizationRevoked: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect([await result(REFUND, `{"refundId":${ID}}`), await result(REFUND, `{"refundId":${ID}}`)]).toEqual([1, 1017]);
    const endpoint = 'open/seller/order/refund/detail';
    await twin.control('POST', '/faults', { endpoint, kind: 'http_error', afterSaleId: ID, times: 1 });
    expect((await callKuaishou(twin.baseUrl, REFUND, `{"refundId":${ID}}`)).status).toBe(500);
    expect(await twin.summary()).toMatchObject({
      refunds: 1,
      calls: 4,
      answered: 1,
      badSignature: 1,
      throttled: 1,
      notActed: 1,
    });
  });
});

describe('the messages', () => {
  it('are encrypted, tell every change, and the API agrees', async () => {
    await emit([
      { refundId: ID },
      { refundId: ID, event: 'arbitrated', afterMs: 1 },
      { refundId: ID, event: 'refused', afterMs: 2 },
      { refundId: ID, event: 'closed', afterMs: 3 },
    ]);
    await until(async () => (await messages()).acknowledged === 4, { what: 'four messages' });
    const [first, ...rest] = shop.received().map(decrypt);
    expect(first).toMatchObject({ event: 'kwaishop_aftersales_addRefund', appKey: KUAISHOU_KEYS.appKey, test: false });
    expect(first?.info).toContain(`"refundId":${ID},"handlingWay":10,"specialRefundType":0,"status":10,"createTime":`);
    expect(rest.map(({ info }) => JSON.parse(String(info)).status).sort()).toEqual([12, 20, 70]);
    expect(new Set([first, ...rest].map((one) => one?.eventId)).size).toBe(4);
    expect((await callKuaishou(twin.baseUrl, REFUND, `{"refundId":${ID}}`)).json.data).toMatchObject({ status: 70 });
  });

  it('come again until they are acknowledged, six times at most, always the same bytes', async () => {
    shop.answer({ body: '{"result":0}' });
    await emit([{ refundId: ID }]);
    await until(async () => (await messages()).givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(6);
    expect(new Set(shop.received().map(({ body }) => body)).size).toBe(1);
  });

  it('with a wrong key cannot be read', async () => {
    await emit([{ refundId: ID }], { sign: 'wrong' });
    await until(() => shop.received().length === 1, { what: 'the message' });
    const [request] = shop.received();
    expect(() => request && decrypt(request)).toThrow();
  });

  it('and the heart-beat comes encrypted or plain', async () => {
    await twin.control('POST', '/heart-beat', { targetUrl: shop.baseUrl });
    await twin.control('POST', '/config', { heartBeat: 'plain' });
    await twin.control('POST', '/heart-beat', { targetUrl: shop.baseUrl });
    await until(async () => (await twin.control('GET', '/heart-beat')).json.acknowledged === 2, { what: 'both' });
    const [encrypted, plain] = shop.received();
    expect([encrypted && decrypt(encrypted), plain?.body]).toEqual([{ test: true }, '{"test":true}']);
    expect((await twin.control('POST', '/heart-beat', { targetUrl: 'x' })).status).toBe(400);
  });
});
