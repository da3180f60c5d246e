import { laneIdOf } from '../ids.js';
import type { Sql } from './database.js';

export type Breaker = 'closed' | 'open' | 'half_open';

/** What people and breakers say of a lane; its limits are configuration. */
export interface LaneState {
  readonly id: string;
  readonly paused: boolean;
  readonly pausedReason: string | null;
  readonly breaker: Breaker;
  readonly breakerUntil: Date | null;
  /** `unavailable` or `credentials`; null: it is closed. */
  readonly breakerReason: string | null;
  readonly breakerTrips: number;
  /** When a test job last came through all the way; null: never. */
  readonly canaryAt: Date | null;
}

export async function laneStates(sql: Sql): Promise<LaneState[]> {
  const rows = await sql.rows<Omit<LaneState, 'paused'> & { paused: number }>(
    `SELECT id, paused, paused_reason AS pausedReason, breaker, breaker_until AS breakerUntil,
       breaker_reason AS breakerReason, breaker_trips AS breakerTrips, canary_at AS canaryAt FROM lane`,
  );
  return rows.map((row) => ({ ...row, paused: row.paused === 1 }));
}

/** A lane row for each account: people and breakers set its state, the configuration never touches it again. */
export async function ensureLanes(
  sql: Sql,
  accounts: readonly { readonly id: string; readonly carrier: string }[],
): Promise<void> {
  if (accounts.length === 0) return;
  await sql.run('INSERT INTO lane (id, carrier, account_id) VALUES ? ON DUPLICATE KEY UPDATE id = lane.id', [
    accounts.map(({ id, carrier }) => [laneIdOf(carrier, id), carrier, id]),
  ]);
}

/** Opens the breaker until `until`. true: this call opened it, so that one alert is raised and not one per failure. */
export async function openBreaker(sql: Sql, id: string, reason: string, until: Date): Promise<boolean> {
  const affected = await sql.run(
    `UPDATE lane SET breaker = 'open', breaker_until = ?, breaker_reason = ?, breaker_trips = breaker_trips + 1
     WHERE id = ? AND breaker <> 'open'`,
    [until, reason, id],
  );
  return affected === 1;
}

/** An open breaker whose time is over lets one call through to see. */
export async function halfOpenBreakers(sql: Sql, now: Date): Promise<number> {
  return sql.run(`UPDATE lane SET breaker = 'half_open' WHERE breaker = 'open' AND breaker_until <= ?`, [now]);
}

/** The courier answered again. true: this call closed it. */
export async function closeBreaker(sql: Sql, id: string): Promise<boolean> {
  const affected = await sql.run(
    `UPDATE lane SET breaker = 'closed', breaker_until = NULL, breaker_reason = NULL, breaker_trips = 0
     WHERE id = ? AND breaker = 'half_open'`,
    [id],
  );
  return affected === 1;
}

/** A test job of this lane reached a worker. */
export async function noteCanary(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.run('UPDATE lane SET canary_at = GREATEST(COALESCE(canary_at, ?), ?) WHERE id = ?', [now, now, id]);
}

/** A person pauses or resumes a lane. true: it was the other way before. */
export async function pauseLane(sql: Sql, id: string, paused: boolean): Promise<boolean> {
  const flag = paused ? 1 : 0;
  const why = paused ? 'person' : null;
  return (
    (await sql.run('UPDATE lane SET paused = ?, paused_reason = ? WHERE id = ? AND paused <> ?', [
      flag,
      why,
      id,
      flag,
    ])) === 1
  );
}
