import { newId } from '../ids.js';
import type { Sql } from './database.js';

/** A parcel as it is named: identity is courier and waybill, unique in the database (R64, R66). */
export interface NamedIdentity {
  readonly carrier: string;
  readonly mapped: boolean;
  readonly rawCarrier: string;
  readonly waybillNo: string;
}

export interface ParcelToLink extends NamedIdentity {
  readonly afterSaleId: string;
  /** What the goods of this after-sale in this parcel are worth, fen. */
  readonly valueFen: number | null;
}

/** That an after-sale travels, or travelled, in a parcel. */
export interface Tie {
  readonly parcelId: string;
  readonly afterSaleId: string;
  readonly valueFen: number | null;
  /** Since when the platform names another parcel for it (R65). */
  readonly droppedAt: Date | null;
}

// The database compares numbers without the spaces behind them.
const keyOf = ({ carrier, waybillNo }: { readonly carrier: string; readonly waybillNo: string }) =>
  `${carrier}\n${waybillNo.trimEnd()}`;

/**
 * The ids of these couriers' parcels of these numbers, in the order given, made where they are new. They are owed a judgement
 * since `judgeAt`; null: the caller judges them in this transaction.
 */
export async function ensureParcels(
  tx: Sql,
  parcels: readonly NamedIdentity[],
  judgeAt: Date | null,
  now: Date,
): Promise<string[]> {
  if (parcels.length === 0) return [];
  // In one order for everybody, so that two who make many cannot wait for each other.
  const different = [...new Map(parcels.map((parcel) => [keyOf(parcel), parcel]))].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.run(
    `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, judge_at, created_at) VALUES ?
     ON DUPLICATE KEY UPDATE judge_at = VALUES(judge_at)`,
    [different.map(([, p]) => [newId(), p.carrier, p.waybillNo, p.rawCarrier, p.mapped ? 1 : 0, judgeAt, now])],
  );
  const rows = await tx.rows<{ id: string; carrier: string; waybillNo: string }>(
    'SELECT id, carrier, waybill_no AS waybillNo FROM parcel WHERE (carrier, waybill_no) IN (?)',
    [different.map(([, p]) => [p.carrier, p.waybillNo])],
  );
  const ids = new Map(rows.map((row) => [keyOf(row), row.id]));
  return parcels.map((parcel) => {
    const id = ids.get(keyOf(parcel));
    if (id === undefined) throw new Error(`parcel ${parcel.waybillNo} is not there after its insert`);
    return id;
  });
}

/** All ties of these after-sales, whose rows the caller holds. */
export async function tiesOf(tx: Sql, afterSaleIds: readonly string[]): Promise<Tie[]> {
  return tx.rows<Tie>(
    `SELECT parcel_id AS parcelId, after_sale_id AS afterSaleId, value_fen AS valueFen, dropped_at AS droppedAt
     FROM parcel_after_sale WHERE after_sale_id IN (?) FOR UPDATE`,
    [afterSaleIds],
  );
}

export interface Linked {
  readonly parcelId: string;
  /** The tie is new: a repeated request is known by it. */
  readonly fresh: boolean;
}

/**
 * Makes sure that the parcels and their ties to the after-sales are there. `known` are the ties of these after-sales so far.
 * `judgeAt` as for `ensureParcels`. Returns what became of each, in the order given.
 */
export async function linkParcels(
  tx: Sql,
  links: readonly ParcelToLink[],
  known: readonly Tie[],
  judgeAt: Date | null,
  now: Date,
): Promise<Linked[]> {
  const ids = await ensureParcels(tx, links, judgeAt, now);
  const tieKey = (parcelId: string, afterSaleId: string) => `${parcelId}\n${afterSaleId}`;
  const there = new Map(known.map((tie) => [tieKey(tie.parcelId, tie.afterSaleId), tie]));
  const fresh = new Map<string, Tie>();
  for (const [at, { afterSaleId, valueFen }] of links.entries()) {
    const parcelId = ids[at] ?? '';
    const key = tieKey(parcelId, afterSaleId);
    const before = there.get(key);
    if (!before) {
      fresh.set(key, {
        parcelId,
        afterSaleId,
        valueFen: valueFen ?? fresh.get(key)?.valueFen ?? null,
        droppedAt: null,
      });
    } else if (valueFen !== null && valueFen !== before.valueFen) {
      await tx.run('UPDATE parcel_after_sale SET value_fen = ? WHERE parcel_id = ? AND after_sale_id = ?', [
        valueFen,
        parcelId,
        afterSaleId,
      ]);
    }
  }
  if (fresh.size > 0) {
    await tx.run('INSERT INTO parcel_after_sale (parcel_id, after_sale_id, value_fen, created_at) VALUES ?', [
      [...fresh.values()].map((tie) => [tie.parcelId, tie.afterSaleId, tie.valueFen, now]),
    ]);
  }
  return links.map(({ afterSaleId }, at) => {
    const parcelId = ids[at] ?? '';
    return { parcelId, fresh: fresh.has(tieKey(parcelId, afterSaleId)) };
  });
}

/** As `linkParcels`, for one, which is owed a judgement. */
export async function linkParcel(tx: Sql, link: ParcelToLink, now: Date): Promise<Linked> {
  const [linked] = await linkParcels(tx, [link], await tiesOf(tx, [link.afterSaleId]), now, now);
  if (!linked) throw new Error('one parcel went in and none came out');
  return linked;
}
