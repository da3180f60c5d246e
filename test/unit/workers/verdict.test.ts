import { describe, expect, it } from '@jest/globals';
import { CarrierFault, FAULT_KINDS, type FaultKind } from '../../../src/domain/carrier/fault.js';
import { type CreateAnswer, REFUSALS } from '../../../src/domain/carrier/port.js';
import { step } from '../../../src/domain/intercept/machine.js';
import { type SendHistory, verdictOfAnswer, verdictOfFault } from '../../../src/workers/verdict.js';

const RAW = { rawCode: 'E1', rawText: 'said so' };
const FIRST: SendHistory = { earlierSends: 0, tries: 1, resend: 'same_key' };
const AGAIN: SendHistory = { earlierSends: 1, tries: 2, resend: 'same_key' };

const ANSWERS: readonly CreateAnswer[] = [
  { ...RAW, kind: 'accepted', carrierRef: 'C1' },
  { ...RAW, kind: 'duplicate' },
  { ...RAW, kind: 'already_returning' },
  { ...RAW, kind: 'not_yet' },
  ...REFUSALS.map((refusal) => ({ ...RAW, kind: 'refused', refusal }) as const),
];

const answered = (kind: Exclude<CreateAnswer['kind'], 'refused'>, history: SendHistory) => {
  const answer = ANSWERS.find((a) => a.kind === kind);
  if (!answer) throw new Error(`no answer ${kind}`);
  const { outcome, event, reason } = verdictOfAnswer(answer, history);
  return [outcome, event, reason];
};

describe('what a courier’s answer to an order means', () => {
  it.each<[Exclude<CreateAnswer['kind'], 'refused'>, readonly string[], readonly string[]]>([
    ['accepted', ['accepted', 'accept', 'courier_accepted'], ['accepted', 'accept', 'courier_accepted']],
    ['duplicate', ['duplicate', 'accept', 'asked_elsewhere'], ['unknown', 'lose_answer', 'answer_lost']],
    ['already_returning', ['refused', 'refuse', 'already_returning'], ['unknown', 'lose_answer', 'answer_lost']],
    ['not_yet', ['not_yet', 'not_yet', 'not_picked_up'], ['not_yet', 'not_yet', 'not_picked_up']],
  ])('%s: %j; after an order of ours that may have left: %j', (kind, first, again) => {
    expect(answered(kind, FIRST)).toEqual(first);
    expect(answered(kind, AGAIN)).toEqual(again);
  });

  it.each(REFUSALS)('refused for %s ends a first order with that reason', (refusal) => {
    const verdict = verdictOfAnswer({ ...RAW, kind: 'refused', refusal }, FIRST);
    expect(verdict).toMatchObject({ outcome: 'refused', event: 'refuse', reason: refusal });
  });

  it('that no further order is allowed is asked about after one of ours: it may be that one (design "Sending again")', () => {
    const verdict = verdictOfAnswer({ ...RAW, kind: 'refused', refusal: 'courier_limit_reached' }, AGAIN);
    expect(verdict).toMatchObject({ outcome: 'unknown', event: 'lose_answer' });
  });

  it('is never a success for a code that nobody documented', () => {
    const verdict = verdictOfAnswer({ ...RAW, kind: 'refused', refusal: 'courier_unknown_code' }, FIRST);
    expect(verdict.event).toBe('refuse');
  });

  it('says that the courier is well, whatever it answered: a refused parcel is no fault of the lane (case 25)', () => {
    for (const history of [FIRST, AGAIN]) {
      for (const answer of ANSWERS) expect(verdictOfAnswer(answer, history).lane).toBe('healthy');
    }
  });
});

describe('what a failed order means', () => {
  const EXPECTED: Record<FaultKind, readonly string[]> = {
    not_sent: ['not_sent', 'not_sent', 'not_sent', 'failing'],
    unavailable: ['not_sent', 'not_sent', 'courier_unavailable', 'failing'],
    throttled: ['not_sent', 'not_sent', 'throttled', 'throttled'],
    credentials: ['not_sent', 'not_sent', 'not_sent', 'locked_out'],
    bad_request: ['refused', 'refuse', 'request_malformed', 'healthy'],
    outcome_unknown: ['unknown', 'lose_answer', 'answer_lost', 'failing'],
    contract_broken: ['unknown', 'lose_answer', 'answer_lost', 'failing'],
  };

  it.each(FAULT_KINDS)('%s is decided by the stage it failed at, whatever was sent before', (kind) => {
    for (const history of [FIRST, AGAIN]) {
      const { outcome, event, reason, lane } = verdictOfFault(new CarrierFault(kind, 'x'), history);
      expect([outcome, event, reason, lane]).toEqual(EXPECTED[kind]);
    }
  });

  it('is tried again after what the courier asks for', () => {
    expect(verdictOfFault(new CarrierFault('throttled', 'x', { retryAfterMs: 7_000 }), FIRST).againInMs).toBe(7_000);
  });

  it('is tried again after a pause that grows, if the courier says nothing', () => {
    const pause = (tries: number) =>
      verdictOfFault(new CarrierFault('not_sent', 'x'), { earlierSends: 0, tries, resend: 'same_key' }).againInMs;
    expect(pause(1)).toBeGreaterThanOrEqual(250);
    expect(pause(1)).toBeLessThanOrEqual(500);
    expect(pause(20)).toBeGreaterThanOrEqual(15_000);
  });

  it('is tried again only if nothing left us: an unknown outcome is asked about, never timed for a resend', () => {
    for (const kind of FAULT_KINDS) {
      const verdict = verdictOfFault(new CarrierFault(kind, 'x'), FIRST);
      expect(verdict.againInMs !== null).toBe(verdict.event === 'not_sent');
    }
  });
});

describe('every verdict', () => {
  const all = [FIRST, AGAIN].flatMap((history) => [
    ...ANSWERS.map((answer) => verdictOfAnswer(answer, history)),
    ...FAULT_KINDS.map((kind) => verdictOfFault(new CarrierFault(kind, 'x'), history)),
  ]);

  it('is a step that a row under way has', () => {
    for (const verdict of all) expect(step('submitting', verdict.event).ok).toBe(true);
  });

  it('counts an attempt as unknown exactly if its row becomes uncertain: one of the two alone would be sent twice (I9)', () => {
    for (const verdict of all) expect(verdict.outcome === 'unknown').toBe(verdict.event === 'lose_answer');
  });
});
