import { newId, sha256 } from '../ids.js';
import type { BookedLine } from '../returns/match.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import type { JudgeEnv } from './judgement.js';
import { settleReturns } from './return-settle-store.js';

/** What the warehouse booked (contract section 5). `receiptId` is its own number, unique for ever. */
export interface ReceiptBooking {
  readonly receiptId: string;
  readonly waybillNo: string;
  readonly bookedAt: Date;
  readonly lines: readonly BookedLine[];
}

export interface Booker {
  readonly actor: string;
  /** The shops whose parcels this may be; null: all. */
  readonly shops: readonly string[] | null;
}

/** `booked` now · `repeated`: the same booking is there · `changed`: another one is there under this number. */
export type BookingResult = 'booked' | 'repeated' | 'changed';

/**
 * The one parcel that comes back under this number, its own or a new one, and was asked to be turned around; null: none of
 * these shops, or several, and nobody guesses (two couriers may use the same digits, R66).
 */
async function ownerOf(sql: Sql, waybillNo: string, shops: readonly string[] | null): Promise<string | null> {
  const forms = [...new Set([waybillNo, waybillNo.toUpperCase()])];
  const rows = await sql.rows<{ parcelId: string; shopId: string }>(
    `SELECT DISTINCT i.parcel_id AS parcelId, a.shop_id AS shopId FROM (
       SELECT p.id FROM parcel p WHERE p.waybill_no IN (?)
       UNION SELECT n.parcel_id FROM return_number n WHERE n.waybill_no IN (?)) found
     JOIN intercept i ON i.parcel_id = found.id
     JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id JOIN after_sale a ON a.id = l.after_sale_id`,
    [forms, forms],
  );
  const mine = rows.filter(({ shopId }) => shops === null || shops.includes(shopId));
  const parcels = [...new Set(mine.map(({ parcelId }) => parcelId))];
  return parcels.length === 1 ? (parcels[0] ?? null) : null;
}

/**
 * Takes one booking in and draws what follows from it, in one transaction; booked twice is booked once. What belongs to no
 * parcel that is known yet is kept, and found again when one is.
 */
export function bookReceipt(
  db: Database,
  env: JudgeEnv,
  booking: ReceiptBooking,
  by: Booker,
  now: Date,
): Promise<BookingResult> {
  const { receiptId, waybillNo, bookedAt, lines } = booking;
  const hash = sha256(JSON.stringify([waybillNo, bookedAt.toISOString(), lines]));
  return db.transaction(async (tx) => {
    const id = newId();
    await tx.run(
      `INSERT INTO receipt (id, receipt_id, waybill_no, lines_json, booked_at, created_at, shops, booked_by, body_hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE receipt_id = VALUES(receipt_id)`,
      [
        id,
        receiptId,
        waybillNo,
        JSON.stringify(lines),
        bookedAt,
        now,
        by.shops === null ? null : JSON.stringify(by.shops),
        by.actor,
        hash,
      ],
    );
    const there = await tx.rows<{ id: string; hash: string }>(
      'SELECT id, body_hash AS hash FROM receipt WHERE receipt_id = ?',
      [receiptId],
    );
    if (there[0]?.id !== id) return there[0]?.hash === hash ? 'repeated' : 'changed';
    const parcelId = await ownerOf(tx, waybillNo, by.shops);
    const detail = { waybillNo, lines, parcelId };
    await appendAudit(tx, { at: now, actor: by.actor, action: 'receipt_booked', subject: receiptId, detail });
    if (parcelId !== null) {
      await tx.run('UPDATE receipt SET parcel_id = ? WHERE id = ?', [parcelId, id]);
      await settleReturns(tx, env, parcelId, now);
    }
    return 'booked';
  });
}

/** Bookings that belonged to no parcel and whose number one of these now has. Returns the parcels that got some. */
export async function claimLooseReceipts(sql: Sql, waybills: readonly string[]): Promise<string[]> {
  if (waybills.length === 0) return [];
  const loose = await sql.rows<{ id: string; waybillNo: string; shops: string | null }>(
    'SELECT id, waybill_no AS waybillNo, shops FROM receipt WHERE parcel_id IS NULL AND waybill_no IN (?)',
    [waybills],
  );
  const found = new Set<string>();
  for (const { id, waybillNo, shops } of loose) {
    const parcelId = await ownerOf(sql, waybillNo, shops === null ? null : (JSON.parse(shops) as string[]));
    if (parcelId === null) continue;
    await sql.run('UPDATE receipt SET parcel_id = ? WHERE id = ? AND parcel_id IS NULL', [parcelId, id]);
    found.add(parcelId);
  }
  return [...found];
}
