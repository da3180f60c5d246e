import { z } from 'zod';
import type { Tally } from '../../../domain/policy/backtest.js';
import { CHANGE } from './config.js';
import { TEXT, TIME } from './fields.js';

/** A policy as in a configuration file, every field with its value. */
const BODY = z.record(z.string(), z.unknown()).meta({ description: 'as in a configuration file' });

const SHADOW = z.object({ since: TIME, by: z.string().nullable() });

export const POLICY = z
  .object({
    id: z.string(),
    version: z.int(),
    sentence: TEXT.meta({ description: 'all that it says, to be read aloud' }),
    shops: z.array(z.string()).meta({ description: 'those of the caller’s shops that go by it' }),
    changedAt: TIME.nullable(),
    changedBy: z.string().nullable().meta({ description: 'null for whoever is limited to some shops' }),
    brake: z
      .object({ since: TIME, hourCount: z.int(), usualCount: z.number() })
      .nullable()
      .meta({ description: 'stopped by itself: what one hour saw, and what is usual' }),
    shadow: SHADOW.nullable().meta({ description: 'a draft runs beside it' }),
  })
  .meta({ id: 'Policy' });
export type PolicyAnswer = z.output<typeof POLICY>;

export const POLICY_VERSION = z
  .object({
    version: z.int(),
    at: TIME,
    by: z.string().nullable(),
    note: z.string().nullable(),
    sentence: TEXT,
    policy: BODY,
    changes: CHANGE.shape.fields.meta({ description: 'against the version before it' }),
  })
  .meta({ id: 'PolicyVersion' });
export type PolicyVersionAnswer = z.output<typeof POLICY_VERSION>;

const FIGURES: Readonly<Record<keyof Tally, z.ZodInt>> = {
  sent: z.int(),
  asked: z.int(),
  outOfBudget: z.int(),
  passedBy: z.int(),
  notOpen: z.int(),
  savedFen: z.int(),
  lostFen: z.int(),
  askedFen: z.int(),
  feesFen: z.int(),
  gainFen: z.int(),
  estimated: z.int(),
};
const TALLY = z.object(FIGURES).meta({ id: 'PolicyTally' });

const SAID = z.object({
  answer: z.enum(['sent', 'asked', 'out_of_budget', 'passed_by', 'not_open']),
  reason: z.string(),
  reasonText: TEXT,
});

export const BACKTEST = z
  .object({
    policyId: z.string(),
    version: z.int(),
    since: TIME,
    until: TIME,
    sentences: z.object({ today: TEXT, draft: TEXT }),
    decisions: z.int(),
    today: TALLY,
    draft: TALLY,
    differs: z.int(),
    examples: z.array(
      z.object({
        id: z.string(),
        waybillNo: z.string(),
        shopId: z.string(),
        valueFen: z.int().nullable(),
        today: SAID,
        draft: SAID,
      }),
    ),
    unreadable: z.int().meta({ description: 'decisions that kept no inputs and are left out' }),
    cut: z.boolean().meta({ description: 'true: there were too many, the youngest are left out' }),
  })
  .meta({ id: 'PolicyBacktest' });
export type BacktestAnswer = z.output<typeof BACKTEST>;

export const SHADOW_ANSWER = z
  .object({ since: TIME, by: z.string(), policy: BODY, comparison: BACKTEST })
  .meta({ id: 'PolicyShadow' });
export type ShadowAnswer = z.output<typeof SHADOW_ANSWER>;

/** A draft as a form or an editor sends it. */
export const DRAFT = z.record(z.string(), z.unknown());
