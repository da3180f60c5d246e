import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callbackSign, callSign } from '../../../sandbox/couriers/kuaidi100/sign.js';
import { callKuaidi100, INTERCEPT, interceptParam, kuaidi100Form, startKuaidi100 } from './running-kuaidi100.js';
import { http, type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'DPK000000000001';
const never = { intercept: { outcome: 'never' } };

let twin: TwinUnderTest;
beforeEach(async () => {
  twin = await startKuaidi100();
});
afterEach(() => twin.close());

const parcel = (more: Json = never) => twin.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const create = async (more: Json = {}, change: Record<string, string | undefined> = {}) =>
  (await callKuaidi100(twin.baseUrl, interceptParam(BILL, more), change)).json;

describe('the signs of the twin equal the vectors of the reference, else it would refuse a right adapter', () => {
  it('of a call and of a callback', () => {
    const param =
      '{"kuaidicom":"jtexpress","kuaidinum":"JT0000000000001","interceptType":"RETURN_SEND_ADDR","partnerId":"J0000000001","reason":"买家申请退款","orderid":"RF1","salt":"s4lt","callbackUrl":"https://example.test/cb"}';
    expect(callSign(param, '1700000000000', 'testkey', 'testsecret')).toBe('6D48835375A315BA3A71DF510C57FC34');
    // Made with Python's hashlib.
    const told = '{"kuaidinum":"DPK000000000001","status":"X"}';
    expect(callbackSign(told, 's4lts4lts4lts4lt').toLowerCase()).toBe('735e5e84ba4e0c60a6ae1cd1c1f70a3d');
  });
});

describe('the gateway of Kuaidi100 refuses before anything acts', () => {
  it.each<[string, Json, Record<string, string | undefined>, number]>([
    ['a wrong sign', {}, { sign: '0'.repeat(32) }, 99003],
    ['a sign over another time', {}, { t: '1700000000001', sign: '6D48835375A315BA3A71DF510C57FC34' }, 99003],
    ['another key', {}, { key: 'other' }, 99002],
    ['seconds for milliseconds', {}, { t: '1700000000' }, 99004],
    ['another method', {}, { method: 'order' }, 99004],
    ['no method', {}, { method: undefined }, 99004],
    ['no sign', {}, { sign: undefined }, 99004],
    ['no waybill', { kuaidinum: '' }, {}, 99004],
    ['a field of another type', { reason: 1 }, {}, 99004],
    ['a field nobody documented', { requestId: '1' }, {}, 99004],
    ['a type that is none', { interceptType: '2' }, {}, 99004],
    ['a new address without one', { interceptType: 'MODIFY_ADDR' }, {}, 99004],
    ['an address that is no URL', { callbackUrl: 'here' }, {}, 99004],
    ['a role that is none', { orderRole: '4' }, {}, 99004],
    ['a courier in capitals', { kuaidicom: 'EMS' }, {}, 99006],
    ['a courier nobody named', { kuaidicom: 'constructor' }, {}, 99006],
    ['J&T without a callback', { kuaidicom: 'jtexpress', partnerId: 'J1' }, {}, 99007],
    ['JD without its merchant', { kuaidicom: 'jd' }, {}, 99008],
  ])('%s', async (_what, more, change, code) => {
    await parcel();
    expect(await create(more, change)).toMatchObject({ code });
    expect((await twin.summary()).accepted).toBe(0);
  });

  it('what is no JSON, no form, there twice, or at another path', async () => {
    await parcel();
    expect((await callKuaidi100(twin.baseUrl, '[1]')).json.code).toBe(99004);
    const body = new URLSearchParams(kuaidi100Form(interceptParam(BILL))).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const url = `${twin.baseUrl}/${INTERCEPT}`;
    expect((await http('POST', url, { 'content-type': 'application/json' }, body)).json.code).toBe(99004);
    expect((await http('POST', url, form, `${body}&param=x`)).json.code).toBe(99004);
    expect((await http('POST', `${url}?method=order`, form, body)).json.code).toBe(99004);
    expect((await http('POST', `${twin.baseUrl}/label/other`, form, body)).status).toBe(404);
    expect(await twin.summary()).toMatchObject({ accepted: 0, badRequest: 5 });
  });

  it('above the limit calls are refused in its own words', async () => {
    await parcel();
    await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    expect([(await create()).code, (await create()).code]).toEqual([200, 99005]);
  });
});

describe('interceptOrder answers by where the parcel is', () => {
  it('accepts a parcel on the road, without a number, as a form and as a query', async () => {
    await parcel();
    expect(await create()).toEqual({ code: 200, message: '提交成功', data: null, time: expect.any(Number) });
    const query = new URLSearchParams(kuaidi100Form(interceptParam(BILL, { orderid: undefined, orderId: 'o' })));
    expect((await http('GET', `${twin.baseUrl}/${INTERCEPT}?${query}`, {})).json.code).toBe(200);
    const bizNos = (await twin.ledger('?kind=call')).map((line) => 'bizNo' in line && line.bizNo);
    expect(bizNos).toEqual([`order-${BILL}`, 'o']);
  });

  it.each([
    ['no scan', [], 99011],
    ['out for delivery', [{ action: 'DISPATCH', afterMs: -1 }], 99012],
    ['in a station', [{ action: 'INBOUND', afterMs: -1 }], 99012],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], 99013],
    ['returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], 99014],
    ['returned', [{ action: 'RETURN_SIGNED', afterMs: -1 }], 99014],
  ])('%s is refused', async (_place, timeline, code) => {
    await parcel({ timeline });
    expect(await create()).toMatchObject({ code });
  });

  it('refuses the unknown and what is scripted, as a number where it is one', async () => {
    await parcel({ ...never, refuseWith: '30001', refuseTimes: 1 });
    expect((await callKuaidi100(twin.baseUrl, interceptParam('0'))).json.code).toBe(99010);
    expect([(await create()).code, (await create()).code]).toEqual([30001, 200]);
    await parcel({ ...never, refuseWith: 'E9' });
    expect((await create()).code).toBe('E9');
  });

  it('takes a repeat for a new order, the worst that nobody has ruled out, or refuses it where told to', async () => {
    await parcel();
    for (let i = 0; i < 2; i += 1) await create();
    expect(await twin.summary()).toMatchObject({ creates: 2, accepted: 2, duplicateAccepts: 1 });
    await twin.control('POST', '/config', { refuseSecondIntercept: true });
    expect((await create()).code).toBe(99015);
  });
});
