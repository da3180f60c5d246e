import type { Sql } from './database.js';

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

export function courierSource(carrier: string, accountId: string): string {
  return `courier:${carrier}:${accountId}`;
}

const keyOf = (e: InboxEvent) => `${e.source}\n${e.eventId}`;

/**
 * Writes events in one statement; those that are there already change nothing (I1). Rows go in by key order, so that two
 * batches with the same duplicates cannot wait for each other crosswise.
 */
export async function insertEvents(sql: Sql, events: readonly InboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = [...events]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((e) => [e.source, e.eventId, e.payload, e.receivedAt, e.receivedAt]);
  await sql.run(
    `INSERT INTO inbox (source, event_id, payload, due_at, received_at) VALUES ?
     ON DUPLICATE KEY UPDATE id = inbox.id`,
    [rows],
  );
}

/**
 * Does this error speak of the row's own data (SQLSTATE classes 21, 22, 23)? Then the rest of its batch is fine without
 * it. Everything else (gone, full, locked) is the database's trouble and would meet every row.
 */
export function isRowsOwnFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('sqlState' in error)) return false;
  return typeof error.sqlState === 'string' && /^2[123]/.test(error.sqlState);
}
