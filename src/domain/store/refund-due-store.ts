import { mayHavePaid, REFUND_STATES, type RefundState } from '../refund/machine.js';
import type { Database, Sql } from './database.js';
import { AGAIN_MS, type DueRefund } from './refund-work-store.js';

/** The shops that have decisions due: a step in the index for each state of a shop, however much there is of it. */
export async function shopsWithRefunds(sql: Pick<Sql, 'rows'>, now: Date): Promise<string[]> {
  const rows = await sql.rows<{ shopId: string }>(
    `SELECT shop_id AS shopId, MIN(next_at) AS at FROM refund_action FORCE INDEX (refund_due)
     WHERE next_at <= ? GROUP BY shop_id, state`,
    [now],
  );
  return [...new Set(rows.map(({ shopId }) => shopId))];
}

/**
 * Takes decisions of a shop that are due, so that no other process turns them as well: half of the places for those whose call
 * was made, which are read back, then those that wait, the longest overdue first. When more is due than the shop's budget
 * allows, what may have been paid is proved all the same, and does not become a person's unasked. Each is due again by itself
 * should its turn fail or this process die.
 */
export function takeDueRefunds(
  db: Pick<Database, 'transaction'>,
  shopId: string,
  limit: number,
  now: Date,
): Promise<DueRefund[]> {
  return db.transaction(async (tx) => {
    const chosen = await nextDue(tx, shopId, limit, now);
    if (chosen.length === 0) return [];
    const locked = await tx.rows<{ id: string }>(
      'SELECT id FROM refund_action FORCE INDEX (PRIMARY) WHERE id IN (?) AND next_at <= ? FOR UPDATE SKIP LOCKED',
      [chosen.map(({ id }) => id), now],
    );
    const mine = new Set(locked.map(({ id }) => id));
    if (mine.size === 0) return [];
    const again = new Date(now.getTime() + AGAIN_MS);
    await tx.run('UPDATE refund_action SET next_at = ? WHERE id IN (?)', [again, [...mine]]);
    return chosen.filter(({ id }) => mine.has(id));
  });
}

/** What is next at a shop, chosen without a lock: as many rows of each state are read as there are places. */
async function nextDue(tx: Sql, shopId: string, limit: number, now: Date): Promise<DueRefund[]> {
  const ofState = `(SELECT id, after_sale_id AS afterSaleId, state, next_at AS nextAt FROM refund_action FORCE INDEX (refund_due)
    WHERE shop_id = ? AND state = ? AND next_at <= ? ORDER BY next_at LIMIT ?)`;
  const rows = await tx.rows<DueRefund & { state: RefundState; nextAt: Date }>(
    REFUND_STATES.map(() => ofState).join(' UNION ALL '),
    REFUND_STATES.flatMap((state) => [shopId, state, now, limit]),
  );
  const due = rows.sort((a, b) => +a.nextAt - +b.nextAt);
  const called = due.filter(({ state }) => mayHavePaid(state)).slice(0, Math.ceil(limit / 2));
  const others = due.filter(({ state }) => !mayHavePaid(state)).slice(0, limit - called.length);
  return [...called, ...others];
}
