import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import { withinHours } from '../hours.js';

/** When a policy lets an intercept go without a person (contract section 4, `when`). Every condition given must hold. */
export interface PolicyConditions {
  readonly amountFen?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly sku?: readonly string[] | undefined;
  readonly carrier?: readonly string[] | undefined;
  /** `HH:MM-HH:MM`, Asia/Shanghai, start included, end excluded; may run over midnight. */
  readonly hours?: string | undefined;
  /** The parcel is worth at least this much more than the fee, fen. */
  readonly valueOverFeeFen?: number | undefined;
}

export interface ConditionFacts {
  readonly afterSale: AfterSaleFacts;
  readonly carrier: string | null;
  readonly valueFen: number | null;
  /** What a stop would cost, fen; null: no tariff. */
  readonly feeFen: number | null;
  readonly now: Date;
}

const TESTS: {
  readonly [K in keyof PolicyConditions]-?: (want: NonNullable<PolicyConditions[K]>, f: ConditionFacts) => boolean;
} = {
  amountFen: ({ min, max }, { afterSale: { refundAmountFen: fen } }) =>
    fen !== undefined && (min === undefined || fen >= min) && (max === undefined || fen <= max),
  reason: (wanted, { afterSale }) => afterSale.reason !== undefined && wanted.includes(afterSale.reason),
  category: (wanted, { afterSale }) => wanted.includes(afterSale.category ?? 'normal'),
  // No source tells us the goods yet: what is not known does not hold.
  sku: () => false,
  carrier: (wanted, { carrier }) => carrier !== null && wanted.includes(carrier),
  hours: (hours, { now }) => withinHours(hours, now),
  valueOverFeeFen: (least, { valueFen, feeFen }) => valueFen !== null && feeFen !== null && valueFen - feeFen >= least,
};

function holds<W>(
  want: W | undefined,
  test: (want: W, facts: ConditionFacts) => boolean,
  facts: ConditionFacts,
): boolean {
  return want === undefined || test(want, facts);
}

/** The first condition of the policy that does not hold, or null. What is not known does not hold. Pure. */
export function unmetCondition(when: PolicyConditions, facts: ConditionFacts): keyof PolicyConditions | null {
  const met: Record<keyof PolicyConditions, boolean> = {
    amountFen: holds(when.amountFen, TESTS.amountFen, facts),
    reason: holds(when.reason, TESTS.reason, facts),
    category: holds(when.category, TESTS.category, facts),
    sku: holds(when.sku, TESTS.sku, facts),
    carrier: holds(when.carrier, TESTS.carrier, facts),
    hours: holds(when.hours, TESTS.hours, facts),
    valueOverFeeFen: holds(when.valueOverFeeFen, TESTS.valueOverFeeFen, facts),
  };
  return (Object.keys(met) as (keyof PolicyConditions)[]).find((key) => !met[key]) ?? null;
}
