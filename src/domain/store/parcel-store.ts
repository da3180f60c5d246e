import type { ParcelOrder } from '../eligibility/case.js';
import { grouped } from '../grouped.js';
import { newId } from '../ids.js';
import type { Freight } from '../money/tariff.js';
import { maskPhones } from '../phones.js';
import type { LookResult, Sighting } from '../tracking/sighting.js';
import type { Sql } from './database.js';

export interface ParcelRow {
  readonly id: string;
  readonly carrier: string;
  readonly waybillNo: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly valueFen: number | null;
  readonly contents: readonly ParcelOrder[];
  readonly contentsAt: Date | null;
  /** What the price of stopping it may depend on, as far as somebody has said. */
  readonly freight: Freight;
  readonly lastLookAt: Date | null;
  readonly lastLook: LookResult | null;
  /** Since when a judgement is owed; null: none is. */
  readonly judgeAt: Date | null;
  readonly createdAt: Date;
}

interface RawRow extends Omit<ParcelRow, 'mapped' | 'contents' | 'freight'> {
  readonly mapped: number;
  readonly contents: string | null;
  readonly freight: string | null;
}

const COLUMNS = `p.id, p.carrier, p.waybill_no AS waybillNo, p.raw_carrier AS rawCarrier, p.mapped,
  p.value_fen AS valueFen, p.contents, p.contents_at AS contentsAt, p.last_look_at AS lastLookAt, p.last_look AS lastLook,
  p.freight, p.judge_at AS judgeAt, p.created_at AS createdAt`;

const parse = (row: RawRow): ParcelRow => ({
  ...row,
  mapped: row.mapped === 1,
  contents: row.contents === null ? [] : (JSON.parse(row.contents) as ParcelOrder[]),
  freight: row.freight === null ? {} : (JSON.parse(row.freight) as Freight),
});

/** The parcel, locked: every decision about it waits for this row. */
export async function lockParcel(tx: Sql, id: string): Promise<ParcelRow | null> {
  return (await lockParcels(tx, [id], 'wait')).get(id) ?? null;
}

/**
 * Several parcels, locked in the order of their ids, so that two who lock many cannot wait for each other. `skip` leaves
 * out those that somebody else holds just now.
 */
export async function lockParcels(
  tx: Sql,
  ids: readonly string[],
  held: 'wait' | 'skip',
): Promise<Map<string, ParcelRow>> {
  const lock = { sql: held === 'skip' ? 'FOR UPDATE SKIP LOCKED' : 'FOR UPDATE' };
  // Left to itself the server scans a small table, and then waits for rows that nobody asked for.
  const rows = await tx.rows<RawRow>(
    `SELECT ${COLUMNS} FROM parcel p FORCE INDEX (PRIMARY) WHERE p.id IN (?) ORDER BY p.id ${lock.sql}`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, parse(row)]));
}

/** The parcel of this courier and number, if we know it. */
export async function findParcel(sql: Sql, carrier: string, waybillNo: string): Promise<ParcelRow | null> {
  const rows = await sql.rows<RawRow>(`SELECT ${COLUMNS} FROM parcel p WHERE p.carrier = ? AND p.waybill_no = ?`, [
    carrier,
    waybillNo,
  ]);
  return rows[0] ? parse(rows[0]) : null;
}

/**
 * The words a parcel's courier was named with. A request names one word; a platform a code, which holds no space, and
 * perhaps a name, kept as `code name`.
 */
export function wordsOf(rawCarrier: string, origin: string): { rawCarrier: string; rawCarrierName: string | null } {
  const space = origin === 'request' ? -1 : rawCarrier.indexOf(' ');
  if (space < 0) return { rawCarrier, rawCarrierName: null };
  return { rawCarrier: rawCarrier.slice(0, space), rawCarrierName: rawCarrier.slice(space + 1) };
}

export interface ParcelToLink {
  readonly carrier: string;
  readonly mapped: boolean;
  readonly rawCarrier: string;
  readonly waybillNo: string;
  readonly afterSaleId: string;
  /** What the goods of this after-sale in this parcel are worth, fen. */
  readonly valueFen: number | null;
}

/** The id of this courier's parcel of this number, made when it is new. Owes it a judgement. */
export async function ensureParcel(
  tx: Sql,
  parcel: Pick<ParcelToLink, 'carrier' | 'mapped' | 'rawCarrier' | 'waybillNo'>,
  now: Date,
): Promise<string> {
  await tx.run(
    `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, judge_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE judge_at = VALUES(judge_at)`,
    [newId(), parcel.carrier, parcel.waybillNo, parcel.rawCarrier, parcel.mapped ? 1 : 0, now, now],
  );
  const found = await findParcel(tx, parcel.carrier, parcel.waybillNo);
  if (!found) throw new Error(`parcel ${parcel.waybillNo} is not there after its insert`);
  return found.id;
}

/**
 * Makes sure that the parcel and its tie to the after-sale are there. `fresh` is true when the tie is new: a repeated
 * request is known by it. Identity is courier and waybill, unique in the database (R64, R66).
 */
export async function linkParcel(
  tx: Sql,
  link: ParcelToLink,
  now: Date,
): Promise<{ parcelId: string; fresh: boolean }> {
  const parcelId = await ensureParcel(tx, link, now);
  const known = await tx.rows<{ valueFen: number | null }>(
    'SELECT value_fen AS valueFen FROM parcel_after_sale WHERE parcel_id = ? AND after_sale_id = ? FOR UPDATE',
    [parcelId, link.afterSaleId],
  );
  if (known.length === 0) {
    await tx.run(
      'INSERT INTO parcel_after_sale (parcel_id, after_sale_id, value_fen, created_at) VALUES (?, ?, ?, ?)',
      [parcelId, link.afterSaleId, link.valueFen, now],
    );
    return { parcelId, fresh: true };
  }
  if (link.valueFen !== null && link.valueFen !== known[0]?.valueFen) {
    await tx.run('UPDATE parcel_after_sale SET value_fen = ? WHERE parcel_id = ? AND after_sale_id = ?', [
      link.valueFen,
      parcelId,
      link.afterSaleId,
    ]);
  }
  return { parcelId, fresh: false };
}

/** What the price of stopping this parcel may depend on, as far as somebody has said (R31). */
export async function setFreight(tx: Sql, parcelId: string, freight: Freight): Promise<void> {
  await tx.run('UPDATE parcel SET freight = ? WHERE id = ?', [JSON.stringify(freight), parcelId]);
}

/** What else a parcel holds, as a source states it (R19, R61, R62). */
export async function setContents(tx: Sql, parcelId: string, orders: readonly ParcelOrder[], now: Date): Promise<void> {
  await tx.run('UPDATE parcel SET contents = ?, contents_at = ?, judge_at = ? WHERE id = ?', [
    JSON.stringify(orders),
    now,
    now,
    parcelId,
  ]);
}

/** All scans of these parcels by parcel, oldest first. */
export async function sightingsOf(
  sql: Sql,
  parcelIds: readonly string[],
): Promise<Map<string, Pick<Sighting, 'at' | 'phase' | 'place'>[]>> {
  const rows = await sql.rows<Pick<Sighting, 'at' | 'phase' | 'place'> & { parcelId: string }>(
    'SELECT parcel_id AS parcelId, at, phase, place FROM sighting WHERE parcel_id IN (?) ORDER BY parcel_id, at, id',
    [parcelIds],
  );
  return grouped(rows, (row) => row.parcelId);
}

/** What tells one scan of a parcel from another, in the database as here. */
export function keyOfScan(s: Pick<Sighting, 'at' | 'phase'>): string {
  return `${s.at.getTime()}/${s.phase}`;
}

/** Adds scans; those known already change nothing, and none is ever erased (R67). Returns how many were new. */
export async function addSightings(
  tx: Sql,
  parcelId: string,
  sightings: readonly Sighting[],
  now: Date,
): Promise<number> {
  if (sightings.length === 0) return 0;
  const known = new Set((await sightingsOf(tx, [parcelId])).get(parcelId)?.map(keyOfScan));
  const fresh = sightings.filter((s) => !known.has(keyOfScan(s)));
  await insertSightings(
    tx,
    fresh.map((sighting) => ({ parcelId, sighting })),
    now,
  );
  return fresh.length;
}

/** Writes scans that were new a moment ago, and owes their parcels a judgement. The unique key keeps one of each. */
export async function insertSightings(
  tx: Sql,
  scans: readonly { readonly parcelId: string; readonly sighting: Sighting }[],
  now: Date,
): Promise<void> {
  if (scans.length === 0) return;
  const rows = scans.map(({ parcelId, sighting: s }) => [
    parcelId,
    s.at,
    now,
    s.phase,
    s.rawCode.slice(0, 64),
    maskPhones(s.text).slice(0, 500),
    s.place?.slice(0, 191) ?? null,
    s.source,
  ]);
  await tx.run(
    `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, place, source) VALUES ?
     ON DUPLICATE KEY UPDATE parcel_id = VALUES(parcel_id)`,
    [rows],
  );
  const parcels = [...new Set(scans.map((scan) => scan.parcelId))].sort();
  await tx.run('UPDATE parcel SET judge_at = ? WHERE id IN (?)', [now, parcels]);
}

/** What a look at the track gave. A failed look is shown as such; it erases no scan (R67). */
export async function recordLook(
  tx: Sql,
  parcelId: string,
  look: { readonly result: LookResult; readonly error: string | null },
  now: Date,
): Promise<void> {
  await tx.run('UPDATE parcel SET last_look_at = ?, last_look = ?, last_look_error = ?, judge_at = ? WHERE id = ?', [
    now,
    look.result,
    look.error?.slice(0, 500) ?? null,
    now,
    parcelId,
  ]);
}

/** These parcels have been judged on everything that was known until now. */
export async function clearJudgements(tx: Sql, parcelIds: readonly string[]): Promise<void> {
  if (parcelIds.length > 0) await tx.run('UPDATE parcel SET judge_at = NULL WHERE id IN (?)', [parcelIds]);
}

/** Parcels whose facts changed and whose judgement is still owed after `before`, oldest first. */
export async function parcelsToJudge(sql: Sql, before: Date, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>('SELECT id FROM parcel WHERE judge_at <= ? ORDER BY judge_at LIMIT ?', [
    before,
    limit,
  ]);
  return rows.map((r) => r.id);
}

/** Owes the judgement of a parcel later instead of now. */
export async function putOffJudgement(sql: Sql, parcelId: string, at: Date): Promise<void> {
  await sql.run('UPDATE parcel SET judge_at = ? WHERE id = ?', [at, parcelId]);
}

/** When the track was last read, whatever it gave. */
export async function lastLookAt(sql: Sql, parcelId: string): Promise<Date | null> {
  const rows = await sql.rows<{ at: Date | null }>('SELECT last_look_at AS at FROM parcel WHERE id = ?', [parcelId]);
  return rows[0]?.at ?? null;
}
