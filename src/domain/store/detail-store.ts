import { currentFacts } from '../aftersale/merge.js';
import { standing } from '../eligibility/refund-rules.js';
import type { AfterSaleDetail } from '../platform/port.js';
import type { Reason } from '../reasons.js';
import type { ShopSettings } from '../settings/settings.js';
import { lockAfterSale, mergeIntoAfterSale, setAfterSaleReason, wantJudgement } from './after-sale-store.js';
import type { Database, Sql } from './database.js';
import { type JudgeEnv, judgeAll } from './judgement.js';
import { addSightings, linkParcel, setFreight } from './parcel-store.js';
import { identify } from './request-store.js';

const MINUTE_MS = 60_000;
/** A shipped after-sale whose platform names no waybill yet is read again, by its age; then it waits for its next event. */
const NO_PARCEL_AGAIN = [
  { untilAgeMs: 5 * MINUTE_MS, everyMs: MINUTE_MS },
  { untilAgeMs: 60 * MINUTE_MS, everyMs: 15 * MINUTE_MS },
  { untilAgeMs: 48 * 60 * MINUTE_MS, everyMs: 4 * 60 * MINUTE_MS },
] as const;

/** Why an after-sale that travels in no parcel is not intercepted (R42). */
export function reasonWithoutParcel(kind: ReturnType<typeof standing>): Reason {
  switch (kind) {
    case 'other_type':
      return 'not_refund_only';
    case 'over':
      return 'after_sale_not_open';
    default:
      return 'no_parcel';
  }
}

export interface DetailOutcome {
  readonly parcels: readonly string[];
  readonly again: boolean;
}

/** The same in a transaction of its own. */
export function takeDetail(
  db: Database,
  env: JudgeEnv,
  shop: ShopSettings,
  afterSaleId: string,
  detail: AfterSaleDetail,
  now: Date,
  dispatch: number | null = null,
): Promise<DetailOutcome> {
  return db.transaction((tx) => takeDetailIn(tx, env, shop, afterSaleId, detail, now, dispatch));
}

/** As `linkDetail`, with every parcel judged. */
async function takeDetailIn(
  tx: Sql,
  env: JudgeEnv,
  shop: ShopSettings,
  afterSaleId: string,
  detail: AfterSaleDetail,
  now: Date,
  dispatch: number | null = null,
): Promise<DetailOutcome> {
  const linked = await linkDetail(tx, env, shop, afterSaleId, detail, now, dispatch);
  if (linked.parcels.length > 0) await judgeAll(tx, env, linked.parcels, 'system', now);
  return linked;
}

/**
 * Takes in all that is known of one after-sale, from the platform's detail API or from a message that says it all: facts
 * merged, parcels linked and owed a judgement, in the caller's transaction. Repeating it changes nothing.
 * `rereadable`: it was read just now, and is read again while it names no parcel; else it is a message of its own moment.
 */
export async function linkDetail(
  tx: Sql,
  env: JudgeEnv,
  shop: ShopSettings,
  afterSaleId: string,
  detail: AfterSaleDetail,
  now: Date,
  dispatch: number | null = null,
  rereadable = true,
): Promise<DetailOutcome> {
  const who = { shopId: shop.id, platform: shop.platform, afterSaleId, origin: 'event' };
  const before = await lockAfterSale(tx, who, now);
  const row = await mergeIntoAfterSale(tx, before, detail.update, now);
  const links: string[] = [];
  for (const named of detail.parcels) {
    const link = await linkParcel(
      tx,
      { ...identify(env, shop, named), afterSaleId: row.id, valueFen: named.declaredValueFen ?? null },
      now,
    );
    links.push(link.parcelId);
    if (named.freight) await setFreight(tx, link.parcelId, named.freight);
    if (named.pickedUpAt) {
      const scan = {
        phase: 'picked_up',
        rawCode: 'platform',
        text: 'picked up, by the platform',
        place: null,
      } as const;
      await addSightings(tx, link.parcelId, [{ ...scan, at: named.pickedUpAt, source: 'platform' }], now);
    }
  }
  // A read says how things are now. An old message that comes late says where the goods travelled then.
  const newestMs = Math.max(...Object.values(row.facts).map((fact) => fact?.atMs ?? 0));
  if (rereadable || detail.update.atMs >= newestMs) await dropOtherParcels(tx, row.id, links, now);
  const parcels = await wantJudgement(tx, [row.id], now);
  const again = await noteWithoutParcel(
    tx,
    row.id,
    parcels.length,
    standing(currentFacts(row.facts)),
    // A wish that came while this read ran is another one: it stays.
    { dispatch: dispatch ?? before.enrichDispatch, ageMs: now.getTime() - before.createdAt.getTime(), rereadable },
    now,
  );
  return { parcels, again };
}

/**
 * The platform names other parcels than before: the old ones are not this after-sale's any more (R65). One named again
 * counts again. An answer without any parcel says nothing about the old ones.
 */
async function dropOtherParcels(tx: Sql, afterSaleId: string, named: readonly string[], now: Date): Promise<void> {
  if (named.length === 0) return;
  await tx.run(
    `UPDATE parcel_after_sale SET dropped_at = IF(parcel_id IN (?), NULL, COALESCE(dropped_at, ?)) WHERE after_sale_id = ?`,
    [named, now, afterSaleId],
  );
}

async function noteWithoutParcel(
  tx: Sql,
  id: string,
  parcels: number,
  kind: ReturnType<typeof standing>,
  read: { readonly dispatch: number; readonly ageMs: number; readonly rereadable: boolean },
  now: Date,
): Promise<boolean> {
  const reason = parcels > 0 ? null : reasonWithoutParcel(kind);
  await setAfterSaleReason(tx, id, reason, reason === null ? null : 'R15');
  const waits = reason === 'no_parcel' && read.rereadable;
  const pause = waits ? NO_PARCEL_AGAIN.find((p) => read.ageMs < p.untilAgeMs)?.everyMs : undefined;
  await tx.run(
    `UPDATE after_sale SET enrich_at = ?, enrich_tries = 0, enrich_dispatched_at = NULL WHERE id = ? AND enrich_dispatch = ?`,
    [pause === undefined ? null : new Date(now.getTime() + pause), id, read.dispatch],
  );
  return pause !== undefined;
}
