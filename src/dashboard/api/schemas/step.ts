import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { ALL_PERSON_STEPS, RESOLUTIONS, STEP_REFUSALS } from '../../../domain/intercept/person-steps.js';
import { TEXT, TIME } from './fields.js';

const STATE = z.enum(INTERCEPT_STATES);
const REFUSAL = z.enum(Object.keys(STEP_REFUSALS));

/** Who did what to an intercept last. */
export const LAST_STEP = z
  .object({
    version: z.int(),
    from: STATE.nullable(),
    event: z.string(),
    to: STATE,
    actor: z.string(),
    note: z.string().nullable(),
    at: TIME,
  })
  .meta({ id: 'LastStep' });

const POSSIBLE = {
  possible: z.boolean(),
  why: REFUSAL.nullable().meta({ description: 'why not: the code of the 409 that trying would give' }),
  whyText: TEXT.nullable(),
};

/** Everything a person may do now, or why not: the table that the server itself refuses by. */
export const STEP_CHOICES = z
  .object({
    next: z.enum(ALL_PERSON_STEPS).nullable().meta({ description: 'the step without which nothing goes on' }),
    steps: z.array(
      z.object({
        step: z.enum(ALL_PERSON_STEPS),
        name: TEXT,
        offered: z.boolean().meta({ description: 'worth showing to a person; the rest is allowed to scripts' }),
        ...POSSIBLE,
      }),
    ),
    outcomes: z.array(z.object({ outcome: z.enum(RESOLUTIONS), ...POSSIBLE })),
    withdrawal: z.enum(['before', 'after', 'review']).meta({ description: 'what withdrawing means now (R80)' }),
    canCancel: z.boolean().meta({ description: 'does the courier take orders back?' }),
  })
  .meta({ id: 'StepChoices' });

export type StepChoicesAnswer = z.output<typeof STEP_CHOICES>;
export type LastStepAnswer = z.output<typeof LAST_STEP>;
