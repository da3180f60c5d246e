import { isRunaway, type Pace, RELEASED_HOURS, USUAL_HOURS, usualCount } from '../policy/brake.js';
import { appendAudit } from './audit-store.js';
import { type Database, isDuplicate, type Sql } from './database.js';
import { lockConfig, raiseVersion } from './settings-store.js';

const HOUR_MS = 3_600_000;

/** A policy whose brake is on: since when, and the numbers that pulled it. */
export interface Brake {
  readonly policyId: string;
  readonly since: Date;
  readonly hourCount: number;
  readonly usualCount: number;
}

/** Brakes that are on now. */
export function readBrakes(sql: Sql): Promise<Brake[]> {
  return sql.rows<Brake>(
    `SELECT policy_id AS policyId, pulled_at AS since, hour_count AS hourCount, usual_count AS usualCount
     FROM policy_brake WHERE pulled = 1 ORDER BY policy_id`,
  );
}

/** How many this policy let go in the hour before `now`. */
export async function hourCount(sql: Sql, policyId: string, now: Date): Promise<number> {
  const rows = await sql.rows<{ n: number }>(
    'SELECT COUNT(*) AS n FROM intercept WHERE policy_id = ? AND queued_at > ? AND queued_at <= ?',
    [policyId, new Date(now.getTime() - HOUR_MS), now],
  );
  return rows[0]?.n ?? 0;
}

/** What is usual for this policy: read from an index alone, and worth keeping for a while. */
export async function usualPace(sql: Sql, policyId: string, now: Date): Promise<Omit<Pace, 'hourCount'>> {
  const until = new Date(now.getTime() - HOUR_MS);
  const rows = await sql.rows<{ n: number; first: Date | null }>(
    'SELECT COUNT(*) AS n, MIN(queued_at) AS first FROM intercept WHERE policy_id = ? AND queued_at > ? AND queued_at <= ?',
    [policyId, new Date(until.getTime() - USUAL_HOURS * HOUR_MS), until],
  );
  const { n = 0, first = null } = rows[0] ?? {};
  return { beforeCount: n, beforeHours: first === null ? 0 : (until.getTime() - first.getTime()) / HOUR_MS };
}

/** A brake is a step of the configuration: every process follows it within a second. */
async function written(tx: Sql, policyId: string, on: boolean, by: { actor: string; detail: object; now: Date }) {
  const version = await raiseVersion(tx, by.now);
  const field = { field: 'brake', from: on ? 'off' : 'on', to: on ? 'on' : 'off', secret: false };
  await appendAudit(tx, {
    at: by.now,
    actor: by.actor,
    action: on ? 'policy.brake' : 'policy.release',
    subject: `version ${version}`,
    detail: { ...by.detail, changes: [{ section: 'policies', id: policyId, action: 'change', fields: [field] }] },
  });
}

async function pullIn(tx: Sql, policyId: string, pace: Pace, now: Date): Promise<boolean> {
  const usual = usualCount(pace);
  await lockConfig(tx, now);
  const pulled = await tx.run(
    `UPDATE policy_brake SET pulled = 1, pulled_at = ?, hour_count = ?, usual_count = ?
     WHERE policy_id = ? AND pulled = 0 AND quiet_until <= ?`,
    [now, pace.hourCount, usual, policyId, now],
  );
  if (pulled === 0) {
    const known = await tx.rows('SELECT 1 FROM policy_brake WHERE policy_id = ?', [policyId]);
    if (known.length > 0) return false;
    await tx.run(
      'INSERT INTO policy_brake (policy_id, pulled, pulled_at, hour_count, usual_count) VALUES (?, 1, ?, ?, ?)',
      [policyId, now, pace.hourCount, usual],
    );
  }
  const detail = { hourCount: pace.hourCount, usualCount: usual };
  await written(tx, policyId, true, { actor: 'system', detail, now });
  return true;
}

/** Stops the automat of a policy whose hour runs away. false: it does not, is stopped already, or a person let it go on. */
export async function pullBrake(
  db: Database,
  policyId: string,
  pace: Pace,
  times: 'off' | number,
  now: Date,
): Promise<boolean> {
  if (!isRunaway(pace, times)) return false;
  try {
    return await db.transaction((tx) => pullIn(tx, policyId, pace, now));
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** A person has looked: the automat goes on, and the brake stays off for a day. false: it was not on. */
export function releaseBrake(
  db: Database,
  policyId: string,
  by: { readonly actor: string; readonly reason: string; readonly now: Date },
): Promise<boolean> {
  const { actor, reason, now } = by;
  return db.transaction(async (tx) => {
    await lockConfig(tx, now);
    const released = await tx.run(
      'UPDATE policy_brake SET pulled = 0, quiet_until = ? WHERE policy_id = ? AND pulled = 1',
      [new Date(now.getTime() + RELEASED_HOURS * HOUR_MS), policyId],
    );
    if (released === 1) await written(tx, policyId, false, { actor, detail: { reason }, now });
    return released === 1;
  });
}
