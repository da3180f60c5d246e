import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import {
  callZto,
  createFields,
  type Json,
  onTheRoad,
  startZto,
  type TwinUnderTest,
  ZTO_KEYS,
} from './running-twins.js';

const TRACK = 'zto.merchant.waybill.track.query';
const SUBSCRIBE = 'zto.merchant.waybill.track.subsrcibe';
const GOT_IT = { body: '{"status":true,"message":"ok","result":"success","statusCode":"0"}' };
const BILL = '73100000000001';

let zto: TwinUnderTest;
let receiver: ScriptedServer;
beforeEach(async () => {
  [zto, receiver] = await Promise.all([startZto({ timeScale: 0.01 }), scriptedServer()]);
  receiver.answer(GOT_IT);
  await zto.control('POST', '/config', { callbackUrl: `${receiver.baseUrl}/callbacks/zto/main` });
});
afterEach(() => Promise.all([zto.close(), receiver.close()]));

const forms = () => receiver.received().map(({ body }) => new URLSearchParams(body));
const pushed = () => forms().map((form): Json => JSON.parse(form.get('data') ?? ''));
const pushCounts = async () => (await zto.summary()).pushes as Record<string, number>;

describe('the track query', () => {
  it('answers the scans in the words of the query, which are not those of the push', async () => {
    const timeline = [
      'GOT',
      'DEPARTURE',
      'ARRIVAL',
      'DISPATCH',
      'INBOUND',
      'SIGNED',
      'PROBLEM',
      'RETURN_SCAN',
      'RETURN_SIGNED',
    ];
    const steps = timeline.map((action, i) => ({
      action,
      afterMs: -1000 + i,
      facilityName: '武汉藏龙岛',
      city: '武汉市',
    }));
    await zto.control('POST', '/parcels', [{ waybillNo: BILL, timeline: steps }]);
    const { json } = await callZto(zto.baseUrl, TRACK, { billCode: BILL, mobilePhone: '0000' });
    const result = json.result as Json[];
    expect(json).toMatchObject({ status: true, statusCode: 'SYS000' });
    expect(result.map(({ scanType }) => scanType)).toEqual([
      '收件',
      '发件',
      '到件',
      '派件',
      'ARRIVAL',
      '签收',
      '问题件',
      '退件',
      '退件签收',
    ]);
    expect(result[0]).toMatchObject({
      billCode: BILL,
      scanDate: expect.any(Number),
      scanSite: { name: '武汉藏龙岛', city: '武汉市' },
    });
  });

  it('a parcel without a scan is an empty list, which is not an error', async () => {
    await zto.control('POST', '/parcels', [{ waybillNo: BILL, timeline: [] }]);
    expect((await callZto(zto.baseUrl, TRACK, { billCode: BILL })).json).toMatchObject({ status: true, result: [] });
  });

  it('a parcel that asks for the phone does not show itself without the right one', async () => {
    await zto.control('POST', '/parcels', [onTheRoad(BILL, { phoneLast4: '1234' })]);
    const codes = [];
    for (const mobilePhone of ['', '9999', '1234'])
      codes.push((await callZto(zto.baseUrl, TRACK, { billCode: BILL, mobilePhone })).json.statusCode);
    expect(codes).toEqual(['E413', 'E409', 'SYS000']);
  });
});

describe('track pushes', () => {
  it('a subscribed waybill is pushed as signed form fields', async () => {
    await zto.control('POST', '/parcels', [onTheRoad(BILL)]);
    expect((await callZto(zto.baseUrl, SUBSCRIBE, { billCode: BILL, mobilePhone: '1234' })).json).toEqual({
      result: null,
      message: '操作成功',
      statusCode: 'SYS000',
      status: true,
    });
    await zto.control('POST', `/parcels/${BILL}/scan`, { action: 'PROBLEM', problemCode: 'P1', city: '武汉市' });
    await until(() => receiver.received().length > 0, { what: 'a push' });
    const form = forms()[0] ?? new URLSearchParams();
    const data = form.get('data') ?? '';
    expect(form.get('data_digest')).toBe(
      createHash('md5')
        .update(data + ZTO_KEYS.appSecret)
        .digest('base64'),
    );
    expect([form.get('msg_type'), form.get('company_id')]).toEqual(['Traces', ZTO_KEYS.appKey]);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(JSON.parse(data)).toMatchObject({
      billCode: BILL,
      action: 'PROBLEM',
      actionTime: time,
      city: '武汉市',
      problemCode: 'P1',
    });
  });

  it('nobody subscribed, nothing pushed; all pushed where the switch says all', async () => {
    await zto.control('POST', '/parcels', [onTheRoad(BILL), onTheRoad('73100000000002')]);
    await callZto(zto.baseUrl, SUBSCRIBE, { billCode: '73100000000002' });
    await zto.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await zto.control('POST', '/parcels/73100000000002/scan', { action: 'DEPARTURE' });
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the subscribed push' });
    expect(pushed().map(({ billCode }) => billCode)).toEqual(['73100000000002']);
    await zto.control('POST', '/config', { pushTracks: 'all' });
    await until(() => pushed().some(({ billCode }) => billCode === BILL), { what: 'the other push' });
  });

  it('an intercepted parcel moves by itself and pushes its way back', async () => {
    const intercept = { outcome: 'success', afterMs: 1000, returnScanAfterMs: 1000, returnSignedAfterMs: 1000 };
    await zto.control('POST', '/config', { pushTracks: 'all' });
    await zto.control('POST', '/parcels', [onTheRoad(BILL, { intercept })]);
    await callZto(zto.baseUrl, 'thirdcenter.createIntercept', createFields(BILL));
    await until(async () => (await pushCounts()).acknowledged === 2, { what: 'both return scans' });
    expect(pushed().map(({ action }) => action)).toEqual(['RETURN_SCAN', 'RETURN_SIGNED']);
    expect(await zto.summary()).toMatchObject({ interceptedWaybills: 1, returned: 1, missed: 0 });
  });

  it('is sent again until the answer says status true, whatever the HTTP status says', async () => {
    const answers = [{ status: 500, body: 'x' }, { body: '{"status":false}' }, { body: '<html>' }, GOT_IT];
    let asked = 0;
    receiver.answer(() => answers[Math.min(asked++, 3)] ?? GOT_IT);
    await zto.control('POST', '/config', { pushTracks: 'all' });
    await zto.control('POST', '/parcels', [onTheRoad(BILL)]);
    await zto.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(await pushCounts()).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 4 });
    const bodies = new Set(receiver.received().map(({ body }) => body));
    expect(bodies.size).toBe(1);
  });

  it('is given up after 16 attempts', async () => {
    const fast = await startZto({ timeScale: 0.000_01 });
    receiver.answer({ body: '{"status":false}' });
    await fast.control('POST', '/config', { callbackUrl: receiver.baseUrl, pushTracks: 'all' });
    await fast.control('POST', '/parcels', [onTheRoad(BILL)]);
    await fast.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    const counts = async () => (await fast.summary()).pushes as Record<string, number>;
    await until(async () => (await counts()).givenUp === 1, { what: 'giving up' });
    const { attempts } = await counts();
    await fast.close();
    expect(attempts).toBe(16);
  });

  it('can be doubled and overtake each other', async () => {
    await zto.control('POST', '/config', {
      pushTracks: 'all',
      pushDuplicates: 1,
      pushShuffle: 0.5,
      pushShuffleMs: 10_000,
    });
    const timeline = Array.from({ length: 12 }, (_, i) => ({
      action: 'ARRIVAL',
      afterMs: i * 100,
      facilityName: String(i),
    }));
    await zto.control('POST', '/parcels', [{ waybillNo: BILL, timeline }]);
    await until(async () => (await pushCounts()).acknowledged === 24, { what: 'all pushes twice' });
    const order = pushed().map(({ facilityName }) => Number(facilityName));
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  });
});
