import type { AfterSaleRow } from './api.js';
import type { Text } from './labels.js';

/** Where one after-sale stands: the state of its parcel's intercept, or why it has none. */
export interface Ending {
  readonly afterSaleId: string;
  /** An intercept state, or `undecided`. */
  readonly state: string;
  readonly reason: string | null;
  readonly reasonText: Text | null;
  readonly rule: string | null;
}

/**
 * The one place in the table where an after-sale counts. Its parcels are one in every class of the scenario; an
 * after-sale without any that failed a rule counts as skipped under that rule.
 */
export function endingOf(row: AfterSaleRow): Ending {
  const { afterSaleId, whyNot, parcels } = row;
  const [parcel] = parcels;
  if (parcel !== undefined) {
    const { state, reason, reasonText, rule } = parcel;
    return { afterSaleId, state: state ?? 'undecided', reason, reasonText, rule };
  }
  const { reason = null, reasonText = null, rule = null } = whyNot ?? {};
  return { afterSaleId, state: rule === null ? 'undecided' : 'skipped', reason, reasonText, rule };
}

/** What the scenario allows an after-sale to be in the end. */
export interface AllowedEnd {
  readonly final: readonly string[];
  readonly rule?: string;
}

/** Is this an end the scenario allows? A named rule must be the rule. */
export function isAllowed(ending: Ending, allowed: AllowedEnd): boolean {
  return allowed.final.includes(ending.state) && (allowed.rule === undefined || ending.rule === allowed.rule);
}
