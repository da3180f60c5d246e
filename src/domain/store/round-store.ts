import { currentFacts } from '../aftersale/merge.js';
import { standing } from '../eligibility/refund-rules.js';
import type { Intercept } from '../intercept/intercept.js';
import { isFinal } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { LinkedAfterSale } from './after-sale-store.js';
import { isWanted, type Release } from './case-store.js';
import type { Sql } from './database.js';
import { each } from './each.js';

/** Ends that a change of the after-sale itself undoes: the buyer applied again, or asked for all instead of a part. */
const REOPENED_BY_FACTS: ReadonlySet<Reason> = new Set([
  'refund_withdrawn',
  'type_changed',
  'waybill_changed',
  'partial_refund',
  'not_refund_only',
  'after_sale_not_open',
  'refund_already_paid',
]);

/** May a new round begin? Never over a live one, never after a stop that took in any round (design.md "Data"). */
export async function mayReopen(
  tx: Sql,
  newest: Intercept,
  linked: readonly LinkedAfterSale[],
  release: Release | null,
): Promise<boolean> {
  if (!isFinal(newest.state) || (release === null && !wantedByFacts(newest, linked))) return false;
  return !(await everStopped(tx, newest.parcelId));
}

/** Did any round of this parcel reach `intercepted` or `returned`? */
export async function everStopped(tx: Sql, parcelId: string): Promise<boolean> {
  const rows = await tx.rows(
    `SELECT 1 FROM transition t JOIN intercept i ON i.id = t.intercept_id
     WHERE i.parcel_id = ? AND t.to_state IN ('intercepted', 'returned') LIMIT 1`,
    [parcelId],
  );
  return rows.length > 0;
}

function wantedByFacts(newest: Intercept, linked: readonly LinkedAfterSale[]): boolean {
  if (newest.state !== 'withdrawn' && newest.state !== 'skipped' && newest.state !== 'expired') return false;
  return linked.filter(isWanted).some((a) => a.interceptId === null || REOPENED_BY_FACTS.has(newest.reason));
}

/** Every after-sale shows the intercept that stands for it: its first one, or the new round while it is still wanted (R64). */
export async function linkAfterSales(
  tx: Sql,
  judged: readonly { readonly intercept: Intercept; readonly linked: readonly LinkedAfterSale[] }[],
): Promise<void> {
  const ties = judged.flatMap(({ intercept, linked }) =>
    linked
      .filter((a) => a.interceptId !== intercept.id)
      .filter((a) => a.interceptId === null || standing(currentFacts(a.facts)) !== 'over')
      .map((a) => ({ parcelId: a.parcelId, afterSaleId: a.id, interceptId: intercept.id })),
  );
  if (ties.length === 0) return;
  const intercept = each(
    'parcel_id',
    ties.map((tie) => [tie.parcelId, tie.interceptId]),
  );
  await tx.run(
    `UPDATE parcel_after_sale SET intercept_id = ${intercept.sql}
     WHERE parcel_id IN (?) AND (parcel_id, after_sale_id) IN (?)`,
    [...intercept.values, ties.map((tie) => tie.parcelId), ties.map((tie) => [tie.parcelId, tie.afterSaleId])],
  );
}
