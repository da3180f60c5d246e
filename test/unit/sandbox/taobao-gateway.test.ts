import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callTaobao, chinaNow, OTHER, startTaobao, TAOBAO_KEYS, taobaoRefund } from './running-taobao.js';
import { type HttpAnswer, http, type Json, type TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
const TID = '4000893114000949517';
const [GET, LIST, ORDERS] = ['taobao.refund.get', 'taobao.refunds.receive.get', 'taobao.logistics.orders.get'];
const FIELDS = {
  fields: 'refund_id,tid,status,dispute_type,order_status,refund_fee,total_fee,modified,refund_version',
};

let folder: string;
let ledgerFile: string;
let twin: TwinUnderTest;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taobao-'));
  ledgerFile = join(folder, 'ledger.jsonl');
  twin = await startTaobao({ ledgerFile });
  await twin.control('POST', '/refunds', [taobaoRefund(ID)]);
});
afterEach(async () => {
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

const codeOf = ({ json }: HttpAnswer): unknown => (json.error_response as Json | undefined)?.code ?? 'no error';
const get = (change = {}, after = {}) => callTaobao(twin.baseUrl, GET, { ...FIELDS, refund_id: ID }, change, after);
const rootOf = ({ json }: HttpAnswer, root: string) => json[root] as Json;

describe('the gateway', () => {
  it.each<[string, Json, Json, number]>([
    ['a wrong app key', { app_key: '87654321' }, {}, 29],
    ['no app key', { app_key: '' }, {}, 28],
    ['a wrong sign', {}, { sign: 'B84C26CA92CC9F8E309E9EDAEF757919' }, 25],
    ['a sign in lower case', {}, { sign: 'b84c26ca92cc9f8e309e9edaef757919' }, 25],
    ['no sign', {}, { sign: '' }, 24],
    ['a field changed behind the signature', {}, { refund_id: '7' }, 25],
    ['another way to sign', { sign_method: 'hmac' }, {}, 25],
    ['a wrong session', { session: 'nobody' }, {}, 27],
    ['no session', { session: '' }, {}, 26],
    ['no timestamp', { timestamp: '' }, {}, 30],
    ['a timestamp in milliseconds', { timestamp: '1630022518000' }, {}, 31],
    ['a timestamp of another hour', { timestamp: chinaNow(-3_600_000) }, {}, 31],
    ['another version', { v: '1.0' }, {}, 33],
    ['XML', { format: 'xml' }, {}, 23],
    ['no method', { method: '' }, {}, 21],
    ['a method nobody knows', { method: 'constructor' }, {}, 22],
    ['no fields', { fields: '' }, {}, 40],
  ])('refuses %s', async (_, change, after, code) => {
    expect(codeOf(await get(change as Record<string, string>, after as Record<string, string>))).toBe(code);
  });

  it('refuses a form that says a thing twice, and everything but POST on its path', async () => {
    const form = 'method=taobao.refund.get&method=taobao.refund.get';
    const answers = await Promise.all([
      http('GET', `${twin.baseUrl}/router/rest`, {}),
      http('POST', `${twin.baseUrl}/router/rest`, {}, form),
      http('POST', `${twin.baseUrl}/other`, {}, form),
    ]);
    const codes = answers.map(codeOf);
    expect(codes).toEqual([9, 28, 22]);
  });

  it('can be told that the session is over, and to limit calls', async () => {
    await twin.control('POST', '/config', { sessionExpired: true });
    expect(codeOf(await get())).toBe(27);
    await twin.control('POST', '/config', { sessionExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect([codeOf(await get()), codeOf(await get())]).toEqual(['no error', 7]);
    await twin.control('POST', '/config', { rateLimit: null });
    await twin.control('POST', '/faults', { endpoint: GET, kind: 'throttle', afterSaleId: ID, times: 1 });
    expect([codeOf(await get()), codeOf(await get())]).toEqual([7, 'no error']);
    expect(await twin.summary()).toMatchObject({ calls: 5, badSignature: 1, throttled: 2, byMethod: { [GET]: 5 } });
  });
});

describe('refunds in the words of the platform', () => {
  it('gives the fields that are asked for, ids to the last digit, amounts as yuan in text', async () => {
    const { text } = await get();
    expect(text).toContain(`"refund_id":"${ID}"`);
    expect(text).toContain(`"tid":${TID}`);
    expect(text).toMatch(/"refund_fee":"89\.00","total_fee":"89\.00"/);
    expect(text).not.toMatch(/reason|oid/);
    expect(text).toMatch(/^\{"refund_get_response":\{"refund":\{.*\},"request_id":"\w+"\}\}$/);
  });

  it.each([
    [
      { refundFen: 1, paidFen: 100_000 },
      { refund_fee: '0.01', total_fee: '1000.00' },
    ],
    [
      { type: 'return_refund', status: 'agreed' },
      { dispute_type: 'REFUND_AND_RETURN', status: 'WAIT_BUYER_RETURN_GOODS' },
    ],
    [{ status: 'agreed' }, { dispute_type: 'REFUND', status: 'SUCCESS', order_status: 'TRADE_CLOSED' }],
    [{ status: 'refused' }, { status: 'SELLER_REFUSE_BUYER', order_status: 'WAIT_BUYER_CONFIRM_GOODS' }],
    [
      { type: 'before_shipment', parcels: [] },
      { dispute_type: 'REFUND', order_status: 'WAIT_SELLER_SEND_GOODS' },
    ],
    [{ type: 'exchange' }, { dispute_type: 'TAOBAO_EXCHANGE' }],
  ] as const)('%j', async (given, words) => {
    await twin.control('POST', '/refunds', [{ ...taobaoRefund(ID), ...given }]);
    expect(rootOf(await get(), 'refund_get_response').refund).toMatchObject(words);
  });

  it("knows no refund of another seller's session", async () => {
    const answer = await get({ session: OTHER.accessToken });
    expect(answer.json.error_response).toMatchObject({ code: 15, sub_code: 'isv.refund-not-exist' });
  });

  it('names the parcels of an order; several are split, and lists may come bare', async () => {
    const orders = async () =>
      rootOf(await callTaobao(twin.baseUrl, ORDERS, { fields: 'tid', tid: TID }), 'logistics_orders_get_response');
    expect(await orders()).toMatchObject({
      total_results: 1,
      shippings: { shipping: [{ out_sid: '73104000949517', company_name: '中通快递', is_split: 0 }] },
    });
    const parcels = ['A1', 'A2'].map((waybillNo) => ({ companyCode: 'ZTO', companyName: '中通快递', waybillNo }));
    await twin.control('PATCH', `/refunds/${ID}`, { parcels });
    await twin.control('POST', '/config', { bareLists: true });
    expect((await orders()).shippings).toMatchObject([{ is_split: 1 }, { is_split: 1 }]);
    const none = await callTaobao(twin.baseUrl, ORDERS, { fields: 'tid', tid: '1' });
    expect(rootOf(none, 'logistics_orders_get_response').total_results).toBe(0);
  });

  it('lists what changed in a span, page by page, of the seller alone', async () => {
    const more = Array.from({ length: 4 }, (_, i) => taobaoRefund(`700089311400094952${i}`));
    await twin.control('POST', '/refunds', [...more, { ...taobaoRefund('8'), shopId: OTHER.seller }]);
    const span = { start_modified: chinaNow(-60_000), end_modified: chinaNow(60_000) };
    const list = async (page: object) => callTaobao(twin.baseUrl, LIST, { ...FIELDS, ...span, ...page });
    const root = async (page: object) => rootOf(await list(page), 'refunds_receive_get_response');
    const first = await root({ page_no: '1', page_size: '3' });
    const second = await root({ page_no: '2', page_size: '3' });
    const idsOf = ({ refunds }: Json) => ((refunds as Json).refund as Json[]).map(({ refund_id: id }) => id);
    expect([first.total_results, idsOf(first).length, idsOf(second).length]).toEqual([5, 3, 2]);
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(5);
    const next = await root({ page_no: '1', page_size: '3', use_has_next: 'true' });
    expect([next.has_next, next.total_results]).toEqual([true, undefined]);
    expect(codeOf(await list({ page_size: '101' }))).toBe(41);
    expect(codeOf(await list({ start_modified: 'yesterday' }))).toBe(41);
  });
});

describe('intercepts', () => {
  const INTERCEPT = 'taobao.rp.refund.intercept';
  const CUT = 'taobao.logistics.erp.delivery.cut';
  const WAYBILL = '73104000949517';
  const versionOf = async () => String((await twin.control('GET', `/refunds/${ID}`)).json.updatedAtMs);
  const subCode = ({ json }: HttpAnswer) => (json.error_response as Json | undefined)?.sub_code;
  const byRefund = (version: string, change = {}) =>
    callTaobao(twin.baseUrl, INTERCEPT, { refund_id: ID, refund_version: version }, change);
  const byWaybill = (change = {}) => {
    const request = { mail_no: WAYBILL, tms_cp_code: 'ZTO', intercept_time: chinaNow(), intercept_reason: '退款' };
    const body = JSON.stringify({ ...request, outer_order_id: 'b-1', ...change });
    return callTaobao(twin.baseUrl, CUT, { cut_off_delivery_process_request: body });
  };

  it('an after-sale with its version is taken once, and answered by a request id alone', async () => {
    const taken = await byRefund(await versionOf());
    expect(taken.text).toMatch(/^\{"rp_refund_intercept_response":\{"request_id":"\w+"\}\}$/);
    expect(subCode(await byRefund(await versionOf()))).toBe('isv.refund-intercept-repeat');
    expect(await twin.ledger(`?kind=call&waybillNo=${WAYBILL}`)).toMatchObject([
      { endpoint: INTERCEPT, verdict: 'accepted', requestId: ID },
      { verdict: 'refused' },
    ]);
    expect(await twin.summary()).toMatchObject({ accepted: 1, refused: 1, interceptedWaybills: 1 });
  });

  it('a stale version, a refund that is over and one of another seller are refused', async () => {
    const stale = await versionOf();
    await twin.control('PATCH', `/refunds/${ID}`, { refundFen: 8_800 });
    expect(subCode(await byRefund(stale))).toBe('isv.refund-version-expired');
    expect(subCode(await byRefund(await versionOf(), { session: OTHER.accessToken }))).toBe('isv.refund-not-exist');
    await twin.control('PATCH', `/refunds/${ID}`, { status: 'closed' });
    expect(subCode(await byRefund(await versionOf()))).toBe('isv.refund-can-not-intercept');
    expect(codeOf(await byRefund(''))).toBe(40);
  });

  it('a waybill is taken once with the code of its courier; a no says whether to try again', async () => {
    const root = async (change = {}) => rootOf(await byWaybill(change), 'logistics_erp_delivery_cut_response');
    expect(await root({ tms_cp_code: 'YTO' })).toMatchObject({
      suc: false,
      retry: false,
      biz_error_code: 'MAIL_NO_NOT_EXIST',
    });
    expect(await root()).toMatchObject({ suc: true });
    expect(await root()).toMatchObject({ suc: false, biz_error_code: 'CUT_OFF_REPEAT' });
    await twin.control('POST', '/config', { repeat: 'accepted' });
    expect(await root()).toMatchObject({ suc: true });
    expect(codeOf(await byWaybill({ intercept_time: '' }))).toBe(40);
  });

  it('is remembered over a restart, and aimed at by its waybill', async () => {
    await byRefund(await versionOf());
    await twin.close();
    twin = await startTaobao({ ledgerFile });
    const version = await versionOf();
    await twin.control('POST', '/faults', {
      ...{ endpoint: INTERCEPT, kind: 'http_error', waybillNo: WAYBILL, times: 1 },
    });
    const read = await callTaobao(twin.baseUrl, GET, { ...FIELDS, refund_id: ID });
    const [hit, refused] = [await byRefund(version), await byRefund(version)];
    expect([read.status, hit.status, subCode(refused)]).toEqual([200, 500, 'isv.refund-intercept-repeat']);
  });
});

it('wants to know its sellers by number and session key', () => {
  for (const seller of [['name=token'], ['7='], []]) {
    const own = seller.length === 0 ? { seller: undefined } : { seller };
    expect(() => startTaobao({ own })).toThrow(/seller/i);
  }
  expect(TAOBAO_KEYS.seller).toMatch(/^\d+$/);
});
