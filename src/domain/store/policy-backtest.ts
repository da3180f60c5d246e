import { type Backtest, PolicyComparison } from '../policy/backtest.js';
import type { PolicySettings, TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { type DecisionFilter, type DecisionsRead, eachDecision } from './decision-reader.js';

export interface PolicyPair {
  readonly today: PolicySettings;
  readonly draft: PolicySettings;
  readonly tariffs: readonly TariffRow[];
}

export type BacktestRead = Backtest & DecisionsRead & Pick<DecisionFilter, 'since' | 'until'>;

/** What a draft would have done with the decisions made under today's policy, beside what today's would do. Reads only. */
export async function backtestPolicy(
  sql: Sql,
  { today, draft, tariffs }: PolicyPair,
  period: Omit<DecisionFilter, 'policyId'>,
): Promise<BacktestRead> {
  const comparison = new PolicyComparison(today, draft);
  const read = await eachDecision(sql, { ...period, policyId: today.id }, tariffs, (one) => comparison.add(one));
  return { ...comparison.result(), ...read, since: period.since, until: period.until };
}
