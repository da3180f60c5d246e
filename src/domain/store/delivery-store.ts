import { DELIVERY_WINDOW_MS } from '../notify/events.js';
import type { Database, Sql } from './database.js';

/** A message to one target, claimed for one try. */
export interface Outgoing {
  readonly id: number;
  /** `webhook-id`: the same on every try, and for every target of the event. */
  readonly messageId: string;
  readonly targetId: string;
  /** The event type. */
  readonly topic: string;
  readonly subjectId: string;
  readonly payload: string;
  /** What is sent; null before the first try. */
  readonly body: string | null;
  /** This try included. */
  readonly tries: number;
  /** When it happened. */
  readonly createdAt: Date;
  readonly giveUpAt: Date;
}

/** A message waits this long for earlier ones about the same subject, then it goes by itself, ms. */
const IN_ORDER_FOR_MS = 10 * 60_000;
const KEPT_MS = 30 * 86_400_000;
const PAGE = 1_000;

/** Which of these targets have something to send now. */
export async function dueTargets(sql: Sql, targetIds: readonly string[], now: Date): Promise<string[]> {
  if (targetIds.length === 0) return [];
  const rows = await sql.rows<{ id: string }>(
    `SELECT t.id FROM notification_target t WHERE t.id IN (?) AND t.enabled = 1 AND EXISTS
       (SELECT 1 FROM outbox o WHERE o.target_id = t.id AND o.state = 'waiting' AND o.due_at <= ?)`,
    [targetIds, now],
  );
  return rows.map((row) => row.id);
}

/**
 * Claims up to `limit` messages to one target for one try each. Nobody else takes them before `leaseMs` is over: a
 * process that dies in between costs a second delivery, never a lost one. Of one subject only the earliest goes at a time.
 */
export function claimMessages(
  db: Database,
  targetId: string,
  limit: number,
  leaseMs: number,
  now: Date,
): Promise<Outgoing[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.rows<Outgoing>(
      `SELECT o.id, o.message_id AS messageId, o.target_id AS targetId, o.topic, o.subject_id AS subjectId, o.payload,
         o.body, o.tries + 1 AS tries, o.created_at AS createdAt, o.give_up_at AS giveUpAt
       FROM outbox o WHERE o.target_id = ? AND o.state = 'waiting' AND o.due_at <= ?
         AND (o.created_at <= ? OR NOT EXISTS (SELECT 1 FROM outbox e
           WHERE e.subject_id = o.subject_id AND e.target_id = o.target_id AND e.state = 'waiting' AND e.id < o.id))
       ORDER BY o.due_at, o.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [targetId, now, new Date(now.getTime() - IN_ORDER_FOR_MS), limit],
    );
    if (rows.length > 0) {
      await tx.run('UPDATE outbox SET tries = tries + 1, due_at = ? WHERE id IN (?)', [
        new Date(now.getTime() + leaseMs),
        rows.map((row) => row.id),
      ]);
    }
    return rows;
  });
}

/** Fixes what is sent, before it is sent: every try carries the same bytes. Returns what was fixed first. */
export async function fixBody(sql: Sql, id: number, body: string): Promise<string> {
  await sql.run('UPDATE outbox SET body = ? WHERE id = ? AND body IS NULL', [body, id]);
  const rows = await sql.rows<{ body: string | null }>('SELECT body FROM outbox WHERE id = ?', [id]);
  return rows[0]?.body ?? body;
}

/**
 * Is there nothing to tell any more? A task that closed before its message went asks nothing of anybody, and one that
 * nobody was told of closes in silence (R78). A first try that failed may have arrived: it counts as told.
 */
export async function isStale(
  sql: Sql,
  message: Pick<Outgoing, 'topic' | 'subjectId' | 'targetId' | 'tries'>,
): Promise<boolean> {
  const { topic, subjectId, targetId, tries } = message;
  if (topic === 'task.opened' && tries === 1) {
    const open = await sql.rows("SELECT 1 FROM task WHERE id = ? AND state = 'open'", [subjectId]);
    return open.length === 0;
  }
  if (topic !== 'task.closed') return false;
  const told = await sql.rows(
    `SELECT 1 FROM outbox WHERE subject_id = ? AND target_id = ? AND topic = 'task.opened' AND (tries > 1 OR state = 'delivered') LIMIT 1`,
    [subjectId, targetId],
  );
  if (told.length > 0) return false;
  // Whoever listens to ends only was never to be told of the beginning.
  const opened = await sql.rows(
    `SELECT 1 FROM outbox WHERE subject_id = ? AND target_id = ? AND topic = 'task.opened' LIMIT 1`,
    [subjectId, targetId],
  );
  return opened.length > 0;
}

/** It arrived, whoever's try it was. */
export async function markDelivered(sql: Sql, id: number, status: number, now: Date): Promise<void> {
  await sql.run(
    `UPDATE outbox SET state = 'delivered', done_at = ?, http_status = ?, last_error = NULL
     WHERE id = ? AND state = 'waiting'`,
    [now, status, id],
  );
}

/** This try failed. `again`: when the next one may start; null: no more. A later claim's row is left alone. */
export async function markFailed(
  sql: Sql,
  message: Pick<Outgoing, 'id' | 'tries'>,
  failure: { readonly status: number | null; readonly why: string; readonly again: Date | null },
  now: Date,
): Promise<void> {
  const { status, why, again } = failure;
  await sql.run(
    `UPDATE outbox SET state = ?, due_at = ?, done_at = ?, http_status = ?, last_error = ?
     WHERE id = ? AND tries = ? AND state = 'waiting'`,
    [
      again ? 'waiting' : 'dead',
      again ?? now,
      again ? null : now,
      status,
      why.slice(0, 500),
      message.id,
      message.tries,
    ],
  );
}

/** Ends what was tried for three days, or waited so long for a disabled target. Returns how many. */
export function giveUpOld(sql: Sql, now: Date): Promise<number> {
  return sql.run(
    `UPDATE outbox SET state = 'dead', done_at = ?, last_error = COALESCE(last_error, 'the target was disabled')
     WHERE state = 'waiting' AND give_up_at <= ? AND due_at <= ? LIMIT ?`,
    [now, now, now, PAGE],
  );
}

/** Drops messages that ended a month ago; until then they can be looked at and sent again. Returns how many. */
export function dropOldMessages(sql: Sql, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  return sql.run(`DELETE FROM outbox WHERE state <> 'waiting' AND give_up_at <= ? LIMIT ?`, [before, PAGE]);
}

/** Sends a message again that ended: the same id and bytes, three more days. false: it still waits, or is not there. */
export async function sendAgain(sql: Sql, id: number, now: Date): Promise<boolean> {
  const affected = await sql.run(
    `UPDATE outbox SET state = 'waiting', tries = 0, due_at = ?, give_up_at = ?, done_at = NULL
     WHERE id = ? AND state <> 'waiting'`,
    [now, new Date(now.getTime() + DELIVERY_WINDOW_MS), id],
  );
  return affected === 1;
}
