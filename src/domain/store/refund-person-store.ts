import { currentFacts } from '../aftersale/merge.js';
import { lockAfterSaleById } from './after-sale-store.js';
import { appendAudit } from './audit-store.js';
import type { Database } from './database.js';
import { lockRefundsOf, moveRefund, type RefundRow } from './refund-store.js';

/** What a person may do about a refund: have it agreed now, or say that it was settled at the platform. */
export const REFUND_STEPS = ['approve', 'done'] as const;
export type RefundPersonStep = (typeof REFUND_STEPS)[number];

/** Why a person's step was refused. `refund_sent`: it may have been paid already; `amount_unknown`: nothing exact to agree. */
export type RefundRefusal = 'not_found' | 'refund_sent' | 'refund_ended' | 'amount_unknown';

export interface RefundOrderOfPerson {
  readonly id: string;
  readonly step: RefundPersonStep;
  readonly actor: string;
  readonly note: string | null;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
}

/** Why this step may not be taken; null: it may. A refund whose call may have left is read back, never sent again. */
function refusalOf(row: RefundRow, step: RefundPersonStep): Exclude<RefundRefusal, 'not_found'> | null {
  if (row.state === 'confirmed' || row.state === 'dropped') return 'refund_ended';
  if (row.state === 'asked') return step === 'approve' && row.calledAt !== null ? 'refund_sent' : null;
  return row.state === 'waiting' && step === 'approve' ? null : 'refund_sent';
}

/**
 * Takes a person's step with its entry in the audit. An approval is of the amount that the after-sale asks for now: should
 * it change before the money moves, it is nobody's approval any more.
 */
export function takeRefundStep(
  db: Database,
  order: RefundOrderOfPerson,
  now: Date,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: RefundRefusal }> {
  return db.transaction(async (tx) => {
    const no = (why: RefundRefusal) => ({ ok: false, why }) as const;
    const found = await tx.rows<{ afterSaleId: string; shopId: string }>(
      'SELECT after_sale_id AS afterSaleId, shop_id AS shopId FROM refund_action WHERE id = ?',
      [order.id],
    );
    const seen = found[0];
    if (!seen || (order.shops !== null && !order.shops.includes(seen.shopId))) return no('not_found');
    const afterSale = await lockAfterSaleById(tx, seen.afterSaleId);
    const row = (await lockRefundsOf(tx, seen.afterSaleId)).find(({ id }) => id === order.id);
    if (!afterSale || !row) return no('not_found');
    const refused = refusalOf(row, order.step);
    if (refused) return no(refused);
    const { refundAmountFen = null } = currentFacts(afterSale.facts);
    if (order.step === 'approve' && refundAmountFen === null) return no('amount_unknown');
    const { actor, note } = order;
    if (order.step === 'approve') {
      const changes = { approved_fen: refundAmountFen, approved_by: actor, amount_fen: refundAmountFen, next_at: now };
      await moveRefund(tx, row, { event: 'approve', reason: 'refund_approved', actor, note }, now, changes);
    } else {
      await moveRefund(tx, row, { event: 'done_by_hand', reason: 'refund_done_by_hand', actor, note }, now);
    }
    const detail = { afterSale: afterSale.afterSaleId, operation: row.operation, amountFen: refundAmountFen, note };
    await appendAudit(tx, { at: now, actor, action: `refund.${order.step}`, subject: row.id, detail });
    return { ok: true };
  });
}
