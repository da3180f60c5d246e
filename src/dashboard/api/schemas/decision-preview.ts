import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { FEN, TEXT, TIME } from './fields.js';
import { INTERCEPT_REQUEST } from './intercept-request.js';

/** As many as a person looks at. */
const MOST_IDS = 100;

/** A request as `POST /intercepts` takes it, or intercepts that are known and would be let go again. */
export const PREVIEW_ORDER = z
  .union([
    INTERCEPT_REQUEST,
    z.strictObject({
      ids: z
        .array(z.string().regex(/^[0-9a-z]{26}$/))
        .min(1)
        .max(MOST_IDS),
    }),
  ])
  .meta({ id: 'InterceptPreviewOrder' });

const FAILED = z.object({
  rule: z.string(),
  verdict: z.enum(['skip', 'missed', 'review', 'hold']),
  reason: z.string(),
  reasonText: TEXT,
});

export const DECISION_PREVIEW = z
  .object({
    interceptId: z.string().nullable().meta({ description: 'the intercept it has already; null: it would get one' }),
    carrier: z.string(),
    waybillNo: z.string(),
    before: z.enum(INTERCEPT_STATES).nullable(),
    state: z.enum(INTERCEPT_STATES).meta({ description: 'where it would stand right after' }),
    reason: z.string(),
    reasonText: TEXT,
    rule: z.string().nullable(),
    failed: z.array(FAILED).meta({ description: 'every rule against it, lowest first' }),
    refusal: z
      .object({ code: z.string(), text: TEXT })
      .nullable()
      .meta({ description: 'why nothing can be started; null: it can' }),
    deadlineAt: TIME,
    feeFen: FEN.nullable().meta({ description: 'if it succeeds, by the tariff of today; null: no tariff' }),
  })
  .meta({ id: 'DecisionPreview' });

export type DecisionPreviewAnswer = z.output<typeof DECISION_PREVIEW>;
