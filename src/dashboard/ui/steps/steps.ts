import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { PersonStep } from '../../../domain/intercept/person-steps.js';
import type { StoryAnswer } from '../http/answers.js';

type Choices = StoryAnswer['choices'];
type Choice = Choices['steps'][number];

/** Why there is nothing for a person to do; null: there is. */
export type Rest = 'busy' | 'stopped' | 'over';

const RESTS: Readonly<Partial<Record<InterceptState, Rest>>> = {
  submitting: 'busy',
  uncertain: 'busy',
  intercepted: 'stopped',
  missed: 'over',
  returned: 'over',
};

export function restOf(state: InterceptState): Rest | null {
  return RESTS[state] ?? null;
}

/** What the buttons are: those worth offering, the one without which nothing goes on first; and why not the others. */
export function sortedSteps({ steps, next }: Choices): {
  readonly offered: readonly Choice[];
  readonly not: readonly Choice[];
} {
  const first = (choice: Choice) => (choice.step === next ? 0 : 1);
  return {
    offered: steps.filter(({ offered, possible }) => offered && possible).toSorted((a, b) => first(a) - first(b)),
    not: steps.filter(({ possible }) => !possible),
  };
}

/** Letting a held one go is the same call as a retry, and another word. */
export function wordOf(step: PersonStep, state: InterceptState): PersonStep | 'release' {
  return step === 'retry' && state === 'held' ? 'release' : step;
}
