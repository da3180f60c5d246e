import type { Intercept } from '../intercept/intercept.js';
import { type Ready, readyOf } from '../intercept/ready.js';
import type { Database, Sql } from './database.js';
import { type GivenDetail, linkDetails } from './detail-store.js';
import { type JudgeEnv, judgeAll } from './judgement.js';
import { type EventMessage, originOf, takeEvents } from './take-events.js';
import { type ScanMessage, takeScans } from './take-scans.js';

/** One kept message, as it came. */
export interface InboxRow {
  readonly id: number;
  readonly source: string;
  readonly eventId: string;
  /** Sealed, unless it was kept before messages were. */
  readonly payload: string;
  readonly tries: number;
}

/** What a message turned out to say. `dead` messages stay with their reason and can be replayed (I17). */
export type Understood =
  | EventMessage
  | ScanMessage
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'dead'; readonly why: string };

export interface DrainOutcome {
  readonly read: number;
  /** Parcels whose facts changed and whose judgement is owed: judge them now. */
  readonly parcels: readonly string[];
  /** Shops that have details to read. */
  readonly shops: readonly string[];
  /** What was judged on the spot. */
  readonly ready: Ready;
}

const SUCCESSFUL = { after_sale: 'done', scan: 'done', ignored: 'ignored', dead: 'dead' } as const;

/**
 * Drains one page of the inbox in one transaction: understands each message with `understand`, merges what it says and
 * marks it. Any number of drains run side by side (SKIP LOCKED). Messages about one after-sale may be spread over
 * pages; merging commutes, so the order does not matter (I14).
 */
export function drainInbox(
  db: Database,
  env: JudgeEnv,
  understand: (row: InboxRow) => readonly Understood[],
  which: { readonly limit: number } | { readonly id: number },
  now: Date,
): Promise<DrainOutcome> {
  return db.transaction(async (tx) => {
    const page =
      'id' in which
        ? await tx.rows<InboxRow>(
            `SELECT id, source, event_id AS eventId, payload, tries FROM inbox WHERE id = ? AND status = 'new' FOR UPDATE SKIP LOCKED`,
            [which.id],
          )
        : await tx.rows<InboxRow>(
            `SELECT id, source, event_id AS eventId, payload, tries FROM inbox WHERE status = 'new' AND due_at <= ?
             ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
            [now, which.limit],
          );
    const marks = new Map<string, number[]>();
    const understood = page.map((row) => ({ row, messages: understand(row) }));
    const all = understood.flatMap(({ messages }) => messages);
    const events = await takeEvents(
      tx,
      all.filter((m) => m.kind === 'after_sale'),
      now,
    );
    const whole = await takeWholeEvents(tx, env, all, now);
    const scanned = await takeScans(
      tx,
      all.filter((m) => m.kind === 'scan'),
      now,
    );
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
    return {
      read: page.length,
      parcels: [...events.parcels, ...scanned],
      shops: events.shops,
      ready: readyOf(whole, now),
    };
  });
}

/**
 * Messages that say all there is to say: their parcels are linked and judged at once, and no detail is read. Several about one
 * after-sale are taken one after the other. Returns the intercepts of their parcels as they are now.
 */
async function takeWholeEvents(
  tx: Sql,
  env: JudgeEnv,
  all: readonly Understood[],
  now: Date,
): Promise<Iterable<Intercept>> {
  const waves: Map<string, GivenDetail>[] = [];
  for (const message of all) {
    if (message.kind !== 'after_sale' || message.parcels === undefined) continue;
    const { shop, afterSaleId, update, parcels } = message;
    const key = `${shop.id}\n${afterSaleId}`;
    const detail = { update, parcels };
    const given = { shop, afterSaleId, origin: originOf(message), detail, dispatch: null, rereadable: false } as const;
    const wave = waves.find((one) => !one.has(key));
    if (wave) wave.set(key, given);
    else waves.push(new Map([[key, given]]));
  }
  const parcels = new Set<string>();
  for (const wave of waves) {
    for (const parcel of await linkDetails(tx, env, [...wave.values()], now)) parcels.add(parcel);
  }
  return parcels.size > 0 ? (await judgeAll(tx, env, [...parcels], 'system', now)).values() : [];
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
