import type { DeliveryState } from '../notify/events.js';
import type { Sql } from './database.js';
import { Where } from './where.js';

/** A message to one target and what became of it; what it said is not shown. */
export interface DeliveryView {
  readonly id: number;
  readonly messageId: string;
  readonly target: string;
  readonly type: string;
  readonly subject: string;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly httpStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  /** When it is tried next; null: it has ended. */
  readonly dueAt: Date | null;
  readonly doneAt: Date | null;
}

export interface DeliveryFilter {
  readonly state?: DeliveryView['state'] | undefined;
  readonly target?: string | undefined;
  readonly id?: number | undefined;
}

/** Messages to outsiders, newest first. */
export function listDeliveries(
  sql: Sql,
  filter: DeliveryFilter,
  page: { readonly limit: number; readonly beforeId: number | null },
): Promise<DeliveryView[]> {
  const where = new Where()
    .andIf(filter.state, 'o.state = ?')
    .andIf(filter.target, 'o.target_id = ?')
    .andIf(filter.id, 'o.id = ?')
    .andIf(page.beforeId ?? undefined, 'o.id < ?');
  return sql.rows<DeliveryView>(
    `SELECT o.id, o.message_id AS messageId, o.target_id AS target, o.topic AS type, o.subject_id AS subject, o.state,
       o.tries, o.http_status AS httpStatus, o.last_error AS lastError, o.created_at AS createdAt,
       IF(o.state = 'waiting', o.due_at, NULL) AS dueAt, o.done_at AS doneAt
     FROM outbox o ${where.sql} ORDER BY o.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}
