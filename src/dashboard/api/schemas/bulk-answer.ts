import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import type { StepEffect } from '../../../domain/intercept/person-steps.js';
import { FEN, TEXT } from './fields.js';
import { LAST_STEP } from './step.js';

const EFFECTS = ['cancel_asked', 'asked', ...INTERCEPT_STATES] as const satisfies readonly StepEffect[];

const OUTCOME = z.object({
  id: z.string(),
  waybillNo: z.string(),
  version: z.int().nullable(),
  result: z.enum(['done', 'refused', 'failed']),
  effect: z.enum(EFFECTS).nullable().meta({ description: 'done: the state it is in, or what the courier is asked' }),
  resultId: z.string().nullable().meta({ description: 'done: the intercept that stands for the parcel now' }),
  reason: z.string().nullable(),
  reasonText: TEXT.nullable(),
  why: z.string().nullable().meta({ description: 'refused: the code; failed: the kind of error' }),
  whyText: TEXT.nullable(),
  lastStep: LAST_STEP.nullable().meta({ description: 'refused: who did what last, and when' }),
});

/** What it comes to, or came to, in numbers and row by row. */
export const BULK_ANSWER = z
  .object({
    total: z.int(),
    done: z.int(),
    refused: z.int(),
    failed: z.int(),
    effects: z.partialRecord(z.enum(EFFECTS), z.int()),
    refusals: z.record(z.string(), z.int()),
    feeFen: FEN.meta({ description: 'fees: due at once where the stop took, else if every send succeeds' }),
    rows: z.array(OUTCOME),
  })
  .meta({ id: 'BulkAnswer' });

export type BulkAnswer = z.output<typeof BULK_ANSWER>;
