import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stoDigest } from '../../../sandbox/couriers/sto/sign.js';
import {
  callSto,
  postSto,
  STO_CANCEL,
  STO_CREATE,
  STO_SUBSCRIBE,
  STO_TRACK,
  startSto,
  stoCreate,
  stoForm,
} from './running-sto.js';
import { http, type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = '777031922725111';
const CONTENT = { waybillNo: BILL, interceptForAct: 'DEFAULT' };

let sto: TwinUnderTest;
beforeEach(async () => {
  sto = await startSto({ timeScale: 0.01 });
});
afterEach(() => sto.close());

const parcel = (more: Json = {}) => sto.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const create = async (content: unknown = CONTENT, change: Record<string, string> = {}) =>
  (await callSto(sto.baseUrl, STO_CREATE, content, change)).json;
const cancel = async (content: unknown = { waybillNo: BILL }) => (await callSto(sto.baseUrl, STO_CANCEL, content)).json;
const track = async (order: string, waybillNoList: unknown) =>
  (await callSto(sto.baseUrl, STO_TRACK, { order, waybillNoList })).json;
const never = { intercept: { outcome: 'never' } };

describe('STO digests equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  it.each([
    ['{"waybillNo":"777031922725111","interceptForAct":"DEFAULT"}', 'ZZYoD4lKCKlWpJRHEWJYOw=='],
    ['{"waybillNo":"777031922725111"}', 'b/b4ky6iVyv+vlQVUSkdug=='],
  ])('%s', (content, digest) => {
    expect(stoDigest(content, 'sto-secret-demo')).toBe(digest);
  });
});

describe('the gateway of STO refuses before anything acts', () => {
  it.each<[string, unknown, Record<string, string>, string]>([
    ['a wrong digest', CONTENT, { data_digest: 'bm90IHRoaXMgc2lnbg==' }, 'TWIN_SIGN'],
    ['another content under the same digest', CONTENT, { content: '{"waybillNo":"1"}' }, 'TWIN_SIGN'],
    ['another app', CONTENT, { from_appkey: 'other' }, 'TWIN_APP'],
    ['another resource code', CONTENT, { from_code: 'other' }, 'TWIN_APP'],
    ['a service nobody has', CONTENT, { api_name: 'constructor' }, 'TWIN_NO_API'],
    ['a service addressed to another', CONTENT, { to_appkey: 'sto_trace_query' }, 'TWIN_NO_API'],
    ['a code addressed to another', CONTENT, { to_code: '' }, 'TWIN_NO_API'],
    ['a field nobody asked for', CONTENT, { timestamp: '1' }, 'TWIN_FORM'],
    ['a content that is no JSON', 'x', {}, 'TWIN_CONTENT'],
    ['a content that is a list', '[]', {}, 'TWIN_CONTENT'],
    ['no waybill', { interceptForAct: 'DEFAULT' }, {}, 'TWIN_CONTENT'],
    ['a waybill that is a number', { ...CONTENT, waybillNo: 777 }, {}, 'TWIN_CONTENT'],
    ['no interceptForAct', { waybillNo: BILL }, {}, 'TWIN_CONTENT'],
    ['a member nobody asked for', { ...CONTENT, requestId: '1' }, {}, 'TWIN_CONTENT'],
  ])('%s', async (_what, content, change, code) => {
    await parcel(never);
    expect(await create(content, change)).toMatchObject({ success: 'false', errorCode: code, needRetry: 'false' });
    expect((await sto.summary()).accepted).toBe(0);
  });

  it('a form that is not whole, a JSON body, another address', async () => {
    await parcel(never);
    const form = stoForm(STO_CREATE, CONTENT);
    const whole = new URLSearchParams(form).toString();
    const { to_code: _left, ...less } = form;
    const codes = [
      await postSto(sto.baseUrl, new URLSearchParams(less).toString()),
      await postSto(sto.baseUrl, `${whole}&content=%7B%7D`),
      await postSto(sto.baseUrl, JSON.stringify(form), 'application/json'),
    ].map(({ json }) => json.errorCode);
    expect(codes).toEqual(['TWIN_FORM', 'TWIN_FORM', 'TWIN_FORM']);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await http('POST', `${sto.baseUrl}/gateway/other.do`, headers, whole)).status).toBe(404);
  });

  it('a digest whose "+" was not percent-encoded is another text, as in every form', async () => {
    await parcel(never);
    await create();
    const body = new URLSearchParams(stoForm(STO_CANCEL, { waybillNo: BILL })).toString();
    expect(body).toContain('%2B');
    expect((await postSto(sto.baseUrl, body.replaceAll('%2B', '+'))).json.errorCode).toBe('TWIN_SIGN');
    expect((await postSto(sto.baseUrl, body)).json.success).toBe('true');
  });

  it('above the limit of one service, with the hint to call again; other services have their own', async () => {
    await parcel(never);
    await sto.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    expect([await create(), await create()].map(({ errorCode }) => errorCode)).toEqual(['', 'TWIN_TOO_FAST']);
    expect(await create()).toMatchObject({ errorMsg: '请求过于频繁', needRetry: 'true' });
    expect((await cancel()).success).toBe('true');
    expect(await sto.summary()).toMatchObject({ creates: 3, accepted: 1, throttled: 2, cancels: 1, cancelled: 1 });
  });
});

describe('the intercept of STO answers by where the parcel is', () => {
  it('accepts a parcel on the road, its booleans as text, without a number', async () => {
    await parcel(never);
    expect(await create()).toEqual({
      success: 'true',
      errorCode: '',
      errorMsg: '',
      needRetry: 'false',
      requestId: expect.any(String),
      expInfo: '',
      data: {},
    });
  });

  it.each([
    ['no scan', [], 'TWIN_NO_SCAN'],
    ['out for delivery', [{ action: 'DISPATCH', afterMs: -1 }], 'TWIN_OUT'],
    ['in a station', [{ action: 'INBOUND', afterMs: -1 }], 'TWIN_STATION'],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], 'TWIN_SIGNED'],
    ['returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], 'TWIN_RETURNING'],
    ['returned', [{ action: 'RETURN_SIGNED', afterMs: -1 }], 'TWIN_RETURNING'],
  ])('%s is refused', async (_place, timeline, errorCode) => {
    await parcel({ timeline });
    expect(await create()).toMatchObject({ success: 'false', errorCode });
  });

  it('refuses the unknown, another act, a receiver and what is scripted', async () => {
    await parcel({ ...never, refuseWith: 'TWIN_BUSY', refuseTimes: 1 });
    const answers = [
      await create({ ...CONTENT, waybillNo: '1' }),
      await create({ ...CONTENT, interceptForAct: 'RETURN' }),
      await create({ ...CONTENT, receiverName: '张三' }),
      await create(),
      await create(),
    ];
    expect(answers.map(({ errorCode, needRetry }) => [errorCode, needRetry])).toEqual([
      ['TWIN_UNKNOWN', 'false'],
      ['TWIN_ACT', 'false'],
      ['TWIN_REDIRECT', 'false'],
      ['TWIN_BUSY', 'true'],
      ['', 'false'],
    ]);
  });

  it('takes a repeat for a new order, the worst that nobody has ruled out, or refuses it where told to', async () => {
    await parcel(never);
    for (let i = 0; i < 2; i += 1) await stoCreate(sto.baseUrl, BILL);
    expect(await sto.summary()).toMatchObject({ creates: 2, accepted: 2, duplicateAccepts: 1 });
    await sto.control('POST', '/config', { refuseSecondIntercept: true });
    expect((await create()).errorCode).toBe('TWIN_EXISTS');
    expect((await cancel()).success).toBe('true');
    expect((await create()).success).toBe('true');
  });

  it('cancels what is under way, and says why not', async () => {
    await parcel(never);
    expect((await cancel()).errorCode).toBe('TWIN_NO_INTERCEPT');
    await create();
    await create();
    expect((await cancel()).success).toBe('true');
    expect((await cancel()).errorCode).toBe('TWIN_NO_INTERCEPT');
    expect((await cancel({ waybillNo: '1' })).errorCode).toBe('TWIN_UNKNOWN');
    expect((await cancel({ ...CONTENT })).errorCode).toBe('TWIN_CONTENT');
    await parcel({ refuseCancelWith: 'E7' });
    expect((await cancel()).errorCode).toBe('E7');
    await parcel({ intercept: { outcome: 'success', afterMs: 0 } });
    await create();
    expect((await cancel()).errorCode).toBe('TWIN_DONE');
    expect((await sto.control('GET', `/parcels?status=stopped`)).json.parcels).toHaveLength(1);
  });

  it('answers in XML with the same names, where told to; a track, whose XML nobody knows, stays JSON', async () => {
    await parcel(never);
    await sto.control('POST', '/config', { answerAs: 'xml' });
    const { text } = await stoCreate(sto.baseUrl, BILL);
    expect(text).toMatch(
      /^<response><success>true<\/success><errorCode><\/errorCode><errorMsg><\/errorMsg><needRetry>false<\/needRetry><requestId>[^<]+<\/requestId><expInfo><\/expInfo><data><\/data><\/response>$/,
    );
    const refused = (await stoCreate(sto.baseUrl, '1')).text;
    expect(refused).toContain('<success>false</success><errorCode>TWIN_UNKNOWN</errorCode>');
    expect((await track('asc', [BILL])).success).toBe('true');
  });
});

describe('the track of STO', () => {
  it('shows the routes of every waybill asked for, in the order asked for', async () => {
    await parcel();
    const words = async (order: string) =>
      ((await track(order, [BILL, '1'])).data as Record<string, Json[]>)[BILL]?.map(({ scanType }) => scanType);
    expect(await words('asc')).toEqual(['收件', '发件']);
    expect(await words('desc')).toEqual(['发件', '收件']);
    expect((await track('asc', ['1'])).data).toEqual({ '1': [] });
    await sto.control('POST', '/config', { emptyTrack: 'absent' });
    expect((await track('asc', ['1'])).data).toEqual({});
    for (const list of [[], 'x', [1], undefined]) expect((await track('asc', list)).errorCode).toBe('TWIN_CONTENT');
    expect((await track('up', [BILL])).errorCode).toBe('TWIN_CONTENT');
  });

  it('has its own words for what happens to a parcel', async () => {
    const actions = 'GOT DEPARTURE ARRIVAL DISPATCH INBOUND SIGNED PROBLEM RETURN_SCAN RETURN_SIGNED'.split(' ');
    await parcel({ timeline: actions.map((action, i) => ({ action, afterMs: -1000 + i })) });
    const routes = ((await track('asc', [BILL])).data as Record<string, Json[]>)[BILL] ?? [];
    expect(routes.map(({ scanType }) => scanType)).toEqual(
      '收件 发件 到件 派件 驿站代收 签收 问题件 退回件 签收'.split(' '),
    );
    expect(routes[0]?.opTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('is subscribed by a list, none of it empty', async () => {
    const subscribe = async (content: unknown) => (await callSto(sto.baseUrl, STO_SUBSCRIBE, content)).json;
    expect((await subscribe({ subscribeInfoList: [{ waybillNo: BILL }] })).success).toBe('true');
    for (const list of [[], [{}], [{ waybillNo: '' }], 'x'])
      expect((await subscribe({ subscribeInfoList: list })).errorCode).toBe('TWIN_CONTENT');
  });
});

describe('one address for all services', () => {
  it('the ledger and the summary name the service, whatever else was called', async () => {
    await parcel(never);
    await track('asc', [BILL]);
    await create();
    await cancel();
    await create(CONTENT, { data_digest: 'x' });
    expect((await sto.ledger('?kind=call')).map((entry) => 'endpoint' in entry && entry.endpoint)).toEqual([
      STO_TRACK,
      STO_CREATE,
      STO_CANCEL,
      STO_CREATE,
    ]);
    expect(await sto.summary()).toMatchObject({
      creates: 2,
      accepted: 1,
      badSignature: 1,
      badRequest: 0,
      duplicateAccepts: 0,
      maxCreatesPerSecond: 2,
      cancels: 1,
      trackQueries: 1,
      interceptedWaybills: 0,
    });
  });

  it('a fault is aimed at a waybill, of whichever service; a call that acted is counted', async () => {
    await parcel(never);
    await sto.control('POST', '/faults', { endpoint: '*', kind: 'garbage', waybillNo: BILL, times: 1 });
    expect((await track('asc', ['1'])).success).toBe('true');
    expect((await stoCreate(sto.baseUrl, BILL)).text).toBe('<html>upstream error');
    await sto.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    expect((await create()).errorCode).toBe('TWIN_TOO_FAST');
    expect(await sto.summary()).toMatchObject({ creates: 2, accepted: 1, throttled: 1 });
  });
});
