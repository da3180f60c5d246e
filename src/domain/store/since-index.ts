import type { Sql } from './database.js';

/** Tables whose rows are only ever added, so that their ids grow with their times; their times have no index. */
const TABLES = { transition: 'at', audit: 'at' } as const;

/** Rows of side-by-side transactions may stand a little out of order; ms. */
const SLACK_MS = 60_000;

/**
 * An id before which no row of `table` is as young as `since`: found by halving, some twenty reads of one row each, where
 * a condition on the time alone would read the whole history. Callers still compare the time.
 */
export async function firstIdSince(sql: Sql, table: keyof typeof TABLES, since: Date): Promise<number> {
  const column = TABLES[table];
  const limit = since.getTime() - SLACK_MS;
  const ends = await sql.rows<{ low: number | null; high: number | null }>(
    `SELECT MIN(id) AS low, MAX(id) AS high FROM ${table}`,
  );
  let low = ends[0]?.low ?? 0;
  let high = (ends[0]?.high ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const rows = await sql.rows<{ at: Date }>(
      `SELECT ${column} AS at FROM ${table} WHERE id >= ? ORDER BY id LIMIT 1`,
      [middle],
    );
    const at = rows[0]?.at.getTime() ?? Number.POSITIVE_INFINITY;
    if (at >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
