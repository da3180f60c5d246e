import type { Database } from '../../src/domain/store/database.js';
import { lockRefundsOf, moveRefund, openRefund } from '../../src/domain/store/refund-store.js';

/** A refund of 89.00 that waits for a person, for the first after-sale of this intercept's parcel; its id. */
export async function aRefundToApprove(db: Database, interceptId: string): Promise<string> {
  const [link] = await db.rows<{ afterSaleId: string; shopId: string; platform: string }>(
    `SELECT a.id AS afterSaleId, a.shop_id AS shopId, a.platform FROM intercept i
     JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id JOIN after_sale a ON a.id = l.after_sale_id
     WHERE i.id = ? ORDER BY a.id LIMIT 1`,
    [interceptId],
  );
  if (!link) throw new Error(`${interceptId} has no after-sale`);
  return db.transaction(async (tx) => {
    const now = new Date();
    const fresh = { ...link, operation: 'agree', interceptId, orderId: null, amountFen: 8_900 } as const;
    await openRefund(tx, { ...fresh, reason: 'refund_waits' }, 'system', now);
    const [row] = await lockRefundsOf(tx, link.afterSaleId);
    if (!row) throw new Error('the refund is not there');
    const take = { event: 'hand_over', reason: 'refund_approval', actor: 'system' } as const;
    if (row.state === 'waiting') await moveRefund(tx, row, take, now);
    return row.id;
  });
}
