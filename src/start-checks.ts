import type { CheckResult } from './check.js';
import type { CheckFacts } from './check-facts.js';
import { judgeFacts } from './checks.js';

export interface StartVerdict {
  /** Not empty: do not start; exit 78. */
  readonly refuse: readonly CheckResult[];
  readonly warn: readonly CheckResult[];
}

/**
 * What the checks mean for a start (contract section 3): production refuses a wrong eviction policy, a schema that does
 * not fit and secrets that are missing or do not open, and warns about the rest. The embedded mode only warns.
 */
export function startVerdict(facts: CheckFacts, embedded: boolean): StartVerdict {
  const amiss = judgeFacts(facts).filter((result) => result.status !== 'ok');
  const refuse = embedded ? [] : amiss.filter((result) => result.status === 'fail' && result.refusesStart);
  return { refuse, warn: amiss.filter((result) => !refuse.includes(result)) };
}
