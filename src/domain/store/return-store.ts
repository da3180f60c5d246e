import { grouped } from '../grouped.js';
import { newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import type { EventType } from '../notify/events.js';
import type { BookedLine, GoodsLine, Slip } from '../returns/match.js';
import { type ReturnState, returnStateOf } from '../returns/states.js';
import type { Sql } from './database.js';
import { tell } from './outbox-store.js';

/** The way back of one parcel, as the database holds it. */
export interface ReturnRow {
  readonly id: string;
  readonly parcelId: string;
  readonly interceptId: string;
  readonly state: ReturnState;
  /** When the stop took; null: it has not yet. */
  readonly stoppedAt: Date | null;
  readonly version: number;
}

const COLUMNS = `e.id, e.parcel_id AS parcelId, e.intercept_id AS interceptId, e.state, e.stopped_at AS stoppedAt,
  e.version`;

/** The returns of these parcels by parcel, locked. Whoever writes them holds the parcels' locks. */
export async function lockReturns(tx: Sql, parcelIds: readonly string[]): Promise<Map<string, ReturnRow>> {
  const rows = await tx.rows<ReturnRow>(
    `SELECT ${COLUMNS} FROM expected_return e WHERE e.parcel_id IN (?) ORDER BY e.parcel_id FOR UPDATE`,
    [parcelIds],
  );
  return new Map(rows.map((row) => [row.parcelId, row]));
}

/** The return of one id with its parcel; null: there is none. */
export async function findReturn(sql: Sql, id: string): Promise<ReturnRow | null> {
  const rows = await sql.rows<ReturnRow>(`SELECT ${COLUMNS} FROM expected_return e WHERE e.id = ?`, [id]);
  return rows[0] ?? null;
}

/** What is expected back in a parcel, over all after-sales that travel in it. */
export async function expectedLines(
  sql: Sql,
  parcelIds: readonly string[],
): Promise<Map<string, (GoodsLine & { readonly paidFen: number | null; readonly name: string })[]>> {
  const rows = await sql.rows<GoodsLine & { parcelId: string; paidFen: number | null; name: string }>(
    `SELECT n.parcel_id AS parcelId, n.sku, n.name, n.quantity, n.paid_fen AS paidFen FROM parcel_line n
     JOIN parcel_after_sale l ON l.parcel_id = n.parcel_id AND l.after_sale_id = n.after_sale_id AND l.dropped_at IS NULL
     WHERE n.parcel_id IN (?) ORDER BY n.sku, n.after_sale_id`,
    [parcelIds],
  );
  return grouped(rows, (row) => row.parcelId);
}

/** A parcel that may come back from now on. */
export interface NewReturn {
  readonly parcelId: string;
  readonly interceptId: string;
  readonly shopId: string;
  readonly stoppedAt: Date | null;
  readonly dueAt: Date | null;
  readonly since: Date;
}

/** Opens returns; those that are there stay as they are. Returns the parcels whose return is new. */
export async function openReturns(tx: Sql, wanted: readonly NewReturn[], now: Date): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const known = await tx.rows<{ parcelId: string }>(
    'SELECT parcel_id AS parcelId FROM expected_return WHERE parcel_id IN (?)',
    [wanted.map(({ parcelId }) => parcelId)],
  );
  const fresh = wanted.filter(({ parcelId }) => !known.some((row) => row.parcelId === parcelId));
  if (fresh.length === 0) return new Set();
  await tx.run(
    `INSERT INTO expected_return (id, parcel_id, intercept_id, shop_id, stopped_at, due_at, created_at, updated_at) VALUES ?
     ON DUPLICATE KEY UPDATE parcel_id = VALUES(parcel_id)`,
    [
      fresh.map((one) => [
        newId(),
        one.parcelId,
        one.interceptId,
        one.shopId,
        one.stoppedAt,
        one.dueAt,
        one.since,
        now,
      ]),
    ],
  );
  return new Set(fresh.map(({ parcelId }) => parcelId));
}

/** Tells outsiders of a return (contract section 7). `subject` is its intercept. */
export function tellReturn(
  tx: Sql,
  type: Extract<EventType, `return.${string}`>,
  intercept: Pick<Intercept, 'id' | 'shopId' | 'carrier' | 'waybillNo'>,
  more: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const { id, shopId, carrier, waybillNo } = intercept;
  return tell(tx, { type, subjectId: id, data: { interceptId: id, shopId, carrier, waybillNo, ...more } }, now);
}

/** Somebody else moved the return first; its parcel's lock should have kept him out. */
class StaleReturn extends Error {
  override readonly name = 'StaleReturn';
}

/** The one writer of a return's state: compare-and-set on its version. */
export async function writeReturn(
  tx: Sql,
  row: ReturnRow,
  to: ReturnState,
  more: { readonly compared?: boolean; readonly booked?: boolean; readonly note?: string | null },
  now: Date,
): Promise<void> {
  const affected = await tx.run(
    `UPDATE expected_return SET state = ?, compared = COALESCE(?, compared), booked_at = IF(?, ?, booked_at),
       note = COALESCE(?, note), version = version + 1, updated_at = ? WHERE id = ? AND version = ?`,
    [to, more.compared ?? null, more.booked === true, now, more.note ?? null, now, row.id, row.version],
  );
  if (affected !== 1) throw new StaleReturn(`return ${row.id} is no longer v${row.version}`);
}

/** Where the road alone puts a return of which nothing is booked. */
export function byRoad(row: ReturnRow, intercept: Pick<Intercept, 'state' | 'reason'>): ReturnState {
  return row.state === 'expected' || row.state === 'off' ? returnStateOf(row.state, 'waiting', intercept) : row.state;
}

/** Every booking under a number of these parcels, the oldest first. */
export async function slipsOf(sql: Sql, parcelIds: readonly string[]): Promise<Slip[]> {
  const rows = await sql.rows<Omit<Slip, 'lines'> & { linesJson: string }>(
    'SELECT id, parcel_id AS parcelId, lines_json AS linesJson FROM receipt WHERE parcel_id IN (?) ORDER BY id',
    [parcelIds],
  );
  return rows.map(({ linesJson, ...slip }) => ({ ...slip, lines: JSON.parse(linesJson) as BookedLine[] }));
}
