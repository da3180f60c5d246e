import { withinHours } from '../hours.js';
import { expressionHolds } from './expression.js';
import { type ConditionFacts, gainFen } from './variables.js';

/** When a policy lets an intercept go without a person (contract section 4, `when`). Every condition given must hold. */
export interface PolicyConditions {
  readonly amountFen?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly sku?: readonly string[] | undefined;
  readonly carrier?: readonly string[] | undefined;
  readonly shop?: readonly string[] | undefined;
  readonly stage?: readonly string[] | undefined;
  /** `HH:MM-HH:MM`, Asia/Shanghai, start included, end excluded; may run over midnight. */
  readonly hours?: string | undefined;
  /** The parcel is worth at least this much more than the fee, fen. */
  readonly valueOverFeeFen?: number | undefined;
  /** Sending is worth at least this much on average: chance × (value − fee), fen. */
  readonly gainFen?: number | undefined;
  /** Anything else, in CEL over the words of variables.ts. */
  readonly expression?: string | undefined;
}

type Tests = {
  readonly [K in keyof PolicyConditions]-?: (want: NonNullable<PolicyConditions[K]>, f: ConditionFacts) => boolean;
};

const isOneOf = (wanted: readonly string[], value: string | null) => value !== null && wanted.includes(value);

const TESTS: Tests = {
  amountFen: ({ min, max }, { amountFen: fen }) =>
    fen !== null && (min === undefined || fen >= min) && (max === undefined || fen <= max),
  reason: (wanted, { reason }) => isOneOf(wanted, reason),
  category: (wanted, { category }) => wanted.includes(category),
  // Every good of it must be named: a parcel that holds something else is not what the policy speaks of.
  sku: (wanted, { skus }) => skus !== null && skus.length > 0 && skus.every((sku) => wanted.includes(sku)),
  carrier: (wanted, { carrier }) => isOneOf(wanted, carrier),
  shop: (wanted, { shop }) => wanted.includes(shop),
  stage: (wanted, { stage }) => wanted.includes(stage),
  hours: (hours, { atMs }) => withinHours(hours, new Date(atMs)),
  valueOverFeeFen: (least, { valueFen, feeFen }) => valueFen !== null && feeFen !== null && valueFen - feeFen >= least,
  gainFen: (least, facts) => (gainFen(facts) ?? Number.NEGATIVE_INFINITY) >= least,
  expression: (text, facts) => expressionHolds(text, facts),
};

function holds(key: keyof PolicyConditions, when: PolicyConditions, facts: ConditionFacts): boolean {
  // Key by key the types agree; the compiler cannot follow that through a lookup.
  const test = TESTS[key] as (want: unknown, facts: ConditionFacts) => boolean;
  return when[key] === undefined || test(when[key], facts);
}

/** The first condition of the policy that does not hold, or null. What is not known does not hold. Pure. */
export function unmetCondition(when: PolicyConditions, facts: ConditionFacts): keyof PolicyConditions | null {
  return (Object.keys(TESTS) as (keyof PolicyConditions)[]).find((key) => !holds(key, when, facts)) ?? null;
}
