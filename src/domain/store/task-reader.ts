import type { Reason } from '../reasons.js';
import type { Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { tellTaskDone } from './outbox-store.js';
import { type Page, Where } from './where.js';

/** What waits for a person (R78): no phone, no address, only the waybill and what to do. */
export interface TaskView {
  readonly id: string;
  readonly kind: string;
  readonly interceptId: string;
  readonly waybillNo: string;
  readonly carrier: string;
  readonly reason: Reason;
  readonly owner: string;
  readonly dueAt: Date;
  readonly state: 'open' | 'done' | 'closed';
  readonly createdAt: Date;
}

export interface TaskFilter {
  readonly shops: readonly string[] | null;
  readonly state?: TaskView['state'] | undefined;
  readonly id?: string | undefined;
  /** Empty: nobody's in particular. */
  readonly owner?: string | undefined;
}

/** Tasks, newest first, of intercepts that the caller may see. */
export function listTasks(sql: Sql, filter: TaskFilter, page: Page): Promise<TaskView[]> {
  const where = andVisible(new Where(), filter.shops);
  where.andIf(filter.state, 't.state = ?').andIf(filter.id, 't.id = ?').andIf(filter.owner, 't.owner = ?');
  if (page.beforeId) where.and('t.id < ?', page.beforeId);
  return sql.rows<TaskView>(
    `SELECT t.id, t.kind, t.intercept_id AS interceptId, i.waybill_no AS waybillNo, i.carrier, t.reason, t.owner,
       t.due_at AS dueAt, t.state, t.created_at AS createdAt
     FROM task t JOIN intercept i ON i.id = t.intercept_id ${where.sql} ORDER BY t.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}

/** A person has done it, in the caller's transaction. false: it was not open. */
export async function finishTask(tx: Sql, id: string, now: Date): Promise<boolean> {
  const done = await tx.run(`UPDATE task SET state = 'done', closed_at = ? WHERE id = ? AND state = 'open'`, [now, id]);
  if (done === 1) await tellTaskDone(tx, id, now);
  return done === 1;
}
