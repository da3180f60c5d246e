import type { Sql } from './database.js';
import type { ParcelItem } from './request-store.js';

/**
 * What travels in a parcel for one after-sale, as its newest request says; lines of one SKU are one. What is in the warehouse's
 * books already was compared with what was said until then: it stays so.
 */
export async function setParcelLines(
  tx: Sql,
  parcelId: string,
  afterSaleId: string,
  items: readonly ParcelItem[],
): Promise<void> {
  const received = await tx.rows(`SELECT 1 FROM expected_return WHERE parcel_id = ? AND state = 'received'`, [
    parcelId,
  ]);
  if (received.length > 0) return;
  const lines = new Map<string, ParcelItem>();
  for (const item of items) {
    const before = lines.get(item.sku);
    const paidFen = before ? sum(before.paidFen, item.paidFen) : item.paidFen;
    lines.set(item.sku, { ...item, quantity: item.quantity + (before?.quantity ?? 0), paidFen });
  }
  await tx.run('DELETE FROM parcel_line WHERE parcel_id = ? AND after_sale_id = ?', [parcelId, afterSaleId]);
  if (lines.size === 0) return;
  await tx.run('INSERT INTO parcel_line (parcel_id, after_sale_id, sku, name, quantity, paid_fen) VALUES ?', [
    [...lines.values()].map((line) => [
      parcelId,
      afterSaleId,
      line.sku,
      line.name,
      line.quantity,
      line.paidFen ?? null,
    ]),
  ]);
}

/** An amount that is not known makes the sum unknown, never smaller. */
const sum = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b);
