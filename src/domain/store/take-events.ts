import type { AfterSaleFacts, DatedFacts, NamedParcel } from '../aftersale/after-sale.js';
import { currentFacts, type MergedFacts, mergeFacts } from '../aftersale/merge.js';
import { standing } from '../eligibility/refund-rules.js';
import { newId } from '../ids.js';
import type { Reason } from '../reasons.js';
import type { ShopSettings } from '../settings/settings.js';
import { type AfterSaleRow, lockAfterSalesOf } from './after-sale-store.js';
import type { Sql, SqlValue } from './database.js';
import { reasonWithoutParcel } from './detail-store.js';

/** A message about an after-sale, understood. */
export interface EventMessage {
  readonly kind: 'after_sale';
  readonly shop: ShopSettings;
  readonly afterSaleId: string;
  readonly update: DatedFacts;
  readonly arbitration: boolean;
  /** Given: the message says all, and no detail is read for it. */
  readonly parcels?: readonly NamedParcel[];
}

/** All messages of a page about one after-sale. */
interface Group {
  readonly shop: ShopSettings;
  readonly afterSaleId: string;
  readonly origin: 'event' | 'arbitration';
  readonly updates: readonly DatedFacts[];
}

const keyOf = (shopId: string, afterSaleId: string) => `${shopId}\n${afterSaleId}`;

/** How an after-sale that nobody knew came to be heard of. */
export const originOf = ({ arbitration }: EventMessage) => (arbitration ? 'arbitration' : 'event');

/** By after-sale. Where all that is said of one says all there is to say, nothing is left to read: detail-store.ts takes it. */
function grouped(messages: readonly EventMessage[]): Map<string, Group> {
  const partly = new Set<string>();
  for (const { shop, afterSaleId, parcels } of messages) {
    if (parcels === undefined) partly.add(keyOf(shop.id, afterSaleId));
  }
  const groups = new Map<string, Group>();
  for (const message of messages) {
    const { shop, afterSaleId, update } = message;
    const key = keyOf(shop.id, afterSaleId);
    if (!partly.has(key)) continue;
    const before = groups.get(key);
    const origin = before?.origin ?? originOf(message);
    groups.set(key, { shop, afterSaleId, origin, updates: [...(before?.updates ?? []), update] });
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What an event leaves to do. It names no waybill, and what it says may be old: the platform is read once for all that
 * arrived together, unless the event itself says that there is nothing to intercept.
 */
function afterEvent(
  facts: AfterSaleFacts,
  { hasParcels, updates }: { readonly hasParcels: boolean } & Pick<Group, 'updates'>,
  now: Date,
): { readonly enrichAt: Date | null; readonly reason: Reason | null; readonly rule: string | null } {
  const kind = standing(facts);
  const over = kind === 'over' || kind === 'other_type';
  // A hint that states nothing may be the one that revives what was over: only a read can tell.
  const isHint = updates.every((u) => u.facts.status === undefined && u.facts.type === undefined);
  if (isHint) return { enrichAt: now, reason: hasParcels ? null : 'detail_pending', rule: null };
  if (hasParcels) return { enrichAt: over ? null : now, reason: null, rule: null };
  return over
    ? { enrichAt: null, reason: reasonWithoutParcel(kind), rule: 'R15' }
    : { enrichAt: now, reason: 'detail_pending', rule: null };
}

export interface TakenEvents {
  /** Parcels to judge. */
  readonly parcels: readonly string[];
  /** Shops with details to read. */
  readonly shops: readonly string[];
}

/**
 * Takes in a page's events that leave something to read: a few statements for all that are new, one for each after-sale that
 * is known. After-sales are locked in the order of their keys. Merging commutes, so it does not matter how events are
 * spread over pages (I14).
 */
export async function takeEvents(tx: Sql, messages: readonly EventMessage[], now: Date): Promise<TakenEvents> {
  const groups = grouped(messages);
  if (groups.size === 0) return { parcels: [], shops: [] };
  const shops = new Set<string>();
  const known = await lockGroups(tx, [...groups.values()]);
  const fresh = [...groups].filter(([key]) => !known.has(key)).map(([, group]) => group);
  for (const [key, row] of await insertFresh(tx, fresh, shops, now)) known.set(key, row);
  const links = await parcelsOf(
    tx,
    [...known.values()].map((row) => row.id),
  );
  const parcels = [...new Set(links.map((l) => l.parcelId))].sort();
  if (parcels.length > 0) await tx.run('UPDATE parcel SET judge_at = ? WHERE id IN (?)', [now, parcels]);
  for (const [key, row] of known) {
    const group = groups.get(key);
    if (!group) continue;
    const facts = group.updates.reduce(mergeFacts, row.facts);
    const noted = afterEvent(
      currentFacts(facts),
      { ...group, hasParcels: links.some((l) => l.afterSaleId === row.id) },
      now,
    );
    if (noted.enrichAt) shops.add(group.shop.id);
    await tx.run(
      `UPDATE after_sale SET facts = ?, order_id = ?, known_at = ?, updated_at = ?, enrich_at = ?, enrich_tries = 0,
         enrich_dispatch = enrich_dispatch + 1, enrich_dispatched_at = NULL, reason = ?, rule = ? WHERE id = ?`,
      [...columnsOf(facts, now), noted.enrichAt, noted.reason, noted.rule, row.id],
    );
  }
  return { parcels, shops: [...shops] };
}

const columnsOf = (facts: MergedFacts, now: Date): SqlValue[] => [
  JSON.stringify(facts),
  currentFacts(facts).orderId ?? null,
  now,
  now,
];

async function lockGroups(tx: Sql, groups: readonly Group[]): Promise<Map<string, AfterSaleRow>> {
  const known = new Map<string, AfterSaleRow>();
  for (const shopId of [...new Set(groups.map((g) => g.shop.id))].sort()) {
    const ids = groups.filter((g) => g.shop.id === shopId).map((g) => g.afterSaleId);
    for (const row of await lockAfterSalesOf(tx, shopId, ids)) known.set(keyOf(shopId, row.afterSaleId), row);
  }
  return known;
}

/** Inserts after-sales nobody knew; returns those that somebody else made at the same moment, to be merged into. */
async function insertFresh(
  tx: Sql,
  fresh: readonly Group[],
  shops: Set<string>,
  now: Date,
): Promise<Map<string, AfterSaleRow>> {
  if (fresh.length === 0) return new Map();
  const made = new Set<string>();
  const rows = fresh.map(({ shop, afterSaleId, origin, updates }) => {
    const facts = updates.reduce<MergedFacts>(mergeFacts, {});
    const noted = afterEvent(currentFacts(facts), { hasParcels: false, updates }, now);
    if (noted.enrichAt) shops.add(shop.id);
    const id = newId();
    made.add(id);
    return [
      id,
      shop.id,
      shop.platform,
      afterSaleId,
      origin,
      ...columnsOf(facts, now),
      now,
      noted.enrichAt,
      noted.reason,
      noted.rule,
    ];
  });
  await tx.run(
    `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, origin, facts, order_id, known_at, updated_at, created_at,
       enrich_at, reason, rule) VALUES ? ON DUPLICATE KEY UPDATE id = after_sale.id`,
    [rows],
  );
  const there = await lockGroups(tx, fresh);
  return new Map([...there].filter(([, row]) => !made.has(row.id)));
}

function parcelsOf(tx: Sql, afterSaleIds: readonly string[]): Promise<{ afterSaleId: string; parcelId: string }[]> {
  if (afterSaleIds.length === 0) return Promise.resolve([]);
  return tx.rows(
    'SELECT after_sale_id AS afterSaleId, parcel_id AS parcelId FROM parcel_after_sale WHERE after_sale_id IN (?)',
    [afterSaleIds],
  );
}
