import type { Sql } from './database.js';
import { Where } from './where.js';

export const INBOX_STATUSES = ['new', 'done', 'ignored', 'dead'] as const;
export type InboxStatus = (typeof INBOX_STATUSES)[number];

/** A message as people see it: what it said stays inside, it may hold personal data. */
export interface InboxView {
  readonly id: number;
  readonly source: string;
  readonly eventId: string;
  readonly status: InboxStatus;
  readonly reason: string | null;
  readonly tries: number;
  readonly receivedAt: Date;
}

export interface InboxFilter {
  /** Sources the caller may see; null: all. */
  readonly sources: readonly string[] | null;
  readonly status?: InboxStatus | undefined;
  readonly id?: number | undefined;
}

/** One page of messages, newest first. */
export function listEvents(
  sql: Sql,
  filter: InboxFilter,
  page: { readonly limit: number; readonly beforeId: number | null },
): Promise<InboxView[]> {
  const where = new Where()
    .andIf(filter.status, 'status = ?')
    .andIf(filter.id, 'id = ?')
    .andIf(page.beforeId ?? undefined, 'id < ?');
  if (filter.sources) where.andIn('source', filter.sources);
  return sql.rows(
    `SELECT id, source, event_id AS eventId, status, reason, tries, received_at AS receivedAt FROM inbox ${where.sql}
     ORDER BY id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}

/** Lets a dead message be read anew. false: it is not dead. */
export async function replayEvent(tx: Sql, id: number, now: Date): Promise<boolean> {
  const affected = await tx.run(
    `UPDATE inbox SET status = 'new', tries = 0, reason = NULL, due_at = ?, processed_at = NULL WHERE id = ? AND status = 'dead'`,
    [now, id],
  );
  return affected === 1;
}

/** When each of these sources was last heard, if ever (R77). */
export async function lastHeard(sql: Sql, sources: readonly string[]): Promise<Map<string, Date>> {
  // One look at the end of an index a source: a list of all messages would be read to its end.
  const rows = await Promise.all(
    sources.map((source) =>
      sql.rows<{ source: string; at: Date }>(
        'SELECT source, received_at AS at FROM inbox WHERE source = ? ORDER BY id DESC LIMIT 1',
        [source],
      ),
    ),
  );
  return new Map(rows.flat().map(({ source, at }) => [source, at]));
}
