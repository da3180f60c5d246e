import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { callZto, createFields, type Json, onTheRoad, startZto, type TwinUnderTest } from './running-twins.js';

const CREATE = 'thirdcenter.createIntercept';
const CANCEL = 'thirdcenter.cancelIntercept';
const QUERY = 'thirdcenter.queryInterceptAndReturnStatus';

let zto: TwinUnderTest;
beforeAll(async () => {
  zto = await startZto();
});
afterAll(() => zto.close());

let made = 0;
/** A new parcel; returns its waybill. */
async function parcel(more: Json = {}): Promise<string> {
  made += 1;
  const waybillNo = `731${String(made).padStart(11, '0')}`;
  await zto.control('POST', '/parcels', [onTheRoad(waybillNo, more)]);
  return waybillNo;
}
const create = async (fields: Json) => (await callZto(zto.baseUrl, CREATE, fields)).json;
const query = async (billCode: string) => (await callZto(zto.baseUrl, QUERY, { billCode })).json;
const statusOf = async (billCode: string) => ((await query(billCode)).data as Json | null)?.status;
const slow = { intercept: { outcome: 'success', afterMs: 600_000 } };

describe('createIntercept answers by where the parcel is, as the carrier documents it', () => {
  it('accepts a parcel on the road and gives it a work order number', async () => {
    const answer = await create(createFields(await parcel()));
    expect(answer).toEqual({
      status: true,
      statusCode: 'SYS000',
      message: '操作成功',
      data: { centerBizNo: expect.stringMatching(/^LJ\d{9}$/) },
    });
  });

  it.each([
    ['no scan', [], 'E23119', '无任何轨迹不允许发起拦截'],
    [
      'arrived at the delivery branch',
      [{ action: 'ARRIVAL', afterMs: -1, deliveryBranch: true }],
      'E23137',
      '有派件网点到件不允许拦截',
    ],
    ['out for delivery', [{ action: 'DISPATCH', afterMs: -1 }], 'E23120', '有派件扫描不允许拦截'],
    ['in a locker', [{ action: 'INBOUND', afterMs: -1 }], 'E23112', '已第三方进站不允许拦截'],
    ['signed', [{ action: 'SIGNED', afterMs: -1 }], 'E23101', '快件已签收'],
    ['already returning', [{ action: 'RETURN_SCAN', afterMs: -1 }], 'E23123', '存在退改件信息不允许拦截'],
  ])('%s is refused', async (_place, timeline, statusCode, message) => {
    const answer = await create(createFields(await parcel({ timeline })));
    expect(answer).toEqual({ status: false, statusCode, message, data: null });
  });

  it('an arrival at a hub is no reason to refuse, only one at the delivery branch is', async () => {
    expect((await create(createFields(await parcel({ timeline: [{ action: 'ARRIVAL', afterMs: -1 }] })))).status).toBe(
      true,
    );
  });

  it('a waybill it never saw is unknown', async () => {
    expect((await create(createFields('00000000000000'))).statusCode).toBe('E23102');
  });

  it('a scripted code is answered, with a count only the first times', async () => {
    const waybillNo = await parcel({ refuseWith: 'E23111', refuseTimes: 1 });
    const codes = [await create(createFields(waybillNo)), await create(createFields(waybillNo))].map(
      (a) => a.statusCode,
    );
    expect(codes).toEqual(['E23111', 'SYS000']);
  });

  it('a refused request id may come again after the pick-up, because E23119 asks for that', async () => {
    const waybillNo = await parcel({ timeline: [] });
    const before = await create(createFields(waybillNo));
    await zto.control('POST', `/parcels/${waybillNo}/scan`, { action: 'GOT' });
    const after = await create(createFields(waybillNo));
    expect([before.statusCode, after.statusCode]).toEqual(['E23119', 'SYS000']);
  });

  it.each([
    [{ billCode: '' }, 'S208', 'billCode不能为空'],
    [{ requestId: undefined }, 'S208', 'requestId不能为空'],
    [{ destinationType: null }, 'S208', 'destinationType不能为空'],
    [{ destinationType: 5 }, 'E23108', '无效的拦截、退改方式'],
    [{ destinationType: '2' }, 'E23108', '无效的拦截、退改方式'],
    [{ destinationType: 4 }, 'S208', 'receivePhone不能为空'],
  ])('%j is refused as our own mistake', async (change, statusCode, message) => {
    const answer = await create({ ...createFields(await parcel()), ...change });
    expect([answer.statusCode, answer.message]).toEqual([statusCode, message]);
  });

  it.each([
    ['12345678901234567', 'E23150'],
    ['not a phone', 'E23148'],
    ['13000000000', 'SYS000'],
  ])('a new address with phone %s answers %s', async (receivePhone, code) => {
    const address = {
      receiveUsername: '张三',
      receiveAddress: '路1号',
      receiveDistrict: '青浦区',
      receiveCity: '上海市',
    };
    const fields = {
      ...createFields(await parcel()),
      ...address,
      destinationType: 4,
      receiveProvince: '上海',
      receivePhone,
    };
    expect((await create(fields)).statusCode).toBe(code);
  });
});

describe('one request id is one order', () => {
  it('the same bytes again get the same answer and no second order', async () => {
    const waybillNo = await parcel(slow);
    const answers = [await create(createFields(waybillNo)), await create(createFields(waybillNo))];
    expect(answers[1]).toEqual(answers[0]);
    const entries = await zto.ledger(`?waybillNo=${waybillNo}`);
    expect(entries.map((entry) => 'verdict' in entry && entry.verdict)).toEqual(['accepted', 'repeated']);
  });

  it('another request id for the same parcel is a duplicate', async () => {
    const waybillNo = await parcel(slow);
    await create(createFields(waybillNo, 'first'));
    expect((await create(createFields(waybillNo, 'second'))).statusCode).toBe('E23121');
  });

  it('the same request id with other bytes is not the same request', async () => {
    const waybillNo = await parcel(slow);
    await create(createFields(waybillNo));
    expect((await create({ ...createFields(waybillNo), customerId: 'GPG1' })).statusCode).toBe('E23121');
  });

  it('a courier that forgets request ids accepts twice, and the summary shows it', async () => {
    const other = await startZto();
    await other.control('POST', '/parcels', [onTheRoad('73100000000001', slow)]);
    await other.control('POST', '/config', { forgetIdempotency: true });
    const fields = createFields('73100000000001');
    const answers = [await callZto(other.baseUrl, CREATE, fields), await callZto(other.baseUrl, CREATE, fields)];
    const numbers = answers.map(({ json }) => (json.data as Json).centerBizNo);
    const summary = await other.summary();
    await other.close();
    expect(new Set(numbers).size).toBe(2);
    expect([summary.accepted, summary.duplicateAccepts]).toEqual([2, 1]);
  });

  it('with second intercepts allowed another request id is accepted and counted as a duplicate', async () => {
    const other = await startZto();
    await other.control('POST', '/parcels', [onTheRoad('73100000000001', slow)]);
    await other.control('POST', '/config', { allowSecondIntercept: true });
    for (const id of ['a', 'b']) await callZto(other.baseUrl, CREATE, createFields('73100000000001', id));
    const summary = await other.summary();
    await other.close();
    expect([summary.accepted, summary.duplicateAccepts]).toEqual([2, 1]);
  });
});

describe('the status query tells how far the parcel has come', () => {
  it('goes from INTERCEPTING to the end of the return by itself', async () => {
    const script = { outcome: 'success', afterMs: 150, returnScanAfterMs: 150, returnSignedAfterMs: 150 };
    const waybillNo = await parcel({ intercept: script });
    await create(createFields(waybillNo));
    const seen: unknown[] = [];
    await until(
      async () => {
        const status = await statusOf(waybillNo);
        if (seen.at(-1) !== status) seen.push(status);
        return status === 'INTERCEPT_DISCONTINUE';
      },
      { what: 'the end of the return' },
    );
    expect(seen).toEqual(['INTERCEPTING', 'INTERCEPT_SUCCESS', 'PACKAGE_DELIVERYING', 'INTERCEPT_DISCONTINUE']);
  });

  it('answers with the Chinese name beside the word', async () => {
    const waybillNo = await parcel(slow);
    await create(createFields(waybillNo));
    expect((await query(waybillNo)).data).toEqual({
      billCode: waybillNo,
      serviceCode: '',
      status: 'INTERCEPTING',
      statusName: '拦截中',
    });
  });

  it.each([
    ['fail', 'a courier that gives up'],
    ['missed', 'a parcel that is delivered all the same'],
  ])('%s ends as INTERCEPT_FAIL: %s', async (outcome) => {
    const waybillNo = await parcel({ intercept: { outcome, afterMs: 50, signedAfterMs: 50 } });
    await create(createFields(waybillNo));
    await until(async () => (await statusOf(waybillNo)) === 'INTERCEPT_FAIL', { what: 'the failure' });
  });

  it('a waybill without an intercept has no status', async () => {
    expect(await query(await parcel())).toEqual({
      status: false,
      statusCode: 'E23102',
      message: '订单信息不存在',
      data: null,
    });
  });
});

describe('cancelIntercept takes back only what is still under way and ours', () => {
  const cancel = async (billCode: string, thirdBizNo: string) =>
    (await callZto(zto.baseUrl, CANCEL, { billCode, thirdBizNo })).json;

  it('cancels an order that is INTERCEPTING, and the parcel may be intercepted anew', async () => {
    const waybillNo = await parcel(slow);
    await create(createFields(waybillNo, 'one'));
    const answer = await cancel(waybillNo, 'one');
    expect([answer.status, await statusOf(waybillNo)]).toEqual([true, 'INTERCEPT_CANCEL']);
    expect((await create(createFields(waybillNo, 'two'))).status).toBe(true);
  });

  it('refuses twice, by another party, for nothing and for the unknown', async () => {
    const waybillNo = await parcel(slow);
    const nothing = await cancel(waybillNo, 'x');
    await create(createFields(waybillNo, 'mine'));
    const foreign = await cancel(waybillNo, 'yours');
    await cancel(waybillNo, 'mine');
    const twice = await cancel(waybillNo, 'mine');
    const unknown = await cancel('00000000000000', 'x');
    expect([nothing, foreign, twice, unknown].map(({ statusCode }) => statusCode)).toEqual([
      'E23130',
      'E23135',
      'E23130',
      'E23102',
    ]);
  });

  it('refuses once the parcel was stopped', async () => {
    const waybillNo = await parcel({ intercept: { outcome: 'success', afterMs: 0 } });
    await create(createFields(waybillNo, 'mine'));
    expect((await cancel(waybillNo, 'mine')).statusCode).toBe('E23130');
  });

  it('a scripted refusal is answered', async () => {
    const waybillNo = await parcel({ ...slow, refuseCancelWith: 'E23131' });
    await create(createFields(waybillNo, 'mine'));
    expect((await cancel(waybillNo, 'mine')).statusCode).toBe('E23131');
  });
});
