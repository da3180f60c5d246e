import { newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { DELIVERY_WINDOW_MS, type EventType, eventOfState } from '../notify/events.js';
import type { Sql, SqlValue } from './database.js';

/** What is kept of an intercept's step: later steps must not show in the message about this one. */
export interface StepSnapshot {
  readonly state: Intercept['state'];
  readonly reason: Intercept['reason'];
  readonly rule: string | null;
  readonly version: number;
  /** RFC 3339. */
  readonly updatedAt: string;
  readonly feeFen: number;
}

const INTO = `INSERT INTO outbox
  (message_id, target_id, topic, subject_id, payload, due_at, give_up_at, created_at)`;
/** Targets that want an event; reads no secret and needs no settings. Takes `patterns`. */
const LISTENS = `t.enabled = 1 AND (JSON_CONTAINS(t.body, '"*"', '$.events')
  OR JSON_CONTAINS(t.body, ?, '$.events') OR JSON_CONTAINS(t.body, ?, '$.events'))`;

const patterns = (type: EventType) => [`"${type.split('.')[0]}.*"`, `"${type}"`];
const clocks = (now: Date) => [now, new Date(now.getTime() + DELIVERY_WINDOW_MS), now];
const messageId = () => `msg_${newId()}`;

/**
 * Tells everybody outside who listens to `type`: one row a target, in the caller's transaction, and none at all when
 * nobody listens. The event has one message id, whoever gets it. `data` becomes the message's `data`.
 */
export async function tell(
  tx: Sql,
  event: { readonly type: EventType; readonly subjectId: string; readonly data: Readonly<Record<string, unknown>> },
  now: Date,
): Promise<void> {
  await tx.run(`${INTO} SELECT ?, t.id, ?, ?, ?, ?, ?, ? FROM notification_target t WHERE ${LISTENS}`, [
    messageId(),
    event.type,
    event.subjectId,
    JSON.stringify(event.data),
    ...clocks(now),
    ...patterns(event.type),
  ]);
}

/** Tells one target, in the caller's transaction; not at all if it is disabled or gone. */
export async function tellTarget(
  tx: Sql,
  targetId: string,
  event: { readonly type: EventType; readonly subjectId: string; readonly data: Readonly<Record<string, unknown>> },
  now: Date,
): Promise<void> {
  await tx.run(`${INTO} SELECT ?, t.id, ?, ?, ?, ?, ?, ? FROM notification_target t WHERE t.id = ? AND t.enabled = 1`, [
    messageId(),
    event.type,
    event.subjectId,
    JSON.stringify(event.data),
    ...clocks(now),
    targetId,
  ]);
}

/** Which of these events anybody outside listens to. */
export async function heard(tx: Sql, types: readonly EventType[]): Promise<Set<EventType>> {
  const found = new Set<EventType>();
  for (const type of new Set(types)) {
    const rows = await tx.rows(`SELECT 1 FROM notification_target t WHERE ${LISTENS} LIMIT 1`, patterns(type));
    if (rows.length > 0) found.add(type);
  }
  return found;
}

/** Tells of intercepts' steps in the transaction of those steps. `rows` are the intercepts after them, their fees posted. */
export async function tellOutside(tx: Sql, rows: readonly Intercept[], now: Date): Promise<void> {
  const told = rows.flatMap((row) => {
    const type = eventOfState(row.state);
    return type === null ? [] : [{ row, type }];
  });
  const wanted =
    told.length < 2
      ? null
      : await heard(
          tx,
          told.map(({ type }) => type),
        );
  for (const { row, type } of told) if (wanted?.has(type) ?? true) await tellStep(tx, row, type, now);
}

async function tellStep(tx: Sql, row: Intercept, type: EventType, now: Date): Promise<void> {
  const { state, reason, rule, version } = row;
  const step = { state, reason, rule, version, updatedAt: row.updatedAt.toISOString() } satisfies Partial<StepSnapshot>;
  await tx.run(
    `${INTO} SELECT ?, t.id, ?, ?, JSON_SET(?, '$.feeFen',
       (SELECT CAST(COALESCE(SUM(IF(f.kind = 'fee', f.amount_fen, -f.amount_fen)), 0) AS SIGNED)
        FROM ledger_entry f WHERE f.intercept_id = ?)), ?, ?, ? FROM notification_target t WHERE ${LISTENS}`,
    [messageId(), type, row.id, JSON.stringify(step), row.id, ...clocks(now), ...patterns(type)],
  );
}

/** A task was opened. */
export function tellTaskOpened(tx: Sql, taskId: string, now: Date): Promise<void> {
  return tell(tx, { type: 'task.opened', subjectId: taskId, data: { state: 'open' } }, now);
}

/** A person has done a task. */
export function tellTaskDone(tx: Sql, taskId: string, now: Date): Promise<void> {
  return tell(tx, { type: 'task.closed', subjectId: taskId, data: { state: 'done' } }, now);
}

/** Tells of open tasks that the caller is about to close; call it before they are. `where` is about `task k`. */
export async function tellTasksClosing(tx: Sql, where: string, values: readonly SqlValue[], now: Date): Promise<void> {
  await tx.run(
    `${INTO} SELECT CONCAT(?, '_', k.id), t.id, 'task.closed', k.id, '{"state":"closed"}', ?, ?, ?
     FROM task k JOIN notification_target t ON ${LISTENS} WHERE k.state = 'open' AND ${where}`,
    [messageId(), ...clocks(now), ...patterns('task.closed'), ...values],
  );
}
