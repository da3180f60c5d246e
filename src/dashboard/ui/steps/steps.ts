import type { InterceptState } from '../../../domain/intercept/machine.js';
import { OUTCOMES, type Outcome } from '../texts/step-texts.js';

export type StepName = 'withdraw' | 'retry' | 'release' | 'resolve';

/** Why there is nothing for a person to do. */
export type Rest = 'busy' | 'stopped' | 'over';

export interface StateSteps {
  /** What the row waits for, or else the safest, first. */
  readonly steps: readonly StepName[];
  readonly rest: Rest | null;
}

/**
 * What a person may try in each state; the server has the last word (409). Nothing is ever sent again while an order may
 * be at the courier: then there is only withdrawing, which asks the courier to cancel.
 */
export const STEPS: Readonly<Record<InterceptState, StateSteps>> = {
  held: { steps: ['release', 'resolve', 'withdraw'], rest: null },
  queued: { steps: ['withdraw', 'resolve'], rest: null },
  submitting: { steps: ['withdraw'], rest: 'busy' },
  uncertain: { steps: ['withdraw'], rest: 'busy' },
  accepted: { steps: ['withdraw'], rest: null },
  intercepted: { steps: [], rest: 'stopped' },
  needs_review: { steps: ['resolve', 'withdraw'], rest: null },
  missed: { steps: [], rest: 'over' },
  returned: { steps: [], rest: 'over' },
  refused: { steps: ['retry'], rest: null },
  withdrawn: { steps: ['retry'], rest: null },
  expired: { steps: ['retry'], rest: null },
  skipped: { steps: ['retry'], rest: null },
};

/** Which of the three things withdrawing means in this state. */
export function withdrawalOf(state: InterceptState): 'before' | 'after' | 'review' {
  if (state === 'held' || state === 'queued') return 'before';
  return state === 'needs_review' ? 'review' : 'after';
}

/** Before anything was sent a person can only say that it was asked elsewhere, or give up (R71). */
export function outcomesIn(state: InterceptState): readonly Outcome[] {
  return state === 'needs_review' ? OUTCOMES : ['asked_outside', 'give_up'];
}
