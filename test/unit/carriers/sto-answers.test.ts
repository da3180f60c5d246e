import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierResponse } from '../../../src/domain/carrier/port.js';
import { STO_CODES } from '../../../src/workers/carriers/sto/codes.js';
import { stoCredentials } from '../../../src/workers/carriers/sto/credentials.js';
import { readCancel, readCreate, readTrack } from '../../../src/workers/carriers/sto/responses.js';
import { SCAN_TYPES } from '../../../src/workers/carriers/sto/scans.js';

const keys = (more: object = {}) => stoCredentials.parse({ fromAppkey: 'a', fromCode: 'c', secretKey: 's', ...more });
const text = (body: string, status = 200): CarrierResponse => ({ status, headers: {}, text: body });
const json = (value: unknown, status = 200): CarrierResponse => text(JSON.stringify(value), status);

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

const yes = { success: 'true', errorCode: '', errorMsg: '', needRetry: 'false', requestId: 'r', expInfo: '', data: {} };
const no = { ...yes, success: 'false', errorCode: 'S77', errorMsg: '运单已派件' };

/** Does this text say yes, and nothing against it? Read without the code under test. */
const saysYes = (body: string): boolean => {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  try {
    const value: unknown = body.startsWith('<response>')
      ? { success: field('success'), errorCode: field('errorCode'), needRetry: field('needRetry') }
      : JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const [success, code, retry] = ['success', 'errorCode', 'needRetry'].map((name) => Reflect.get(value, name));
    const named = (typeof code === 'string' && code.trim() !== '') || typeof code === 'number';
    return String(success) === 'true' && !Array.isArray(success) && !named && String(retry ?? '') !== 'true';
  } catch {
    return false;
  }
};

const fields = {
  success: fc.constantFrom('true', 'true', true, 'false', false, 'TRUE', 1, null, ['true'], {}),
  errorCode: fc.constantFrom('', '', null, 'S77', 0, '0', 'constructor'),
  errorMsg: fc.oneof(fc.string(), fc.constantFrom('成功', '运单已派件')),
  needRetry: fc.constantFrom('false', 'false', 'true', true, false, '', null),
  data: fc.jsonValue(),
};
const xmlFields = {
  success: fc.constantFrom('true', 'true', 'false', 'yes', ''),
  errorCode: fc.constantFrom('', '', 'S77'),
  needRetry: fc.constantFrom('false', 'true', ''),
};
const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.record(fields, { requiredKeys: ['success'] }).map((body) => JSON.stringify(body)),
  fc.record(xmlFields, { requiredKeys: ['success'] }).map((body) => {
    const inner = Object.entries(body).map(([name, value]) => `<${name}>${value}</${name}>`);
    return `<response>${inner.join('')}</response>`;
  }),
);

describe('an answer of STO to a send', () => {
  it('is accepted for nothing but `success` true that nothing contradicts, whatever the body, whatever the HTTP status', () => {
    let accepted = 0;
    fc.assert(
      fc.property(bodies, fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 500), (body, status) => {
        const answer = outcome(() => readCreate(text(body, status), keys()));
        const yeah = typeof answer === 'object' && Reflect.get(answer ?? {}, 'kind') === 'accepted';
        if (yeah) accepted += 1;
        return !yeah || (status === 200 && saysYes(body));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
  it('is accepted with booleans as text, which STO sends, and bare, which some clients read', () => {
    for (const success of ['true', true, ' true ']) {
      expect(readCreate(json({ ...yes, success }), keys())).toEqual({
        kind: 'accepted',
        carrierRef: null,
        rawCode: '',
        rawText: '',
      });
    }
    for (const success of ['false', false]) expect(readCreate(json({ ...no, success }), keys()).kind).toBe('refused');
  });
  it('may come as XML with the same names', () => {
    const xml = (inner: string) => text(`<?xml version="1.0" encoding="UTF-8"?>\n<response>${inner}</response>`);
    const said = '<success>true</success><errorCode/><errorMsg/><needRetry>false</needRetry><data><a>1</a></data>';
    expect(readCreate(xml(said), keys())).toMatchObject({ kind: 'accepted' });
    expect(readCancel(xml(said), keys())).toMatchObject({ kind: 'cancelled' });
    const refused = '<success>false</success><errorCode>S77</errorCode><errorMsg>运单已派件 &amp; x</errorMsg>';
    expect(readCreate(xml(refused), keys())).toMatchObject({
      kind: 'refused',
      rawCode: 'S77',
      rawText: '运单已派件 & x',
    });
    const odd = [`${said}<success>false</success>`, '<success><a>true</a></success>', '<ok>true</ok>', 'true', ''];
    for (const one of odd) expect(outcome(() => readCreate(xml(one), keys()))).toBe('outcome_unknown');
    expect(outcome(() => readCreate(text(`<response>${said}`), keys()))).toBe('outcome_unknown');
  });
  it('that says yes and names a code is open, until the account knows the code for that of a success', () => {
    for (const errorCode of ['S00', 0, '200']) {
      expect(outcome(() => readCreate(json({ ...yes, errorCode }), keys()))).toBe('outcome_unknown');
    }
    const told = keys({ successCodes: ['S00', '0'] });
    expect(readCreate(json({ ...yes, errorCode: 'S00' }), told)).toMatchObject({ kind: 'accepted', rawCode: 'S00' });
    expect(readCreate(json({ ...yes, errorCode: 0 }), told)).toMatchObject({ kind: 'accepted', rawCode: '0' });
  });
  it('that says yes and asks for another call, or has the words of a failure, contradicts itself', () => {
    expect(outcome(() => readCreate(json({ ...yes, needRetry: 'true' }), keys()))).toBe('outcome_unknown');
    const taught = keys({ meanings: { 已派件: 'courier_too_late' } });
    expect(outcome(() => readCreate(json({ ...yes, errorMsg: '运单已派件' }), taught))).toBe('outcome_unknown');
  });
  it('is a refusal nobody can explain, until the account knows the code or the words', () => {
    expect(readCreate(json(no), keys())).toMatchObject({
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode: 'S77',
      rawText: '运单已派件',
    });
    const late = { kind: 'refused', refusal: 'courier_too_late' };
    expect(readCreate(json(no), keys({ meanings: { S77: 'courier_too_late' } }))).toMatchObject(late);
    expect(readCreate(json(no), keys({ meanings: { 已派件: 'courier_too_late' } }))).toMatchObject(late);
    expect(readCreate(json(no), keys({ meanings: { S77: 'duplicate' } }))).toMatchObject({ kind: 'duplicate' });
    const inExpInfo = json({ ...no, errorMsg: '', expInfo: '运单已派件' });
    expect(readCreate(inExpInfo, keys({ meanings: { 已派件: 'courier_too_late' } }))).toMatchObject(late);
  });
  it('that says no and not why is no answer: something in front of STO may have said it', () => {
    for (const body of [
      { success: 'false' },
      { ...no, errorCode: '', errorMsg: '' },
      { success: false, errorCode: {} },
    ]) {
      expect(outcome(() => readCreate(json(body), keys()))).toBe('outcome_unknown');
    }
  });
  it('with needRetry is asked for and not sent again: that nothing was done is not said, unless the account knows it', () => {
    for (const needRetry of ['true', true, 'TRUE', 1]) {
      expect(outcome(() => readCreate(json({ ...no, needRetry }), keys()))).toBe('outcome_unknown');
      expect(outcome(() => readCreate(json({ success: 'false', needRetry }), keys()))).toBe('outcome_unknown');
      expect(outcome(() => readCancel(json({ ...no, needRetry }), keys()))).toBe('outcome_unknown');
      const told = keys({ retryMeansNotDone: true });
      expect(outcome(() => readCreate(json({ ...no, needRetry }), told))).toBe('unavailable');
    }
    for (const needRetry of ['false', false, '', null, undefined]) {
      expect(readCreate(json({ ...no, needRetry }), keys())).toMatchObject({ kind: 'refused' });
    }
  });
  it('with needRetry and a code that the account knows is what the account says', () => {
    const hinted = json({ ...no, needRetry: 'true' });
    expect(outcome(() => readCreate(hinted, keys({ meanings: { S77: 'throttled' } })))).toBe('throttled');
    const late = keys({ meanings: { 已派件: 'courier_too_late' } });
    expect(readCreate(hinted, late)).toMatchObject({ kind: 'refused', refusal: 'courier_too_late' });
  });
  it('with a 4xx is the failure in its body only if the account knows it', () => {
    expect(outcome(() => readCreate(json(no, 401), keys()))).toBe('outcome_unknown');
    const taught = keys({ meanings: { S77: 'credentials' } });
    expect(outcome(() => readCreate(json(no, 401), taught))).toBe('credentials');
    expect(outcome(() => readCreate(json(no, 500), taught))).toBe('outcome_unknown');
    expect(outcome(() => readCreate(json(no, 429), taught))).toBe('throttled');
    expect(outcome(() => readCreate(json(yes, 400), keys()))).toBe('outcome_unknown');
  });
});

describe('an answer of STO to a cancel', () => {
  it('is cancelled for a yes alone, not allowed for a no, too late where the account knows it', () => {
    expect(readCancel(json(yes), keys())).toMatchObject({ kind: 'cancelled' });
    expect(readCancel(json(no), keys())).toMatchObject({ kind: 'not_allowed', rawCode: 'S77', rawText: '运单已派件' });
    expect(readCancel(json(no), keys({ meanings: { S77: 'cancel_too_late' } }))).toMatchObject({ kind: 'too_late' });
  });
});

describe('an answer of STO on the track', () => {
  const waybill = '777031922725111';
  const route = {
    opTime: '2025-01-01 10:00:00',
    scanType: '收件',
    memo: '已揽收',
    opOrgCityName: '武汉市',
    opOrgName: '江夏',
  };
  const answer = (data: unknown, more: object = {}) =>
    outcome(() => readTrack(json({ ...yes, data }), waybill, keys(more)));
  const track = (routes: unknown) => answer({ [waybill]: routes });

  it('is a list with the time of China, its words and its place', () => {
    const seen = { at: new Date('2025-01-01T02:00:00Z'), phase: 'picked_up', rawCode: '收件', source: 'poll' };
    expect(track([route, { opTime: route.opTime, scanType: '问题件', issueName: '拒收' }])).toEqual({
      kind: 'found',
      sightings: [
        { ...seen, text: '已揽收', place: '武汉市 江夏' },
        { ...seen, phase: 'unknown', rawCode: '问题件', text: '拒收', place: null },
      ],
    });
  });
  it('with one scan that cannot be read, or is of another waybill, is broken as a whole', () => {
    for (const odd of [null, 'x', [route], { ...route, opTime: 'soon' }, { ...route, opTime: 1735696800000 }]) {
      expect(track([route, odd])).toBe('contract_broken');
    }
    expect(track([route, { ...route, waybillNo: '777' }])).toBe('contract_broken');
    expect(track([{ ...route, waybillNo: ` ${waybill}` }])).toMatchObject({ kind: 'found' });
  });
  it('is about our waybill and no other, in whatever case', () => {
    expect(answer({ '777': [route] })).toBe('contract_broken');
    expect(answer({ [waybill]: [route], '777': [route] })).toBe('contract_broken');
    const lower = readTrack(json({ ...yes, data: { STO1: [route] } }), 'sto1', keys());
    expect(lower.kind).toBe('found');
  });
  it('is empty for an empty list under the waybill, and for less only where the account knows it', () => {
    expect(track([])).toEqual({ kind: 'empty' });
    for (const absent of [{}, null, undefined]) {
      expect(answer(absent)).toBe('contract_broken');
      expect(answer(absent, { noTraceWhenAbsent: true })).toEqual({ kind: 'empty' });
    }
    for (const odd of [[], 'x', { [waybill]: null }, { [waybill]: {} }, { '777': [] }]) {
      expect(answer(odd, { noTraceWhenAbsent: true })).toBe('contract_broken');
    }
  });
  it('in XML is a failed look, never an empty one: how the scans would be written is not known', () => {
    const xml = text(`<response><success>true</success><data><w>${waybill}</w></data></response>`);
    for (const more of [{}, { noTraceWhenAbsent: true }]) {
      expect(outcome(() => readTrack(xml, waybill, keys(more)))).toBe('contract_broken');
    }
  });
  it('refused is a failed look; asked again for needRetry; "no trace yet" only where the account knows it', () => {
    const look = (body: object, more: object = {}) => outcome(() => readTrack(json(body), waybill, keys(more)));
    expect(look(no)).toBe('contract_broken');
    expect(look({ ...no, needRetry: 'true' })).toBe('unavailable');
    expect(look({ ...yes, needRetry: 'true', data: { [waybill]: [] } })).toBe('contract_broken');
    expect(look(no, { meanings: { S77: 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(look(no, { meanings: { S77: 'courier_not_ours' } })).toBe('bad_request');
  });
});

describe("STO's words", () => {
  it('of a scan are all known; of codes there is no list to have one from', () => {
    const words =
      '收件 发件 到件 装袋 派件 第三方代派 柜机代收 驿站代收 快件取出 驿站出库 问题件 退回件 改地址件 转邮 转同行 签收 客户签收 留仓件 代取快递 派件入柜 第三方代收';
    expect(Object.keys(SCAN_TYPES).sort()).toEqual(words.split(' ').sort());
    expect(STO_CODES).toEqual({});
  });
});
