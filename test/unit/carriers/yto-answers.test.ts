import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierResponse } from '../../../src/domain/carrier/port.js';
import { ytoCredentials } from '../../../src/workers/carriers/yto/credentials.js';
import { readCancel, readCreate, readTrack } from '../../../src/workers/carriers/yto/responses.js';

const keys = (more: object = {}) => ytoCredentials.parse({ appKey: 'a', customerCode: 'c', appSecret: 's', ...more });
const json = (value: unknown, status = 200): CarrierResponse => ({ status, headers: {}, text: JSON.stringify(value) });

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

/** Does this text say yes, by the one documented sign? Read without the code under test. */
const saysYes = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text);
    const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
    return Reflect.get(fields, 'statusCode') === 0 && String(Reflect.get(fields, 'success') ?? 'true') === 'true';
  } catch {
    return false;
  }
};

const wanted = {
  statusCode: fc.constantFrom(0, 0, 0, 1, 2, -1, 0.5, '0', '1', false, null, [0], {}),
  statusMessage: fc.oneof(fc.string(), fc.constantFrom('成功', '已有有效拦截件，不能重复发起拦截')),
  data_oberp: fc.jsonValue(),
};
const gateway = {
  success: fc.constantFrom(true, false, 'true', 'false', null),
  code: fc.constantFrom(0, 401, '1001', 200010002),
  reason: fc.string(),
};

/** Bodies near to real ones, so that the property is not only tried on noise. */
const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.record(wanted, { requiredKeys: ['statusCode'] }).map((body) => JSON.stringify(body)),
  fc.record({ ...wanted, ...gateway }, { requiredKeys: [] }).map((body) => JSON.stringify(body)),
);

describe('an answer of YTO to a send', () => {
  it('is accepted for nothing but `statusCode` 0, whatever the body, whatever the HTTP status', () => {
    let accepted = 0;
    fc.assert(
      fc.property(bodies, fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 500), (text, status) => {
        const answer = outcome(() => readCreate({ status, headers: {}, text }, keys()));
        const yes = typeof answer === 'object' && Reflect.get(answer ?? {}, 'kind') === 'accepted';
        if (yes) accepted += 1;
        return !yes || (status === 200 && saysYes(text));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
  it('is accepted with the extra key that YTO sometimes adds, and without a text', () => {
    const kept = { kind: 'accepted', carrierRef: null, rawCode: '0' };
    expect(readCreate(json({ statusCode: 0, statusMessage: '成功', data_oberp: {} }), keys())).toMatchObject(kept);
    expect(readCreate(json({ statusCode: 0 }), keys())).toMatchObject({ ...kept, rawText: '' });
  });
  it('that a valid intercept exists is a duplicate, never a refusal: the order stands', () => {
    const text = '已有有效拦截件，不能重复发起拦截';
    expect(readCreate(json({ statusCode: 1, statusMessage: text }), keys())).toEqual({
      kind: 'duplicate',
      rawCode: '1 已有有效拦截件',
      rawText: text,
    });
  });
  it('in other words is a refusal nobody can explain, until the account says what they mean', () => {
    const late = json({ statusCode: 1, statusMessage: '该件已派送，不能拦截' });
    expect(readCreate(late, keys())).toMatchObject({ kind: 'refused', refusal: 'courier_unknown_code', rawCode: '1' });
    const taught = keys({ meanings: { 已派送: 'courier_too_late' } });
    expect(readCreate(late, taught)).toMatchObject({ kind: 'refused', refusal: 'courier_too_late', rawCode: '1' });
  });
  it('cannot be taught to mean something else where YTO documents it', () => {
    const taught = keys({ meanings: { '401': 'unavailable', 已有有效拦截件: 'courier_too_late' } });
    expect(outcome(() => readCreate(json({ success: false, code: 401, reason: '' }), taught))).toBe('credentials');
    expect(readCreate(json({ statusCode: 1, statusMessage: '已有有效拦截件' }), taught).kind).toBe('duplicate');
  });
  it('of the gateway with a code nobody documented leaves the outcome open: it may have passed the order on', () => {
    for (const code of [500, 999, null, undefined, '', {}]) {
      expect(outcome(() => readCreate(json({ success: false, code, reason: '系统繁忙' }), keys()))).toBe(
        'outcome_unknown',
      );
    }
    const taught = keys({ meanings: { 系统繁忙: 'unavailable' } });
    expect(outcome(() => readCreate(json({ success: false, code: 500, reason: '系统繁忙' }), taught))).toBe(
      'unavailable',
    );
  });
  it('with a 4xx is the failure in its body, if that is known: a wrong key must stop the lane, not lose a parcel', () => {
    const refused = { success: false, code: 401, reason: '请求加密校验失败' };
    for (const status of [400, 401, 403])
      expect(outcome(() => readCreate(json(refused, status), keys()))).toBe('credentials');
    expect(outcome(() => readCreate(json(refused, 500), keys()))).toBe('outcome_unknown');
    expect(outcome(() => readCreate(json(refused, 429), keys()))).toBe('throttled');
    expect(outcome(() => readCreate(json({ ...refused, code: 999 }, 401), keys()))).toBe('outcome_unknown');
    expect(outcome(() => readCreate(json({ statusCode: 1, statusMessage: 'x' }, 400), keys()))).toBe('outcome_unknown');
  });
});

describe('an answer of YTO to a cancel', () => {
  const cancel = (body: unknown, more: object = {}) => outcome(() => readCancel(json(body), keys(more)));
  it('is cancelled for `statusCode` 0 alone', () => {
    expect(cancel({ statusCode: 0, statusMessage: '成功' })).toMatchObject({ kind: 'cancelled', rawCode: '0' });
    for (const odd of [{ success: true }, { statusCode: '0' }, { statusCode: 3 }])
      expect(cancel(odd)).toBe('outcome_unknown');
  });
  it('is not allowed for a no, and too late where the account knows the words', () => {
    const no = { statusCode: 1, statusMessage: '拦截已完成' };
    expect(cancel(no)).toMatchObject({ kind: 'not_allowed', rawText: '拦截已完成' });
    expect(cancel(no, { meanings: { 拦截已完成: 'cancel_too_late' } })).toMatchObject({ kind: 'too_late' });
  });
});

describe('an answer of YTO on the track', () => {
  const waybill = 'YT2819007867584';
  const scan = { waybill_No: waybill, upload_Time: '2025-01-01 10:00:00', infoContent: 'GOT', processInfo: '已揽收' };
  const none = { map: { [waybill]: [] }, code: '1001', success: 'true', message: '查询结果为空。' };
  const track = (body: unknown, more: object = {}) => outcome(() => readTrack(json(body), waybill, keys(more)));

  it('is a list with the time of China and the place as far as it is given', () => {
    const places = [{ city: '武汉市', district: '江夏区' }, { city: '武汉市' }, {}];
    expect(track(places.map((place) => ({ ...scan, ...place })))).toEqual({
      kind: 'found',
      sightings: ['武汉市 江夏区', '武汉市', null].map((place) => ({
        at: new Date('2025-01-01T02:00:00Z'),
        phase: 'picked_up',
        rawCode: 'GOT',
        text: '已揽收',
        place,
        source: 'poll',
      })),
    });
  });
  it('with one scan that cannot be read, or is of another waybill, is broken as a whole', () => {
    for (const odd of [null, 'x', [scan], { ...scan, upload_Time: 'soon' }, { ...scan, upload_Time: undefined }]) {
      expect(track([scan, odd])).toBe('contract_broken');
    }
    expect(track([scan, { ...scan, waybill_No: 'YT1' }])).toBe('contract_broken');
    expect(track([{ ...scan, waybill_No: ' yt2819007867584' }])).toMatchObject({ kind: 'found' });
  });
  it('is empty in the one form YTO documents, never for less', () => {
    expect(track(none)).toEqual({ kind: 'empty' });
    expect(track({ ...none, code: 1001, success: true })).toEqual({ kind: 'empty' });
    const less = [
      ...[[], {}, null, { ...none, map: {} }, { ...none, map: undefined }, { ...none, code: '1002' }],
      ...[
        { ...none, success: undefined },
        { ...none, map: { YT1: [] } },
        { ...none, map: { [waybill]: [scan] } },
      ],
    ];
    for (const odd of less) expect(track(odd)).toBe('contract_broken');
    expect(track({ ...none, success: 'false' })).toBe('contract_broken');
  });
  it('refused is a failed look; "no trace yet" only where the account knows the words', () => {
    expect(track({ success: false, code: 401, reason: '请求加密校验失败' })).toBe('credentials');
    expect(track({ success: false, code: 200010002, reason: '' })).toBe('unavailable');
    const no = { success: false, code: 1002, reason: '无轨迹信息' };
    expect(track(no)).toBe('contract_broken');
    expect(track(no, { meanings: { 无轨迹: 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(track(no, { meanings: { 无轨迹: 'courier_not_ours' } })).toBe('bad_request');
  });
});
