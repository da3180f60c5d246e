import { newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { type InterceptState, isFinal } from '../intercept/machine.js';
import { type Reason, reasonRow } from '../reasons.js';
import type { Sql } from './database.js';
import { tellTaskOpened, tellTasksClosing } from './outbox-store.js';
import { taskOwners } from './owner-store.js';

/** How soon a person should have acted, ms: a parcel at the door cannot wait, data can. */
const DUE_AFTER_MS = {
  phone_branch: 15 * 60_000,
  decide: 60 * 60_000,
  pull_in_warehouse: 60 * 60_000,
  mend_data: 4 * 3_600_000,
  refund: 60 * 60_000,
  redeliver: 4 * 3_600_000,
} as const;

/** Only an end, or a wait for a person, can ask for something. */
const asks = (state: InterceptState) => isFinal(state) || state === 'needs_review';

/** On its way to the courier nothing is asked of people; a hold asks only for contents (R62). */
const mayHaveTasks = ({ state, reason }: Intercept) =>
  state !== 'queued' && state !== 'submitting' && (state !== 'held' || reason === 'contents_unknown');

/** A step as far as people are concerned: the row before it, where it led and why. */
export interface TaskStep {
  readonly row: Intercept;
  readonly to: InterceptState;
  readonly reason: Reason;
}

/**
 * Opens the tasks that the reasons ask for and closes those whose condition is gone (R78). One open task per parcel, owner
 * and kind: the unique key makes the same condition never ask twice.
 */
export async function settleTasks(tx: Sql, steps: readonly TaskStep[], now: Date): Promise<void> {
  const asked = await askedOf(
    tx,
    steps.filter(({ row }) => mayHaveTasks(row)).map(({ row }) => row.id),
    OPEN,
  );
  for (const { row, to, reason } of steps) {
    const kind = reasonRow(reason).task ?? null;
    if (asked.has(row.id)) await closeOtherTasks(tx, row.id, kind, now);
    if (kind && asks(to)) await openTask(tx, row, reason, now);
  }
}

/**
 * A question about the refund is the refund's to close, a buyer who waits for his goods is there until he has them: both
 * may outlast every step of the parcel (R63, R80).
 */
async function closeOtherTasks(tx: Sql, interceptId: string, kind: string | null, now: Date): Promise<void> {
  const kept = [kind ?? '', 'refund', 'redeliver'];
  await tellTasksClosing(tx, 'k.intercept_id = ? AND k.kind NOT IN (?)', [interceptId, kept], now);
  await tx.run(
    `UPDATE task SET state = 'closed', closed_at = ? WHERE intercept_id = ? AND state = 'open' AND kind NOT IN (?)`,
    [now, interceptId, kept],
  );
}

const OPEN: readonly string[] = ['open'];
const OPEN_OR_DONE: readonly string[] = ['open', 'done'];

/** Which of these intercepts have tasks in these states: most have none. */
async function askedOf(tx: Sql, interceptIds: readonly string[], states: readonly string[]): Promise<Set<string>> {
  if (interceptIds.length === 0) return new Set();
  const rows = await tx.rows<{ id: string }>(
    'SELECT DISTINCT intercept_id AS id FROM task WHERE intercept_id IN (?) AND state IN (?)',
    [interceptIds, states],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The task that a row asks for which was opened just now, and so has none to close. */
export async function openTasks(tx: Sql, row: Intercept, now: Date): Promise<void> {
  if (reasonRow(row.reason).task && asks(row.state)) await openTask(tx, row, row.reason, now);
}

type Asking = Pick<Intercept, 'id' | 'parcelId'>;

/** Opens the task that this reason asks for, once an owner as long as it is open; the row itself stays where it is. */
export async function openTask(tx: Sql, row: Asking, reason: Reason, now: Date): Promise<void> {
  if (!reasonRow(reason).task) return;
  for (const owner of await taskOwners(tx, row.parcelId)) await openFor(tx, row, reason, owner, now);
}

/**
 * Whoever joins a parcel that waits for a person gets a task of his own; what an owner was asked already, and perhaps has
 * answered, he is not asked again (R63, R78).
 */
export async function askNewOwners(tx: Sql, row: Intercept, now: Date): Promise<void> {
  if (row.state !== 'needs_review' || !reasonRow(row.reason).task) return;
  const asked = await tx.rows<{ owner: string }>(
    'SELECT DISTINCT owner FROM task WHERE intercept_id = ? AND reason = ?',
    [row.id, row.reason],
  );
  const known = asked.map(({ owner }) => owner);
  for (const owner of await taskOwners(tx, row.parcelId)) {
    if (!known.includes(owner)) await openFor(tx, row, row.reason, owner, now);
  }
}

async function openFor(tx: Sql, row: Asking, reason: Reason, owner: string, now: Date): Promise<void> {
  const kind = reasonRow(reason).task;
  if (!kind) return;
  const id = newId();
  const dueAt = new Date(now.getTime() + DUE_AFTER_MS[kind]);
  const opened = await tx.run(
    `INSERT INTO task (id, kind, intercept_id, parcel_id, owner, reason, due_at, created_at)
     SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.parcel_id = ? AND t.owner = ? AND t.kind = ? AND t.state = 'open')`,
    [id, kind, row.id, row.parcelId, owner, reason, dueAt, now, row.parcelId, owner, kind],
  );
  if (opened === 1) await tellTaskOpened(tx, id, now);
}

/** Questions that the facts of a row ask while it stays where it is; they go when the facts do. */
const QUESTIONS: readonly Reason[] = ['type_changed_after_acceptance', 'withdrawn_after_stop'];

/** States in which the wish behind an order may still change: it is, or was, turned around. */
const OPEN_TO_QUESTIONS: ReadonlySet<InterceptState> = new Set(['accepted', 'intercepted', 'returned', 'needs_review']);

/** Asks a person once about a condition that lasts: what he has answered is not asked again while it does. */
export async function askOnce(tx: Sql, row: Intercept, reason: Reason, now: Date): Promise<void> {
  const asked = await tx.rows(
    `SELECT 1 FROM task WHERE intercept_id = ? AND reason = ? AND state IN ('open', 'done') LIMIT 1`,
    [row.id, reason],
  );
  if (asked.length === 0) await openTask(tx, row, reason, now);
}

/** Closes the questions whose condition is gone, answered or not, so that they may be asked again should it come back. */
export async function closeQuestions(
  tx: Sql,
  rows: readonly { readonly row: Intercept; readonly except: Reason | null }[],
  now: Date,
): Promise<void> {
  const open = rows.filter(({ row }) => OPEN_TO_QUESTIONS.has(row.state));
  const asked = await askedOf(
    tx,
    open.map(({ row }) => row.id),
    OPEN_OR_DONE,
  );
  for (const { row, except } of open) {
    if (!asked.has(row.id)) continue;
    const gone = QUESTIONS.filter((reason) => reason !== except);
    await tellTasksClosing(tx, 'k.intercept_id = ? AND k.reason IN (?)', [row.id, gone], now);
    await tx.run(
      `UPDATE task SET state = 'closed', closed_at = COALESCE(closed_at, ?)
       WHERE intercept_id = ? AND reason IN (?) AND state IN ('open', 'done')`,
      [now, row.id, gone],
    );
  }
}
