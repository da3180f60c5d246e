import type { Database } from './database.js';
import { ensureParcels } from './parcel-link-store.js';
import { setContents } from './parcel-store.js';

/** A complete list of what a parcel holds, from whoever packed it (R62). Each order's refund is read from its after-sales. */
export function takeContents(
  db: Database,
  parcel: { readonly carrier: string; readonly waybillNo: string },
  orders: readonly { readonly shopId: string; readonly orderId: string; readonly paidFen: number }[],
  now: Date,
): Promise<void> {
  return db.transaction(async (tx) => {
    const [id = ''] = await ensureParcels(tx, [{ ...parcel, mapped: true, rawCarrier: parcel.carrier }], now, now);
    await setContents(
      tx,
      id,
      orders.map((order) => ({ ...order, refund: 'none' as const })),
      now,
    );
  });
}
