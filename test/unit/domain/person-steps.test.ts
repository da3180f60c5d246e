import { describe, expect, it } from '@jest/globals';
import { INTERCEPT_STATES, isFinal, mayHaveLeft } from '../../../src/domain/intercept/machine.js';
import {
  ALL_PERSON_STEPS,
  nextStep,
  RESOLUTIONS,
  refusalOf,
  refusalOfResolution,
  STEP_REFUSALS,
  STEP_TABLE,
  type StepFacts,
  withdrawalOf,
} from '../../../src/domain/intercept/person-steps.js';

const facts = (over: Partial<StepFacts> = {}): StepFacts => ({
  state: 'held',
  reason: 'not_picked_up',
  stoppedBefore: false,
  orderStands: false,
  ...over,
});

describe('what a person may do', () => {
  it.each(INTERCEPT_STATES)('in %s: offers nothing that is refused, and its next step is offered', (state) => {
    const { offer, next } = STEP_TABLE[state];
    for (const step of offer) expect(refusalOf(step, facts({ state }))).toBeNull();
    if (next !== null) expect(offer).toContain(next);
  });

  it.each(INTERCEPT_STATES.filter(mayHaveLeft))(
    'never sends again from %s: an order may be at the courier',
    (state) => {
      expect(refusalOf('retry', facts({ state }))).not.toBeNull();
      expect(refusalOfResolution('release', facts({ state }))).not.toBeNull();
      expect(withdrawalOf(state)).toBe('after');
    },
  );

  it.each(INTERCEPT_STATES.filter(isFinal))('never withdraws or resolves %s, which has ended', (state) => {
    expect(refusalOf('withdraw', facts({ state }))).toMatch(/^already_/);
    for (const outcome of RESOLUTIONS) expect(refusalOfResolution(outcome, facts({ state }))).toBe('already_ended');
  });

  it('sends nothing after a stop that took, in whichever round', () => {
    expect(refusalOf('retry', facts({ state: 'refused', stoppedBefore: true }))).toBe('stopped_before');
    expect(refusalOfResolution('release', facts({ state: 'needs_review', stoppedBefore: true }))).toBe(
      'stopped_before',
    );
    expect(refusalOfResolution('release', facts({ state: 'needs_review', orderStands: true }))).toBe('answer_awaited');
  });

  it('before a send takes only what happened elsewhere, and giving up (R71)', () => {
    for (const state of ['held', 'queued'] as const) {
      const possible = RESOLUTIONS.filter((outcome) => refusalOfResolution(outcome, facts({ state })) === null);
      expect(possible).toEqual(['asked_outside', 'give_up']);
    }
    const all = RESOLUTIONS.filter(
      (outcome) => refusalOfResolution(outcome, facts({ state: 'needs_review' })) === null,
    );
    expect(all).toEqual([...RESOLUTIONS]);
  });

  it('leads on: a look where a scan is waited for, a person’s word where that is, nothing where it goes on by itself', () => {
    expect(nextStep(facts({ reason: 'not_picked_up' }))).toBe('ask');
    expect(nextStep(facts({ reason: 'approval' }))).toBe('retry');
    expect(nextStep(facts({ state: 'needs_review' }))).toBe('resolve');
    expect(nextStep(facts({ state: 'uncertain' }))).toBe('ask');
    for (const state of ['queued', 'accepted', 'returned', 'refused'] as const) {
      expect(nextStep(facts({ state }))).toBeNull();
    }
  });

  it('asks about a held one only where its track decides', () => {
    expect(refusalOf('ask', facts({ reason: 'not_picked_up' }))).toBeNull();
    expect(refusalOf('ask', facts({ reason: 'approval' }))).toBe('nothing_to_ask');
  });

  it('names a reason with words in both languages for everything it refuses', () => {
    for (const state of INTERCEPT_STATES) {
      for (const step of ALL_PERSON_STEPS) {
        const why = refusalOf(step, facts({ state }));
        if (why !== null) expect(Object.values(STEP_REFUSALS[why]).every((text) => text.length > 0)).toBe(true);
      }
    }
  });
});
