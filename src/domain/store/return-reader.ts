import type { InterceptState } from '../intercept/machine.js';
import type { BookedLine } from '../returns/match.js';
import { NOT_BACK, type ReturnState } from '../returns/states.js';
import type { Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { expectedLines } from './return-store.js';
import { type Page, startsWith, Where } from './where.js';

/** One parcel that comes back, or should; money in fen. */
export interface ReturnView {
  readonly id: string;
  readonly parcelId: string;
  readonly interceptId: string;
  readonly interceptState: InterceptState;
  readonly shopId: string;
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly waybillNo: string;
  readonly state: ReturnState;
  /** false: it was booked, and nobody had told us what was in it. */
  readonly compared: boolean;
  readonly valueFen: number | null;
  /** A refund of it is paid, or agreed. */
  readonly refunded: boolean;
  readonly expectedAt: Date;
  readonly stoppedAt: Date | null;
  readonly dueAt: Date | null;
  readonly bookedAt: Date | null;
  readonly note: string | null;
  readonly updatedAt: Date;
}

export interface ReturnFilter {
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly id?: string | undefined;
  readonly state?: ReturnState | undefined;
  readonly shopId?: string | undefined;
  readonly carrier?: string | undefined;
  /** Beginning of a waybill, the forward one or a new one. */
  readonly q?: string | undefined;
  /** Past its time and not back. */
  readonly overdueAt?: Date | undefined;
  /** Refunded, goods not back (R75). */
  readonly refundedNotBack?: boolean | undefined;
}

const REFUNDED = `EXISTS (SELECT 1 FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id
  WHERE l.parcel_id = e.parcel_id AND l.dropped_at IS NULL
    AND JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.status.value')) IN ('agreed', 'paid'))`;

const FROM = `FROM expected_return e JOIN intercept i ON i.id = e.intercept_id JOIN parcel p ON p.id = e.parcel_id`;

const SELECT = `SELECT e.id, e.parcel_id AS parcelId, e.intercept_id AS interceptId, i.state AS interceptState,
    e.shop_id AS shopId, i.carrier, p.raw_carrier AS rawCarrier, p.mapped, i.waybill_no AS waybillNo, e.state, e.compared,
    i.value_fen AS valueFen, ${REFUNDED} AS refunded, e.created_at AS expectedAt, e.stopped_at AS stoppedAt,
    e.due_at AS dueAt, e.booked_at AS bookedAt, e.note, e.updated_at AS updatedAt ${FROM}`;

type RawView = Omit<ReturnView, 'mapped' | 'compared' | 'refunded'> &
  Record<'mapped' | 'compared' | 'refunded', number>;

/**
 * Shops whose warehouse books what comes back. Of their parcels the courier's word "returned" ends no wait; of those of a shop
 * that never booked anything it is all that will ever be known.
 */
export async function shopsThatBook(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ id: string; last: Date | null }>(
    'SELECT shop_id AS id, MAX(booked_at) AS last FROM expected_return GROUP BY shop_id',
  );
  return rows.filter(({ last }) => last !== null).map(({ id }) => id);
}

/** Not in the warehouse, by the word that counts for its shop. */
function andNotBack(where: Where, booking: readonly string[]): Where {
  return where.andIn('e.state', NOT_BACK).and(`(i.state <> 'returned' OR e.shop_id IN (?))`, [...booking, '']);
}

function matching(filter: ReturnFilter, booking: readonly string[]): Where {
  const where = andVisible(new Where(), filter.shops)
    .andIf(filter.id, 'e.id = ?')
    .andIf(filter.state, 'e.state = ?')
    .andIf(filter.shopId, 'e.shop_id = ?')
    .andIf(filter.carrier, 'i.carrier = ?');
  if (filter.q !== undefined) {
    const like = startsWith(filter.q);
    where.and(
      `(p.waybill_no LIKE ? OR p.waybill_no LIKE ?
        OR e.parcel_id IN (SELECT n.parcel_id FROM return_number n WHERE n.waybill_no LIKE ?))`,
      like,
      like.toUpperCase(),
      like,
    );
  }
  if (filter.overdueAt) andNotBack(where.and('e.due_at <= ?', filter.overdueAt), booking);
  if (filter.refundedNotBack) andNotBack(where.and(REFUNDED), booking);
  return where;
}

/** One page of returns, newest first. */
export async function listReturns(sql: Sql, filter: ReturnFilter, page: Page): Promise<ReturnView[]> {
  const where = matching(filter, await shopsThatBook(sql)).andIf(page.beforeId ?? undefined, 'e.id < ?');
  const rows = await sql.rows<RawView>(`${SELECT} ${where.sql} ORDER BY e.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
  return rows.map(({ mapped, compared, refunded, ...row }) => ({
    ...row,
    mapped: mapped === 1,
    compared: compared === 1,
    refunded: refunded === 1,
  }));
}

/** Refunded, goods not back: how many, what they are worth, and since when the oldest was to come (R75). */
export interface NotBack {
  readonly count: number;
  readonly valueFen: number;
  readonly withoutValue: number;
  readonly oldestAt: Date | null;
}

export async function refundedNotBack(sql: Sql, shops: readonly string[] | null): Promise<NotBack> {
  const where = matching({ shops, refundedNotBack: true }, await shopsThatBook(sql));
  const rows = await sql.rows<NotBack>(
    `SELECT COUNT(*) AS count, CAST(COALESCE(SUM(i.value_fen), 0) AS SIGNED) AS valueFen,
       CAST(COALESCE(SUM(i.value_fen IS NULL), 0) AS SIGNED) AS withoutValue, MIN(COALESCE(e.stopped_at, e.created_at)) AS oldestAt
     ${FROM} ${where.sql}`,
    where.values,
  );
  return rows[0] ?? { count: 0, valueFen: 0, withoutValue: 0, oldestAt: null };
}

/** A booking as it is shown; `parcelId` null: it belongs to no parcel that we know. */
export interface ReceiptView {
  readonly id: string;
  readonly receiptId: string;
  readonly waybillNo: string;
  readonly parcelId: string | null;
  readonly lines: readonly BookedLine[];
  readonly bookedAt: Date;
  readonly bookedBy: string;
  readonly createdAt: Date;
}

export interface ReceiptFilter {
  readonly shops: readonly string[] | null;
  /** Whoever asks: what he booked himself and belongs to nobody is his to see. */
  readonly actor: string;
  /** true: only those that belong to no parcel; false: only the others. */
  readonly unclaimed?: boolean | undefined;
  readonly q?: string | undefined;
}

type RawReceipt = Omit<ReceiptView, 'lines'> & { readonly linesJson: string };
const RECEIPT = `SELECT r.id, r.receipt_id AS receiptId, r.waybill_no AS waybillNo, r.parcel_id AS parcelId,
  r.lines_json AS linesJson, r.booked_at AS bookedAt, r.booked_by AS bookedBy, r.created_at AS createdAt FROM receipt r`;
const parsed = ({ linesJson, ...row }: RawReceipt): ReceiptView => ({
  ...row,
  lines: JSON.parse(linesJson) as BookedLine[],
});

/** One page of bookings, newest first. */
export async function listReceipts(sql: Sql, filter: ReceiptFilter, page: Page): Promise<ReceiptView[]> {
  const where = new Where()
    .andIf(filter.q === undefined ? undefined : startsWith(filter.q), 'r.waybill_no LIKE ?')
    .andIf(page.beforeId ?? undefined, 'r.id < ?');
  if (filter.unclaimed !== undefined) where.and(filter.unclaimed ? 'r.parcel_id IS NULL' : 'r.parcel_id IS NOT NULL');
  if (filter.shops) {
    where.and(
      `(r.booked_by = ? OR EXISTS (SELECT 1 FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id
         WHERE l.parcel_id = r.parcel_id AND a.shop_id IN (?)))`,
      filter.actor,
      [...filter.shops, ''],
    );
  }
  const rows = await sql.rows<RawReceipt>(`${RECEIPT} ${where.sql} ORDER BY r.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
  return rows.map(parsed);
}

/** Everything about one return: what was sent, what was booked, and under which numbers it may come. */
export interface ReturnDetail {
  readonly lines: readonly { readonly sku: string; readonly name: string; readonly quantity: number }[];
  readonly receipts: readonly ReceiptView[];
  readonly numbers: readonly string[];
  /** Pieces counted for it, by booking and line; a booking may be another parcel's of the batch. */
  readonly uses: readonly { readonly receiptId: string; readonly sku: string; readonly quantity: number }[];
}

export async function readReturnDetail(sql: Sql, parcelId: string): Promise<ReturnDetail> {
  const lines = (await expectedLines(sql, [parcelId])).get(parcelId) ?? [];
  const receipts = await sql.rows<RawReceipt>(
    `${RECEIPT} WHERE r.parcel_id = ? OR r.id IN (SELECT u.receipt_id FROM receipt_use u WHERE u.parcel_id = ?) ORDER BY r.id`,
    [parcelId, parcelId],
  );
  const numbers = await sql.rows<{ waybillNo: string }>(
    'SELECT waybill_no AS waybillNo FROM return_number WHERE parcel_id = ? ORDER BY created_at',
    [parcelId],
  );
  const used = await sql.rows<{ id: string; line: number; quantity: number }>(
    'SELECT receipt_id AS id, line, quantity FROM receipt_use WHERE parcel_id = ? ORDER BY receipt_id, line',
    [parcelId],
  );
  const all = receipts.map(parsed);
  const uses = used.flatMap(({ id, line, quantity }) => {
    const receipt = all.find((row) => row.id === id);
    const sku = receipt?.lines[line]?.sku;
    return receipt && sku !== undefined ? [{ receiptId: receipt.receiptId, sku, quantity }] : [];
  });
  return { lines, receipts: all, numbers: numbers.map(({ waybillNo }) => waybillNo), uses };
}
