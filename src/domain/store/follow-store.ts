import type { Database } from './database.js';

/** Who follows the steps of intercepts and must miss none. */
export type FollowerName = 'refunds' | 'returns';

/** A transaction that is older than this has committed or failed, ms: what it wrote is seen. */
const SETTLED_MS = 60_000;

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

/**
 * Numbers are given before their transactions commit, so a lower one may show up after a higher one was read. The cursor
 * therefore stays behind everything that may still commit, and what lies after it is read again.
 */
export async function settleFollowCursor(db: Database, name: FollowerName, from: number, now: Date): Promise<void> {
  const settled = await db.rows<{ id: number }>(
    'SELECT id FROM transition WHERE id > ? AND at < ? ORDER BY id DESC LIMIT 1',
    [from, new Date(now.getTime() - SETTLED_MS)],
  );
  const last = settled[0]?.id;
  if (last === undefined) return;
  await db.run('UPDATE follow_cursor SET last_id = GREATEST(last_id, ?), updated_at = ? WHERE name = ?', [
    last,
    now,
    name,
  ]);
}
