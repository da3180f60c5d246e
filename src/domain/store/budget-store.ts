import { chinaDayStart } from '../china-time.js';
import { isLimited, leavesRoom, type Spent } from '../policy/budget.js';
import type { PolicySettings } from '../settings/settings.js';
import type { Sql } from './database.js';

const HOUR_MS = 3_600_000;

/** Is what this policy lets go counted at all? */
export function isBudgeted({ budget }: PolicySettings): boolean {
  return isLimited(budget);
}

/**
 * Does the policy still allow another intercept? Counted over what was let go under it: the last hour's and the day's
 * number, and the same in
 * fees at the prices they were let go at (Asia/Shanghai). Decisions made at the same moment may overshoot by as many
 * as run at once.
 */
export async function budgetLeft(tx: Sql, policy: PolicySettings, ownId: string, now: Date): Promise<boolean> {
  if (!isBudgeted(policy)) return true;
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const day = chinaDayStart(now);
  const [spent] = await tx.rows<Spent>(
    `SELECT CAST(COALESCE(SUM(i.queued_at > ?), 0) AS SIGNED) AS hourCount,
       CAST(COALESCE(SUM(i.queued_at >= ?), 0) AS SIGNED) AS dayCount,
       CAST(COALESCE(SUM(IF(i.queued_at > ?, i.price_fen, 0)), 0) AS SIGNED) AS hourFen,
       CAST(COALESCE(SUM(IF(i.queued_at >= ?, i.price_fen, 0)), 0) AS SIGNED) AS dayFen
     FROM intercept i WHERE i.policy_id = ? AND i.queued_at >= ? AND i.state <> 'held' AND i.id <> ?`,
    [hourAgo, day, hourAgo, day, policy.id, day < hourAgo ? day : hourAgo, ownId],
  );
  return leavesRoom(policy.budget, spent ?? { hourCount: 0, dayCount: 0, hourFen: 0, dayFen: 0 });
}
