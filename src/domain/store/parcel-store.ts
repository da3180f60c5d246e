import type { ParcelOrder } from '../eligibility/case.js';
import { grouped } from '../grouped.js';
import type { Freight } from '../money/tariff.js';
import { maskPhones } from '../phones.js';
import type { LookResult, Sighting } from '../tracking/sighting.js';
import { insertMissing } from './collision.js';
import type { Sql } from './database.js';
import { assignEach } from './each.js';

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
function keyOfScan(s: Pick<Sighting, 'at' | 'phase'>): string {
  return `${s.at.getTime()}/${s.phase}`;
}

/** One scan and the parcel it is of. */
export interface ScanOf {
  readonly parcelId: string;
  readonly sighting: Sighting;
}

/**
 * Adds scans; those known already change nothing, and none is ever erased (R67). Parcels with new ones are owed a judgement
 * since `judgeAt`; null: the caller judges them in this transaction. Returns those that were new.
 */
export async function addSightings(
  tx: Sql,
  scans: readonly ScanOf[],
  judgeAt: Date | null,
  now: Date,
): Promise<ScanOf[]> {
  if (scans.length === 0) return [];
  const parcels = [...new Set(scans.map(({ parcelId }) => parcelId))].sort();
  const keyOf = ({ parcelId, sighting }: ScanOf) => `${parcelId}/${keyOfScan(sighting)}`;
  const different = [...new Map(scans.map((scan) => [keyOf(scan), scan]))];
  return insertMissing(async () => {
    const known = await sightingsOf(tx, parcels);
    const keys = new Set([...known].flatMap(([parcelId, all]) => all.map((s) => `${parcelId}/${keyOfScan(s)}`)));
    const fresh = different.filter(([key]) => !keys.has(key)).map(([, scan]) => scan);
    await insertSightings(tx, fresh, now);
    if (judgeAt !== null) await putOffJudgements(tx, [...new Set(fresh.map((scan) => scan.parcelId))].sort(), judgeAt);
    return fresh;
  });
}

/** Writes scans that were new a moment ago. The unique key keeps one of each. */
async function insertSightings(tx: Sql, scans: readonly ScanOf[], now: Date): Promise<void> {
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
  await tx.run('INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, place, source) VALUES ?', [rows]);
}

/** What looks at the track gave, one a parcel. A failed look is shown as such; it erases no scan (R67). */
export async function recordLooks(
  tx: Sql,
  looks: readonly {
    readonly parcelId: string;
    readonly look: { readonly result: LookResult; readonly error: string | null };
  }[],
  now: Date,
): Promise<void> {
  if (looks.length === 0) return;
  const assigned = assignEach(
    'id',
    looks.map(({ parcelId, look: { result, error } }) => ({
      id: parcelId,
      columns: {
        last_look_at: now,
        last_look: result,
        last_look_error: error?.slice(0, 500) ?? null,
        judge_at: now,
      },
    })),
  );
  await tx.run(`UPDATE parcel SET ${assigned.sql} WHERE id IN (?)`, [
    ...assigned.values,
    looks.map(({ parcelId }) => parcelId),
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

/** Owes the judgements of parcels later instead of now. */
export async function putOffJudgements(sql: Sql, parcelIds: readonly string[], at: Date): Promise<void> {
  if (parcelIds.length > 0) await sql.run('UPDATE parcel SET judge_at = ? WHERE id IN (?)', [at, parcelIds]);
}

/** When the track was last read, whatever it gave. */
export async function lastLookAt(sql: Sql, parcelId: string): Promise<Date | null> {
  const rows = await sql.rows<{ at: Date | null }>('SELECT last_look_at AS at FROM parcel WHERE id = ?', [parcelId]);
  return rows[0]?.at ?? null;
}
