import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { kuaidi100 } from '../../../src/workers/carriers/kuaidi100/adapter.js';
import { KUAIDI100_CODES } from '../../../src/workers/carriers/kuaidi100/codes.js';
import { kuaidi100Credentials } from '../../../src/workers/carriers/kuaidi100/credentials.js';
import { readCreate } from '../../../src/workers/carriers/kuaidi100/responses.js';
import { commandOf } from '../../support/command.js';

const CALLBACK = { callbackUrl: 'https://seller.example/callbacks/kuaidi100/kd-main', salt: 's4lts4lts4lts4lt' };
const keys = (more: object = {}) => kuaidi100Credentials.parse({ key: 'k', secret: 's', ...more });
const json = (value: unknown, status = 200): CarrierResponse => ({ status, headers: {}, text: JSON.stringify(value) });

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

/** Does this text say yes by the number 200, and nothing against it? Read without the code under test. */
const saysYes = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
    const success: unknown = Reflect.get(body, 'success');
    return Reflect.get(body, 'code') === 200 && (success === undefined || success === true);
  } catch {
    return false;
  }
};

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record(
      {
        code: fc.oneof(
          { weight: 3, arbitrary: fc.constant(200) },
          fc.constantFrom('200', 200.5, 0, 500, null, {}, [200], true),
          fc.string(),
        ),
        message: fc.oneof(fc.string(), fc.constantFrom('提交成功', '已签收')),
        success: fc.constantFrom(true, true, true, false, 'true', null),
        data: fc.jsonValue(),
        time: fc.integer(),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body)),
);

describe('an answer of Kuaidi100 to a send', () => {
  it('is accepted for nothing but the number 200, whatever the body, whatever the HTTP status', () => {
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
  it('names no number: what data holds is not documented', () => {
    const yes = json({ code: 200, message: '提交成功', data: { taskId: 'T1' }, time: 1_700_000_000_000 });
    expect(readCreate(yes, keys())).toEqual({
      kind: 'accepted',
      carrierRef: null,
      rawCode: '200',
      rawText: '提交成功',
    });
  });
  it('is a refusal nobody can explain, until the account knows the code or the words', () => {
    const no = json({ code: 30001, message: '运单已签收，无法拦截', data: null });
    const refused = {
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode: '30001',
      rawText: '运单已签收，无法拦截',
    };
    expect(readCreate(no, keys())).toEqual(refused);
    const delivered = { kind: 'refused', refusal: 'courier_already_delivered' };
    expect(readCreate(no, keys({ meanings: { '30001': 'courier_already_delivered' } }))).toMatchObject(delivered);
    expect(readCreate(no, keys({ meanings: { 已签收: 'courier_already_delivered' } }))).toMatchObject(delivered);
    expect(readCreate(no, keys({ meanings: { '30001': 'duplicate' } }))).toMatchObject({ kind: 'duplicate' });
    for (const fault of ['credentials', 'throttled', 'unavailable', 'outcome_unknown', 'bad_request']) {
      expect(outcome(() => readCreate(no, keys({ meanings: { '30001': fault } })))).toBe(fault);
    }
  });
  it('without a code is no answer: something in front of Kuaidi100 may have said it', () => {
    for (const body of [{ message: '失败' }, { code: '', message: '' }, { code: {} }, { code: null }, { code: true }]) {
      expect(outcome(() => readCreate(json(body), keys()))).toBe('outcome_unknown');
    }
  });
  it('that says yes in the words of a failure contradicts itself', () => {
    const odd = json({ code: 200, message: '运单已签收', data: null });
    expect(readCreate(odd, keys())).toMatchObject({ kind: 'accepted' });
    expect(outcome(() => readCreate(odd, keys({ meanings: { 已签收: 'courier_already_delivered' } })))).toBe(
      'outcome_unknown',
    );
  });
  it('with a 4xx is the failure in its body only if the account knows it', () => {
    const refused = { code: 601, message: '签名错误' };
    expect(outcome(() => readCreate(json(refused, 401), keys()))).toBe('outcome_unknown');
    const taught = keys({ meanings: { '601': 'credentials' } });
    expect(outcome(() => readCreate(json(refused, 401), taught))).toBe('credentials');
    expect(outcome(() => readCreate(json(refused, 500), taught))).toBe('outcome_unknown');
    const yes = keys({ meanings: { '200': 'credentials' } });
    expect(outcome(() => readCreate(json({ code: 200, message: '' }, 401), yes))).toBe('outcome_unknown');
  });
  it('has no list of codes to be read by', () => {
    expect(KUAIDI100_CODES).toEqual({});
  });
});

describe('an account of Kuaidi100', () => {
  const command = commandOf({ waybillNo: 'DPK000000000001', carrier: 'deppon' });
  const rig = (more: object) => {
    const sent: CarrierRequest[] = [];
    const send = async (request: CarrierRequest): Promise<CarrierResponse> => {
      sent.push(request);
      return json({ code: 200, message: '提交成功' });
    };
    return { sent, adapter: kuaidi100.create(keys(more)), ctx: { send } };
  };
  it('that no result can reach is refused at once, in both languages, and nothing leaves', async () => {
    const { sent, adapter, ctx } = rig({});
    const answer = await adapter.create(command, ctx);
    expect(answer).toMatchObject({
      kind: 'refused',
      refusal: 'courier_bad_data',
      rawCode: 'callback_not_configured',
      rawText: expect.stringMatching(/未发送.*callbackUrl.*Nothing was sent.*callbackUrl/),
    });
    expect(sent).toEqual([]);
  });
  it('sends nothing for a courier whose name at Kuaidi100 is not known', async () => {
    const { sent, adapter, ctx } = rig(CALLBACK);
    for (const carrier of ['sf', 'kuaidi100', '', 'constructor']) {
      expect(await adapter.create({ ...command, carrier }, ctx)).toMatchObject({
        kind: 'refused',
        refusal: 'courier_bad_data',
        rawCode: 'carrier_not_served',
        rawText: expect.stringMatching(/未发送.*Nothing was sent/),
      });
    }
    expect(sent).toEqual([]);
  });
  it('sends the code of the courier that carries the parcel', async () => {
    const { sent, adapter, ctx } = rig(CALLBACK);
    for (const carrier of ['deppon', 'ems']) await adapter.create({ ...command, carrier }, ctx);
    const companies = sent.map(({ body }) => JSON.parse(new URLSearchParams(body).get('param') ?? '').kuaidicom);
    expect(companies).toEqual(['debangwuliu', 'ems']);
  });
});
