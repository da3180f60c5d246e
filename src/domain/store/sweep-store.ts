import type { Intercept } from '../intercept/intercept.js';
import type { Database, Sql } from './database.js';
import { removeOldKeys } from './idempotency-store.js';
import { lockIntercept, move } from './intercept-store.js';
import { lockParcel } from './parcel-store.js';
import { removeExpiredSessions } from './session-store.js';
import { openTask } from './task-store.js';

/**
 * Parcels of rows that have not been sent and whose last useful moment is over. Lane by lane, as the index that the lanes are
 * filled by has them: so it reads what is late, and none of what waits in time.
 */
export async function parcelsPastDeadline(db: Pick<Database, 'rows'>, now: Date, limit: number): Promise<string[]> {
  const lanes = await db.rows<{ id: string }>('SELECT id FROM lane');
  const rows = await db.rows<{ parcelId: string }>(
    `SELECT parcel_id AS parcelId FROM intercept FORCE INDEX (intercept_lane)
     WHERE (lane_id IN (?) OR lane_id IS NULL) AND state IN ('held', 'queued')
       AND (dispatched_at IS NULL AND deadline_at <= ? OR dispatched_at IS NOT NULL AND deadline_at <= ?) LIMIT ?`,
    // No lane has an empty name, and an empty list is no SQL.
    [['', ...lanes.map(({ id }) => id)], now, now, limit],
  );
  return rows.map((row) => row.parcelId);
}

/** How often a hold of the policy is looked at again, ms: budgets refill, hours open. */
const POLICY_AGAIN_MS = 30_000;

/** Parcels held by their policy alone, those looked at longest ago first; they count as looked at from now on. */
export async function parcelsHeldByPolicy(db: Database, now: Date, limit: number): Promise<string[]> {
  const rows = await db.rows<{ id: string; parcelId: string }>(
    `SELECT id, parcel_id AS parcelId FROM intercept
     WHERE state = 'held' AND reason IN ('budget_used_up', 'policy_condition', 'policy_brake') AND updated_at <= ? ORDER BY updated_at LIMIT ?`,
    [new Date(now.getTime() - POLICY_AGAIN_MS), limit],
  );
  if (rows.length > 0) {
    await db.run(`UPDATE intercept SET updated_at = ? WHERE id IN (?) AND state = 'held'`, [
      now,
      rows.map((r) => r.id),
    ]);
  }
  return rows.map((row) => row.parcelId);
}

interface Found {
  readonly id: string;
  readonly parcelId: string;
}

/** Each of these rows as it is under the lock of its parcel, in a transaction of its own. */
async function oneByOne(
  db: Database,
  found: readonly Found[],
  work: (tx: Sql, row: Intercept) => Promise<unknown>,
): Promise<number> {
  for (const { id, parcelId } of found) {
    await db.transaction(async (tx) => {
      await lockParcel(tx, parcelId);
      const row = await lockIntercept(tx, id);
      if (row) await work(tx, row);
    });
  }
  return found.length;
}

/** Orders whose end is overdue: a person takes over, in one step each (R78, design.md "Two clocks"). */
export async function handOverOverdue(db: Database, now: Date, limit: number): Promise<number> {
  const due = await db.rows<Found>(
    `SELECT id, parcel_id AS parcelId FROM intercept WHERE state IN ('accepted', 'intercepted') AND outcome_due_at <= ? LIMIT ?`,
    [now, limit],
  );
  return oneByOne(db, due, async (tx, row) => {
    const isFollowed = row.state === 'accepted' || row.state === 'intercepted';
    if (!isFollowed || !row.outcomeDueAt || row.outcomeDueAt > now) return;
    await move(tx, row, { event: 'hand_over', reason: 'outcome_overdue', actor: 'system' }, now);
  });
}

/** Asked for beyond the deadline, an answer that never came is no longer waited for, ms. */
const UNPROVED_FOR_MS = 60_000;

/** Answers that were lost and could not be proved by their deadline: a person takes over. */
export async function giveUpUnproved(db: Database, now: Date, limit: number): Promise<number> {
  const due = await db.rows<Found>(
    `SELECT id, parcel_id AS parcelId FROM intercept WHERE state = 'uncertain' AND deadline_at <= ? LIMIT ?`,
    [new Date(now.getTime() - UNPROVED_FOR_MS), limit],
  );
  return oneByOne(db, due, async (tx, row) => {
    if (row.state !== 'uncertain') return;
    await move(tx, row, { event: 'give_up', reason: 'answer_never_proved', actor: 'system' }, now);
  });
}

/** How long contents may stay unknown before a person is told that no intercept has been sent yet, ms (R62). */
const CONTENTS_PATIENCE_MS = 30 * 60_000;

/** Asks a person about parcels whose contents nobody has supplied; they stay held, and the task closes with the hold. */
export async function askForContents(db: Database, now: Date, limit: number): Promise<number> {
  const since = new Date(now.getTime() - CONTENTS_PATIENCE_MS);
  const due = await db.rows<Found>(
    `SELECT i.id, i.parcel_id AS parcelId FROM intercept i
     WHERE i.state = 'held' AND i.reason = 'contents_unknown' AND i.created_at <= ?
       AND NOT EXISTS (SELECT 1 FROM task t WHERE t.intercept_id = i.id AND t.reason = 'contents_unknown') LIMIT ?`,
    [since, limit],
  );
  return oneByOne(db, due, async (tx, row) => {
    if (row.state === 'held' && row.reason === 'contents_unknown') await openTask(tx, row, row.reason, now);
  });
}

/** Drops what has served its time: sessions, and answers kept for repeated requests (one day). */
export async function dropOld(db: Database, now: Date): Promise<void> {
  await removeExpiredSessions(db, now);
  await removeOldKeys(db, new Date(now.getTime() - 86_400_000));
}
