import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { yunda } from '../../../src/workers/carriers/yunda/adapter.js';
import { YUNDA_CODES } from '../../../src/workers/carriers/yunda/codes.js';
import { yundaCredentials } from '../../../src/workers/carriers/yunda/credentials.js';
import { readCreate, readTrack } from '../../../src/workers/carriers/yunda/responses.js';
import { ACTIONS } from '../../../src/workers/carriers/yunda/scans.js';
import { commandOf } from '../../support/command.js';

const keys = (more: object = {}) => yundaCredentials.parse({ appKey: 'a', appSecret: 's', ...more });
const json = (value: unknown, status = 200): CarrierResponse => ({ status, headers: {}, text: JSON.stringify(value) });

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof CarrierFault) return error.kind;
    throw error;
  }
}

/** Does this text say yes, by the one sign that all clients look at? Read without the code under test. */
const saysYes = (text: string): boolean => {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) && Reflect.get(body, 'result') === true;
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
        result: fc.constantFrom(true, true, false, 'true', 'false', 1, 0, null, {}, [true]),
        code: fc.oneof(fc.constantFrom('0', '0000', 'E1', 0, null), fc.string()),
        message: fc.oneof(fc.string(), fc.constantFrom('请求成功', '拦截失败')),
        success: fc.boolean(),
        data: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body)),
);

describe('an answer of Yunda to a send', () => {
  it('is accepted for nothing but `result: true`, whatever the body, whatever the HTTP status', () => {
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
  it('is a refusal nobody can explain, until the account knows the code or the words', () => {
    const no = json({ result: false, code: 'E77', message: '运单已派送' });
    expect(readCreate(no, keys())).toMatchObject({
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode: 'E77',
      rawText: '运单已派送',
    });
    const late = { kind: 'refused', refusal: 'courier_too_late' };
    expect(readCreate(no, keys({ meanings: { E77: 'courier_too_late' } }))).toMatchObject(late);
    expect(readCreate(no, keys({ meanings: { 已派送: 'courier_too_late' } }))).toMatchObject(late);
    expect(readCreate(no, keys({ meanings: { E77: 'duplicate' } }))).toMatchObject({ kind: 'duplicate' });
  });
  it('that says no and not why is no answer: something in front of Yunda may have said it', () => {
    for (const body of [{ result: false }, { result: false, code: '', message: '' }, { result: false, code: {} }]) {
      expect(outcome(() => readCreate(json(body), keys()))).toBe('outcome_unknown');
    }
  });
  it('that says yes with a code known for a failure contradicts itself', () => {
    const odd = json({ result: true, code: 'E77', message: '' });
    expect(readCreate(odd, keys())).toMatchObject({ kind: 'accepted' });
    expect(outcome(() => readCreate(odd, keys({ meanings: { E77: 'courier_too_late' } })))).toBe('outcome_unknown');
  });
  it('with a 4xx is the failure in its body only if the account knows it', () => {
    const refused = { result: false, code: 'SIGN', message: '签名错误' };
    expect(outcome(() => readCreate(json(refused, 401), keys()))).toBe('outcome_unknown');
    const taught = keys({ meanings: { SIGN: 'credentials' } });
    expect(outcome(() => readCreate(json(refused, 401), taught))).toBe('credentials');
    expect(outcome(() => readCreate(json(refused, 500), taught))).toBe('outcome_unknown');
  });
});

describe('an account without enableIntercept', () => {
  it('is refused at once, in both languages, and nothing leaves: nobody knows what the interface would do', async () => {
    const sent: CarrierRequest[] = [];
    const send = async (request: CarrierRequest): Promise<CarrierResponse> => {
      sent.push(request);
      return json({ result: true, code: '0', message: '' });
    };
    const command = commandOf({ waybillNo: '4301814981782', requestId: '1-1', bizNo: '1-1', phoneTail: null });
    const answer = await yunda.create(keys()).create(command, { send });
    expect(answer).toMatchObject({ kind: 'refused', refusal: 'courier_not_allowed', rawCode: 'intercept_not_enabled' });
    expect(answer.rawText).toMatch(/未发送.*Nothing was sent/);
    expect(sent).toEqual([]);
    await yunda.create(keys({ enableIntercept: true, inteType: '9' })).create(command, { send });
    expect(sent).toHaveLength(1);
  });
});

describe('an answer of Yunda on the track', () => {
  const waybill = '4301814981782';
  const step = {
    time: '2025-01-01 10:00:00',
    action: 'GOT',
    description: '已揽收',
    city: '武汉市',
    station_name: '江夏',
  };
  const data = (more: object = {}) => ({ mailno: waybill, result: 'true', steps: [step], ...more });
  const track = (inner: unknown, more: object = {}) =>
    outcome(() => readTrack(json({ result: true, code: '0', message: '', data: inner }), waybill, keys(more)));
  const subscribed = { tracksSubscribed: true };

  it('is a list of steps with the time of China', () => {
    expect(track(data())).toEqual({
      kind: 'found',
      sightings: [
        {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'picked_up',
          rawCode: 'GOT',
          text: '已揽收',
          place: '武汉市 江夏',
          source: 'poll',
        },
      ],
    });
  });
  it('without a step says nothing unless the waybills are subscribed: Yunda shows no others', () => {
    for (const nothing of [
      data({ steps: [] }),
      data({ steps: undefined, result: 'false' }),
      data({ steps: null, result: false }),
    ]) {
      expect(track(nothing)).toBe('bad_request');
      expect(track(nothing, subscribed)).toEqual({ kind: 'empty' });
    }
  });
  it('that lacks its list, or is of another waybill, is broken', () => {
    const odd = [null, [], 'x', data({ steps: undefined }), data({ steps: {} }), data({ mailno: '1' })];
    for (const one of odd) expect(track(one, subscribed)).toBe('contract_broken');
    for (const bad of [null, 'x', { ...step, time: 'soon' }, { ...step, time: 1735696800000 }]) {
      expect(track(data({ steps: [step, bad] }), subscribed)).toBe('contract_broken');
    }
  });
  it('refused is a failed look; "no trace yet" only where the account knows it and is subscribed', () => {
    const no = json({ result: false, code: 'N1', message: '' });
    const look = (more: object) => outcome(() => readTrack(no, waybill, keys(more)));
    expect(look(subscribed)).toBe('contract_broken');
    expect(look({ ...subscribed, meanings: { N1: 'not_yet' } })).toEqual({ kind: 'empty' });
    expect(look({ meanings: { N1: 'not_yet' } })).toBe('bad_request');
    expect(look({ meanings: { N1: 'courier_not_ours' } })).toBe('bad_request');
  });
});

describe("Yunda's words", () => {
  it('are all in the table of scans; of codes there is no list to have one from', () => {
    expect(Object.keys(ACTIONS).sort()).toEqual(
      'ACCEPT ARRIVAL CLEARANCE_FAIL CLEARANCE_FINISH CLEARANCE_START DEPARTURE GOT INBOUND ISSUE OTHER OUTBOUND OVERSEA_ARRIVAL OVERSEA_DEPARTURE OVERSEA_IN OVERSEA_OUT REJECTION RETURN SENT SIGNED SIGNFAIL TRANSFER'.split(
        ' ',
      ),
    );
    expect(YUNDA_CODES).toEqual({});
  });
});
