import type { InterceptState } from '../../../domain/intercept/machine.js';

export type StepName = 'withdraw' | 'retry' | 'release' | 'resolve';

/** Why there is nothing for a person to do. */
export type Rest = 'busy' | 'stopped' | 'over';

interface StateSteps {
  /** The safest first. */
  readonly steps: readonly StepName[];
  readonly rest: Rest | null;
}

/**
 * What a person may try in each state; the server has the last word (409). While bytes may be under way there is no
 * step: whatever a person did then could send twice.
 */
export const STEPS = {
  held: { steps: ['release', 'withdraw'], rest: null },
  queued: { steps: ['withdraw'], rest: null },
  submitting: { steps: [], rest: 'busy' },
  uncertain: { steps: [], rest: 'busy' },
  accepted: { steps: ['withdraw'], rest: null },
  intercepted: { steps: [], rest: 'stopped' },
  needs_review: { steps: ['resolve', 'retry', 'withdraw'], rest: null },
  missed: { steps: [], rest: 'over' },
  returned: { steps: [], rest: 'over' },
  refused: { steps: ['retry'], rest: null },
  withdrawn: { steps: [], rest: 'over' },
  expired: { steps: ['retry'], rest: null },
  skipped: { steps: ['retry'], rest: null },
} as const satisfies Record<InterceptState, StateSteps>;

/** Which of the three things withdrawing means in this state. */
export function withdrawalOf(state: InterceptState): 'before' | 'after' | 'review' {
  if (state === 'accepted') return 'after';
  return state === 'needs_review' ? 'review' : 'before';
}
