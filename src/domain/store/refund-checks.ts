import type { Invariant } from '../invariants.js';
import type { SqlValue } from './database.js';

const FACT = (name: string) => `JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.${name}.value'))`;
const PAID = `refund_action r JOIN after_sale a ON a.id = r.after_sale_id WHERE r.operation = 'agree'`;
/** A claim is over when it is known that nothing left, or that the platform did nothing. */
const ENDS = `('not_sent', 'refuse')`;

/** What must hold of money that was agreed (R73), as statements that select the offenders as `subject`. */
export const REFUND_CHECKS: readonly {
  readonly invariant: Invariant;
  readonly sql: string;
  readonly values?: (now: Date) => SqlValue[];
}[] = [
  {
    // Over all triggers and rows of one after-sale at its platform: a claim that was not proved undone may have paid.
    invariant: 'R73_paid_twice',
    sql: `SELECT CONCAT(a.platform, '/', a.shop_id, '/', a.after_sale_id) AS subject
          FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id
            JOIN refund_step s ON s.refund_id = r.id AND (s.event = 'claim' OR s.event IN ${ENDS})
          WHERE r.operation = 'agree' GROUP BY a.platform, a.shop_id, a.after_sale_id
          HAVING CAST(SUM(IF(s.event = 'claim', 1, -1)) AS SIGNED) > 1`,
  },
  {
    invariant: 'R73_not_owed',
    sql: `SELECT r.id AS subject FROM ${PAID} AND r.state = 'confirmed' AND ${FACT('status')} IN ('closed', 'refused')`,
  },
  {
    invariant: 'R73_amount',
    sql: `SELECT r.id AS subject FROM ${PAID} AND r.state = 'confirmed'
          AND CAST(${FACT('refundAmountFen')} AS SIGNED) <> r.amount_fen`,
  },
  {
    invariant: 'R73_unfollowed',
    sql: `SELECT r.id AS subject FROM refund_action r WHERE r.state IN ('started', 'acknowledged', 'unknown')
          AND (r.next_at IS NULL OR r.next_at < ?)`,
    values: (now) => [new Date(now.getTime() - 15 * 60_000)],
  },
];
