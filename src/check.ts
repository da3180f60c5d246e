import type { CheckFacts } from './check-facts.js';
import type { Text } from './domain/text.js';

export type CheckStatus = 'ok' | 'warn' | 'fail';

/** One line of `doctor`. `todo` is null when all is well. */
export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found: versions, settings, names; never a secret. */
  readonly found: string;
  readonly todo: Text | null;
  /** A start in production is refused, not only warned about. */
  readonly refusesStart: boolean;
}

/** What one check found. */
export type Finding = Pick<CheckResult, 'status' | 'found' | 'todo'>;

/** A row of the table of checks. */
export interface Check {
  readonly name: string;
  /** Is a failure of it reason enough not to start in production? (contract section 3) */
  readonly refusesStart: boolean;
  readonly judge: (facts: CheckFacts) => Finding;
}

export const ok = (found: string): Finding => ({ status: 'ok', found, todo: null });
export const bad = (status: 'warn' | 'fail', found: string, zh: string, en: string): Finding => ({
  status,
  found,
  todo: { zh, en },
});
export const notAsked = (why: string): Finding => bad('warn', why, '先解决上面的问题', 'mend what fails above first');

/** Clocks that differ by more than this are warned about, ms. */
export const CLOCK_MS = 2_000;
