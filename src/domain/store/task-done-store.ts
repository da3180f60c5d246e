import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { firstIdSince } from './since-index.js';
import { finishTask } from './task-reader.js';
import { Where } from './where.js';

/** `done` now · `before`: somebody, or the end of its condition, was faster · `not_found`: not there, or not to be seen. */
export interface TaskOutcome {
  readonly id: string;
  readonly result: 'done' | 'before' | 'not_found';
  /** Who was first; null: the condition went away by itself. */
  readonly by: string | null;
  readonly at: Date | null;
}

export interface TasksToFinish {
  readonly ids: readonly string[];
  readonly actor: string;
  readonly note: string | null;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
}

interface Seen {
  readonly id: string;
  readonly closedAt: Date | null;
}

async function whoFinished(sql: Sql, { id, closedAt }: Seen): Promise<TaskOutcome> {
  if (closedAt === null) return { id, result: 'before', by: null, at: null };
  const first = await firstIdSince(sql, 'audit', closedAt);
  const rows = await sql.rows<{ actor: string }>(
    `SELECT actor FROM audit WHERE id >= ? AND subject = ? AND action = 'task_done' ORDER BY id LIMIT 1`,
    [first, id],
  );
  return { id, result: 'before', by: rows[0]?.actor ?? null, at: closedAt };
}

/** Marks tasks as done, each in a transaction of its own with its entry in the audit; done twice is done once. */
export async function finishTasks(db: Database, order: TasksToFinish, now: Date): Promise<TaskOutcome[]> {
  const { actor, note } = order;
  const where = andVisible(new Where(), order.shops).andIn('t.id', order.ids);
  const find = () =>
    db.rows<Seen>(
      `SELECT t.id, t.closed_at AS closedAt FROM task t JOIN intercept i ON i.id = t.intercept_id ${where.sql}`,
      where.values,
    );
  const seen = new Map((await find()).map((task) => [task.id, task]));
  const outcomes: TaskOutcome[] = [];
  for (const id of order.ids) {
    if (!seen.has(id)) {
      outcomes.push({ id, result: 'not_found', by: null, at: null });
      continue;
    }
    const finished = await db.transaction(async (tx) => {
      if (!(await finishTask(tx, id, now))) return false;
      await appendAudit(tx, {
        at: now,
        actor,
        action: 'task_done',
        subject: id,
        detail: note === null ? {} : { note },
      });
      return true;
    });
    if (finished) outcomes.push({ id, result: 'done', by: actor, at: now });
    else outcomes.push(await whoFinished(db, (await find()).find((task) => task.id === id) ?? { id, closedAt: null }));
  }
  return outcomes;
}
