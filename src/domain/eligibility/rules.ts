import type { EligibilityCase, Finding, Rule } from './case.js';
import { r13Goods, r14Value } from './goods-rules.js';
import { r16OnTheRoad, r17Connected, r19WholeParcel } from './parcel-rules.js';
import { r15RefundOnly, r60FullRefund } from './refund-rules.js';
import { r10CrossBorder, r11ShopActive, r12Agreement } from './shop-rules.js';

/**
 * The rules in the order of their numbers. R18 (each parcel its own intercept) has no function: it is the shape of the
 * data, one case is one parcel.
 */
export const RULES: readonly Rule[] = [
  r10CrossBorder,
  r11ShopActive,
  r12Agreement,
  r13Goods,
  r14Value,
  r15RefundOnly,
  r16OnTheRoad,
  r17Connected,
  r19WholeParcel,
  r60FullRefund,
];

/** Every rule that fails, lowest number first. Empty: the parcel may be turned around. */
export function failingRules(c: EligibilityCase): readonly Finding[] {
  const number = (f: Finding) => Number(f.rule.slice(1));
  return RULES.map((rule) => rule(c))
    .filter((f): f is Finding => f !== null)
    .sort((a, b) => number(a) - number(b));
}

const SEVERITY = ['skip', 'missed', 'review', 'hold'] as const;

/** The finding that decides: a "never" outweighs a "too late", that a person, that waiting; within one, the lowest rule. */
export function decidingFinding(findings: readonly Finding[]): Finding | null {
  for (const verdict of SEVERITY) {
    const found = findings.find((f) => f.verdict === verdict);
    if (found) return found;
  }
  return null;
}
