import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  callJos,
  callLop,
  cancelFields,
  interceptFields,
  JD_KEYS,
  JOS_CREATE,
  JOS_TRACE,
  LOP_CREATE,
  startJos,
} from './running-jd.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'JDV000000000001';

let jos: TwinUnderTest;
beforeEach(async () => {
  jos = await startJos({ timeScale: 0.01 });
});
afterEach(() => jos.close());

const parcel = (more: Json = {}) => jos.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const slow = { intercept: { outcome: 'success', afterMs: 6_000_000 } };
const intercept = async (change: Json = {}, params: Record<string, string | undefined> = {}) =>
  (await callJos(jos.baseUrl, JOS_CREATE, interceptFields(BILL, change), params)).json;
const codeOf = (json: Json): unknown => {
  const wrapper = json.jingdong_ldop_receive_order_intercept_responce as { resultInfo: Json } | undefined;
  return wrapper?.resultInfo.stateCode ?? (json.error_response as Json | undefined)?.code;
};
const trace = async (waybillCode = BILL): Promise<Json[]> => {
  const content = { customerCode: JD_KEYS.customerCode, waybillCode };
  const { json } = await callJos(jos.baseUrl, JOS_TRACE, content);
  const wrapper = json.jingdong_ldop_receive_trace_get_responce as {
    querytrace_result: { code: number; data: Json[] };
  };
  expect(wrapper.querytrace_result.code).toBe(100);
  return wrapper.querytrace_result.data;
};

describe('the gateway of JOS refuses before anything acts', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['a wrong sign', { sign: '0'.repeat(32) }, '990401'],
    ['a parameter changed after signing', { timestamp: '2026-01-02 03:04:06' }, '990401'],
    ['another token', { access_token: 'other' }, '990403'],
    ['another app', { app_key: 'other' }, '990403'],
    ['another version', { v: '1.0' }, '990400'],
    ['a time in another form', { timestamp: '2026-01-02T03:04:05Z' }, '990400'],
    ['no sign', { sign: undefined }, '990400'],
    ['a parameter nobody asked for', { format: 'json' }, '990400'],
  ])('%s', async (_what, params, code) => {
    await parcel(slow);
    expect(codeOf(await intercept({}, params))).toBe(code);
    expect((await jos.summary()).accepted).toBe(0);
  });
  it('a lower-case sign, a method it does not have, a body that is no object, and the paths of the other platform', async () => {
    await parcel(slow);
    expect(codeOf((await callJos(jos.baseUrl, 'jingdong.ldop.abnormal.approval', {})).json)).toBe('990404');
    for (const text of ['[]', '1', '', '{']) {
      expect(codeOf((await callJos(jos.baseUrl, JOS_CREATE, text)).json)).toBe('990400');
    }
    const { json } = await callJos(jos.baseUrl, JOS_CREATE, interceptFields(BILL), { sign: 'abcdef'.repeat(5) });
    expect(codeOf(json)).toBe('990401');
    expect((await callLop(jos.baseUrl, LOP_CREATE, cancelFields(BILL))).status).toBe(404);
  });
  it('above the limit, in its own words', async () => {
    await parcel(slow);
    await jos.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    expect([codeOf(await intercept()), codeOf(await intercept())]).toEqual([100, '990429']);
  });
});

describe('the intercept of JOS', () => {
  it('says 100 for a parcel on the road, and 108 when it is asked again', async () => {
    await parcel(slow);
    expect([codeOf(await intercept()), codeOf(await intercept())]).toEqual([100, 108]);
    await jos.control('POST', '/config', { josSecondIntercept: 'accept' });
    expect(codeOf(await intercept())).toBe(100);
    expect(await jos.summary()).toMatchObject({ creates: 3, accepted: 2, refused: 1, duplicateAccepts: 1 });
  });
  it('says the same for one that nobody picked up, which it cancels', async () => {
    await parcel({ timeline: [] });
    expect([codeOf(await intercept()), codeOf(await intercept())]).toEqual([100, 108]);
    expect(await jos.summary()).toMatchObject({ accepted: 1, interceptedWaybills: 0 });
  });
  it('refuses what it cannot read, whom it does not know, what is too late and what is scripted', async () => {
    await parcel(slow);
    for (const change of [{ deliveryId: '' }, { deliveryId: 1 }, { interceptReason: '' }, { requestId: '1' }]) {
      expect(codeOf(await intercept(change))).toBe('990400');
    }
    expect(codeOf(await intercept({ vendorCode: 'x' }))).toBe(990406);
    expect(codeOf(await intercept({ deliveryId: 'JDV9' }))).toBe(990405);
    await parcel({ timeline: [{ action: 'DISPATCH', afterMs: -1 }] });
    expect(codeOf(await intercept())).toBe(990410);
    await parcel({ ...slow, refuseWith: '101', refuseTimes: 1 });
    expect([codeOf(await intercept()), codeOf(await intercept())]).toEqual([101, 100]);
  });
});

describe('the trace of JOS', () => {
  it('has titles only, and counts as a look in the summary, not as an order', async () => {
    const actions = 'GOT DEPARTURE DISPATCH RETURN_SCAN RETURN_SIGNED'.split(' ');
    await parcel({ timeline: actions.map((action, i) => ({ action, afterMs: -1000 + i })) });
    expect((await trace()).map(({ opeTitle }) => opeTitle)).toEqual(['揽收', '分拣发货', '派件', '换单打印', '妥投']);
    expect(await trace('JDV9')).toEqual([]);
    await intercept();
    expect(await jos.summary()).toMatchObject({ creates: 1, trackQueries: 2, maxCreatesPerSecond: 1 });
    expect(await jos.summary()).not.toHaveProperty('statusQueries');
  });
});
