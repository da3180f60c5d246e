import { byPages } from './by-pages.js';
import type { Database, Sql } from './database.js';

/** How many detail reads of each shop Redis holds. */
export async function detailsHanded(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ shopId: string; n: number }>(
    `SELECT shop_id AS shopId, COUNT(*) AS n FROM after_sale FORCE INDEX (after_sale_details)
     WHERE enrich_dispatched_at IS NOT NULL GROUP BY shop_id`,
  );
  return new Map(rows.map(({ shopId, n }) => [shopId, n]));
}

/** Shops with details to read now that are not with Redis yet: a loose scan, one step in the index a shop. */
export async function shopsWithDetails(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql.rows<{ shopId: string }>(
    `SELECT shop_id AS shopId, MIN(enrich_at) AS firstAt FROM after_sale FORCE INDEX (after_sale_details)
     WHERE enrich_dispatched_at IS NULL AND enrich_at <= ? GROUP BY enrich_dispatched_at, shop_id`,
    [now],
  );
  return rows.map((row) => row.shopId);
}

/** Takes up to `room` details of after-sales that a shop should read now, longest due first. */
export function takeDetailsForRedis(
  db: Pick<Database, 'transaction'>,
  shopId: string,
  room: number,
  now: Date,
): Promise<{ id: string; dispatch: number }[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.rows<{ id: string; dispatch: number }>(
      `SELECT id, enrich_dispatch + 1 AS dispatch FROM after_sale FORCE INDEX (after_sale_details)
       WHERE enrich_dispatched_at IS NULL AND shop_id = ? AND enrich_at <= ? ORDER BY enrich_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [shopId, now, room],
    );
    if (rows.length > 0) {
      await tx.run(
        'UPDATE after_sale SET enrich_dispatch = enrich_dispatch + 1, enrich_dispatched_at = ? WHERE id IN (?)',
        [now, rows.map((r) => r.id)],
      );
    }
    return rows;
  });
}

/** A detail read handed to Redis. */
export interface HandedDetail {
  readonly id: string;
  readonly shopId: string;
  readonly dispatch: number;
}

/** Detail reads handed over before `before` that are still owed. */
export function detailsHandedBefore(db: Database, before: Date): Promise<HandedDetail[]> {
  return db.rows(
    `SELECT id, shop_id AS shopId, enrich_dispatch AS dispatch FROM after_sale FORCE INDEX (after_sale_details)
     WHERE enrich_at IS NOT NULL AND enrich_dispatched_at <= ? LIMIT 5000`,
    [before],
  );
}

/** Takes detail reads back that have no job in Redis. Returns how many there were. */
export function takeDetailsBack(sql: Sql, rows: readonly Pick<HandedDetail, 'id' | 'dispatch'>[]): Promise<number> {
  return byPages(rows, (page) =>
    sql.run('UPDATE after_sale SET enrich_dispatched_at = NULL WHERE id IN (?) AND (id, enrich_dispatch) IN (?)', [
      page.map(({ id }) => id),
      page.map(({ id, dispatch }) => [id, dispatch]),
    ]),
  );
}
