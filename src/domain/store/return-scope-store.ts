import { lockAfterSaleById } from './after-sale-store.js';
import type { Sql } from './database.js';

/** Parcels whose goods may have been mixed up on their way back, and the after-sales that travel in them. */
export interface ReturnScope {
  readonly parcelIds: readonly string[];
  readonly afterSaleIds: readonly string[];
}

/** A batch larger than this is no order that somebody packed. */
const MOST_PARCELS = 50;

/** Parcels that one of these shares an after-sale with, or an order of the same shop. */
async function touching(sql: Sql, parcelIds: readonly string[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT DISTINCT o.parcel_id AS id FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id
     JOIN after_sale b ON b.id = a.id OR (b.order_id = a.order_id AND b.shop_id = a.shop_id)
     JOIN parcel_after_sale o ON o.after_sale_id = b.id
     WHERE l.parcel_id IN (?) ORDER BY id LIMIT ?`,
    [parcelIds, MOST_PARCELS],
  );
  return rows.map(({ id }) => id);
}

/**
 * The whole batch of a parcel: all parcels that are tied to it by after-sales and orders, however far (cases.md B3). Only
 * over the whole of it can a booked piece be counted once.
 */
export async function returnScope(sql: Sql, parcelId: string): Promise<ReturnScope> {
  let parcelIds: readonly string[] = [parcelId];
  for (;;) {
    const wider = [...new Set([...parcelIds, ...(await touching(sql, parcelIds))])];
    if (wider.length === parcelIds.length || wider.length >= MOST_PARCELS) {
      parcelIds = wider.sort();
      break;
    }
    parcelIds = wider;
  }
  const links = await sql.rows<{ id: string }>(
    'SELECT DISTINCT after_sale_id AS id FROM parcel_after_sale WHERE parcel_id IN (?) ORDER BY id',
    [parcelIds],
  );
  return { parcelIds, afterSaleIds: links.map(({ id }) => id) };
}

/** Locks the after-sales of a batch, the first of the locks (ARCHITECTURE.md), in the order of their ids. */
export async function lockScope(tx: Sql, { afterSaleIds }: ReturnScope): Promise<void> {
  for (const id of afterSaleIds) await lockAfterSaleById(tx, id);
}
