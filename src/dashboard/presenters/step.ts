import {
  ALL_PERSON_STEPS,
  nextStep,
  PERSON_STEPS,
  RESOLUTIONS,
  refusalOf,
  refusalOfResolution,
  STEP_REFUSALS,
  STEP_TABLE,
  type StepFacts,
  type StepRefusal,
  withdrawalOf,
} from '../../domain/intercept/person-steps.js';
import type { TransitionView } from '../../domain/store/history-reader.js';
import type { LastStepAnswer, StepChoicesAnswer } from '../api/schemas/step.js';
import { maskPhones, time } from './words.js';

function possible(why: StepRefusal | null) {
  return { possible: why === null, why, whyText: why === null ? null : { ...STEP_REFUSALS[why] } };
}

/** What a person may do with an intercept now, and why not the rest. */
export function presentSteps(facts: StepFacts, canCancel: boolean): StepChoicesAnswer {
  const row = STEP_TABLE[facts.state];
  const offered: readonly string[] = row.offer;
  return {
    next: nextStep(facts),
    steps: ALL_PERSON_STEPS.map((step) => ({
      step,
      name: { ...PERSON_STEPS[step] },
      offered: offered.includes(step),
      ...possible(refusalOf(step, facts)),
    })),
    outcomes: RESOLUTIONS.map((outcome) => ({ outcome, ...possible(refusalOfResolution(outcome, facts)) })),
    withdrawal: withdrawalOf(facts.state),
    canCancel,
  };
}

/** Who did what last, for whoever came second. */
export function presentLastStep({ version, from, event, to, actor, note, at }: TransitionView): LastStepAnswer {
  return { version, from, event, to, actor, note: note === null ? null : maskPhones(note), at: time(at) };
}
