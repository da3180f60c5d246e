import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';
import { callYto, startYto } from './running-yto-yunda.js';

let yto: TwinUnderTest;
beforeAll(async () => {
  yto = await startYto();
});
afterAll(() => yto.close());

let made = 0;
/** A new parcel; returns its waybill. */
async function parcel(more: Json = {}): Promise<string> {
  made += 1;
  const waybillNo = `YT${String(made).padStart(13, '0')}`;
  await yto.control('POST', '/parcels', [onTheRoad(waybillNo, more)]);
  return waybillNo;
}
const report = async (waybillNo: string) =>
  (await callYto(yto.baseUrl, 'wanted_report_adapter', { waybillNo, wantedDesc: '拦截退回' })).json;
const cancel = async (waybillNo: string) =>
  (await callYto(yto.baseUrl, 'wanted_cancel_adapter', { waybillNo, dealRemark: '取消拦截' })).json;
const stateOf = async (waybillNo: string) => (await yto.control('GET', `/parcels/${waybillNo}`)).json.status;
const slow = { intercept: { outcome: 'success', afterMs: 600_000 } };
const EXISTS = { statusCode: 1, statusMessage: '已有有效拦截件，不能重复发起拦截' };

describe('wanted_report_adapter answers by where the parcel is', () => {
  it('accepts a parcel on the road, even at the delivery branch: the window is 派件前', async () => {
    const branch = { timeline: [{ action: 'ARRIVAL', afterMs: -1, deliveryBranch: true }] };
    for (const more of [{}, branch]) {
      expect(await report(await parcel(more))).toEqual({ statusCode: 0, statusMessage: '操作成功' });
    }
  });

  it.each([
    ['no scan', [], '无揽收信息，不能发起拦截'],
    ['out for delivery', [{ action: 'DISPATCH', afterMs: -1 }], '已派件，不能发起拦截'],
    ['in a locker', [{ action: 'INBOUND', afterMs: -1 }], '已入柜，不能发起拦截'],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], '已签收，不能发起拦截'],
    ['already returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], '退回中，不能发起拦截'],
    ['returned', [{ action: 'RETURN_SIGNED', afterMs: -1 }], '已退回，不能发起拦截'],
  ])('%s is refused in words alone', async (_place, timeline, statusMessage) => {
    expect(await report(await parcel({ timeline }))).toEqual({ statusCode: 1, statusMessage });
  });

  it('a waybill it never saw is refused, and scripted words are answered as often as told', async () => {
    expect((await report('YT9999999999999')).statusCode).toBe(1);
    const waybillNo = await parcel({ refuseWith: '该件异常', refuseTimes: 1 });
    expect(await report(waybillNo)).toEqual({ statusCode: 1, statusMessage: '该件异常' });
    expect((await report(waybillNo)).statusCode).toBe(0);
  });
});

describe('the waybill is the only key', () => {
  it('a repeat is told that a valid intercept exists, also while the parcel is on its way back', async () => {
    const waybillNo = await parcel({ intercept: { outcome: 'success', afterMs: 0, returnScanAfterMs: 0 } });
    expect((await report(waybillNo)).statusCode).toBe(0);
    expect(await report(waybillNo)).toEqual(EXISTS);
    await until(async () => (await stateOf(waybillNo)) === 'returning', { what: 'the way back' });
    expect(await report(waybillNo)).toEqual(EXISTS);
    const entries = await yto.ledger(`?waybillNo=${waybillNo}`);
    expect(entries.map((entry) => 'verdict' in entry && entry.verdict)).toEqual(['accepted', 'refused', 'refused']);
  });

  it('after a failed one it may be asked again', async () => {
    const waybillNo = await parcel({ intercept: { outcome: 'fail', afterMs: 0 } });
    await report(waybillNo);
    await until(async () => (await stateOf(waybillNo)) === 'failed', { what: 'the failure' });
    expect((await report(waybillNo)).statusCode).toBe(0);
  });

  it('with second intercepts allowed it is accepted twice, and the summary shows it', async () => {
    const other = await startYto();
    await other.control('POST', '/parcels', [onTheRoad('YT1', slow)]);
    await other.control('POST', '/config', { allowSecondIntercept: true });
    const param = { waybillNo: 'YT1', wantedDesc: 'x' };
    for (let i = 0; i < 2; i += 1) await callYto(other.baseUrl, 'wanted_report_adapter', param);
    const summary = await other.summary();
    await other.close();
    expect([summary.accepted, summary.duplicateAccepts]).toEqual([2, 1]);
  });
});

describe('wanted_cancel_adapter takes back only what is still under way', () => {
  it('cancels, once, and the parcel may be intercepted anew', async () => {
    const waybillNo = await parcel(slow);
    await report(waybillNo);
    expect(await cancel(waybillNo)).toEqual({ statusCode: 0, statusMessage: '操作成功' });
    expect(await stateOf(waybillNo)).toBe('cancelled');
    expect((await cancel(waybillNo)).statusMessage).toBe('没有有效拦截件，不能取消');
    expect((await report(waybillNo)).statusCode).toBe(0);
  });

  it('refuses for nothing, for the unknown, once the parcel was stopped, and as scripted', async () => {
    const stopped = await parcel({ intercept: { outcome: 'success', afterMs: 0 } });
    await report(stopped);
    const scripted = await parcel({ ...slow, refuseCancelWith: '无权取消' });
    await report(scripted);
    const words = [await parcel(), 'YT9999999999999', stopped, scripted].map(cancel);
    expect((await Promise.all(words)).map(({ statusMessage }) => statusMessage)).toEqual([
      '没有有效拦截件，不能取消',
      '运单号不存在',
      '拦截已完成，不能取消',
      '无权取消',
    ]);
  });
});
