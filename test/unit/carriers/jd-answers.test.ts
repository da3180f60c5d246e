import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierResponse } from '../../../src/domain/carrier/port.js';
import { jd } from '../../../src/workers/carriers/jd/adapter.js';
import { jdCredentials } from '../../../src/workers/carriers/jd/credentials.js';
import { readJosCreate, readJosTrack } from '../../../src/workers/carriers/jd/jos-responses.js';
import { readLopCreate, readLopStatus, readLopTrack } from '../../../src/workers/carriers/jd/lop-responses.js';

const WAYBILL = 'JDV000000000001';
const keys = (more: object = {}) =>
  jdCredentials.parse({ appKey: 'a', appSecret: 's', accessToken: 't', customerCode: 'c', ...more });
const json = (value: unknown, status = 200): CarrierResponse => ({ status, headers: {}, text: JSON.stringify(value) });
const lop = (data: unknown, more: object = {}) => ({ code: 0, msg: '成功', success: true, data, ...more });
const failure = (code: string, words = '') => ({ error_response: { code, zh_desc: words } });

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}
const isAccepted = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && Reflect.get(answer, 'kind') === 'accepted';

/** A member at the end of a path, read without the code under test. */
function at(text: string, ...path: string[]): unknown {
  try {
    return path.reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      JSON.parse(text),
    );
  } catch {
    return undefined;
  }
}

const statuses = fc.constantFrom(200, 200, 200, 200, 200, 201, 302, 400, 401, 500);
const numbers = fc.constantFrom(1, 1, 1, 100, 100, 100, 0, 2, 3, 108, '1', '100', null, true, [1]);

describe('an answer of JD to a send', () => {
  it('at LOP is accepted for nothing but success, code 0 and resultType 1, whatever the body and the HTTP status', () => {
    const result = fc.record({ resultType: numbers, waybillCode: fc.constantFrom('', WAYBILL) });
    const wrapped = fc.record({
      success: fc.constantFrom(true, true, true, false, 'true', 1, undefined),
      code: fc.constantFrom(0, 0, 0, '0', 1, null, undefined),
      data: fc.oneof({ weight: 5, arbitrary: result }, { weight: 1, arbitrary: fc.jsonValue() }),
      msg: fc.string(),
    });
    const bodies = fc.oneof(
      { weight: 1, arbitrary: fc.oneof(fc.string(), fc.json()) },
      { weight: 4, arbitrary: wrapped.map((body) => JSON.stringify(body)) },
    );
    let accepted = 0;
    fc.assert(
      fc.property(bodies, statuses, (text, status) => {
        const yes = isAccepted(outcome(() => readLopCreate({ status, headers: {}, text }, WAYBILL, keys())));
        if (yes) accepted += 1;
        const said = at(text, 'success') === true && at(text, 'code') === 0 && at(text, 'data', 'resultType') === 1;
        return yes === (said && status === 200);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(5);
  });
  it('at JOS is accepted for nothing but stateCode 100 in its own wrapper', () => {
    const wrapper = 'jingdong_ldop_receive_order_intercept_responce';
    const named = fc.tuple(fc.constantFrom(wrapper, wrapper, wrapper.replace('responce', 'response')), numbers);
    const bodies = fc.oneof(
      { weight: 1, arbitrary: fc.oneof(fc.string(), fc.json()) },
      {
        weight: 4,
        arbitrary: named.map(([name, stateCode]) => JSON.stringify({ [name]: { resultInfo: { stateCode } } })),
      },
    );
    let accepted = 0;
    fc.assert(
      fc.property(bodies, statuses, (text, status) => {
        const yes = isAccepted(outcome(() => readJosCreate({ status, headers: {}, text }, keys())));
        if (yes) accepted += 1;
        return yes === (at(text, wrapper, 'resultInfo', 'stateCode') === 100 && status === 200);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  const create = (body: unknown, more: object = {}, status = 200) =>
    outcome(() => readLopCreate(json(body, status), WAYBILL, keys(more)));
  it('that cancelled the shipment instead is a refusal of its own: nothing travels (R53)', () => {
    expect(create(lop({ resultType: 0, waybillCode: WAYBILL }))).toEqual({
      kind: 'refused',
      refusal: 'courier_order_cancelled',
      rawCode: 'resultType 0',
      rawText: '成功',
    });
  });
  it('keeps the order number and the words of both messages', () => {
    expect(create(lop({ resultType: 1, orderCode: 'ESL1' }, { msg: '拦截成功', subMsg: '逆向中' }))).toEqual({
      kind: 'accepted',
      carrierRef: 'ESL1',
      rawCode: 'resultType 1',
      rawText: '拦截成功 逆向中',
    });
    expect(create(lop({ resultType: 1, orderCode: 7000893114000949 }))).toMatchObject({
      carrierRef: '7000893114000949',
    });
    expect(create(lop({ resultType: 1 }))).toMatchObject({ kind: 'accepted', carrierRef: null });
  });
  it('that failed is refused without a reason, until the account knows the words', () => {
    const late = lop({ resultType: 3 }, { subMsg: '运单已派送' });
    expect(create(late)).toMatchObject({ kind: 'refused', refusal: 'courier_unknown_code', rawCode: 'resultType 3' });
    expect(create(late, { meanings: { 已派送: 'courier_too_late' } })).toMatchObject({ refusal: 'courier_too_late' });
    const no = { code: 4001, msg: '运单不存在', success: false, data: null };
    expect(create(no)).toMatchObject({ refusal: 'courier_unknown_code', rawCode: '4001', rawText: '运单不存在' });
    expect(create(no, { meanings: { '4001': 'courier_unknown_waybill' } })).toMatchObject({
      refusal: 'courier_unknown_waybill',
    });
    expect(create(no, { meanings: { '4001': 'outcome_unknown' } })).toBe('outcome_unknown');
  });
  it('from the gateway leaves the outcome open, until the account knows it; then also with a 4xx', () => {
    expect(create(failure('19', '无效的access_token'))).toBe('outcome_unknown');
    expect(create(failure('19', ''), { meanings: { '19': 'credentials' } })).toBe('credentials');
    expect(create({ error_response: { zh_desc: '无效的令牌' } }, { meanings: { 无效的令牌: 'credentials' } })).toBe(
      'credentials',
    );
    expect(create(failure('19'), { meanings: { '19': 'credentials' } }, 401)).toBe('credentials');
    expect(create(failure('19'), {}, 401)).toBe('outcome_unknown');
    expect(create(failure('19'), { meanings: { '19': 'credentials' } }, 500)).toBe('outcome_unknown');
  });
  it('at JOS with 108 is a duplicate, which is asked, and with any other number a refusal', () => {
    const state = (stateCode: number, more: object = {}) =>
      outcome(() =>
        readJosCreate(
          json({ jingdong_ldop_receive_order_intercept_responce: { resultInfo: { stateCode, stateMessage: 'x' } } }),
          keys({ gateway: 'jos', ...more }),
        ),
      );
    expect(state(108)).toEqual({ kind: 'duplicate', rawCode: 'stateCode 108', rawText: 'x' });
    expect(state(101)).toMatchObject({ kind: 'refused', refusal: 'courier_unknown_code', rawCode: 'stateCode 101' });
    expect(state(101, { meanings: { 'stateCode 101': 'courier_not_ours' } })).toMatchObject({
      refusal: 'courier_not_ours',
    });
  });
});

describe('an answer of JD on the status', () => {
  const status = (body: unknown, more: object = {}) => outcome(() => readLopStatus(json(body), WAYBILL, keys(more)));
  it('is stopped for 480 and says nothing of an intercept for any other: not even a cancelled shipment is', () => {
    expect(status(lop({ status: 480 }))).toEqual({ kind: 'stopped', rawCode: '480', rawText: '成功' });
    expect(status(lop({ status: 690 }))).toMatchObject({ kind: 'never_left', rawCode: '690' });
    for (const number of [430, 510]) {
      expect(status(lop({ status: number }))).toMatchObject({ kind: 'unclear', rawCode: String(number) });
    }
  });
  it('is in the field that the account names, since JD names none', () => {
    expect(status(lop({ state: 480 }))).toMatchObject({ kind: 'unclear', rawCode: '' });
    expect(status(lop({ state: 480 }), { statusField: 'state' })).toMatchObject({ kind: 'stopped' });
    expect(status(lop({}), { statusField: 'constructor' })).toMatchObject({ kind: 'unclear' });
  });
  it('that is none, or of another waybill, is broken; a no is unclear and proves nothing', () => {
    for (const data of [null, [], 'x', { status: 480, waybillCode: 'JDV2' }]) {
      expect(status(lop(data))).toBe('contract_broken');
    }
    expect(status({ code: 4001, success: false })).toMatchObject({ kind: 'unclear', rawCode: '4001' });
    expect(status(failure('19'))).toMatchObject({ kind: 'unclear' });
    expect(status(failure('19'), { meanings: { '19': 'throttled' } })).toBe('throttled');
  });
});

describe('an answer of JD on the track', () => {
  const detail = {
    operationTime: '2025-01-01 10:00:00',
    state: 11000,
    category: 440,
    operationRemark: '派送中',
    waybillCode: WAYBILL,
  };
  const track = (data: unknown, more: object = {}) => outcome(() => readLopTrack(json(lop(data)), WAYBILL, keys(more)));
  it('is a list of scans with the time of China', () => {
    expect(track({ traceDetails: [detail] })).toEqual({
      kind: 'found',
      sightings: [
        {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'out_for_delivery',
          rawCode: '11000',
          text: '派送中',
          place: null,
          source: 'poll',
        },
      ],
    });
    const slashed = track({
      traceDetails: [{ ...detail, operationTime: '2025/01/01 10:00:00', operationRemark: '', operationTitle: '派件' }],
    });
    expect(slashed).toMatchObject({ sightings: [{ at: new Date('2025-01-01T02:00:00Z'), text: '派件' }] });
  });
  it('without its list, with a time nobody can read, or of another waybill is broken', () => {
    for (const data of [null, [], {}, { traceDetails: null }, { traceDetails: {} }])
      expect(track(data)).toBe('contract_broken');
    const odd = [
      null,
      'x',
      { ...detail, operationTime: '2025-02-31 10:00:00' },
      { ...detail, operationTime: 1735696800000 },
    ];
    for (const one of [...odd, { ...detail, waybillCode: 'JDV9' }]) {
      expect(track({ traceDetails: [detail, one] })).toBe('contract_broken');
    }
  });
  it('refused is a failed look; "no trace yet" only where the account knows it', () => {
    const look = (more: object) =>
      outcome(() => readLopTrack(json({ code: 4004, msg: '无轨迹', success: false }), WAYBILL, keys(more)));
    expect(look({})).toBe('contract_broken');
    expect(look({ meanings: { 无轨迹: 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(look({ meanings: { '4004': 'courier_not_ours' } })).toBe('bad_request');
    const jos = (code: unknown, more: object = {}) => {
      const wrapper = { querytrace_result: { code, messsage: '无轨迹', data: [] } };
      const response = json({ jingdong_ldop_receive_trace_get_responce: wrapper });
      return outcome(() => readJosTrack(response, WAYBILL, keys({ gateway: 'jos', ...more })));
    };
    expect(jos(100)).toEqual({ kind: 'empty' });
    expect(jos('100')).toBe('contract_broken');
    expect(jos(101)).toBe('contract_broken');
    expect(jos(101, { meanings: { 无轨迹: 'not_yet' } })).toEqual({ kind: 'empty' });
  });
});

describe('an account of JD', () => {
  it('has the facts of the platform that it names', () => {
    const facts = (more: object) => {
      const { manifest } = jd.create(keys(more));
      const { status } = manifest.capabilities;
      return [manifest.slug, manifest.defaultBaseUrl, manifest.probe, status, manifest.resend];
    };
    expect(facts({})).toEqual(['jd', 'https://api.jdl.com', 'status', true, 'never']);
    expect(facts({ gateway: 'jos' })).toEqual(['jd', 'https://api.jd.com', 'tracking', false, 'never']);
  });
  it('believes no push: their form is not documented', () => {
    const adapter = jd.create(keys());
    const body = Buffer.from('{"waybillCode":"JDV000000000001","state":"480"}');
    expect(adapter.verifyPush({ body, headers: {}, query: {} })).toBe(false);
    expect(outcome(() => adapter.readPush({ body }))).toBe('contract_broken');
    expect((['stored', 'bad_signature', 'overloaded'] as const).map((o) => adapter.ack(o).status)).toEqual([
      200, 401, 503,
    ]);
  });
});
