import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { callSf, INTERCEPT, returnOf, startSf, takeBack } from './running-sf.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

let sf: TwinUnderTest;
beforeAll(async () => {
  sf = await startSf();
});
afterAll(() => sf.close());

let made = 0;
/** A new parcel; returns its waybill. */
async function parcel(more: Json = {}): Promise<string> {
  made += 1;
  const waybillNo = `SF${String(made).padStart(13, '0')}`;
  await sf.control('POST', '/parcels', [onTheRoad(waybillNo, more)]);
  return waybillNo;
}
const ask = (msgData: Json) => callSf(sf.baseUrl, INTERCEPT, msgData);
const create = (waybillNo: string, change: Json = {}) => ask(returnOf(waybillNo, change));
const stateOf = async (waybillNo: string) => (await sf.control('GET', `/parcels/${waybillNo}`)).json.status;
const slow = { intercept: { outcome: 'success', afterMs: 600_000 } };

describe('EXP_RECE_WANTED_INTERCEPT answers by where the parcel is', () => {
  it('accepts a parcel that is picked up and not delivered, with a number and a fee', async () => {
    const out = { timeline: [{ action: 'DISPATCH', afterMs: -1 }] };
    for (const more of [{}, out]) {
      const said = await create(await parcel({ ...slow, ...more }));
      expect(said).toMatchObject({ gateway: 'A1000', success: true, errorCode: 'S0000' });
      expect(said.msgData).toMatchObject({ cusId: expect.stringMatching(/^ZL\d{9}$/), amount: 12.5 });
    }
  });

  it.each([
    ['no scan', [], '990101'],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], '990102'],
    ['already returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], '990104'],
    ['returned', [{ action: 'RETURN_SIGNED', afterMs: -1 }], '990104'],
  ])('%s is refused with a code of the twin', async (_place, timeline, errorCode) => {
    expect(await create(await parcel({ timeline }))).toMatchObject({ success: false, errorCode, msgData: null });
  });

  it('an unknown waybill is refused, and scripted codes are answered as often as told', async () => {
    expect((await create('SF9999999999999')).errorCode).toBe('6150');
    const scripted = await parcel({ ...slow, refuseWith: '8247', refuseTimes: 1 });
    expect([(await create(scripted)).errorCode, (await create(scripted)).errorCode]).toEqual(['8247', 'S0000']);
    expect((await create(await parcel({ refuseWith: 'A1099' }))).gateway).toBe('A1099');
  });

  it.each<[string, Json, string]>([
    ['no waybill', { waybillNo: '' }, 'S0002'],
    ['a number for a text', { role: 1 }, 'S0002'],
    ['an unknown role', { role: '4' }, 'S0007'],
    ['another service than 退回', { serviceCode: '1' }, '990108'],
    ['no card', { monthlyCardNo: undefined }, 'S0002'],
    ['another card', { monthlyCardNo: '1' }, '8119'],
    ['no address', { newDestAddress: undefined }, 'S0002'],
    ['half an address', { newDestAddress: { province: '广东省', city: '深圳市', county: ' ', address: 'x' } }, 'S0002'],
    ['a field nobody asked for', { requestId: '1' }, 'S0007'],
    ['a cancel that is a text', { cancel: 'true' }, 'S0007'],
  ])('%s is refused', async (_what, change, errorCode) => {
    expect(await create(await parcel(slow), change)).toMatchObject({ success: false, errorCode });
  });

  it('paid otherwise no card is needed; a plain success carries nothing', async () => {
    await sf.control('POST', '/config', { amount: null, dataAsObject: true });
    const said = await create(await parcel(slow), { payMode: '2', monthlyCardNo: undefined });
    await sf.control('POST', '/config', { amount: 12.5, dataAsObject: false });
    expect(said).toMatchObject({ success: true, msgData: null });
  });
});

describe('once intercepted, never again', () => {
  it('a repeat is refused for good, also after it was taken back; after a failure it may be asked again', async () => {
    const [taken, failed] = [await parcel(slow), await parcel({ intercept: { outcome: 'fail', afterMs: 0 } })];
    const { msgData } = await create(taken);
    expect((await create(taken)).errorCode).toBe('990103');
    expect((await ask(takeBack(taken, msgData?.cusId))).success).toBe(true);
    expect(await stateOf(taken)).toBe('cancelled');
    expect((await create(taken)).errorCode).toBe('990103');
    await create(failed);
    await until(async () => (await stateOf(failed)) === 'failed', { what: 'the failure' });
    expect((await create(failed)).success).toBe(true);
  });

  it('with second intercepts allowed it is accepted twice, and the summary shows it', async () => {
    const other = await startSf();
    await other.control('POST', '/parcels', [onTheRoad('SF1', slow)]);
    await other.control('POST', '/config', { allowSecondIntercept: true });
    for (let i = 0; i < 2; i += 1) await callSf(other.baseUrl, INTERCEPT, returnOf('SF1'));
    const summary = await other.summary();
    await other.close();
    expect(summary).toMatchObject({ creates: 2, accepted: 2, duplicateAccepts: 1, maxCreatesPerSecond: 2, cancels: 0 });
  });
});

describe('taking back', () => {
  it('needs the number of the order and no address, and comes too late once the parcel was stopped', async () => {
    const stopped = await parcel({ intercept: { outcome: 'success', afterMs: 0 } });
    const [scripted, other] = [await parcel({ ...slow, refuseCancelWith: '77' }), await parcel(slow)];
    const numbers: unknown[] = [];
    for (const waybillNo of [stopped, scripted, other]) numbers.push((await create(waybillNo)).msgData?.cusId);
    const address = { newDestAddress: returnOf(other).newDestAddress };
    const said = [
      await ask(takeBack(stopped, numbers[0])),
      await ask(takeBack(scripted, numbers[1])),
      await ask(takeBack(other, numbers[1])),
      await ask(takeBack(other, undefined)),
      await ask(takeBack(other, numbers[2], address)),
      await ask(takeBack('SF9999999999999', numbers[2])),
    ];
    expect(said.map(({ errorCode }) => errorCode)).toEqual(['990106', '77', '990105', 'S0002', '990107', '6150']);
  });
});

describe('a fault', () => {
  it('is aimed at a service and a waybill, though all services have one address', async () => {
    const [aimed, spared] = [await parcel(slow), await parcel(slow)];
    const fault = { kind: 'http_error', waybillNo: aimed, times: 1 };
    await sf.control('POST', '/faults', { ...fault, endpoint: INTERCEPT });
    await sf.control('POST', '/faults', { ...fault, endpoint: `cancel/${INTERCEPT}` });
    const [untouched, broken, mended] = [await create(spared), await create(aimed), await create(aimed)];
    expect([untouched.http, broken.http, mended.http]).toEqual([200, 500, 200]);
    const back = takeBack(aimed, mended.msgData?.cusId);
    expect([(await ask(back)).http, (await ask(back)).success]).toEqual([500, true]);
    const told = (await sf.ledger(`?waybillNo=${aimed}`)).map((line) => 'endpoint' in line && line.endpoint);
    expect(told).toEqual([INTERCEPT, INTERCEPT, `cancel/${INTERCEPT}`, `cancel/${INTERCEPT}`]);
  });
});
