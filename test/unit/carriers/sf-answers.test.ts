import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { feeOf, readCancel, readCreate, readTrack } from '../../../src/workers/carriers/sf/responses.js';
import { gatewayNo, json, no, routes, said, sfAccount, sfKeys, sfOrder, yes } from './sf-account.js';

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}
const create = (response: Parameters<typeof readCreate>[0], more: object = {}) =>
  outcome(() => readCreate(response, sfKeys(more)));

/** Does this text say yes at both levels? Read without the code under test. */
function saysYes(text: string): boolean {
  try {
    const outer: unknown = JSON.parse(text);
    if (typeof outer !== 'object' || outer === null || Reflect.get(outer, 'apiResultCode') !== 'A1000') return false;
    const given: unknown = Reflect.get(outer, 'apiResultData');
    const inner: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return false;
    return Reflect.get(inner, 'success') === true && Reflect.get(inner, 'errorCode') === 'S0000';
  } catch {
    return false;
  }
}

/** Mostly the right value, so that answers come close to a yes, and some are one. */
const mostly = (right: unknown, ...wrong: readonly unknown[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) });
const data = fc.record({
  success: mostly(true, false, 'true', 1, null, undefined),
  errorCode: mostly('S0000', 'S0003', '9001', '', null, 0, undefined),
  errorMsg: fc.constantFrom(null, '成功'),
  msgData: fc.jsonValue(),
});
const envelope = fc.record({
  apiResultCode: mostly('A1000', 'A1005', '', null, 1000, undefined),
  apiResultData: fc.oneof(
    data,
    data.map((value) => JSON.stringify(value)),
    data.map((value) => [value]),
    data.map((value) => JSON.stringify(value).slice(0, -1)),
    fc.jsonValue(),
  ),
  apiErrorMsg: fc.string(),
});
const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  { weight: 4, arbitrary: envelope.map((body) => JSON.stringify(body)) },
  data.map((body) => JSON.stringify(body)),
);

describe('an answer of SF to a send', () => {
  it('is accepted for nothing but A1000, success and S0000, whatever the body, whatever the HTTP status', () => {
    let accepted = 0;
    fc.assert(
      fc.property(bodies, fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 500), (text, status) => {
        const answer = create({ status, headers: {}, text });
        const isYes = typeof answer === 'object' && Reflect.get(answer ?? {}, 'kind') === 'accepted';
        if (isYes) accepted += 1;
        return !isYes || (status === 200 && saysYes(text));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
  it('may carry nothing, and is read whether its data is a text or an object', () => {
    const plain = { kind: 'accepted', carrierRef: null, rawCode: 'S0000', rawText: '' };
    expect(create(yes())).toEqual(plain);
    const data = { success: true, errorCode: 'S0000', errorMsg: null, msgData: null };
    expect(create(json({ apiResultCode: 'A1000', apiResultData: data }))).toEqual(plain);
  });
  it('keeps the number of the order digit by digit', () => {
    const text = '{"success":true,"errorCode":"S0000","msgData":{"cusId":7000893114000949517,"amount":12.5}}';
    const answer = create(json({ apiResultCode: 'A1000', apiResultData: text }));
    expect(answer).toMatchObject({ kind: 'accepted', carrierRef: '7000893114000949517' });
  });
  it('states a fee only where the account knows its unit', () => {
    const answer = yes({ cusId: 'ZL1', amount: 12.5 });
    expect(create(answer)).not.toHaveProperty('feeFen');
    expect(create(answer, { amountUnit: 'yuan' })).toMatchObject({ kind: 'accepted', feeFen: 1250 });
    expect(create(answer, { amountUnit: 'fen' })).not.toHaveProperty('feeFen');
    expect(create(yes({ cusId: 'ZL1', amount: 1250 }), { amountUnit: 'fen' })).toMatchObject({ feeFen: 1250 });
  });
  it('is a refusal nobody can explain for a code in digits, until the account knows it or its words', () => {
    const refused = { kind: 'refused', refusal: 'courier_unknown_code', rawCode: '9001', rawText: '运单已签收' };
    const signed = no('9001', '运单已签收');
    expect(create(signed)).toEqual(refused);
    const delivered = { kind: 'refused', refusal: 'courier_already_delivered' };
    expect(create(signed, { meanings: { '9001': 'courier_already_delivered' } })).toMatchObject(delivered);
    expect(create(signed, { meanings: { 已签收: 'courier_already_delivered' } })).toMatchObject(delivered);
    expect(create(no('9002', '不可再次进行通缉拦截'), { meanings: { 不可再次: 'duplicate' } })).toMatchObject({
      kind: 'duplicate',
    });
    expect(create(no('9003'), { meanings: { '9003': 'not_yet' } })).toMatchObject({ kind: 'not_yet' });
  });
  it('leaves open what any other code means: it may come from before or after SF acted', () => {
    for (const code of ['S0008', 'E1', '', null, {}]) expect(create(no(code))).toBe('outcome_unknown');
    expect(create(gatewayNo('A1012'))).toBe('outcome_unknown');
    expect(create(no('', '运单未揽收'), { meanings: { 未揽收: 'not_yet' } })).toMatchObject({ kind: 'not_yet' });
  });
  it('means what SF documents, whatever the account was told; what SF does not explain may be taught', () => {
    const taught = { meanings: { A1005: 'duplicate', '8247': 'not_yet', '8252': 'duplicate' } };
    expect(create(gatewayNo('A1005'), taught)).toBe('throttled');
    expect(create(no('8247'), taught)).toMatchObject({ refusal: 'courier_bad_data' });
    expect(create(no('8252'), taught)).toMatchObject({ kind: 'duplicate' });
    expect(create(no('8252'))).toMatchObject({ refusal: 'courier_unknown_code' });
  });
  it('with a 4xx is the refusal of the gateway if that is known', () => {
    expect(create(gatewayNo('A1006', 401))).toBe('credentials');
    expect(create(gatewayNo('A1012', 401))).toBe('outcome_unknown');
    expect(create(gatewayNo('A1006', 500))).toBe('outcome_unknown');
    expect(create({ ...no('9001'), status: 400 })).toBe('outcome_unknown');
  });
});

describe('the amount of SF', () => {
  it('is read exactly, as a number or a text', () => {
    const fen = (amount: unknown) => feeOf(amount, 'yuan');
    expect([fen(12.5), fen('12.50'), fen('12'), fen(0), fen(0.29), fen('1.1')]).toEqual([1250, 1250, 1200, 0, 29, 110]);
    expect([feeOf(1250, 'fen'), feeOf('0', 'fen')]).toEqual([1250, 0]);
  });
  it('that is none in this unit states no fee', () => {
    for (const odd of [null, undefined, '', '-1', -1, 12.345, '1e3', 'NaN', {}, [12], true, '12,50', ' 12', 1e21]) {
      expect([feeOf(odd, 'yuan'), feeOf(odd, 'fen'), feeOf(odd, undefined)]).toEqual([null, null, null]);
    }
    expect(feeOf(12.5, 'fen')).toBeNull();
    expect(feeOf(12.5, undefined)).toBeNull();
  });
});

describe('an answer of SF to taking back', () => {
  it('is cancelled for a yes alone', () => {
    const cancel = (response: Parameters<typeof readCancel>[0], more: object = {}) =>
      outcome(() => readCancel(response, sfKeys(more)));
    expect(cancel(yes())).toMatchObject({ kind: 'cancelled', rawCode: 'S0000' });
    expect(cancel(no('9005', '指令已执行'))).toMatchObject({ kind: 'not_allowed', rawText: '指令已执行' });
    expect(cancel(no('9005'), { meanings: { '9005': 'cancel_too_late' } })).toMatchObject({ kind: 'too_late' });
    expect(cancel(gatewayNo('A1099'))).toBe('outcome_unknown');
  });
});

describe('an order that cannot be sent as SF wants it', () => {
  it('is refused at once, in both languages, and nothing leaves: SF returns to an address only', async () => {
    const { adapter, sent, ctx } = sfAccount({}, () => yes());
    const whole = sfOrder().returnAddress;
    for (const returnAddress of [null, whole && { ...whole, district: null }, whole && { ...whole, phone: ' ' }]) {
      const answer = await adapter.create(sfOrder({ returnAddress }), ctx);
      expect(answer).toMatchObject({ kind: 'refused', refusal: 'courier_bad_data', rawCode: 'no_return_address' });
      expect(answer.rawText).toMatch(/未发送.*Nothing was sent/);
    }
    const noPhone = await adapter.create(sfOrder({ returnAddress: whole && { ...whole, phone: null, name: '' } }), ctx);
    expect(noPhone.rawText).toContain('缺少：联系人、电话');
    expect(noPhone.rawText).toContain('missing: name, phone.');
    expect(noPhone.rawText).not.toContain('测试');
    expect(sent).toEqual([]);
  });
  it('is not taken back without its number, unless the account may', async () => {
    const { adapter, sent, ctx } = sfAccount({}, () => yes());
    const answer = await adapter.cancel(sfOrder(), ctx);
    expect(answer).toMatchObject({ kind: 'not_allowed', rawCode: 'no_cus_id' });
    expect(answer.rawText).toMatch(/未发送.*Nothing was sent/);
    expect(sent).toEqual([]);
    const may = sfAccount({ cancelNeedsCusId: false }, () => yes());
    expect(await may.adapter.cancel(sfOrder(), may.ctx)).toMatchObject({ kind: 'cancelled' });
    expect(may.sent[0]?.body).not.toContain('cusId');
  });
});

describe('an answer of SF on the track', () => {
  const route = {
    acceptTime: '2021-05-05 22:46:12',
    acceptAddress: '深圳市',
    remark: '顺丰速运 已收取快件',
    opCode: '50',
  };
  const look = (response: Parameters<typeof readTrack>[0], more: object = {}) =>
    outcome(() => readTrack(response, 'SF0000000000001', sfKeys(more)));
  it('is read with the time of China, under either spelling of its code', () => {
    const sighting = {
      at: new Date('2021-05-05T14:46:12Z'),
      phase: 'picked_up',
      rawCode: '50',
      text: '顺丰速运 已收取快件',
      place: '深圳市',
      source: 'poll',
    };
    expect(look(routes([route]))).toEqual({ kind: 'found', sightings: [sighting] });
    const { opCode, ...rest } = route;
    expect(look(routes([{ ...rest, opcode: opCode }]))).toEqual({ kind: 'found', sightings: [sighting] });
    expect(look(routes([route], { mailNo: 'sf0000000000001' }))).toMatchObject({ kind: 'found' });
  });
  it('may call further codes a return where the account knows them', () => {
    const redirected = routes([{ ...route, opCode: '99' }]);
    expect(look(redirected)).toMatchObject({ sightings: [{ phase: 'unknown' }] });
    expect(look(redirected, { returnCodes: ['99'] })).toMatchObject({ sightings: [{ phase: 'returning' }] });
  });
  it('is empty for a list without a scan, but not beside a reason that nobody explained', () => {
    expect(look(routes([]))).toEqual({ kind: 'empty' });
    expect(look(routes([], { reasonCode: null }))).toEqual({ kind: 'empty' });
    expect(look(routes([], { reasonCode: ['1'] }))).toBe('bad_request');
    expect(look(routes([], { reasonCode: '1' }))).toBe('bad_request');
  });
  it('that lacks its list, or is of another waybill, is broken', () => {
    const odd = [
      null,
      {},
      { routeResps: {} },
      { routeResps: [] },
      { routeResps: [null] },
      { routeResps: [{ routes: [route] }] },
    ];
    for (const msgData of odd) expect(look(yes(msgData))).toBe('contract_broken');
    expect(look(routes([route], { mailNo: 'SF0000000000002' }))).toBe('contract_broken');
    expect(look(routes([route], { routes: null }))).toBe('contract_broken');
    for (const bad of [null, 'x', { ...route, acceptTime: 'soon' }, { ...route, acceptTime: 1620225972000 }]) {
      expect(look(routes([route, bad]))).toBe('contract_broken');
    }
  });
  it('refused is a failed look; "no trace yet" only where the account knows it', () => {
    expect(look(no('9001'))).toBe('contract_broken');
    expect(look(no('8191'))).toBe('bad_request');
    expect(look(no('9001'), { meanings: { '9001': 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(look(gatewayNo('A1009'))).toBe('unavailable');
    expect(look(gatewayNo('A1007'))).toBe('unavailable');
    expect(look(said({ success: true, errorCode: 'S0003' }))).toBe('contract_broken');
  });
});
