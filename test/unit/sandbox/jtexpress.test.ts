import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { customerDigest, jtexpressDigest } from '../../../sandbox/couriers/jtexpress/sign.js';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { type CallChange, callJtexpress, JTEXPRESS_API, JTEXPRESS_KEYS, startJtexpress } from './running-jtexpress.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'JT0000000000001';
const ASKED = { mailNo: BILL, applyTypeCode: 4 };
const CUSTOMER = { 'customer-code': 'J0000000001', 'customer-password': 'TestPwd1' };

let twin: TwinUnderTest;
let receiver: ScriptedServer;
async function begin(own: Json = {}): Promise<void> {
  twin = await startJtexpress({ timeScale: 0.01, own });
}
beforeEach(async () => {
  receiver = await scriptedServer();
  receiver.answer({ body: '{"code":"1","msg":"ok"}' });
});
afterEach(() => Promise.all([twin.close(), receiver.close()]));

const call = async (endpoint: string, content: unknown, change: CallChange = {}) =>
  (await callJtexpress(twin.baseUrl, endpoint, content, change)).json;
const create = (content: unknown = ASKED, change: CallChange = {}) => call(JTEXPRESS_API.create, content, change);
const trace = (billCodes: unknown) => call(JTEXPRESS_API.trace, { billCodes });
const parcel = (more: Json = {}) => twin.control('POST', '/parcels', [onTheRoad(BILL, more)]);
const pushed = () =>
  receiver.received().map(({ body }) => JSON.parse(new URLSearchParams(body).get('bizContent') ?? 'null') as Json);

describe('digests of J&T equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  beforeEach(() => begin());
  it('of a request, and of a customer', () => {
    const key = '0123456789abcdef0123456789abcdef';
    expect(jtexpressDigest('{"mailNo":"JT0000000000001","applyTypeCode":4}', key)).toBe('xRPI29YlD2JhzX7+3ueiuQ==');
    expect(customerDigest('J0000000001', 'TestPwd1', key)).toBe('xasiRdhvzXE0MAkntQVWig==');
  });
});

describe('the gateway of J&T refuses before anything acts', () => {
  beforeEach(() => begin());
  const json = { 'content-type': 'application/json' };
  it.each<[string, unknown, CallChange, string]>([
    ['a wrong digest', ASKED, { headers: { digest: 'xRPI29YlD2JhzX7+3ueiuQ==' } }, 'TWIN_SIGN'],
    ['no digest', ASKED, { headers: { digest: '' } }, 'TWIN_SIGN'],
    ['a digest over the encoded form', ASKED, { body: `bizContent=${JSON.stringify(ASKED)} ` }, 'TWIN_SIGN'],
    ['another account', ASKED, { headers: { apiAccount: 'other' } }, 'TWIN_ACCOUNT'],
    ['a time in seconds', ASKED, { headers: { timestamp: '1735689600.25' } }, 'TWIN_BODY'],
    ['JSON instead of a form', ASKED, { headers: json, body: JSON.stringify(ASKED) }, 'TWIN_BODY'],
    ['a second field', ASKED, { body: 'bizContent=%7B%7D&digest=x' }, 'TWIN_BODY'],
    ['a content that is no object', '[]', {}, 'TWIN_BODY'],
    ['a field nobody sends', { ...ASKED, waybillNo: BILL }, {}, 'TWIN_BODY'],
    ['no waybill', { applyTypeCode: 4 }, {}, 'TWIN_BODY'],
    ['a changed address', { ...ASKED, applyTypeCode: 5 }, {}, 'TWIN_TYPE'],
    ['a type as text', { ...ASKED, applyTypeCode: '4' }, {}, 'TWIN_TYPE'],
    ['a waybill it does not know', { ...ASKED, mailNo: 'JT2' }, {}, '145003064'],
  ])('%s', async (_what, content, change, code) => {
    await parcel();
    expect(await create(content, change)).toMatchObject({ code });
    expect(await twin.summary()).toMatchObject({ accepted: 0, interceptedWaybills: 0 });
  });
  it('an address it does not have', async () => {
    expect((await callJtexpress(twin.baseUrl, 'webopenplatformapi/api/other', ASKED)).status).toBe(404);
  });
});

describe('what a J&T account may need beyond the two keys', () => {
  it('the uuid of the test system in every address', async () => {
    await begin({ uuid: 'u-1' });
    await parcel();
    expect(await create()).toMatchObject({ code: 'TWIN_UUID' });
    expect(await create(ASKED, { query: '?uuid=u-2' })).toMatchObject({ code: 'TWIN_UUID' });
    expect(await create(ASKED, { query: '?uuid=u-1' })).toMatchObject({ code: '1' });
  });
  it('the customer in every intercept', async () => {
    await begin(CUSTOMER);
    await parcel();
    const hashed = createHash('md5').update('TestPwd1jadada236t2').digest('hex').toUpperCase();
    const digest = createHash('md5').update(`J0000000001${hashed}${JTEXPRESS_KEYS.privateKey}`).digest('base64');
    for (const odd of [{}, { customerCode: 'J0000000001', digest: 'x' }, { customerCode: 'J2', digest }]) {
      expect(await create({ ...ASKED, ...odd })).toMatchObject({ code: '145003031' });
    }
    expect(await create({ ...ASKED, customerCode: 'J0000000001', digest })).toMatchObject({ code: '1' });
    expect(await twin.summary()).toMatchObject({ badSignature: 3, accepted: 1 });
  });
});

describe('an intercept at J&T', () => {
  beforeEach(() => begin());
  it.each([
    ['no scan', [], 'TWIN_NO_SCAN'],
    ['out for delivery', ['GOT', 'DISPATCH'], 'TWIN_OUT'],
    ['with an agent', ['GOT', 'INBOUND'], 'TWIN_AGENT'],
    ['signed for', ['GOT', 'SIGNED'], 'TWIN_SIGNED'],
    ['on its way back', ['GOT', 'RETURN_SCAN'], 'TWIN_RETURNING'],
  ])('is refused for a parcel that is %s', async (_what, actions, code) => {
    const timeline = actions.map((action, index) => ({ action, afterMs: index - 9_000 }));
    await twin.control('POST', '/parcels', [{ waybillNo: BILL, timeline }]);
    expect(await create()).toMatchObject({ code });
  });
  it('is refused as the script says, so often', async () => {
    await parcel({ refuseWith: '145003042', refuseTimes: 1 });
    expect([(await create()).code, (await create()).code]).toEqual(['145003042', '1']);
  });
  it('is accepted a second time, the worst for a caller, unless switched off; both times it is counted', async () => {
    await parcel({ intercept: { outcome: 'never' } });
    expect([(await create()).code, (await create()).code]).toEqual(['1', '1']);
    expect(await twin.summary()).toMatchObject({ creates: 2, accepted: 2, duplicateAccepts: 1 });
    await twin.control('POST', '/config', { refuseSecondIntercept: true });
    expect(await create()).toMatchObject({ code: 'TWIN_EXISTS' });
  });
  it('above the rate limit is turned away without an effect', async () => {
    await parcel();
    await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
    await create();
    expect(await create()).toMatchObject({ code: 'TWIN_TOO_FAST' });
    expect(await twin.summary()).toMatchObject({ accepted: 1, throttled: 1 });
  });
});

describe('tracks of J&T', () => {
  beforeEach(() => begin());
  it('name a parcel without a scan with an empty list, and leave out one that nobody knows', async () => {
    await twin.control('POST', '/parcels', [onTheRoad(BILL), { waybillNo: 'JT2' }]);
    const { data } = await trace(`${BILL},JT2,JT3`);
    expect(data).toMatchObject([
      { billCode: BILL, details: [{ scanType: '快件揽收' }, { scanType: '发件' }] },
      { billCode: 'JT2', details: [] },
    ]);
    await twin.control('POST', '/config', { scanTypeAs: 'number' });
    expect((await trace(BILL)).data).toMatchObject([{ details: [{ scanType: '1' }, { scanType: '3' }] }]);
  });
  it('are shown of ten waybills at most, and of none that is not named', async () => {
    for (const odd of ['', ',', `${BILL},`, Array(11).fill(BILL).join(','), 7]) {
      expect([odd, await trace(odd)]).toMatchObject([odd, { code: 'TWIN_BODY' }]);
    }
  });
  it('are pushed once subscribed, until acknowledged', async () => {
    await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl });
    await parcel();
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    const list = [{ waybillCode: BILL, traceNode: '1&3&14', backUrl: 'http://127.0.0.1/' }];
    for (const odd of [{ list }, { id: JTEXPRESS_KEYS.apiAccount, list: [] }, { id: 'x', list }]) {
      expect(await call(JTEXPRESS_API.subscribe, odd)).toMatchObject({ code: 'TWIN_BODY' });
    }
    receiver.answer({ body: '{"code":1}' });
    expect(await call(JTEXPRESS_API.subscribe, { id: JTEXPRESS_KEYS.apiAccount, list })).toMatchObject({ code: '1' });
    await until(() => receiver.received().length > 0, { what: 'a first attempt' });
    receiver.answer({ body: '{"code":"1"}' });
    const counts = async () => (await twin.summary()).pushes as Record<string, number>;
    await until(async () => (await counts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(pushed()[0]).toMatchObject({ billCode: BILL, details: [{ scanType: '到件' }] });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received();
    const text = new URLSearchParams(body).get('bizContent');
    const digest = createHash('md5').update(`${text}${JTEXPRESS_KEYS.privateKey}`).digest('base64');
    expect(headers).toMatchObject({ apiaccount: JTEXPRESS_KEYS.apiAccount, digest });
  });
});

describe('the result of an intercept at J&T', () => {
  const results = () => pushed().filter((one) => 'interceptResult' in one);
  const begun = async (intercept: Json, switches: Json = {}, own: Json = {}) => {
    await begin(own);
    await twin.control('POST', '/config', { callbackUrl: `${receiver.baseUrl}/?token=t`, ...switches });
    await parcel({ intercept });
    await create();
  };
  it('is pushed once, to the address with its token, when the parcel was stopped', async () => {
    await begun({ outcome: 'success', afterMs: 1_000 });
    await until(() => results().length > 0, { what: 'the result' });
    const result = { mailNo: BILL, billCode: BILL, interceptResult: 'TWIN_STOPPED', returnMailNo: '' };
    expect(results()).toMatchObject([result]);
    expect(receiver.received()[0]?.path).toBe('/?token=t');
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'RETURN_SCAN' });
    await twin.control('POST', '/config', { pushTracks: 'all' });
    await until(() => pushed().length > 1, { what: 'a later push' });
    expect(results()).toHaveLength(1);
  });
  it.each([
    ['failed', { outcome: 'fail', afterMs: 1_000 }],
    ['missed', { outcome: 'missed', afterMs: 1_000, signedAfterMs: 1_000 }],
  ])('says so in the word of the options when it %s', async (_what, intercept) => {
    await begun(intercept, {}, { 'result-failed': '3' });
    await until(() => results().length > 0, { what: 'the result' });
    expect(results()).toMatchObject([{ interceptResult: '3' }]);
  });
  it('does not come before the end, nor where it is switched off', async () => {
    await begun({ outcome: 'never', afterMs: 0 }, { pushTracks: 'all', pushResults: false });
    await twin.control('POST', '/parcels', [
      { ...onTheRoad('JT2'), intercept: { outcome: 'success', afterMs: 0, returnScanAfterMs: 0 } },
    ]);
    await create({ mailNo: 'JT2', applyTypeCode: 4 });
    await until(() => pushed().some(({ billCode }) => billCode === 'JT2'), { what: 'the scan of the way back' });
    await twin.control('POST', '/config', { pushResults: true });
    await until(() => results().length > 0, { what: 'the result that was owed' });
    expect(results()).toMatchObject([{ mailNo: 'JT2', interceptResult: 'TWIN_STOPPED' }]);
  });
});
