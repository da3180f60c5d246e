import type { DatedFacts } from '../aftersale/after-sale.js';
import { currentFacts, type MergedFacts, mergeFacts } from '../aftersale/merge.js';
import { grouped } from '../grouped.js';
import { newId } from '../ids.js';
import type { Reason } from '../reasons.js';
import type { Sql } from './database.js';

/** An after-sale as stored: the merged facts of everything we were told, each with the platform's time of it. */
export interface AfterSaleRow {
  readonly id: string;
  readonly shopId: string;
  readonly platform: string;
  readonly afterSaleId: string;
  readonly origin: string;
  readonly facts: MergedFacts;
  readonly knownAt: Date;
  readonly requestedDeadlineAt: Date | null;
  /** Of the last request that named it: the same request again says nothing new. */
  readonly requestHash: string | null;
  readonly reason: Reason | null;
  readonly enrichAt: Date | null;
  readonly enrichTries: number;
  readonly enrichDispatch: number;
  readonly createdAt: Date;
}

interface RawRow extends Omit<AfterSaleRow, 'facts'> {
  readonly facts: string;
}

const COLUMNS = `a.id, a.shop_id AS shopId, a.platform, a.after_sale_id AS afterSaleId, a.origin, a.facts,
  a.known_at AS knownAt, a.requested_deadline_at AS requestedDeadlineAt, a.request_hash AS requestHash, a.reason, a.enrich_at AS enrichAt,
  a.enrich_tries AS enrichTries, a.enrich_dispatch AS enrichDispatch, a.created_at AS createdAt`;

const parse = (row: RawRow): AfterSaleRow => ({ ...row, facts: JSON.parse(row.facts) as MergedFacts });

/** These after-sales by our id; those that are not there are missing. */
export async function findAfterSales(sql: Sql, ids: readonly string[]): Promise<Map<string, AfterSaleRow>> {
  const rows = await sql.rows<RawRow>(`SELECT ${COLUMNS} FROM after_sale a WHERE a.id IN (?)`, [ids]);
  return new Map(rows.map((row) => [row.id, parse(row)]));
}

/** The same, locked until the end of the transaction. */
export async function lockAfterSaleById(tx: Sql, id: string): Promise<AfterSaleRow | null> {
  const rows = await tx.rows<RawRow>(`SELECT ${COLUMNS} FROM after_sale a WHERE a.id = ? FOR UPDATE`, [id]);
  return rows[0] ? parse(rows[0]) : null;
}

/** An after-sale with its tie to one parcel. */
export interface LinkedAfterSale extends AfterSaleRow {
  readonly parcelId: string;
  readonly interceptId: string | null;
  /** What its goods in this parcel are worth, fen. */
  readonly valueFen: number | null;
  /** Since when the platform names another parcel for it (R65). */
  readonly droppedAt: Date | null;
  readonly linkedAt: Date;
}

/** The after-sales that travel, or travelled, in these parcels, by parcel, oldest link first. */
export async function afterSalesOf(sql: Sql, parcelIds: readonly string[]): Promise<Map<string, LinkedAfterSale[]>> {
  // Sorted here: with texts in the row the server would sort in a file, at each judgement.
  const rows = await sql.rows<
    RawRow & Pick<LinkedAfterSale, 'parcelId' | 'interceptId' | 'valueFen' | 'droppedAt' | 'linkedAt'>
  >(
    `SELECT ${COLUMNS}, l.parcel_id AS parcelId, l.intercept_id AS interceptId, l.value_fen AS valueFen,
       l.dropped_at AS droppedAt, l.created_at AS linkedAt
     FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id WHERE l.parcel_id IN (?)`,
    [parcelIds],
  );
  const linked = rows.map((row) => ({ ...row, ...parse(row) }));
  linked.sort((a, b) => a.linkedAt.getTime() - b.linkedAt.getTime() || (a.id < b.id ? -1 : 1));
  return grouped(linked, (row) => row.parcelId);
}

export interface AfterSaleIdentity {
  readonly shopId: string;
  readonly platform: string;
  readonly afterSaleId: string;
  readonly origin: string;
}

/** As `lockAfterSales`, for one. */
export async function lockAfterSale(tx: Sql, who: AfterSaleIdentity, now: Date): Promise<AfterSaleRow> {
  const [row] = await lockAfterSales(tx, [who], now);
  if (!row) throw new Error('one after-sale went in and none came out');
  return row;
}

/**
 * The after-sales of these shops and numbers in the order given, locked in the order of their keys, made where they are new.
 * The unique key decides who makes one; both callers then wait for the same row.
 */
export async function lockAfterSales(tx: Sql, whose: readonly AfterSaleIdentity[], now: Date): Promise<AfterSaleRow[]> {
  const keyOf = (who: { readonly shopId: string; readonly afterSaleId: string }) => `${who.shopId}\n${who.afterSaleId}`;
  const there = new Map<string, AfterSaleRow>();
  const find = async () => {
    for (const shopId of [...new Set(whose.map((who) => who.shopId))].sort()) {
      const ids = whose.filter((who) => who.shopId === shopId).map((who) => who.afterSaleId);
      for (const row of await lockAfterSalesOf(tx, shopId, ids)) there.set(keyOf(row), row);
    }
  };
  await find();
  const fresh = whose.filter((who) => !there.has(keyOf(who)));
  if (fresh.length > 0) {
    await tx.run(
      `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, facts, origin, known_at, created_at, updated_at) VALUES ?
       ON DUPLICATE KEY UPDATE id = after_sale.id`,
      [fresh.map((who) => [newId(), who.shopId, who.platform, who.afterSaleId, '{}', who.origin, now, now, now])],
    );
    await find();
  }
  return whose.map((who) => {
    const row = there.get(keyOf(who));
    if (!row) throw new Error(`after-sale ${who.afterSaleId} is not there after its insert`);
    return row;
  });
}

/** Those of these after-sales of one shop that are known, locked in the order of their numbers. */
export async function lockAfterSalesOf(
  tx: Sql,
  shopId: string,
  afterSaleIds: readonly string[],
): Promise<AfterSaleRow[]> {
  const rows = await tx.rows<RawRow>(
    `SELECT ${COLUMNS} FROM after_sale a WHERE a.shop_id = ? AND a.after_sale_id IN (?) ORDER BY a.after_sale_id FOR UPDATE`,
    [shopId, afterSaleIds],
  );
  return rows.map(parse);
}

/** What a source told us, merged into the locked row. `known` says that the source was asked just now (R72). */
export async function mergeIntoAfterSale(
  tx: Sql,
  row: AfterSaleRow,
  update: DatedFacts,
  now: Date,
): Promise<AfterSaleRow> {
  const facts = mergeFacts(row.facts, update);
  await tx.run('UPDATE after_sale SET facts = ?, order_id = ?, known_at = ?, updated_at = ? WHERE id = ?', [
    JSON.stringify(facts),
    currentFacts(facts).orderId ?? null,
    now,
    now,
    row.id,
  ]);
  return { ...row, facts, knownAt: now };
}

/** Wants the platform's detail of this after-sale read at `at` (null: not at all). Starts the tries anew. */
export async function wantDetail(tx: Sql, id: string, at: Date | null): Promise<void> {
  await tx.run(
    'UPDATE after_sale SET enrich_at = ?, enrich_tries = 0, enrich_dispatch = enrich_dispatch + 1, enrich_dispatched_at = NULL WHERE id = ?',
    [at, id],
  );
}

/** Wants these details read at once, unless a read of them is owed already (R72). */
export async function wantFreshDetail(tx: Sql, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.run('UPDATE after_sale SET enrich_at = ?, enrich_tries = 0 WHERE id IN (?) AND enrich_at IS NULL', [
    now,
    ids,
  ]);
}

/** Puts a read that gave nothing off until `at`, counting the try. `dispatch` guards against a later wish. */
export async function putOffDetail(
  sql: Sql,
  id: string,
  dispatch: number,
  at: Date | null,
  reason: Reason | null,
  tries: 0 | 1 = 1,
): Promise<void> {
  await sql.run(
    `UPDATE after_sale SET enrich_at = ?, enrich_tries = enrich_tries + ?, enrich_dispatched_at = NULL,
       reason = COALESCE(?, reason) WHERE id = ? AND enrich_dispatch = ?`,
    [at, tries, reason, id, dispatch],
  );
}

/** The parcels of these after-sales are judged again as soon as somebody gets to it. */
export async function wantJudgement(tx: Sql, afterSaleIds: readonly string[], now: Date): Promise<string[]> {
  if (afterSaleIds.length === 0) return [];
  const links = await tx.rows<{ parcelId: string }>(
    'SELECT DISTINCT parcel_id AS parcelId FROM parcel_after_sale WHERE after_sale_id IN (?) ORDER BY parcel_id',
    [afterSaleIds],
  );
  const parcels = links.map((l) => l.parcelId);
  if (parcels.length > 0) await tx.run('UPDATE parcel SET judge_at = ? WHERE id IN (?)', [now, parcels]);
  return parcels;
}
