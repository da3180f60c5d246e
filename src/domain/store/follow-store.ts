import type { Database } from './database.js';

/** Who follows the steps of intercepts and must miss none. */
export type FollowerName = 'refunds' | 'returns';

/** A transaction that is older than this has committed or failed, ms: what it wrote is seen. */
const SETTLED_MS = 60_000;

/** Steps by their numbers: those after `after`, up to `upTo` and with it. */
export interface StepRange {
  readonly after: number;
  readonly upTo: number;
}

/** How far the steps were followed for certain; the first time, from now on. */
export async function followCursor(db: Database, name: FollowerName, now: Date): Promise<number> {
  const read = () => db.rows<{ lastId: number }>('SELECT last_id AS lastId FROM follow_cursor WHERE name = ?', [name]);
  const known = await read();
  if (known[0]) return known[0].lastId;
  await db.run(
    `INSERT INTO follow_cursor (name, last_id, updated_at) SELECT ?, COALESCE(MAX(id), 0), ? FROM transition
     ON DUPLICATE KEY UPDATE name = follow_cursor.name`,
    [name, now],
  );
  return (await read())[0]?.lastId ?? 0;
}

/** The numbers of the steps after this one, the first `limit` of them. */
export async function stepsAfter(db: Database, after: number, limit: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>('SELECT id FROM transition WHERE id > ? ORDER BY id LIMIT ?', [
    after,
    limit,
  ]);
  return rows.map(({ id }) => id);
}

/** The numbers of the steps within these ranges, ascending. */
export async function stepsWithin(db: Database, ranges: readonly StepRange[]): Promise<number[]> {
  if (ranges.length === 0) return [];
  const rows = await db.rows<{ id: number }>(
    `SELECT id FROM transition WHERE ${ranges.map(() => '(id > ? AND id <= ?)').join(' OR ')} ORDER BY id`,
    ranges.flatMap(({ after, upTo }) => [after, upTo]),
  );
  return rows.map(({ id }) => id);
}

/**
 * Moves the cursor to the newest step up to `upTo` before which nothing can commit any more. Returns that step's number, 0 if
 * there is none.
 */
export async function settleFollowCursor(db: Database, name: FollowerName, upTo: number, now: Date): Promise<number> {
  const settled = await db.rows<{ id: number }>(
    'SELECT id FROM transition WHERE id <= ? AND at < ? ORDER BY id DESC LIMIT 1',
    [upTo, new Date(now.getTime() - SETTLED_MS)],
  );
  const last = settled[0]?.id ?? 0;
  if (last > 0) {
    await db.run('UPDATE follow_cursor SET last_id = GREATEST(last_id, ?), updated_at = ? WHERE name = ?', [
      last,
      now,
      name,
    ]);
  }
  return last;
}
