import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { JTEXPRESS_CODES } from '../../../src/workers/carriers/jtexpress/codes.js';
import { jtexpressCredentials } from '../../../src/workers/carriers/jtexpress/credentials.js';
import { normaliseJtexpressWaybill, readCreate, readTrack } from '../../../src/workers/carriers/jtexpress/responses.js';
import { phaseOf, SCAN_NODES } from '../../../src/workers/carriers/jtexpress/scans.js';

const WAYBILL = 'JT0000000000001';
const keys = (more: object = {}) => jtexpressCredentials.parse({ apiAccount: 'a', privateKey: 'k', ...more });
const json = (value: unknown, status = 200) => ({ status, headers: {}, text: JSON.stringify(value) });

/** The answer, or the kind of the fault. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

const create = (body: unknown, more: object = {}, status = 200) =>
  outcome(() => readCreate(json(body, status), keys(more)));

describe('an answer of J&T on an intercept', () => {
  it('is a yes with the text "1" and nothing else', () => {
    expect(create({ code: '1', msg: '成功', data: { anything: 1 } })).toEqual({
      kind: 'accepted',
      carrierRef: null,
      rawCode: '1',
      rawText: '成功',
    });
    for (const code of [1, '01', '1 ', ' 1', 'true', '１']) {
      expect([code, create({ code, msg: '成功' })]).not.toMatchObject([code, { kind: 'accepted' }]);
    }
  });
  it('that says yes and no at once leaves the outcome open', () => {
    for (const success of [false, 'false', 0, null]) {
      expect(create({ code: '1', msg: '成功', success })).toBe('outcome_unknown');
    }
    expect(create({ code: '1', msg: '成功', success: true })).toMatchObject({ kind: 'accepted' });
  });
  it('that is a no without a code is read by its words; without either it is no answer', () => {
    const taught = { meanings: { 已派件: 'courier_too_late' } };
    expect(create({ code: '', msg: '快件已派件，无法拦截' }, taught)).toMatchObject({ refusal: 'courier_too_late' });
    expect(create({ code: '', msg: '快件已派件' })).toMatchObject({ refusal: 'courier_unknown_code' });
    for (const mute of [{ code: '' }, { code: '', msg: null }, { msg: '失败' }, { code: 0, msg: '失败' }]) {
      expect(create(mute)).toBe('outcome_unknown');
    }
  });
  it("is read by the account's words before our table, which is second-hand", () => {
    const no = { code: '145003064', msg: '查不到数据' };
    expect(create(no)).toMatchObject({ kind: 'refused', refusal: 'courier_unknown_waybill' });
    expect(create(no, { meanings: { '145003064': 'not_yet' } })).toMatchObject({ kind: 'not_yet' });
  });
  it('may come with a 4xx if somebody explained it; another status says nothing of the parcel', () => {
    const wrongKey = { code: '145003031', msg: '业务参数签名失败' };
    expect(create(wrongKey, {}, 401)).toBe('credentials');
    expect(create(wrongKey, {}, 500)).toBe('outcome_unknown');
    expect(create({ code: '9', msg: 'x' }, {}, 400)).toBe('outcome_unknown');
    expect(create({ code: '1', msg: '成功' }, {}, 400)).toBe('outcome_unknown');
    expect(create(wrongKey, {}, 429)).toBe('throttled');
  });
});

describe('the codes of J&T', () => {
  it('are those of the one source, and none of a repeat or of the system is a refusal', () => {
    expect(Object.keys(JTEXPRESS_CODES).sort()).toEqual(
      '145002002 145003031 145003042 145003060 145003061 145003062 145003064 145003101 145003201 145003202 145003203'.split(
        ' ',
      ),
    );
    expect(create({ code: '145002002', msg: '运单重复' })).toMatchObject({ kind: 'duplicate' });
    expect(create({ code: '145003101', msg: '客户订单号已存在' })).toBe('outcome_unknown');
    expect(create({ code: '145003203', msg: '更新订单失败请稍后重试' })).toBe('outcome_unknown');
  });
});

describe('an answer of J&T on the track', () => {
  const scan = {
    scanTime: '2025-01-01 10:00:00',
    scanType: '快件揽收',
    desc: '已揽收',
    scanNetworkCity: '杭州市',
    scanNetworkName: '余杭网点',
  };
  const look = (data: unknown, more: object = {}) =>
    outcome(() => readTrack(json({ code: '1', msg: 'success', data }), WAYBILL, keys(more)));
  const parcel = (details: unknown, billCode: unknown = WAYBILL) => [{ billCode, details }];
  const noScan = { emptyTrackIsNoScan: true };

  it('is a list of scans with the time of China', () => {
    expect(look(parcel([scan]))).toEqual({
      kind: 'found',
      sightings: [
        {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'picked_up',
          rawCode: '快件揽收',
          text: '已揽收',
          place: '杭州市 余杭网点',
          source: 'poll',
        },
      ],
    });
    expect(look(parcel([scan], 'jt0000000000001'))).toMatchObject({ kind: 'found' });
  });
  it('that names the waybill without a scan is "no scan"; one that names nothing is a failed look by default', () => {
    expect(look(parcel([]))).toEqual({ kind: 'empty' });
    for (const nothing of [[], null, undefined, parcel(null), parcel(undefined)]) {
      expect(look(nothing)).toBe('bad_request');
      expect(look(nothing, noScan)).toEqual({ kind: 'empty' });
    }
  });
  it('that is of another waybill, or not a list of scans, is broken', () => {
    const odd = [
      ...[{}, 'x', 1, [null], [[]], ['JT0000000000001'], parcel({}), parcel('x'), parcel([scan], 'JT0000000000002')],
      ...[parcel([], ''), [{ details: [] }], [...parcel([scan]), ...parcel([scan], 'JT2')]],
      ...[null, 'x', {}, { ...scan, scanTime: 'soon' }, { ...scan, scanTime: 1735696800000 }].map((bad) =>
        parcel([scan, bad]),
      ),
    ];
    for (const one of odd) expect([one, look(one, noScan)]).toEqual([one, 'contract_broken']);
  });
  it('refused is a failed look, unless the account says that it means "no scan yet"', () => {
    const refused = (more: object) =>
      outcome(() => readTrack(json({ code: '145003064', msg: '查不到数据' }), WAYBILL, keys(more)));
    expect(refused({})).toBe('bad_request');
    expect(refused(noScan)).toBe('bad_request');
    expect(refused({ meanings: { '145003064': 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(outcome(() => readTrack(json({ code: '9', msg: 'x' }), WAYBILL, keys()))).toBe('contract_broken');
  });
});

describe("J&T's words", () => {
  it('are read by number and by name, and what nobody explained blocks', () => {
    expect(Object.keys(SCAN_NODES)).toHaveLength(14);
    for (const [code, { zh, phase }] of Object.entries(SCAN_NODES)) {
      expect([phaseOf(code, {}), phaseOf(zh, {})]).toEqual([phase, phase]);
    }
    for (const word of ['15', '0', '快件', '', 'constructor']) expect(phaseOf(word, {})).toBe('unknown');
  });
  it('can be taught, but not those that have a row', () => {
    const taught = { 派件扫描: 'out_for_delivery', '10': 'moving', 快件签收: 'moving' } as const;
    expect(phaseOf('派件扫描', taught)).toBe('out_for_delivery');
    expect([phaseOf('10', taught), phaseOf('快件签收', taught)]).toEqual(['delivered', 'delivered']);
  });
  it('of a waybill are compared without blanks and case', () => {
    expect(normaliseJtexpressWaybill(' jt0000000000001\n')).toBe(WAYBILL);
  });
});
