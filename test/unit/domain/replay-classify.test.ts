import { describe, expect, it } from '@jest/globals';
import { FINAL_STATES, INTERCEPT_STATES, type InterceptState } from '../../../src/domain/intercept/machine.js';
import type { Reason } from '../../../src/domain/reasons.js';
import { REASONS } from '../../../src/domain/reasons.js';
import {
  classOf,
  classOfJudgement,
  isReleasable,
  REPLAY_CLASSES,
  type ReplayClass,
} from '../../../src/domain/replay/classify.js';

const ALL = Object.keys(REASONS) as Reason[];

describe('the class of an intercept', () => {
  it.each<[InterceptState, Reason, ReplayClass, boolean]>([
    ['held', 'observe_only', 'willSend', true],
    ['held', 'before_start', 'willSend', true],
    ['held', 'not_picked_up', 'other', true],
    ['skipped', 'carrier_not_connected', 'willSend', true],
    ['skipped', 'goods_not_allowed', 'other', true],
    ['expired', 'approval_missed', 'willSend', true],
    ['expired', 'given_up', 'other', false],
    ['uncertain', 'answer_lost', 'readBackFirst', false],
    ['accepted', 'courier_accepted', 'readBackFirst', false],
    ['intercepted', 'courier_stopped', 'alreadyIntercepted', false],
    ['returned', 'returned', 'alreadyIntercepted', false],
    ['missed', 'delivered', 'delivered', false],
    ['missed', 'courier_failed', 'refusedForGood', false],
    ['withdrawn', 'refund_withdrawn', 'withdrawn', false],
    ['refused', 'courier_not_allowed', 'refusedForGood', false],
    ['refused', 'courier_already_delivered', 'delivered', false],
    ['refused', 'courier_not_ours', 'willSend', true],
    ['needs_review', 'sibling_not_refunding', 'willSend', true],
    ['needs_review', 'answer_never_proved', 'readBackFirst', false],
    ['needs_review', 'outcome_overdue', 'readBackFirst', false],
  ])('%s for %s is %s, let go: %s', (state, reason, name, releasable) => {
    expect([classOf(state, reason), isReleasable(state, reason)]).toEqual([name, releasable]);
  });

  it('is known for every state and reason', () => {
    for (const state of INTERCEPT_STATES)
      for (const reason of ALL) expect(REPLAY_CLASSES).toContain(classOf(state, reason));
  });

  it('never lets go what may be at the courier or was stopped, whatever its reason: that would send twice (I9)', () => {
    for (const state of ['submitting', 'uncertain', 'accepted', 'intercepted', 'returned', 'withdrawn'] as const) {
      for (const reason of ALL) expect(isReleasable(state, reason)).toBe(false);
    }
  });

  it('lets a row that a person handles go only for reasons from before a send', () => {
    const released = ALL.filter((reason) => isReleasable('needs_review', reason));
    expect(released).not.toEqual(expect.arrayContaining(['answer_never_proved']));
    expect(released).not.toEqual(expect.arrayContaining(['cannot_recall']));
    expect(released).not.toEqual(expect.arrayContaining(['type_changed_after_acceptance']));
    expect(released.length).toBeGreaterThan(5);
    expect(FINAL_STATES).not.toContain('needs_review');
  });
});

describe('the class of a judgement with a release', () => {
  it.each([
    [{ target: 'queued', reason: 'ready' }, 'willSend'],
    [{ target: 'held', reason: 'rechecking' }, 'willSend'],
    [{ target: 'held', reason: 'not_picked_up' }, 'other'],
    [{ target: 'missed', reason: 'delivered' }, 'delivered'],
    [{ target: 'missed', reason: 'phone_branch' }, 'other'],
    [{ target: 'skipped', reason: 'after_sale_not_open' }, 'withdrawn'],
    [{ target: 'skipped', reason: 'value_too_high' }, 'other'],
    [{ target: 'expired', reason: 'deadline_passed' }, 'other'],
    [{ target: 'needs_review', reason: 'track_unclear' }, 'other'],
  ] as const)('%j is %s', (judgement, name) => {
    expect(classOfJudgement(judgement)).toBe(name);
  });
});
