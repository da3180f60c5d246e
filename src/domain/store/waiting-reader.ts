import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Whose } from '../tasks/whose.js';
import type { Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { andTasksOf } from './owner-store.js';
import { Where } from './where.js';

/** Something that a person should look at: an open task, or a row that nobody opened a task for. */
export interface WaitingView {
  /** The task's id, or the intercept's where there is no task. */
  readonly id: string;
  /** A kind of task; `review`, `unknown`: a row without one that waits for a person, or whose truth is unknown. */
  readonly kind: string;
  readonly taskId: string | null;
  readonly interceptId: string;
  readonly shopId: string;
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly waybillNo: string;
  readonly state: InterceptState;
  readonly version: number;
  readonly reason: Reason;
  /** Of the intercept itself; a task may ask about something else. */
  readonly rowReason: Reason;
  readonly owner: string;
  readonly dueAt: Date;
  readonly since: Date;
  /** The last moment a send may start. */
  readonly deadlineAt: Date;
}

export interface WaitingFilter {
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly kind?: string | undefined;
  readonly shopId?: string | undefined;
  /** Empty: nobody's. */
  readonly owner?: string | undefined;
  /** null or absent: everybody's. */
  readonly whose?: Whose | null;
}

/** The row after which a page begins, in the order of the list. */
export interface AfterDue {
  readonly dueAt: Date;
  readonly id: string;
}

/** The key of open tasks is their index; the rows go over the index of states. */
const FROM = `FROM (
    SELECT t.id, t.kind, t.id AS task_id, t.reason, t.owner, t.due_at, t.created_at AS since, t.intercept_id
    FROM task t WHERE t.open_key IS NOT NULL
    UNION ALL
    SELECT r.id, CASE r.state WHEN 'uncertain' THEN 'unknown' ELSE 'review' END, NULL, r.reason, '',
      IF(r.state = 'uncertain', r.deadline_at, COALESCE(r.outcome_due_at, r.deadline_at)), r.updated_at, r.id
    FROM intercept r WHERE r.state IN ('uncertain', 'needs_review')
      AND NOT EXISTS (SELECT 1 FROM task o WHERE o.intercept_id = r.id AND o.state = 'open')
  ) k JOIN intercept i ON i.id = k.intercept_id JOIN parcel p ON p.id = i.parcel_id`;

const matching = (filter: WaitingFilter) =>
  andTasksOf(andVisible(new Where(), filter.shops), filter.whose ?? null)
    .andIf(filter.kind, 'k.kind = ?')
    .andIf(filter.shopId, 'i.shop_id = ?')
    .andIf(filter.owner, 'k.owner = ?');

/** What waits for a person, the nearest due time first. */
export async function listWaiting(
  sql: Sql,
  filter: WaitingFilter,
  page: { readonly limit: number; readonly after: AfterDue | null },
): Promise<WaitingView[]> {
  const where = matching(filter);
  if (page.after) {
    const { dueAt, id } = page.after;
    where.and('(k.due_at > ? OR (k.due_at = ? AND k.id > ?))', dueAt, dueAt, id);
  }
  const rows = await sql.rows<Omit<WaitingView, 'mapped'> & { mapped: number }>(
    `SELECT k.id, k.kind, k.task_id AS taskId, k.intercept_id AS interceptId, i.shop_id AS shopId, i.carrier,
       p.raw_carrier AS rawCarrier, p.mapped, i.waybill_no AS waybillNo, i.state, i.version, k.reason, i.reason AS rowReason, k.owner,
       k.due_at AS dueAt, k.since, i.deadline_at AS deadlineAt
     ${FROM} ${where.sql} ORDER BY k.due_at, k.id LIMIT ?`,
    [...where.values, page.limit],
  );
  return rows.map((row) => ({ ...row, mapped: row.mapped === 1 }));
}

export interface WaitingCount {
  readonly kind: string;
  readonly owner: string;
  readonly n: number;
  readonly overdue: number;
}

/** How much waits, by kind and owner, and how much of it is past its time. */
export function countWaiting(sql: Sql, filter: WaitingFilter, now: Date): Promise<WaitingCount[]> {
  const where = matching(filter);
  return sql.rows<WaitingCount>(
    `SELECT k.kind, k.owner, COUNT(*) AS n, CAST(SUM(k.due_at < ?) AS SIGNED) AS overdue
     ${FROM} ${where.sql} GROUP BY k.kind, k.owner ORDER BY k.kind, k.owner`,
    [now, ...where.values],
  );
}
