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
/** A target that wants an event; reads no secret and needs no settings. Takes `patterns`. */
const listens = (t: 't' | 'o') => `${t}.enabled = 1 AND (JSON_CONTAINS(${t}.body, '"*"', '$.events')
  OR JSON_CONTAINS(${t}.body, ?, '$.events') OR JSON_CONTAINS(${t}.body, ?, '$.events'))`;
const LISTENS = listens('t');
/** A chat of the owner of task `k`. */
const ofOwner = (t: 't' | 'o') => `COALESCE(JSON_CONTAINS(${t}.body, JSON_QUOTE(k.owner), '$.owners'), 0) = 1`;
/**
 * Whom a message about task `k` is for (R78): systems always, the chats of its owner, and where none of these listens those
 * that belong to nobody. Takes `patterns` twice, the first time for LISTENS.
 */
const ROUTED = `${LISTENS} AND (t.id LIKE 'endpoints/%' OR ${ofOwner('t')}
  OR (COALESCE(JSON_TYPE(JSON_EXTRACT(t.body, '$.owners')), '') <> 'ARRAY'
    AND NOT EXISTS (SELECT 1 FROM notification_target o WHERE ${ofOwner('o')} AND ${listens('o')})))`;

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
export async function tellTaskOpened(tx: Sql, taskId: string, now: Date): Promise<void> {
  await tx.run(
    `${INTO} SELECT ?, t.id, 'task.opened', k.id, '{"state":"open"}', ?, ?, ?
     FROM task k JOIN notification_target t ON ${ROUTED} WHERE k.id = ?`,
    [messageId(), ...clocks(now), ...patterns('task.opened'), ...patterns('task.opened'), taskId],
  );
}

/** A message of this task's opening, whatever became of it. */
const OPENING = `FROM outbox f WHERE f.subject_id = k.id AND f.topic = 'task.opened'`;
/**
 * Who is told that task `k` is over: systems, and the chats that were told of it, whosever it is by now. Where none was, or
 * of openings this one wants to hear nothing, the chats that a message about it is for now. Takes `toldOf`.
 */
const TOLD = `${LISTENS} AND (t.id LIKE 'endpoints/%' OR EXISTS (SELECT 1 ${OPENING} AND f.target_id = t.id)
  OR (${ROUTED} AND NOT (${LISTENS} AND EXISTS (SELECT 1 ${OPENING}))))`;
const toldOf = () => [
  ...patterns('task.closed'),
  ...patterns('task.closed'),
  ...patterns('task.closed'),
  ...patterns('task.opened'),
];

/** A person has done a task. */
export function tellTaskDone(tx: Sql, taskId: string, now: Date): Promise<void> {
  return tellTasksOver(tx, 'done', 'k.id = ?', [taskId], now);
}

/** Tells of open tasks that the caller is about to close; call it before they are. `where` is about `task k`. */
export function tellTasksClosing(tx: Sql, where: string, values: readonly SqlValue[], now: Date): Promise<void> {
  return tellTasksOver(tx, 'closed', `k.state = 'open' AND ${where}`, values, now);
}

async function tellTasksOver(
  tx: Sql,
  state: 'done' | 'closed',
  where: string,
  values: readonly SqlValue[],
  now: Date,
): Promise<void> {
  await tx.run(
    `${INTO} SELECT CONCAT(?, '_', k.id), t.id, 'task.closed', k.id, ?, ?, ?, ?
     FROM task k JOIN notification_target t ON ${TOLD} WHERE ${where}`,
    [messageId(), JSON.stringify({ state }), ...clocks(now), ...toldOf(), ...values],
  );
}
