import type { Sql } from './database.js';

/** What a shop without the agreement has missed so far. */
export interface SkippedUnsigned {
  readonly count: number;
  readonly lastAt: Date | null;
}

/** By shop: the intercepts that are skipped because the shop has not signed the agreement (R12). */
export async function skippedUnsigned(sql: Sql, shops: readonly string[]): Promise<Map<string, SkippedUnsigned>> {
  if (shops.length === 0) return new Map();
  const rows = await sql.rows<{ shopId: string; count: number; lastAt: Date }>(
    `SELECT shop_id AS shopId, COUNT(*) AS count, MAX(created_at) AS lastAt FROM intercept
     WHERE shop_id IN (?) AND state = 'skipped' AND reason = 'agreement_not_signed' GROUP BY shop_id`,
    [shops],
  );
  return new Map(rows.map(({ shopId, count, lastAt }) => [shopId, { count: Number(count), lastAt }]));
}
