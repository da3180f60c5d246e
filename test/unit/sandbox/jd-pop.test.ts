import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { callJdPop, inChina, type JdPopMethod, jdPopRefund, saidBy, startJdPop } from './running-jd-pop.js';
import type { Json, TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
const ORDER_ID = '3000893114000949517';
const REPLY = { id: ID, status: 6, checkUserName: 'jiejian', remark: '拦截', outWareStatus: 1 } as const;
const REPLY_METHOD = 'jingdong.pop.afs.soa.refundapply.replyRefund';

let twin: TwinUnderTest;
beforeEach(async () => {
  twin = await startJdPop({ timeScale: 0.0001 });
  await twin.control('POST', '/refunds', [jdPopRefund(ID, { postFen: 600 })]);
});
afterEach(() => twin.close());

const call = async (name: JdPopMethod, content: Json | string, change = {}, after = {}) =>
  saidBy(await callJdPop(twin.baseUrl, name, content, change, after), name);
const listed = (more: Json) => call('list', { pageIndex: 1, pageSize: 50, ...more });
const applied = (fromMs: number, toMs: number) => ({ applyTimeStart: inChina(fromMs), applyTimeEnd: inChina(toMs) });
const checked = (fromMs: number, toMs: number) => ({ checkTimeStart: inChina(fromMs), checkTimeEnd: inChina(toMs) });
const around = (window: (fromMs: number, toMs: number) => Json) => window(Date.now() - 60_000, Date.now() + 60_000);
const statusOf = async () => {
  const [first] = (await call('refund', { id: ID })).result as readonly { refundApplyVo: Json }[];
  return first?.refundApplyVo.status;
};

describe('the reads', () => {
  it('show an application and its order with every digit, fen here and yuan there', async () => {
    const refund = await callJdPop(twin.baseUrl, 'refund', { id: ID });
    expect(refund.text).toContain(`"id":${ID},`);
    expect(refund.text).toContain('"applyRefundSum":8900,"status":0,');
    const order = await call('order', { order_id: ORDER_ID, optional_fields: 'waybill,logisticsId,orderPayment' });
    expect(order).toEqual({
      orderInfo: { waybill: 'JDVC4000949517', logisticsId: '2087', orderPayment: '89.00' },
    });
  });

  it('part couriers by | and waybills of one courier by commas; what was not shipped has neither', async () => {
    const named = ['1499', '463', '1499'].map((companyCode, at) => ({
      companyCode,
      companyName: '',
      waybillNo: `W${at}`,
    }));
    await twin.control('POST', '/refunds', [
      jdPopRefund('7000893114000949001', { parcels: named }),
      jdPopRefund('7000893114000949002', { type: 'before_shipment' }),
    ]);
    const orderOf = (id: string) => call('order', { order_id: id, optional_fields: 'waybill,logisticsId' });
    expect(await orderOf('3000893114000949001')).toEqual({
      orderInfo: { waybill: 'W0,W2|W1', logisticsId: '1499|463' },
    });
    expect(await orderOf('3000893114000949002')).toEqual({ orderInfo: { waybill: '', logisticsId: '' } });
  });

  it('list by either axis, page by page, with the total', async () => {
    const ids = Array.from({ length: 4 }, (_, at) => `700089311400095000${at}`);
    await twin.control('POST', '/refunds', [
      ...ids.map((id) => jdPopRefund(id)),
      jdPopRefund('1', { shopId: '999' }),
      jdPopRefund('2', { type: 'return_refund' }),
    ]);
    await twin.control('POST', '/config', { pageSize: 2 });
    const sizes: unknown[] = [];
    for (const pageIndex of [1, 2, 3, 4]) {
      const page = await listed({ ...around(applied), pageIndex });
      sizes.push([page.totalCount, (page.result as readonly Json[]).length]);
    }
    expect(sizes).toEqual([
      [5, 2],
      [5, 2],
      [5, 1],
      [5, 0],
    ]);
    expect(await listed(applied(Date.now() - 120_000, Date.now() - 60_000))).toMatchObject({
      totalCount: 0,
      result: [],
    });
    expect(await listed(around(checked))).toMatchObject({ totalCount: 0 });
    await twin.control('POST', '/emit', { events: [{ refundId: ids[0], event: 'refused' }] });
    await until(async () => (await listed(around(checked))).totalCount === 1, { what: 'the review' });
    expect((await listed(around(checked))).result).toMatchObject([{ status: 2 }]);
  });

  it('know neither strangers nor the refunds of others', async () => {
    await twin.control('POST', '/refunds', [jdPopRefund('77', { shopId: '999' })]);
    for (const id of ['76', '77']) expect(await call('refund', { id })).toMatchObject({ success: true, result: [] });
    expect(await call('order', { order_id: '37', optional_fields: 'waybill' })).toEqual({});
  });

  it.each<[string, JdPopMethod, Json | string]>([
    ['page 0', 'list', { pageIndex: 0, pageSize: 50 }],
    ['page 101', 'list', { pageIndex: 101, pageSize: 50 }],
    ['51 a page', 'list', { pageIndex: 1, pageSize: 51 }],
    ['an end before its start', 'list', { pageIndex: 1, pageSize: 50, ...applied(2_000, 1_000) }],
    ['half a window', 'list', { pageIndex: 1, pageSize: 50, checkTimeStart: inChina(0) }],
    ['an unknown field', 'list', { pageIndex: 1, pageSize: 50, modifiedStart: inChina(0) }],
    ['no id', 'refund', {}],
    ['no fields', 'order', { order_id: ORDER_ID }],
    ['no JSON', 'refund', 'id=1'],
    ['no remark', 'reply', { ...REPLY, remark: ' ' }],
    ['no reviewer', 'reply', { ...REPLY, checkUserName: '' }],
    ['a status that is no reply', 'reply', { ...REPLY, status: 7 }],
    ['a reason to reject what is agreed', 'reply', { ...REPLY, rejectType: 1 }],
    ['no word on the warehouse', 'reply', { ...REPLY, outWareStatus: 0 }],
  ])('and reviews are refused for %s', async (_what, name, content) => {
    expect(await call(name, content)).toMatchObject({ code: '990400' });
  });

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['a wrong sign', {}, { sign: 'AAAA' }, '12'],
    ['a lower-case sign', {}, { sign: 'a'.repeat(32) }, '12'],
    ['a body that was not signed', {}, { '360buy_param_json': '{"id":"1"}' }, '12'],
    ['another app', { app_key: 'other' }, {}, '21'],
    ['another token', { access_token: 'x' }, {}, '19'],
    ['another method', { method: 'jingdong.pop.order.search' }, {}, '15'],
    ['another version', { v: '1.0' }, {}, '990400'],
    ['a parameter nobody knows', { extra: '1' }, {}, '990400'],
    ['an old timestamp', { timestamp: '2021-08-27 08:01:58' }, {}, '990408'],
    ['a timestamp in seconds', { timestamp: '1630022518' }, {}, '990408'],
  ])('are refused for %s', async (_what, change, after, code) => {
    expect(await call('refund', { id: ID }, change, after)).toMatchObject({ code });
  });
});

describe('通过并京东拦截', () => {
  it('agrees the refund at once; the stop ends later, and the time of the review stays', async () => {
    await twin.control('POST', '/config', { outcomeAfterMs: 1_000_000_000 });
    expect(await call('reply', REPLY)).toEqual({ success: true });
    expect(await statusOf()).toBe(6);
    await twin.control('POST', '/outcomes', [{ refundId: ID, outcome: 'failed', outcomeAfterMs: 0 }]);
    expect(await statusOf()).toBe(6);
    expect((await listed(around(checked))).result).toMatchObject([{ status: 6 }]);
    expect(await twin.summary()).toMatchObject({ accepted: 1, stopsAsked: 1 });
  });

  it.each([
    ['stopped', 7],
    ['failed', 8],
    ['never', 6],
  ])('ends %s with status %i', async (outcome, status) => {
    await twin.control('POST', '/outcomes', [{ refundId: ID, outcome, outcomeAfterMs: 0 }]);
    await call('reply', REPLY);
    expect(await statusOf()).toBe(status);
  });

  it('never ends for goods that have not left (R53)', async () => {
    await twin.control('PATCH', `/refunds/${ID}`, { parcels: [] });
    await twin.control('POST', '/config', { outcomeAfterMs: 0 });
    await call('reply', REPLY);
    expect(await statusOf()).toBe(6);
  });

  it('is given once: a second review is refused, or taken where that is switched on', async () => {
    await call('reply', { ...REPLY, status: 10 });
    expect(await call('reply', REPLY)).toMatchObject({ success: false, errorCode: '990409' });
    expect(await statusOf()).toBe(10);
    await twin.control('POST', '/config', { secondReview: 'accepted', outcome: 'never' });
    expect(await call('reply', REPLY)).toEqual({ success: true });
    expect(await call('reply', { ...REPLY, id: '9' })).toMatchObject({ success: false, errorCode: '990404' });
    expect(await twin.summary()).toMatchObject({ accepted: 2, refused: 2, stopsAsked: 1 });
  });

  it('is overtaken by what happens to the refund itself', async () => {
    await call('reply', REPLY);
    await twin.control('POST', '/emit', { events: [{ refundId: ID, event: 'closed' }] });
    await until(async () => (await statusOf()) === 11, { what: 'the withdrawal' });
  });

  it('is in the ledger before its answer, and a restarted twin knows it with its end', async () => {
    await twin.control('POST', '/outcomes', [{ refundId: ID, outcome: 'failed', outcomeAfterMs: 0 }]);
    await twin.control('POST', '/faults', { endpoint: REPLY_METHOD, kind: 'act_then_reset', times: 1 });
    await expect(callJdPop(twin.baseUrl, 'reply', REPLY)).rejects.toThrow();
    const lines = await twin.ledger();
    expect(lines.at(-1)).toMatchObject({
      kind: 'call',
      verdict: 'accepted',
      waybillNo: 'JDVC4000949517',
      requestId: ID,
    });
    const again = await startJdPop({ ledgerFile: twin.ledgerFile, timeScale: 0.0001 });
    const [first] = saidBy(await callJdPop(again.baseUrl, 'refund', { id: ID }), 'refund').result as readonly Json[];
    expect(first).toMatchObject({ refundApplyVo: { status: 8 } });
    expect(await again.summary()).toMatchObject({ stopsAsked: 1 });
    await again.close();
  });
});

describe('faults and limits', () => {
  it('are aimed at one method, one refund or one waybill', async () => {
    await twin.control('POST', '/faults', {
      endpoint: REPLY_METHOD,
      kind: 'http_error',
      waybillNo: 'JDVC4000949517',
      times: 1,
    });
    expect(await statusOf()).toBe(0);
    expect((await callJdPop(twin.baseUrl, 'reply', REPLY)).status).toBe(500);
    expect(await statusOf()).toBe(0);
    await twin.control('POST', '/config', { tokenExpired: true });
    expect(await call('refund', { id: ID })).toMatchObject({ code: '19' });
    await twin.control('POST', '/config', { tokenExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    expect(await statusOf()).toBe(0);
    expect(await call('refund', { id: ID })).toMatchObject({ code: '990429' });
    expect(await twin.summary()).toMatchObject({ notActed: 1, badSignature: 1, throttled: 1, refunds: 1 });
  });
});
