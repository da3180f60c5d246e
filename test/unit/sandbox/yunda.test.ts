import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { yundaSign } from '../../../sandbox/couriers/yunda/sign.js';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';
import { callYunda, startYunda, YUNDA_CREATE, YUNDA_KEYS, yundaFields } from './running-yto-yunda.js';

const QUERY = 'openapi/outer/logictis/query';
const SUBSCRIBE = 'openapi/outer/logictis/subscribe';
const BILL = '4301814981782';

let yunda: TwinUnderTest;
let receiver: ScriptedServer;
beforeEach(async () => {
  [yunda, receiver] = await Promise.all([startYunda({ timeScale: 0.01 }), scriptedServer()]);
  receiver.answer({ body: '{"result":true,"code":"0","message":"ok"}' });
});
afterEach(() => Promise.all([yunda.close(), receiver.close()]));

const create = async (fields: Json, headers: Record<string, string> = {}) =>
  (await callYunda(yunda.baseUrl, YUNDA_CREATE, fields, headers)).json;
const query = async (mailno: string) => (await callYunda(yunda.baseUrl, QUERY, { mailno })).json;
const subscribe = (mailno: string) => callYunda(yunda.baseUrl, SUBSCRIBE, { orders: [{ orderid: 'o1', mailno }] });
const parcel = (more: Json = {}) => yunda.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const pushCounts = async () => (await yunda.summary()).pushes as Record<string, number>;
const slow = { intercept: { outcome: 'success', afterMs: 6_000_000 } };

describe('Yunda signs equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  it.each([
    ['{"mailno":"3120052228790"}', '272749a284e1e0154f5b00ab1488d539'],
    [
      '{"shipId":"4301814981782","startSiteCode":"518000","inteType":"2","changeAddress":"","changeName":"","changeTel":"","interceptSponsorName":"商家","interceptCreateTime":"2025-01-01 10:00:00","remark":"退款拦截"}',
      '874c7505d0a0f2e71ed05a74d5139551',
    ],
  ])('%s', (body, sign) => {
    expect(yundaSign(body, 'yunda-secret-demo')).toBe(sign);
  });
});

describe('the gateway of Yunda refuses before anything acts', () => {
  it.each<[string, Json, Record<string, string>, string]>([
    ['a wrong sign', {}, { sign: '0'.repeat(32) }, 'TWIN_SIGN'],
    ['an upper-case sign', {}, { sign: 'A'.repeat(32) }, 'TWIN_SIGN'],
    ['another app', {}, { 'app-key': 'other' }, 'TWIN_APP'],
    ['a form', {}, { 'content-type': 'application/x-www-form-urlencoded' }, 'TWIN_BODY'],
    ['a time that is none', {}, { 'req-time': 'now' }, 'TWIN_BODY'],
    ['no waybill', { shipId: '' }, {}, 'TWIN_BODY'],
    ['a field of another type', { inteType: 1 }, {}, 'TWIN_BODY'],
    ['a field nobody asked for', { requestId: '1' }, {}, 'TWIN_BODY'],
    ['a time in another form', { interceptCreateTime: '2025-01-01T10:00:00Z' }, {}, 'TWIN_BODY'],
  ])('%s', async (_what, change, headers, code) => {
    await parcel(slow);
    expect(await create(yundaFields(BILL, change), headers)).toMatchObject({ result: false, code });
    expect((await yunda.summary()).accepted).toBe(0);
  });

  it('an unknown path is none, and above the limit calls are refused in its own words', async () => {
    expect((await callYunda(yunda.baseUrl, 'openapi/outer/cancel', {})).status).toBe(404);
    expect((await callYunda(yunda.baseUrl, 'constructor', {})).status).toBe(404);
    await parcel(slow);
    await yunda.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    const codes = [await create(yundaFields(BILL)), await create(yundaFields(BILL))].map(({ code }) => code);
    expect(codes).toEqual(['0', 'TWIN_TOO_FAST']);
  });
});

describe('the intercept of Yunda answers by where the parcel is', () => {
  it('accepts a parcel on the road, without a number', async () => {
    await parcel(slow);
    expect(await create(yundaFields(BILL))).toEqual({ result: true, code: '0', message: '请求成功', data: null });
  });

  it.each([
    ['no scan', [], 'TWIN_NO_SCAN'],
    ['out for delivery', [{ action: 'DISPATCH', afterMs: -1 }], 'TWIN_OUT'],
    ['in a station', [{ action: 'INBOUND', afterMs: -1 }], 'TWIN_STATION'],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], 'TWIN_SIGNED'],
    ['returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], 'TWIN_RETURNING'],
    ['returned', [{ action: 'RETURN_SIGNED', afterMs: -1 }], 'TWIN_RETURNING'],
  ])('%s is refused', async (_place, timeline, code) => {
    await parcel({ timeline });
    expect(await create(yundaFields(BILL))).toMatchObject({ result: false, code });
  });

  it('refuses the unknown, another type and what is scripted', async () => {
    await parcel({ ...slow, refuseWith: 'E9', refuseTimes: 1 });
    const codes = [
      await create(yundaFields('0000000000000')),
      await create(yundaFields(BILL, { inteType: '2' })),
      await create(yundaFields(BILL)),
      await create(yundaFields(BILL)),
    ].map(({ code }) => code);
    expect(codes).toEqual(['TWIN_UNKNOWN', 'TWIN_TYPE', 'E9', '0']);
  });

  it('takes a repeat for a new order, the worst that nobody has ruled out, or refuses it where told to', async () => {
    await parcel(slow);
    for (let i = 0; i < 2; i += 1) await create(yundaFields(BILL));
    expect(await yunda.summary()).toMatchObject({ creates: 2, accepted: 2, duplicateAccepts: 1 });
    await yunda.control('POST', '/config', { refuseSecondIntercept: true });
    expect((await create(yundaFields(BILL))).code).toBe('TWIN_EXISTS');
  });
});

describe('the track of Yunda', () => {
  it('shows subscribed waybills only, unless told to show all', async () => {
    await parcel();
    expect((await query(BILL)).data).toMatchObject({ mailno: BILL, result: 'false', remark: '无数据', steps: [] });
    await subscribe(BILL);
    const data = (await query(BILL)).data as Json;
    expect(data).toMatchObject({ mailno: BILL, result: 'true', status: 'TRANSIT' });
    expect((data.steps as Json[]).map(({ action }) => action)).toEqual(['GOT', 'DEPARTURE']);
    await yunda.control('POST', '/parcels', [onTheRoad('4301814981783')]);
    await yunda.control('POST', '/config', { showTracks: 'all' });
    expect((await query('4301814981783')).data).toMatchObject({ result: 'true' });
    expect((await callYunda(yunda.baseUrl, QUERY, {})).json.code).toBe('TWIN_BODY');
    expect((await callYunda(yunda.baseUrl, SUBSCRIBE, { orders: [{ mailno: '1' }] })).json.code).toBe('TWIN_BODY');
  });

  it('has its own words for what happens to a parcel', async () => {
    const actions = 'GOT DEPARTURE ARRIVAL DISPATCH INBOUND SIGNED PROBLEM RETURN_SCAN RETURN_SIGNED'.split(' ');
    await parcel({ timeline: actions.map((action, i) => ({ action, afterMs: -1000 + i })) });
    await subscribe(BILL);
    const { steps, status } = (await query(BILL)).data as { steps: Json[]; status: string };
    expect(status).toBe('RETURN');
    expect(steps.map(({ action }) => action)).toEqual(
      'GOT DEPARTURE ARRIVAL SENT INBOUND SIGNED ISSUE RETURN SIGNED'.split(' '),
    );
    expect(steps[0]?.time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });
});

describe('pushes of Yunda, whose form is a guess', () => {
  it('carry a signed text, and the way back of an intercepted parcel', async () => {
    const intercept = { outcome: 'success', afterMs: 1000, returnScanAfterMs: 1000, returnSignedAfterMs: 1000 };
    await yunda.control('POST', '/config', { callbackUrl: receiver.baseUrl });
    await parcel({ intercept });
    await subscribe(BILL);
    await create(yundaFields(BILL));
    await until(async () => (await pushCounts()).acknowledged === 2, { what: 'both return scans' });
    const pushes = receiver.received().map(({ body }): Record<string, string> => JSON.parse(body));
    for (const { data, appKey, sign } of pushes) {
      expect(appKey).toBe(YUNDA_KEYS.appKey);
      expect(sign).toBe(createHash('md5').update(`${data}_${YUNDA_KEYS.appSecret}`).digest('hex'));
    }
    const words = pushes.map(({ data = '' }): Json => JSON.parse(data)).map(({ mailno, action }) => [mailno, action]);
    expect(words).toEqual([
      [BILL, 'RETURN'],
      [BILL, 'SIGNED'],
    ]);
  });

  it('are sent again until the answer says result true', async () => {
    let asked = 0;
    receiver.answer(() => ({ body: JSON.stringify({ result: asked++ >= 2 }) }));
    await yunda.control('POST', '/config', { callbackUrl: receiver.baseUrl, pushTracks: 'all' });
    await parcel();
    await yunda.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(await pushCounts()).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 3 });
  });
});
