import { chinaDayStart } from '../china-time.js';
import type { PolicySettings } from '../settings/settings.js';
import type { Sql } from './database.js';

const HOUR_MS = 3_600_000;

/** Is what this policy lets go counted at all? */
export function isBudgeted({ budget }: PolicySettings): boolean {
  return budget.perHourCount !== null || budget.perDayFen !== null;
}

/**
 * Does the policy still allow another intercept? Counted over what was let go under it: the last hour's number, and the
 * day's fees at the tariffs (Asia/Shanghai). Decisions made at the same moment may overshoot by as many as run at once.
 */
export async function budgetLeft(tx: Sql, policy: PolicySettings, ownId: string, now: Date): Promise<boolean> {
  const { perDayFen, perHourCount } = policy.budget;
  if (perHourCount !== null) {
    const rows = await tx.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM intercept WHERE policy_id = ? AND queued_at > ? AND state <> 'held' AND id <> ?",
      [policy.id, new Date(now.getTime() - HOUR_MS), ownId],
    );
    if ((rows[0]?.n ?? 0) >= perHourCount) return false;
  }
  if (perDayFen !== null) {
    const rows = await tx.rows<{ fen: number }>(
      `SELECT CAST(COALESCE(SUM((SELECT t.fee_fen FROM tariff t WHERE t.carrier = i.carrier AND t.valid_from <= DATE(i.queued_at + INTERVAL 8 HOUR)
         ORDER BY t.conditions = '' DESC, t.valid_from DESC, t.fee_fen DESC LIMIT 1)), 0) AS SIGNED) AS fen
       FROM intercept i WHERE i.policy_id = ? AND i.queued_at >= ? AND i.state <> 'held' AND i.id <> ?`,
      [policy.id, chinaDayStart(now), ownId],
    );
    if ((rows[0]?.fen ?? 0) >= perDayFen) return false;
  }
  return true;
}
