import type { Database } from './database.js';
import { removeOldKeys } from './idempotency-store.js';
import { lockIntercept, move } from './intercept-store.js';
import { lockParcel } from './parcel-store.js';
import { removeExpiredSessions } from './session-store.js';
import { openTask } from './task-store.js';

/** Parcels of rows that have not been sent and whose last useful moment is over. */
export async function parcelsPastDeadline(db: Database, now: Date, limit: number): Promise<string[]> {
  const rows = await db.rows<{ parcelId: string }>(
    `SELECT parcel_id AS parcelId FROM intercept WHERE state IN ('held', 'queued') AND deadline_at <= ? LIMIT ?`,
    [now, limit],
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

/** Orders whose end is overdue: a person takes over, in one step each (R78, design.md "Two clocks"). */
export async function handOverOverdue(db: Database, now: Date, limit: number): Promise<number> {
  const due = await db.rows<{ id: string; parcelId: string }>(
    `SELECT id, parcel_id AS parcelId FROM intercept WHERE state IN ('accepted', 'intercepted') AND outcome_due_at <= ?
     UNION SELECT id, parcel_id FROM intercept WHERE state = 'uncertain' AND deadline_at <= ? LIMIT ?`,
    [now, new Date(now.getTime() - 60_000), limit],
  );
  for (const { id, parcelId } of due) {
    await db.transaction(async (tx) => {
      await lockParcel(tx, parcelId);
      const row = await lockIntercept(tx, id);
      if (!row) return;
      if (row.state === 'uncertain') {
        await move(tx, row, { event: 'give_up', reason: 'answer_never_proved', actor: 'system' }, now);
      } else if (
        (row.state === 'accepted' || row.state === 'intercepted') &&
        row.outcomeDueAt &&
        row.outcomeDueAt <= now
      ) {
        await move(tx, row, { event: 'hand_over', reason: 'outcome_overdue', actor: 'system' }, now);
      }
    });
  }
  return due.length;
}

/** How long contents may stay unknown before a person is told that no intercept has been sent yet, ms (R62). */
const CONTENTS_PATIENCE_MS = 30 * 60_000;

/** Asks a person about parcels whose contents nobody has supplied; they stay held, and the task closes with the hold. */
export async function askForContents(db: Database, now: Date, limit: number): Promise<number> {
  const since = new Date(now.getTime() - CONTENTS_PATIENCE_MS);
  const due = await db.rows<{ id: string; parcelId: string }>(
    `SELECT i.id, i.parcel_id AS parcelId FROM intercept i
     WHERE i.state = 'held' AND i.reason = 'contents_unknown' AND i.created_at <= ?
       AND NOT EXISTS (SELECT 1 FROM task t WHERE t.intercept_id = i.id AND t.reason = 'contents_unknown') LIMIT ?`,
    [since, limit],
  );
  for (const { id, parcelId } of due) {
    await db.transaction(async (tx) => {
      await lockParcel(tx, parcelId);
      const row = await lockIntercept(tx, id);
      if (row?.state === 'held' && row.reason === 'contents_unknown') await openTask(tx, row, row.reason, now);
    });
  }
  return due.length;
}

/** Drops what has served its time: sessions, and answers kept for repeated requests (one day). */
export async function dropOld(db: Database, now: Date): Promise<void> {
  await removeExpiredSessions(db, now);
  await removeOldKeys(db, new Date(now.getTime() - 86_400_000));
}
