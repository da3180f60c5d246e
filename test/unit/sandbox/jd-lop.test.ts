import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { josSign, lopSign } from '../../../sandbox/couriers/jd/sign.js';
import { until } from '../../support/until.js';
import { callLop, cancelFields, LOP_CREATE, LOP_STATUS, LOP_TRACE, startJd, whose } from './running-jd.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'JDV000000000001';

let jd: TwinUnderTest;
beforeEach(async () => {
  jd = await startJd({ timeScale: 0.01 });
});
afterEach(() => jd.close());

const cancel = async (change: Json = {}) => (await callLop(jd.baseUrl, LOP_CREATE, cancelFields(BILL, change))).json;
const status = async () => (await callLop(jd.baseUrl, LOP_STATUS, whose(BILL))).json;
const trace = async () => (await callLop(jd.baseUrl, LOP_TRACE, whose(BILL))).json.data as { traceDetails: Json[] };
const parcel = (more: Json = {}) => jd.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const slow = { intercept: { outcome: 'success', afterMs: 6_000_000 } };
const result = (resultType: number) => ({ success: true, code: 0, data: { resultType, waybillCode: BILL } });

describe("JD's signatures equal the vectors of the reference, else a twin would refuse a right adapter", () => {
  const raw = Buffer.from(
    '[{"waybillCode":"JDV000000000001","orderOrigin":1,"customerCode":"010K000001","cancelReason":"买家申请退款","cancelReasonCode":"1","cancelType":1}]',
  );
  const call = {
    token: 'testtoken',
    appKey: 'testappkey',
    path: '/ecap/v1/orders/cancel',
    timestamp: '2026-01-02 03:04:05',
    raw,
  };
  it.each([
    ['md5-salt', '5ac89eeb6c18a037b8feab62ffc8d6ea'],
    ['HMacMD5', 'xNFQTxRigNDXhyL4iB5Eyg=='],
    ['HMacSHA1', 'CMMHJcsyLuxbYPNO/tLIPqxM1L0='],
    ['HMacSHA256', 'EVB/1rfoOXm2KJuk9YptV2gM/ToZjO4gW3asD2bOJ9Y='],
    ['HMacSHA512', 'ByDgDz7jogYFgXTdcDO1zAtfT9YY9D/JZ6J27Y4qeuHiNJMPYdpdWsV6bs0u0VNQioBwdQcws8RHlwQ5Twz8Ng=='],
    ['md5', undefined],
  ])('LOP, %s', (algorithm, sign) => {
    expect(lopSign(call, 'testappsecret', algorithm)).toBe(sign);
  });
  it('JOS', () => {
    const params = new Map([
      ['method', 'jingdong.ldop.receive.order.intercept'],
      ['access_token', 'testtoken'],
      ['app_key', 'testappkey'],
      ['timestamp', '2026-01-02 03:04:05'],
      ['v', '2.0'],
      [
        '360buy_param_json',
        '{"deliveryId":"VA00000000001","interceptReason":"买家申请退款","vendorCode":"010K000001"}',
      ],
      ['sign', 'is not signed'],
    ]);
    expect(josSign(params, 'testappsecret')).toBe('C79528A65B00931F86AE0FEC222A4899');
  });
});

describe('the gateway of LOP refuses before anything acts', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['a wrong sign', { sign: '0'.repeat(32) }, {}, '990401'],
    ['a sign of another algorithm', { algorithm: 'HMacSHA256', sign: '0'.repeat(32) }, {}, '990401'],
    ['an algorithm JD does not have', { algorithm: 'md5' }, {}, '990401'],
    ['another token', { access_token: 'other' }, {}, '990403'],
    ['another app', { app_key: 'other' }, {}, '990403'],
    ['another domain', { 'LOP-DN': 'EXPRESS' }, {}, '990400'],
    ['another time than was signed', { timestamp: '2026-01-02 03:04:06' }, {}, '990401'],
    ['a time in another form', { timestamp: '1767294245' }, {}, '990400'],
    ['another version', { v: '1.0' }, {}, '990400'],
    ['a form', {}, { 'content-type': 'application/x-www-form-urlencoded' }, '990400'],
    ['another zone', {}, { 'lop-tz': '0' }, '990400'],
  ])('%s', async (_what, query, headers, code) => {
    await parcel(slow);
    const { json } = await callLop(jd.baseUrl, LOP_CREATE, cancelFields(BILL), query, headers);
    expect(json).toMatchObject({ error_response: { code } });
    expect((await jd.summary()).accepted).toBe(0);
  });
  it('bodies that are no list of one, and paths that are none', async () => {
    for (const body of ['{}', '[]', '[{},{}]', '[1]', 'null', '[{"a":', '']) {
      const { json } = await callLop(jd.baseUrl, LOP_CREATE, body);
      expect([body, json]).toMatchObject([body, { error_response: { code: '990400' } }]);
    }
    expect((await callLop(jd.baseUrl, 'ecap/v1/orders/intercept', whose(BILL))).status).toBe(404);
    expect((await callLop(jd.baseUrl, 'routerjson', whose(BILL))).status).toBe(404);
    expect((await callLop(jd.baseUrl, 'constructor', whose(BILL))).status).toBe(404);
    expect(await jd.summary()).toMatchObject({ badRequest: 10, accepted: 0 });
  });
  it('and takes all five ways to sign', async () => {
    await parcel(slow);
    for (const algorithm of ['md5-salt', 'HMacMD5', 'HMacSHA1', 'HMacSHA256', 'HMacSHA512']) {
      const { json } = await callLop(jd.baseUrl, LOP_STATUS, whose(BILL), { algorithm });
      expect([algorithm, json]).toMatchObject([algorithm, { success: true }]);
    }
  });
  it('above the limit, in its own words', async () => {
    await parcel(slow);
    await jd.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    expect(await cancel()).toMatchObject(result(1));
    expect(await cancel()).toMatchObject({ error_response: { code: '990429' } });
  });
});

describe('cancel of LOP', () => {
  it.each<[string, Json, number]>([
    ['no waybill', { waybillCode: '' }, 990400],
    ['a waybill that is no text', { waybillCode: 1 }, 990400],
    ['no reason', { cancelReason: '' }, 990400],
    ['a reason that is too long', { cancelReason: '长'.repeat(31) }, 990400],
    ['a reason code that is a number', { cancelReasonCode: 1 }, 990400],
    ['another cancelType', { cancelType: 0 }, 990400],
    ['a field nobody documented', { requestId: '1' }, 990400],
    ['another origin', { orderOrigin: 2 }, 990406],
    ['an origin as text', { orderOrigin: '1' }, 990406],
    ['another customer', { customerCode: 'x' }, 990406],
    ['a waybill nobody knows', { waybillCode: 'JDV9' }, 990405],
  ])('refuses %s', async (_what, change, code) => {
    await parcel(slow);
    expect(await cancel(change)).toMatchObject({ success: false, code, data: null });
    expect((await jd.summary()).accepted).toBe(0);
  });

  it('cancels a parcel that nobody has picked up: it never travels, and cannot be cancelled twice', async () => {
    await parcel({ timeline: [{ action: 'GOT', afterMs: 50_000 }] });
    const pickUpAt = Date.now() + 500;
    expect(await cancel()).toMatchObject(result(0));
    expect(await cancel()).toMatchObject(result(2));
    await until(() => Date.now() > pickUpAt, { what: 'the moment of the pick-up' });
    expect(await status()).toMatchObject({ data: { status: 690 } });
    expect((await trace()).traceDetails).toEqual([]);
    expect((await jd.control('GET', `/parcels/${BILL}`)).json).toMatchObject({ whereabouts: 'no_trace', scans: [] });
    expect(await jd.summary()).toMatchObject({ creates: 2, accepted: 1, refused: 1, interceptedWaybills: 0 });
  });

  it('intercepts one on the road, also at the last branch', async () => {
    await parcel(slow);
    expect(await cancel()).toMatchObject(result(1));
    await parcel({ ...slow, timeline: [{ action: 'ARRIVAL', afterMs: -1, deliveryBranch: true }] });
    expect(await cancel()).toMatchObject(result(1));
  });

  it.each([
    ['out for delivery', 'DISPATCH'],
    ['in a station', 'INBOUND'],
    ['signed', 'SIGNED'],
    ['returning', 'RETURN_SCAN'],
    ['returned', 'RETURN_SIGNED'],
  ])('%s fails', async (_place, action) => {
    await parcel({ timeline: [{ action, afterMs: -1 }] });
    expect(await cancel()).toMatchObject(result(3));
  });

  it('takes a second one, which nobody documented, or refuses it where told to', async () => {
    await parcel(slow);
    expect([await cancel(), await cancel()]).toMatchObject([result(1), result(1)]);
    expect(await jd.summary()).toMatchObject({ accepted: 2, duplicateAccepts: 1 });
    await jd.control('POST', '/config', { lopSecondIntercept: 'refuse' });
    expect(await cancel()).toMatchObject(result(3));
  });

  it('refuses as it is told to, so often as it is told', async () => {
    for (const [refuseWith, answer] of [
      ['resultType 2', result(2)],
      ['4001', { success: false, code: 4001 }],
      ['运单已派送', { success: false, code: 990499, subMsg: '运单已派送' }],
    ] as const) {
      await parcel({ ...slow, refuseWith, refuseTimes: 1 });
      expect([await cancel(), await cancel()]).toMatchObject([answer, result(1)]);
    }
  });

  it('knows KY-B2C by its unit, without a cancelType', async () => {
    const own = await startJd({ own: { 'order-origin': '4' } });
    try {
      await own.control('POST', '/parcels', [onTheRoad(BILL, slow)]);
      const { cancelType: _none, ...fields } = cancelFields(BILL, { orderOrigin: 4 });
      expect((await callLop(own.baseUrl, LOP_CREATE, fields)).json).toMatchObject({ code: 990400 });
      const whole = { ...fields, businessUnitCode: 'EBU1' };
      expect((await callLop(own.baseUrl, LOP_CREATE, whole)).json).toMatchObject(result(1));
    } finally {
      await own.close();
    }
  });
});

describe('status and trace of LOP', () => {
  it('have their own words for what happens to a parcel', async () => {
    const actions = 'GOT DEPARTURE ARRIVAL DISPATCH INBOUND SIGNED PROBLEM RETURN_SCAN RETURN_SIGNED'.split(' ');
    await parcel({ timeline: actions.map((action, i) => ({ action, afterMs: -1000 + i })) });
    const { traceDetails } = await trace();
    expect(traceDetails.map(({ state = null, category }) => [state, category])).toEqual([
      ['200001', '420'],
      ['10054', '430'],
      ['200017', '430'],
      ['11000', '440'],
      [null, '440'],
      ['10034', '510'],
      [null, '500'],
      ['200020', '480'],
      ['10034', '510'],
    ]);
    expect(traceDetails[0]?.operationTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    await jd.control('POST', '/config', { dateSeparator: '/' });
    expect((await trace()).traceDetails[0]?.operationTime).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/);
  });

  it.each([
    [100, []],
    [420, ['GOT']],
    [430, ['GOT', 'ARRIVAL']],
    [440, ['GOT', 'DISPATCH']],
    [440, ['GOT', 'INBOUND']],
    [510, ['GOT', 'SIGNED']],
    [480, ['GOT', 'RETURN_SCAN']],
  ])('%d after %j', async (number, actions) => {
    await parcel({ timeline: actions.map((action, i) => ({ action, afterMs: -10 + i })) });
    expect(await status()).toMatchObject({ success: true, data: { status: number } });
  });

  it('show a stop before its first scan of the way back, and a lost parcel of nobody', async () => {
    await parcel({ intercept: { outcome: 'success', afterMs: 1 } });
    await cancel();
    await until(async () => ((await status()).data as Json).status === 480, { what: 'the stop' });
    expect((await trace()).traceDetails).toHaveLength(2);
    expect((await jd.control('GET', '/parcels?status=stopped')).json.parcels).toHaveLength(1);
    expect((await callLop(jd.baseUrl, LOP_STATUS, whose('JDV9'))).json).toMatchObject({ success: false, code: 990405 });
    expect((await callLop(jd.baseUrl, LOP_TRACE, whose('JDV9'))).json).toMatchObject({ data: { traceDetails: [] } });
    expect(await jd.summary()).toMatchObject({ trackQueries: 2 });
  });

  it('have the number of the status where the option says', async () => {
    const own = await startJd({ own: { 'status-field': 'orderStatus' } });
    try {
      await own.control('POST', '/parcels', [onTheRoad(BILL)]);
      const { data } = (await callLop(own.baseUrl, LOP_STATUS, whose(BILL))).json;
      expect(data).toEqual({ waybillCode: BILL, orderStatus: 430 });
    } finally {
      await own.close();
    }
  });
});
