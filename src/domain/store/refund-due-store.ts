import { mayHavePaid, REFUND_STATES, type RefundState } from '../refund/machine.js';
import type { Database, Sql } from './database.js';
import { AGAIN_MS } from './refund-work-store.js';

/** A decision whose turn has come. */
export interface DueRefund {
  readonly id: string;
  readonly afterSaleId: string;
}

const CALLED = REFUND_STATES.filter(mayHavePaid);
const NOT_CALLED = REFUND_STATES.filter((state) => !mayHavePaid(state));

/** The shops that have decisions due: one step in the index a shop, however much each has. */
export async function shopsWithRefunds(sql: Pick<Sql, 'rows'>, now: Date): Promise<string[]> {
  const rows = await sql.rows<{ shopId: string }>(
    `SELECT shop_id AS shopId, MIN(next_at) AS at FROM refund_action FORCE INDEX (refund_due)
     WHERE next_at <= ? GROUP BY shop_id`,
    [now],
  );
  return rows.map(({ shopId }) => shopId);
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
    const due = (states: readonly RefundState[], most: number) =>
      tx.rows<DueRefund>(
        `SELECT id, after_sale_id AS afterSaleId FROM refund_action FORCE INDEX (refund_due)
         WHERE shop_id = ? AND next_at <= ? AND state IN (?) ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED`,
        [shopId, now, [...states], most],
      );
    const called = await due(CALLED, Math.ceil(limit / 2));
    const taken = [...called, ...(await due(NOT_CALLED, limit - called.length))];
    if (taken.length === 0) return taken;
    const again = new Date(now.getTime() + AGAIN_MS);
    await tx.run('UPDATE refund_action SET next_at = ? WHERE id IN (?)', [again, taken.map(({ id }) => id)]);
    return taken;
  });
}
