import { slownessAt } from '../intercept/lane-rate.js';
import type { Sql } from './database.js';

/** How many times slower than its limit each slowed lane goes at this moment; lanes at their full rate are left out. */
export async function slownessNow(sql: Sql, now: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ id: string; slow: number; slowedAt: Date | null }>(
    'SELECT id, slow, slowed_at AS slowedAt FROM lane WHERE slow > 1',
  );
  return new Map(rows.map(({ id, slow, slowedAt }) => [id, slownessAt(slow, slowedAt?.getTime() ?? 0, now.getTime())]));
}

/** What a lane's limiter says of itself, so that everybody reckons with the same rate. */
export async function noteSlowness(sql: Sql, laneId: string, slow: number, slowedAt: Date): Promise<void> {
  await sql.run('UPDATE lane SET slow = ?, slowed_at = ? WHERE id = ? AND (slowed_at IS NULL OR slowed_at < ?)', [
    slow,
    slowedAt,
    laneId,
    slowedAt,
  ]);
}
