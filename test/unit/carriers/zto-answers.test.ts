import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierResponse } from '../../../src/domain/carrier/port.js';
import { ztoCredentials } from '../../../src/workers/carriers/zto/credentials.js';
import { readCancel, readCreate, readStatus, readTrack } from '../../../src/workers/carriers/zto/responses.js';

const keys = (more: object = {}) => ztoCredentials.parse({ appKey: 'a', appSecret: 'b', ...more });
const ok = (text: string): CarrierResponse => ({ status: 200, headers: {}, text });
const json = (value: unknown): CarrierResponse => ok(JSON.stringify(value));

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

const isTrue = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) && Reflect.get(body, 'status') === true;
  } catch {
    return false;
  }
};

/** Bodies near to real ones, so that the property is not only tried on noise. */
const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record(
      {
        status: fc.oneof(fc.boolean(), fc.constantFrom('true', 'false', 1, 0, null, 'SUCCESS', {}, [true])),
        statusCode: fc.oneof(
          fc.constantFrom('SYS000', '0000', '0', 'S200', 'E23121', 'E99999'),
          fc.string(),
          fc.integer(),
        ),
        message: fc.oneof(fc.string(), fc.constant('操作成功')),
        success: fc.boolean(),
        data: fc.oneof(fc.jsonValue(), fc.record({ centerBizNo: fc.oneof(fc.string(), fc.maxSafeInteger()) })),
        result: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body)),
);

describe('an answer of ZTO to a send', () => {
  it('is accepted for nothing but `status: true`, whatever the body, whatever the HTTP status', () => {
    let accepted = 0;
    fc.assert(
      fc.property(bodies, fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 500), (text, status) => {
        const answer = outcome(() => readCreate({ status, headers: {}, text }));
        const yes = typeof answer === 'object' && Reflect.get(answer ?? {}, 'kind') === 'accepted';
        if (yes) accepted += 1;
        return !yes || (status === 200 && isTrue(text));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
  it('keeps a number of 19 digits as it came, quoted or not', () => {
    const answer = readCreate(
      ok('{"status":true,"statusCode":"","message":"","data":{"centerBizNo":7000893114000949517}}'),
    );
    expect(answer).toMatchObject({ kind: 'accepted', carrierRef: '7000893114000949517' });
  });
  it('is accepted without a number too: the status is asked by waybill', () => {
    for (const data of [null, {}, { centerBizNo: '' }, { centerBizNo: {} }, 'x', [1]]) {
      expect(readCreate(json({ status: true, data }))).toMatchObject({ kind: 'accepted', carrierRef: null });
    }
  });
  it('of an unknown code is a refusal nobody can explain only if ZTO itself said it', () => {
    const refusal = { kind: 'refused', refusal: 'courier_unknown_code', rawCode: 'E99999' };
    expect(readCreate(json({ status: false, statusCode: 'E99999', message: '新规则' }))).toMatchObject(refusal);
    for (const statusCode of ['S999', 'SYS000', '', 'E1x', 'E', null, 0]) {
      expect(outcome(() => readCreate(json({ status: false, statusCode })))).toBe('outcome_unknown');
    }
  });
  it('keeps words and code short, so that they fit where they are stored', () => {
    const answer = readCreate(json({ status: true, statusCode: 'x'.repeat(999), message: '长'.repeat(999) }));
    expect([answer.rawCode.length, answer.rawText.length]).toEqual([64, 500]);
  });
});

describe('an answer of ZTO to a cancel', () => {
  it('says too late for every sign that the parcel is past it, else not allowed', () => {
    const kinds = ['E23130', 'E23120', 'E23101', 'E23135', 'E23102', 'E99999'].map(
      (statusCode) => readCancel(json({ status: false, statusCode, message: '' })).kind,
    );
    expect(kinds).toEqual(['too_late', 'too_late', 'too_late', 'not_allowed', 'not_allowed', 'not_allowed']);
  });
});

describe('an answer of ZTO on the status', () => {
  const waybill = '73100130019486';
  it('proves nothing by default: what "no intercept" looks like is not documented', () => {
    const answers = [
      json({ status: true, data: null }),
      json({ status: true }),
      json({ status: false, statusCode: 'E23102' }),
    ];
    for (const answer of answers) expect(readStatus(answer, waybill, keys()).kind).toBe('unclear');
  });
  it('is "no record" for what the account was taught, and for nothing else', () => {
    const taught = keys({ noInterceptCodes: ['E23102'], noInterceptWhenEmpty: true });
    expect(readStatus(json({ status: false, statusCode: 'E23102' }), waybill, taught).kind).toBe('no_record');
    expect(readStatus(json({ status: true, data: null }), waybill, taught).kind).toBe('no_record');
    expect(readStatus(json({ status: true, data: {} }), waybill, taught).kind).toBe('unclear');
    expect(readStatus(json({ status: false, statusCode: 'E23154' }), waybill, taught).kind).toBe('unclear');
    expect(outcome(() => readStatus(json({ status: false, statusCode: 'S200' }), waybill, taught))).toBe('unavailable');
  });
  it('about another waybill is not taken for ours', () => {
    const other = json({ status: true, data: { billCode: '73100130019487', status: 'INTERCEPT_SUCCESS' } });
    expect(outcome(() => readStatus(other, waybill, keys()))).toBe('contract_broken');
    const same = ok('{"status":true,"data":{"billCode":73100130019486,"status":"INTERCEPT_SUCCESS"}}');
    expect(readStatus(same, waybill, keys())).toMatchObject({ kind: 'stopped', rawCode: 'INTERCEPT_SUCCESS' });
  });
  it('that is a list or a word is not what ZTO documents', () => {
    for (const data of [[], 'INTERCEPT_SUCCESS', 7]) {
      expect(outcome(() => readStatus(json({ status: true, data }), waybill, keys()))).toBe('contract_broken');
    }
  });
});

describe('an answer of ZTO on the track', () => {
  const waybill = '73100130019486';
  const scan = { billCode: waybill, scanType: '收件', scanDate: 1735689600000, desc: 'x' };
  const track = (result: unknown, more: object = {}) =>
    outcome(() => readTrack(json({ status: true, result }), waybill, keys(more)));

  it('names the place as far as it is given', () => {
    const places = [{ city: '武汉市', name: '武汉藏龙岛' }, { name: '武汉藏龙岛' }, {}, null, 'x'].map((scanSite) => {
      const answer = readTrack(json({ status: true, result: [{ ...scan, scanSite }] }), waybill, keys());
      return answer.kind === 'found' ? answer.sightings[0]?.place : undefined;
    });
    expect(places).toEqual(['武汉市 武汉藏龙岛', '武汉藏龙岛', null, null, null]);
  });
  it('with a scan whose time cannot be read is broken: a scan at the wrong time misleads', () => {
    for (const scanDate of [undefined, null, '', '2025-01-01 10:00:00', 1735689600, -1, 1.5, {}, '1e30']) {
      expect(track([{ ...scan, scanDate }])).toBe('contract_broken');
    }
    expect(track([{ ...scan, scanDate: '1735689600000' }])).toMatchObject({ kind: 'found' });
  });
  it('with a scan of another waybill, or something that is no scan, is broken', () => {
    for (const odd of [{ ...scan, billCode: '1' }, null, 'x', [scan]])
      expect(track([scan, odd])).toBe('contract_broken');
  });
  it('is empty for an empty list and for what the account was taught, never for less', () => {
    expect(track([])).toEqual({ kind: 'empty' });
    for (const result of [null, undefined, {}, 'none']) expect(track(result)).toBe('contract_broken');
    const failed = json({ status: false, statusCode: 'E12345', message: '' });
    expect(outcome(() => readTrack(failed, waybill, keys()))).toBe('contract_broken');
    expect(readTrack(failed, waybill, keys({ noTraceCodes: ['E12345'] }))).toEqual({ kind: 'empty' });
  });
  it('refused for this waybill is a failed look with the reason, and does not stop the lane', () => {
    for (const statusCode of ['E404', 'E409', 'E413', 'E416', 'E418']) {
      expect(outcome(() => readTrack(json({ status: false, statusCode }), waybill, keys()))).toBe('bad_request');
    }
  });
});
