import { z } from 'zod';
import { expressionProblem, LONGEST_EXPRESSION } from '../policy/expression.js';
import { REFUND_POINTS } from '../refund/case.js';
import { WHEREABOUTS } from '../tracking/whereabouts.js';
import { durationMs, fen, given, hours, id, words } from './fields.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_FEN = 100_000_000_00;

/** A condition in CEL; one that is wrong is refused here, with the place and the reason. */
const expression = () =>
  words(LONGEST_EXPRESSION).check((ctx) => {
    const why = expressionProblem(ctx.value);
    if (why) ctx.issues.push({ code: 'custom', message: why.en, params: { why }, input: ctx.value });
  });

/** Conditions under which a policy lets an intercept go by itself; all that are given must hold. */
const WHEN = z.strictObject({
  amountFen: given(
    z.strictObject({ min: given(fen(MOST_FEN).optional()), max: given(fen(MOST_FEN).optional()) }).optional(),
  ),
  reason: given(z.array(words(191)).min(1).optional()),
  category: given(
    z
      .array(z.enum(['normal', 'fresh', 'virtual', 'custom']))
      .min(1)
      .optional(),
  ),
  sku: given(z.array(words(191)).min(1).optional()),
  carrier: given(z.array(id()).min(1).optional()),
  shop: given(z.array(id()).min(1).optional()),
  stage: given(z.array(z.enum(WHEREABOUTS)).min(1).optional()),
  hours: given(hours().optional()),
  /** The parcel's value exceeds the courier's fee by at least this much. */
  valueOverFeeFen: given(fen(MOST_FEN).optional()),
  /** Chance of success × (value − fee) is at least this much. */
  gainFen: given(fen(MOST_FEN).optional()),
  expression: given(expression().optional()),
});

const count = () => z.int().min(1).nullable().default(null);

/** How much a policy may let go by itself; null: no limit. */
const BUDGET = z.strictObject({
  perDayFen: given(fen(MOST_FEN).nullable().default(null)),
  perHourFen: given(fen(MOST_FEN).nullable().default(null)),
  perDayCount: given(count()),
  perHourCount: given(count()),
  /** An hour with this many times the usual number stops the automat until a person lets it go on. */
  brake: given(z.union([z.literal('off'), z.int().min(2).max(1_000)]).default(10)),
});

const AGREE_REFUND = z.strictObject({
  at: given(z.enum(REFUND_POINTS).default('never')),
  hours: given(hours().nullable().default(null)),
});

export const POLICY = z.strictObject({
  id: id(),
  auto: given(z.boolean().default(true)),
  when: given(WHEN.default({})),
  partialRefund: given(z.enum(['skip', 'ask']).default('skip')),
  afterRefundPaid: given(z.enum(['intercept', 'skip']).default('intercept')),
  /** null: no amount needs a person. */
  approvalAboveFen: given(fen(MOST_FEN).nullable().default(null)),
  budget: given(BUDGET.prefault({})),
  maxAfterSaleAgeMs: given(durationMs(365 * DAY_MS).default(600_000)),
  deadline: given(
    z.union([z.literal('forecast'), z.strictObject({ afterMs: durationMs(60 * DAY_MS) })]).default('forecast'),
  ),
  contentsMaxAgeMs: given(durationMs(DAY_MS).default(80_000)),
  agreeRefund: given(AGREE_REFUND.default({ at: 'never', hours: null })),
  atPlatformDeadline: given(z.enum(['ask', 'reject', 'extend']).default('ask')),
  platformLeadMs: given(durationMs(7 * DAY_MS).default(1_800_000)),
});
