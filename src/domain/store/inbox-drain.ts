import type { AfterSaleFacts, DatedFacts } from '../aftersale/after-sale.js';
import { standing } from '../eligibility/refund-rules.js';
import type { ShopSettings } from '../settings/settings.js';
import type { Sighting } from '../tracking/sighting.js';
import { type AlongWithMerge, lockAfterSale, mergeEvent, wantJudgement } from './after-sale-store.js';
import type { Database, Sql } from './database.js';
import { reasonWithoutParcel } from './detail-store.js';
import { addSightings, findParcel } from './parcel-store.js';

/** One kept message, as it came. */
export interface InboxRow {
  readonly id: number;
  readonly source: string;
  readonly payload: string;
  readonly tries: number;
}

/** What a message turned out to say. `dead` messages stay with their reason and can be replayed (I17). */
export type Understood =
  | {
      readonly kind: 'after_sale';
      readonly shop: ShopSettings;
      readonly afterSaleId: string;
      readonly update: DatedFacts;
      readonly arbitration: boolean;
    }
  | {
      readonly kind: 'scan';
      readonly carrier: string;
      readonly waybillNo: string;
      readonly sightings: readonly Sighting[];
      readonly poll: boolean;
    }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'dead'; readonly why: string };

export interface DrainOutcome {
  readonly read: number;
  /** Parcels whose facts changed: judge them now. */
  readonly parcels: readonly string[];
  /** Shops that have details to read. */
  readonly shops: readonly string[];
}

const SUCCESSFUL = { after_sale: 'done', scan: 'done', ignored: 'ignored', dead: 'dead' } as const;

/**
 * Drains one page of the inbox in one transaction: understands each message with `understand`, merges what it says and
 * marks it. Any number of drains run side by side (SKIP LOCKED). Messages about one after-sale may be spread over
 * pages; merging commutes, so the order does not matter (I14).
 */
export function drainInbox(
  db: Database,
  understand: (row: InboxRow) => readonly Understood[],
  which: { readonly limit: number } | { readonly id: number },
  now: Date,
): Promise<DrainOutcome> {
  return db.transaction(async (tx) => {
    const page =
      'id' in which
        ? await tx.rows<InboxRow>(
            `SELECT id, source, payload, tries FROM inbox WHERE id = ? AND status = 'new' FOR UPDATE SKIP LOCKED`,
            [which.id],
          )
        : await tx.rows<InboxRow>(
            `SELECT id, source, payload, tries FROM inbox WHERE status = 'new' AND due_at <= ?
             ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
            [now, which.limit],
          );
    const parcels = new Set<string>();
    const shops = new Set<string>();
    const marks = new Map<string, number[]>();
    const understood = page.map((row) => ({ row, messages: understand(row) }));
    // After-sales are always locked in the same order, so that two drains cannot wait for each other.
    const work = understood.flatMap(({ messages }) => messages).sort((a, b) => lockKey(a).localeCompare(lockKey(b)));
    for (const message of work) await takeIn(tx, message, now, parcels, shops);
    for (const { row, messages } of understood) {
      const bad = messages.find((m) => m.kind === 'dead');
      const verdict = bad ?? messages.find((m) => m.kind !== 'ignored') ?? messages[0];
      const status = verdict ? SUCCESSFUL[verdict.kind] : 'ignored';
      const why = verdict && 'why' in verdict ? verdict.why : '';
      const key = `${status}\n${why}`;
      marks.set(key, [...(marks.get(key) ?? []), row.id]);
    }
    for (const [key, ids] of marks) {
      const [status = 'done', ...why] = key.split('\n');
      await tx.run('UPDATE inbox SET status = ?, reason = ?, tries = tries + 1, processed_at = ? WHERE id IN (?)', [
        status,
        why.join('\n').slice(0, 500) || null,
        now,
        ids,
      ]);
    }
    return { read: page.length, parcels: [...parcels], shops: [...shops] };
  });
}

/** The ids of the next page, to be tried one by one after the page as a whole failed. */
export async function nextInboxIds(db: Database, limit: number, now: Date): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    `SELECT id FROM inbox WHERE status = 'new' AND due_at <= ? ORDER BY due_at LIMIT ?`,
    [now, limit],
  );
  return rows.map((r) => r.id);
}

const MAX_TRIES = 5;

/** A message that broke us is put off, and set aside as dead after five tries; it never holds up the others (I17). */
export async function putOffMessage(db: Database, id: number, why: string, now: Date): Promise<void> {
  await db.run(
    `UPDATE inbox SET tries = tries + 1, reason = ?, due_at = ?, status = IF(tries >= ?, 'dead', status) WHERE id = ?`,
    [why.slice(0, 500), new Date(now.getTime() + 5_000), MAX_TRIES, id],
  );
}

function lockKey(message: Understood): string {
  if (message.kind === 'after_sale') return `a/${message.shop.id}/${message.afterSaleId}`;
  return message.kind === 'scan' ? `p/${message.carrier}/${message.waybillNo}` : 'z';
}

async function takeIn(
  tx: Sql,
  message: Understood,
  now: Date,
  parcels: Set<string>,
  shops: Set<string>,
): Promise<void> {
  if (message.kind === 'scan') {
    // A push about a parcel nobody asked about is none of our business.
    const parcel = await findParcel(tx, message.carrier, message.waybillNo);
    if (!parcel) return;
    const added = await addSightings(tx, parcel.id, message.sightings, now);
    if (message.poll) {
      await tx.run('UPDATE intercept SET next_at = ? WHERE live_parcel = ? AND dispatched_at IS NULL AND next_at > ?', [
        now,
        parcel.id,
        now,
      ]);
    }
    if (added > 0) parcels.add(parcel.id);
    return;
  }
  if (message.kind !== 'after_sale') return;
  const { shop } = message;
  const who = { shopId: shop.id, platform: shop.platform, afterSaleId: message.afterSaleId };
  const row = await lockAfterSale(tx, { ...who, origin: message.arbitration ? 'arbitration' : 'event' }, now);
  const linked = await wantJudgement(tx, [row.id], now);
  for (const id of linked) parcels.add(id);
  const noted = await mergeEvent(tx, row, message.update, (facts) => afterEvent(facts, linked.length > 0, now), now);
  if (noted.enrichAt) shops.add(shop.id);
}

/**
 * What an event leaves to do. It names no waybill, and what it says may be old: the platform is read once for all that
 * arrived together, unless the event itself says that there is nothing to intercept.
 */
function afterEvent(facts: AfterSaleFacts, hasParcels: boolean, now: Date): AlongWithMerge {
  const kind = standing(facts);
  const over = kind === 'over' || kind === 'other_type';
  if (hasParcels) return { enrichAt: over ? null : now, reason: null, rule: null };
  return over
    ? { enrichAt: null, reason: reasonWithoutParcel(kind), rule: 'R15' }
    : { enrichAt: now, reason: 'detail_pending', rule: null };
}
