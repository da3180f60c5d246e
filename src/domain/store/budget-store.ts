import { chinaDayStart } from '../china-time.js';
import { isLimited, leavesRoom } from '../policy/budget.js';
import type { PolicySettings } from '../settings/settings.js';
import type { Sql } from './database.js';

const HOUR_MS = 3_600_000;

/** Is what this policy lets go counted at all? */
export function isBudgeted({ budget }: PolicySettings): boolean {
  return isLimited(budget);
}

/**
 * Does the policy still allow another intercept? Counted over what was let go under it: the last hour's and the day's
 * number, and the same in fees at the tariffs (Asia/Shanghai). Decisions made at the same moment may overshoot by as many
 * as run at once.
 */
export async function budgetLeft(tx: Sql, policy: PolicySettings, ownId: string, now: Date): Promise<boolean> {
  if (!isBudgeted(policy)) return true;
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const day = chinaDayStart(now);
  const values = [hourAgo, day, policy.id, day < hourAgo ? day : hourAgo, ownId];
  const counts = await tx.rows<{ hourCount: number; dayCount: number }>(
    `SELECT CAST(COALESCE(SUM(i.queued_at > ?), 0) AS SIGNED) AS hourCount, CAST(COALESCE(SUM(i.queued_at >= ?), 0) AS SIGNED) AS dayCount
     FROM intercept i WHERE i.policy_id = ? AND i.queued_at >= ? AND i.state <> 'held' AND i.id <> ?`,
    values,
  );
  const { perDayFen, perHourFen = null } = policy.budget;
  const fees =
    perDayFen === null && perHourFen === null
      ? []
      : await tx.rows<{ hourFen: number; dayFen: number }>(
          `SELECT CAST(COALESCE(SUM(IF(f.queued_at > ?, f.fee, 0)), 0) AS SIGNED) AS hourFen,
             CAST(COALESCE(SUM(IF(f.queued_at >= ?, f.fee, 0)), 0) AS SIGNED) AS dayFen
           FROM (SELECT i.queued_at, (SELECT t.fee_fen FROM tariff t WHERE t.carrier = i.carrier AND t.valid_from <= DATE(i.queued_at + INTERVAL 8 HOUR)
                   ORDER BY t.conditions = '' DESC, t.valid_from DESC, t.fee_fen DESC LIMIT 1) AS fee
                 FROM intercept i WHERE i.policy_id = ? AND i.queued_at >= ? AND i.state <> 'held' AND i.id <> ?) f`,
          values,
        );
  const { hourCount = 0, dayCount = 0 } = counts[0] ?? {};
  const { hourFen = 0, dayFen = 0 } = fees[0] ?? {};
  return leavesRoom(policy.budget, { hourCount, dayCount, hourFen, dayFen });
}
