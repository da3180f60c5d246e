import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callPinduoduo, OTHER_MALL, pinduoduoRefund, startPinduoduo } from './running-pinduoduo.js';
import { http, type Json, type TwinUnderTest } from './running-twins.js';

const ID = '7381745730114950123';
const ORDER_SN = '210707-745730114950123';
const REFUND = 'pdd.refund.information.get';
const ORDER = 'pdd.order.information.get';
const LIST = 'pdd.refund.list.increment.get';

let twin: TwinUnderTest;
beforeEach(async () => {
  twin = await startPinduoduo();
  await twin.control('POST', '/refunds', [pinduoduoRefund(ID, { postFen: 600, deadlineAfterMs: 86_400_000 })]);
});
afterEach(() => twin.close());

const asked = { order_sn: ORDER_SN, after_sales_id: ID };
const codeOf = async (...given: [string, Record<string, string>, Record<string, string>?, Record<string, string>?]) => {
  const { json } = await callPinduoduo(twin.baseUrl, ...given);
  return (json.error_response as Json | undefined)?.error_code;
};

async function list(status: number, more: Record<string, string> = {}): Promise<Json> {
  const now = Math.floor(Date.now() / 1000);
  const window = { start_updated_at: String(now - 600), end_updated_at: String(now + 600) };
  const fields = { after_sales_status: String(status), after_sales_type: '1', ...window, ...more };
  return (await callPinduoduo(twin.baseUrl, LIST, fields)).json.refund_increment_get_response as Json;
}

describe('the reads', () => {
  it('show a refund without a root, with every digit, in fen', async () => {
    const { text, json } = await callPinduoduo(twin.baseUrl, REFUND, asked);
    expect(text).toMatch(new RegExp(`^\\{"id":${ID},"order_sn":"${ORDER_SN}",`));
    expect(json).toMatchObject({
      after_sales_status: 2,
      after_sales_type: 1,
      refund_amount: 8900,
      shipping_status: 1,
      join_or_not: '0',
      updated_time: expect.stringMatching(/^\d{10}$/),
    });
    expect(Number(json.expire_time) - Number(json.recreated_at)).toBe(86_400_000);
  });

  it('show its order in yuan, the parcel of returned goods nowhere', async () => {
    const parcels = ['YT1', 'YT2'].map((waybillNo) => ({ companyCode: '85', companyName: '圆通', waybillNo }));
    await twin.control('PATCH', `/refunds/${ID}`, { parcels, type: 'return_refund', status: 'agreed' });
    const order = (await callPinduoduo(twin.baseUrl, ORDER, { order_sn: ORDER_SN })).json;
    expect(order.order_info_get_response).toMatchObject({
      order_info: {
        order_sn: ORDER_SN,
        order_status: 2,
        pay_amount: 89,
        postage: 6,
        logistics_id: 85,
        tracking_number: 'YT1',
        extra_delivery_list: [{ logistics_id: 85, tracking_number: 'YT2' }],
      },
    });
    const refund = (await callPinduoduo(twin.baseUrl, REFUND, asked)).json;
    expect(refund).toMatchObject({ express_no: `R${ID}`, shipping_name: '申通快递', after_sales_status: 7 });
  });

  it.each([
    ['china', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
    ['rfc3339', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/],
  ])('write times as %s on command, and amounts in yuan', async (times, form) => {
    await twin.control('POST', '/config', { times, detailAmounts: 'yuan' });
    const { json } = await callPinduoduo(twin.baseUrl, REFUND, asked);
    expect(json).toMatchObject({ updated_time: expect.stringMatching(form), refund_amount: '89.00' });
  });

  it('list by status and type, whose numbers are not those of the detail, page by page', async () => {
    const more = Array.from({ length: 4 }, (_, i) => pinduoduoRefund(`738174573011495100${i}`));
    await twin.control('POST', '/refunds', [
      ...more,
      pinduoduoRefund('9', { shopId: OTHER_MALL.mallId }),
      pinduoduoRefund('8', { type: 'exchange' }),
    ]);
    await twin.control('POST', '/config', { pageSize: 3 });
    const pages = [await list(2), await list(2, { page: '2' }), await list(2, { page: '3' })];
    expect(pages.map(({ refund_list, total_count }) => [(refund_list as Json[]).length, total_count])).toEqual([
      [3, 5],
      [2, 5],
      [0, 5],
    ]);
    const [record] = pages.flatMap(({ refund_list }) => refund_list as Json[]);
    expect(record).toMatchObject({ after_sales_type: 2, refund_amount: '89.00' });
    expect(await list(14)).toMatchObject({ total_count: 1, refund_list: [{ after_sales_type: 4 }] });
    expect(await list(14, { after_sales_type: '2' })).toMatchObject({ total_count: 0 });
    expect(await list(10)).toMatchObject({ total_count: 0, refund_list: [] });
  });
});

describe('the refusals', () => {
  it.each<[string, Record<string, string>, Record<string, string>, number]>([
    ['a wrong sign', {}, { sign: 'A'.repeat(32) }, 20004],
    ['a sign in lower case', {}, { sign: 'a'.repeat(32) }, 20004],
    ['a field that was not signed', {}, { extra: '1' }, 20004],
    ['another app', { client_id: 'x' }, {}, 10016],
    ['another token', { access_token: 'x' }, {}, 20032],
    ['a method that it does not know', { type: 'pdd.refund.refuse' }, {}, 10017],
    ['milliseconds', { timestamp: String(Date.now()) }, {}, 10001],
    ['a clock that is an hour off', { timestamp: String(Math.floor(Date.now() / 1000) - 3_600) }, {}, 10001],
    ['XML', { data_type: 'XML' }, {}, 10001],
  ])('come for %s', async (_what, change, after, code) => {
    expect(await codeOf(REFUND, asked, change, after)).toBe(code);
  });

  it('come for orders of others, and for fields that are wrong', async () => {
    await twin.control('POST', '/refunds', [pinduoduoRefund('77', { shopId: OTHER_MALL.mallId })]);
    expect(await codeOf(REFUND, { ...asked, order_sn: '210707-1' })).toBe(45001);
    expect(await codeOf(REFUND, { order_sn: '210707-77', after_sales_id: '77' })).toBe(45001);
    expect(await codeOf(REFUND, { after_sales_id: ID })).toBe(10000);
    expect(await codeOf(ORDER, { order_sn: '210707-77' })).toBe(45001);
    expect(await codeOf(ORDER, {})).toBe(10000);
    const window = { after_sales_type: '1', after_sales_status: '2', start_updated_at: '1', end_updated_at: '1801' };
    expect(await codeOf(LIST, window)).toBeUndefined();
    expect(await codeOf(LIST, { ...window, end_updated_at: '1802' })).toBe(10000);
    expect(await codeOf(LIST, { ...window, start_updated_at: '1802' })).toBe(10000);
    expect(await codeOf(LIST, { ...window, page_size: '101' })).toBe(10000);
    expect(await codeOf(LIST, { ...window, page: '0' })).toBe(10000);
    const { after_sales_status: _, ...without } = window;
    expect(await codeOf(LIST, without)).toBe(10000);
  });

  it('come on command, and the ledger knows them', async () => {
    await twin.control('POST', '/config', { tokenExpired: true });
    expect(await codeOf(REFUND, asked)).toBe(10019);
    await twin.control('POST', '/config', { tokenExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect([await codeOf(REFUND, asked), await codeOf(REFUND, asked)]).toEqual([undefined, 70031]);
    await twin.control('POST', '/faults', { endpoint: 'api/router', kind: 'http_error', afterSaleId: ID, times: 1 });
    expect((await callPinduoduo(twin.baseUrl, REFUND, asked)).status).toBe(500);
    expect((await http('GET', `${twin.baseUrl}/api/router`, {})).json).toMatchObject({
      error_response: { error_code: 10017 },
    });
    expect(await twin.summary()).toMatchObject({
      refunds: 1,
      calls: 5,
      answered: 1,
      badSignature: 1,
      badRequest: 1,
      throttled: 1,
      notActed: 1,
    });
  });
});
