import type { NamedParcel } from '../aftersale/after-sale.js';
import { currentFacts, type MergedFacts, mergeFacts } from '../aftersale/merge.js';
import { standing } from '../eligibility/refund-rules.js';
import { grouped } from '../grouped.js';
import { type Ready, readyOf } from '../intercept/ready.js';
import type { AfterSaleDetail } from '../platform/port.js';
import type { Reason } from '../reasons.js';
import type { ShopSettings } from '../settings/settings.js';
import { type AfterSaleRow, lockAfterSales } from './after-sale-store.js';
import type { Database, Sql, SqlValue } from './database.js';
import { assignEach } from './each.js';
import { type JudgeEnv, judgeAll } from './judgement.js';
import { linkParcels, type Tie, tiesOf } from './parcel-link-store.js';
import { addSightings, type ScanOf, setFreight } from './parcel-store.js';
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

/** What is known of one after-sale now, and where it was read. */
export interface GivenDetail {
  readonly shop: ShopSettings;
  readonly afterSaleId: string;
  /** How it came to be heard of, if nobody knew it; left out: an event. */
  readonly origin?: 'event' | 'arbitration';
  readonly detail: AfterSaleDetail;
  /** The wish that this read answers: one that came while it ran is another one and stays. null: whichever is there. */
  readonly dispatch: number | null;
  /** It was read just now, and is read again while it names no parcel; else it is a message of its own moment. */
  readonly rereadable: boolean;
}

/** As `takeDetails`, for one whose row waits for a filling if it becomes ready. */
export async function takeDetail(
  db: Database,
  env: JudgeEnv,
  shop: ShopSettings,
  afterSaleId: string,
  detail: AfterSaleDetail,
  now: Date,
): Promise<void> {
  await takeDetails(db, env, [{ shop, afterSaleId, detail, dispatch: null, rereadable: true }], now);
}

/** As `linkDetails`, in a transaction of its own and with every parcel judged. Returns what that made ready. */
export function takeDetails(db: Database, env: JudgeEnv, given: readonly GivenDetail[], now: Date): Promise<Ready> {
  return db.transaction(async (tx) => {
    const parcels = await linkDetails(tx, env, given, now);
    const judged = parcels.length > 0 ? (await judgeAll(tx, env, parcels, 'system', now)).values() : [];
    return readyOf(judged, now);
  });
}

/**
 * Takes in all that is known of after-sales, from the platform's detail API or from messages that say it all: facts merged
 * and parcels linked, in the caller's transaction, in which he judges all the parcels that this returns, each once.
 * Repeating it changes nothing. Throws if an after-sale is given twice.
 */
export async function linkDetails(tx: Sql, env: JudgeEnv, given: readonly GivenDetail[], now: Date): Promise<string[]> {
  const rows = await lockAfterSales(
    tx,
    given.map(({ shop, afterSaleId, origin = 'event' }) => ({
      shopId: shop.id,
      platform: shop.platform,
      afterSaleId,
      origin,
    })),
    now,
  );
  if (new Set(rows.map(({ id }) => id)).size < rows.length) throw new Error('an after-sale was given twice');
  const reads = given.flatMap((one, at): Read[] => {
    const row = rows[at];
    return row ? [{ ...one, row, facts: mergeFacts(row.facts, one.detail.update) }] : [];
  });
  const ties = await tiesOf(
    tx,
    rows.map(({ id }) => id),
  );
  const named = reads.flatMap((read) => read.detail.parcels.map((parcel) => ({ read, parcel })));
  const linked = await linkParcels(
    tx,
    named.map(({ read: { shop, row }, parcel }) => ({
      ...identify(env, shop, parcel),
      afterSaleId: row.id,
      valueFen: parcel.declaredValueFen ?? null,
    })),
    ties,
    null,
    now,
  );
  const parcelOf = named.map(({ read, parcel }, at) => ({ read, parcel, id: linked[at]?.parcelId ?? '' }));
  for (const { id, parcel } of parcelOf) if (parcel.freight) await setFreight(tx, id, parcel.freight);
  await addSightings(tx, parcelOf.flatMap(pickedUp), null, now);
  const outcomes = reads.map((read) => {
    const names = parcelOf.filter((one) => one.read === read).map(({ id }) => id);
    const known = ties.filter((tie) => tie.afterSaleId === read.row.id);
    return { read, names, known, parcels: [...new Set([...known.map((tie) => tie.parcelId), ...names])].sort() };
  });
  for (const { read, names, known } of outcomes) await dropOtherParcels(tx, read, names, known, now);
  await writeReads(tx, outcomes, now);
  return [...new Set(outcomes.flatMap(({ parcels }) => parcels))];
}

/** One detail with its after-sale as it was, and the facts as they are now. */
interface Read extends GivenDetail {
  readonly row: AfterSaleRow;
  readonly facts: MergedFacts;
}

/** That a parcel was on the road when its platform says so. */
function pickedUp({ id, parcel }: { readonly id: string; readonly parcel: NamedParcel }): ScanOf[] {
  if (!parcel.pickedUpAt) return [];
  const scan = { phase: 'picked_up', rawCode: 'platform', text: 'picked up, by the platform', place: null } as const;
  return [{ parcelId: id, sighting: { ...scan, at: parcel.pickedUpAt, source: 'platform' } }];
}

/**
 * The platform names other parcels than before: the old ones are not this after-sale's any more (R65). One named again
 * counts again. An answer without any parcel says nothing about the old ones, and an old message that comes late says where
 * the goods travelled then.
 */
async function dropOtherParcels(
  tx: Sql,
  { row, facts, rereadable, detail }: Read,
  names: readonly string[],
  known: readonly Tie[],
  now: Date,
): Promise<void> {
  const newestMs = Math.max(...Object.values(facts).map((fact) => fact?.atMs ?? 0));
  if (names.length === 0 || (!rereadable && detail.update.atMs < newestMs)) return;
  if (known.every((tie) => names.includes(tie.parcelId) === (tie.droppedAt === null))) return;
  await tx.run(
    `UPDATE parcel_after_sale SET dropped_at = IF(parcel_id IN (?), NULL, COALESCE(dropped_at, ?)) WHERE after_sale_id = ?`,
    [names, now, row.id],
  );
}

/** The facts, why there is no parcel if there is none, and when to read again (R15, R42). */
async function writeReads(
  tx: Sql,
  outcomes: readonly { readonly read: Read; readonly parcels: readonly string[] }[],
  now: Date,
): Promise<void> {
  const rows = outcomes.map(({ read: { row, facts, dispatch, rereadable }, parcels }) => {
    const current = currentFacts(facts);
    const reason = parcels.length > 0 ? null : reasonWithoutParcel(standing(current));
    const ageMs = now.getTime() - row.createdAt.getTime();
    const waits = reason === 'no_parcel' && rereadable;
    const pause = waits ? NO_PARCEL_AGAIN.find((p) => ageMs < p.untilAgeMs)?.everyMs : undefined;
    const isAnswered = dispatch === null || dispatch === row.enrichDispatch;
    const columns: Record<string, SqlValue> = {
      facts: JSON.stringify(facts),
      order_id: current.orderId ?? null,
      known_at: now,
      updated_at: now,
      reason,
      rule: reason === null ? null : 'R15',
      ...(isAnswered
        ? {
            enrich_at: pause === undefined ? null : new Date(now.getTime() + pause),
            enrich_tries: 0,
            enrich_dispatched_at: null,
          }
        : {}),
    };
    return { id: row.id, columns };
  });
  for (const group of grouped(rows, ({ columns }) => Object.keys(columns).join()).values()) {
    const assigned = assignEach('id', group);
    await tx.run(`UPDATE after_sale SET ${assigned.sql} WHERE id IN (?)`, [
      ...assigned.values,
      group.map(({ id }) => id),
    ]);
  }
}
