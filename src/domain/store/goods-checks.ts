import type { Invariant } from '../invariants.js';
import type { SqlValue } from './database.js';

/** Whoever follows the steps has opened the return of a parcel long before, ms. */
const OPENED_WITHIN_MS = 15 * 60_000;

/** What must hold of goods that came back and of money claimed for the others, as statements that select the offenders as `subject`. */
export const GOODS_CHECKS: readonly {
  readonly invariant: Invariant;
  readonly sql: string;
  readonly values?: (now: Date) => SqlValue[];
}[] = [
  {
    invariant: 'R75_used_twice',
    sql: `SELECT u.receipt_id AS subject FROM receipt_use u JOIN receipt r ON r.id = u.receipt_id
          GROUP BY u.receipt_id, u.line, r.lines_json
          HAVING CAST(COALESCE(SUM(u.quantity), 0) AS SIGNED) > CAST(COALESCE(JSON_EXTRACT(r.lines_json, CONCAT('$[', u.line, '].quantity')), 0) AS SIGNED)`,
  },
  {
    invariant: 'R75_not_exact',
    sql: `SELECT e.id AS subject FROM expected_return e WHERE e.state = 'received' AND e.compared = 1
          AND (SELECT CAST(COALESCE(SUM(u.quantity), 0) AS SIGNED) FROM receipt_use u WHERE u.parcel_id = e.parcel_id)
            <> (SELECT CAST(COALESCE(SUM(n.quantity), 0) AS SIGNED) FROM parcel_line n JOIN parcel_after_sale l ON l.parcel_id = n.parcel_id
                AND l.after_sale_id = n.after_sale_id AND l.dropped_at IS NULL WHERE n.parcel_id = e.parcel_id)`,
  },
  {
    // Only since returns are followed at all: what was accepted before had ended before anybody asked.
    invariant: 'R75_unexpected',
    sql: `SELECT i.id AS subject FROM intercept i LEFT JOIN expected_return e ON e.parcel_id = i.parcel_id
          WHERE i.state IN ('accepted', 'intercepted', 'returned') AND e.id IS NULL AND i.accepted_at < ?
            AND i.accepted_at > (SELECT MIN(created_at) FROM expected_return)`,
    values: (now) => [new Date(now.getTime() - OPENED_WITHIN_MS)],
  },
  {
    invariant: 'R33_payments',
    sql: `SELECT c.id AS subject FROM claim c LEFT JOIN claim_entry e ON e.claim_id = c.id GROUP BY c.id, c.paid_fen
          HAVING CAST(COALESCE(SUM(CASE e.kind WHEN 'payment' THEN e.amount_fen WHEN 'reversal' THEN -e.amount_fen END), 0) AS SIGNED) <> c.paid_fen`,
  },
  {
    invariant: 'R33_paid_in_full',
    sql: `SELECT id AS subject FROM claim WHERE paid_fen > accepted_fen OR (state = 'paid' AND paid_fen < accepted_fen)`,
  },
  {
    invariant: 'R33_amount',
    sql: `SELECT id AS subject FROM claim WHERE amount_fen > value_fen`,
  },
];
