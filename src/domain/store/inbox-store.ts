import { insertMissing } from './collision.js';
import type { Database, Sql } from './database.js';

/** One event as it is kept before anybody has understood it. `source` is `platform:<slug>:<shop>` or `courier:<slug>:<account>`. */
export interface InboxEvent {
  readonly source: string;
  readonly eventId: string;
  readonly payload: string;
  readonly receivedAt: Date;
}

export function platformSource(platform: string, shopId: string): string {
  return `platform:${platform}:${shopId}`;
}

/** In the place of a shop: a seller that no shop is configured for, by the platform's number of him. */
export function unknownSeller(platformShopId: string): string {
  return `@${platformShopId}`;
}

export function courierSource(carrier: string, accountId: string): string {
  return `courier:${carrier}:${accountId}`;
}

const keyOf = (e: Pick<InboxEvent, 'source' | 'eventId'>) => `${e.source}\n${e.eventId}`;

/**
 * Writes events in one statement; those that are there already change nothing (I1). Events that are committed are left out
 * by a read that waits for nobody: an insert would wait for the drain that holds their rows, and with it every
 * acknowledgement. Rows go in by key order, so that two batches with the same duplicates cannot wait for each other.
 */
export function insertEvents(sql: Sql, events: readonly InboxEvent[]): Promise<void> {
  const different = [...new Map(events.map((e) => [keyOf(e), e]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return insertMissing(async () => {
    const known = await knownKeys(sql, events);
    const rows = different
      .filter(([key]) => !known.has(key))
      .map(([, e]) => [e.source, e.eventId, e.payload, e.receivedAt, e.receivedAt]);
    if (rows.length === 0) return;
    await sql.run('INSERT INTO inbox (source, event_id, payload, due_at, received_at) VALUES ?', [rows]);
  });
}

/** Writes events durably: resolves after the commit. */
export function storeEvents(db: Pick<Database, 'autocommit'>, events: readonly InboxEvent[]): Promise<void> {
  return db.autocommit((sql) => insertEvents(sql, events));
}

async function knownKeys(sql: Sql, events: readonly InboxEvent[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const source of new Set(events.map((e) => e.source))) {
    const ids = events.filter((e) => e.source === source).map((e) => e.eventId);
    const rows = await sql.rows<Pick<InboxEvent, 'source' | 'eventId'>>(
      'SELECT source, event_id AS eventId FROM inbox WHERE source = ? AND event_id IN (?)',
      [source, ids],
    );
    for (const row of rows) known.add(keyOf(row));
  }
  return known;
}

/**
 * Does this error speak of the row's own data (SQLSTATE classes 21, 22, 23)? Then the rest of its batch is fine without
 * it. Everything else (gone, full, locked) is the database's trouble and would meet every row.
 */
export function isRowsOwnFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('sqlState' in error)) return false;
  return typeof error.sqlState === 'string' && /^2[123]/.test(error.sqlState);
}
