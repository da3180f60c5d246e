import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { removeCompiledSandbox, startTwinProcess } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { callSf, INTERCEPT, ROUTES, returnOf, routesOf, SF_KEYS, startSf, takeBack } from './running-sf.js';
import { controlsOf, type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'SF0000000000001';
const WAY_BACK = 'SF9000000000001';
const REGISTER = 'EXP_RECE_REGISTER_ROUTE';
const GOT_IT = { body: '{"return_code":"0000","return_msg":"成功"}' };

let sf: TwinUnderTest;
let receiver: ScriptedServer;
beforeEach(async () => {
  [sf, receiver] = await Promise.all([startSf({ timeScale: 0.01 }), scriptedServer()]);
  receiver.answer(GOT_IT);
  await sf.control('POST', '/config', { callbackUrl: `${receiver.baseUrl}/callbacks/sf/main?pushToken=abc` });
});
afterEach(() => Promise.all([sf.close(), receiver.close()]));

const query = (waybillNo: string, change: Json = {}) => callSf(sf.baseUrl, ROUTES, routesOf(waybillNo, change));
const routes = async (waybillNo: string, change: Json = {}): Promise<readonly Json[]> => {
  const { routeResps } = (await query(waybillNo, change)).msgData as { routeResps: { routes: Json[] }[] };
  return routeResps[0]?.routes ?? [];
};
const codes = async (waybillNo: string, change: Json = {}) =>
  (await routes(waybillNo, change)).map(({ opCode }) => opCode);
const pushCounts = async () => (await sf.summary()).pushes as Record<string, number>;
const pushed = () => receiver.received().map(({ body }): Json => JSON.parse(body).Body.WaybillRoute[0]);

describe('the route query of SF', () => {
  it('answers in its own codes and local time', async () => {
    const actions = 'GOT DEPARTURE ARRIVAL DISPATCH INBOUND SIGNED PROBLEM'.split(' ');
    await sf.control('POST', '/parcels', [
      { waybillNo: BILL, timeline: actions.map((action, i) => ({ action, afterMs: -1000 + i })) },
    ]);
    expect(await codes(BILL)).toEqual(['50', '30', '31', '44', '125', '80', '33']);
    expect((await routes(BILL))[0]).toMatchObject({
      acceptTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      acceptAddress: '杭州市',
    });
  });

  it('shows the way back under a number of its own, or under the old one', async () => {
    const timeline = ['GOT', 'RETURN_SCAN', 'RETURN_SIGNED'].map((action, i) => ({ action, afterMs: -9 + i }));
    await sf.control('POST', '/parcels', [{ waybillNo: BILL, timeline }]);
    expect(await codes(BILL)).toEqual(['50', '648']);
    expect((await routes(BILL))[1]?.remark).toBe(`快件已退回/转寄,新单号为: ${WAY_BACK}`);
    expect(await codes(WAY_BACK)).toEqual(['50', '80']);
    await sf.control('POST', '/config', { returnLeg: 'same_number' });
    expect(await codes(BILL)).toEqual(['50', '648', '80']);
    expect(await codes(WAY_BACK)).toEqual([]);
  });

  it('shows nothing without a phone of the parcel, which looks like no scan', async () => {
    await sf.control('POST', '/parcels', [onTheRoad(BILL, { phoneLast4: '5678' }), onTheRoad('SF2')]);
    expect(await codes(BILL, { checkPhoneNo: '1234,5678' })).toEqual(['50', '30']);
    for (const checkPhoneNo of ['1234', '', undefined]) expect(await codes(BILL, { checkPhoneNo })).toEqual([]);
    expect([await codes('SF2'), await codes('SF2', { checkPhoneNo: 'x' })]).toEqual([['50', '30'], []]);
    await sf.control('POST', '/config', { withoutPhone: 'refuse' });
    expect((await query(BILL)).errorCode).toBe('990109');
    const bound = await startSf({ own: { 'card-bound': true } });
    await bound.control('POST', '/parcels', [onTheRoad(BILL, { phoneLast4: '5678' })]);
    const { msgData } = await callSf(bound.baseUrl, ROUTES, routesOf(BILL, { checkPhoneNo: undefined }));
    await bound.close();
    expect(msgData).toMatchObject({ routeResps: [{ mailNo: BILL, routes: [{ opCode: '50' }, { opCode: '30' }] }] });
  });

  it('refuses what it cannot read', async () => {
    const odd = [
      { trackingNumber: [] },
      { trackingNumber: BILL },
      { language: '' },
      { methodType: undefined },
      { x: '1' },
    ];
    const said = await Promise.all(odd.map(async (change) => (await query(BILL, change)).errorCode));
    expect(said).toEqual(['S0002', 'S0002', 'S0002', 'S0002', 'S0007']);
    const eleven = Array.from({ length: 11 }, (_, i) => `SF${i}`);
    expect((await query(BILL, { trackingNumber: eleven })).errorCode).toBe('S0004');
  });
});

describe('route pushes of SF', () => {
  it('tell registered waybills, unsigned, at the address with its secret; the way back under its own number', async () => {
    const intercept = { outcome: 'success', afterMs: 1000, returnScanAfterMs: 1000, returnSignedAfterMs: 1000 };
    await sf.control('POST', '/parcels', [onTheRoad(BILL, { intercept }), onTheRoad('SF2')]);
    expect((await callSf(sf.baseUrl, REGISTER, { type: '1', attributeNo: BILL })).errorCode).toBe('S0002');
    expect((await callSf(sf.baseUrl, REGISTER, { type: '2', attributeNo: BILL })).success).toBe(true);
    await sf.control('POST', '/parcels/SF2/scan', { action: 'ARRIVAL' });
    await callSf(sf.baseUrl, INTERCEPT, returnOf(BILL));
    await until(async () => (await pushCounts()).acknowledged === 2, { what: 'both return scans' });
    expect(pushed().map(({ mailno, opCode }) => [mailno, opCode])).toEqual([
      [BILL, '648'],
      [WAY_BACK, '80'],
    ]);
    expect(receiver.received()[0]?.path).toBe('/callbacks/sf/main?pushToken=abc');
  });

  it('are sent again until return_code 0000', async () => {
    let asked = 0;
    receiver.answer(() => (asked++ < 2 ? { body: '{"return_code":"1000"}' } : GOT_IT));
    await sf.control('POST', '/config', { pushTracks: 'all' });
    await sf.control('POST', '/parcels', [onTheRoad(BILL)]);
    await sf.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(await pushCounts()).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 3 });
  });
});

describe('a twin that was restarted', () => {
  it('remembers orders, cancels, scripted refusals, request ids and registrations', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-'));
    const options = { ledgerFile: join(folder, 'ledger.jsonl'), timeScale: 0.01 };
    const slow = { intercept: { outcome: 'success', afterMs: 600_000_000 } };
    const first = await startSf(options);
    await first.control('POST', '/parcels', [
      onTheRoad('SF1', slow),
      onTheRoad('SF2', slow),
      onTheRoad('SF3', { ...slow, refuseWith: '8247', refuseTimes: 2 }),
    ]);
    const numbers: unknown[] = [];
    for (const [i, waybillNo] of ['SF1', 'SF2', 'SF3'].entries()) {
      const said = await callSf(first.baseUrl, INTERCEPT, returnOf(waybillNo), { requestID: `r-${i}` });
      numbers.push(said.msgData?.cusId);
    }
    await callSf(first.baseUrl, INTERCEPT, takeBack('SF2', numbers[1]));
    await callSf(first.baseUrl, REGISTER, { type: '2', attributeNo: 'SF1' });
    await first.close();
    const second = await startSf(options);
    const ask = (msgData: Json, change = {}) => callSf(second.baseUrl, INTERCEPT, msgData, change);
    expect((await ask(returnOf('SF1'), { requestID: 'r-0' })).gateway).toBe('A1007');
    const said = [
      await ask(returnOf('SF1')),
      await ask(takeBack('SF2', numbers[1])),
      await ask(returnOf('SF3')),
      await ask(returnOf('SF3')),
      await ask(takeBack('SF1', numbers[0])),
    ];
    expect(said.map(({ errorCode }) => errorCode)).toEqual(['990103', '990106', '8247', 'S0000', 'S0000']);
    await second.control('POST', '/config', { callbackUrl: receiver.baseUrl });
    await second.control('POST', '/parcels/SF1/scan', { action: 'ARRIVAL' });
    await until(() => receiver.received().length > 0, { what: 'the push of a waybill registered before' });
    await second.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is a program that says where it listens, and ends on SIGTERM with 0', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-'));
    const { partnerId, checkWord, monthlyCard } = SF_KEYS;
    const keys = ['--app-key', partnerId, '--app-secret', checkWord, '--monthly-card', monthlyCard];
    try {
      const twin = await startTwinProcess('couriers/sf', ['--ledger', join(folder, 'ledger'), ...keys]);
      expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: 'sf', pid: twin.pid });
      expect(await twin.end('SIGTERM')).toBe(0);
    } finally {
      await removeCompiledSandbox();
      await rm(folder, { recursive: true, force: true });
    }
  }, 20_000);
});
