import type { RateLimit } from '../settings/settings.js';
import type { Sql } from './database.js';
import { type Breaker, laneStates } from './lane-store.js';

/** What waits on a lane now. */
export interface LaneLoad {
  readonly laneId: string;
  readonly waiting: number;
  readonly held: number;
  readonly inFlight: number;
  readonly uncertain: number;
  /** The nearest deadline among those that wait; null: none waits. */
  readonly oldestDueAt: Date | null;
}

export interface LaneFigures extends Omit<LaneLoad, 'laneId'> {
  readonly paused: boolean;
  readonly breaker: Breaker;
  /** How many of those waiting cannot be sent before their deadline at the lane's rate. */
  readonly tooLateCount: number;
}

/** Loads of all lanes in one reading. */
export function laneLoads(sql: Sql): Promise<LaneLoad[]> {
  return sql.rows<LaneLoad>(
    `SELECT i.lane_id AS laneId,
       CAST(SUM(i.state = 'queued') AS SIGNED) AS waiting,
       CAST(SUM(i.state = 'held') AS SIGNED) AS held,
       CAST(SUM(i.state = 'submitting') AS SIGNED) AS inFlight,
       CAST(SUM(i.state = 'uncertain') AS SIGNED) AS uncertain,
       MIN(CASE WHEN i.state = 'queued' THEN i.deadline_at END) AS oldestDueAt
     FROM intercept i
     WHERE i.lane_id IS NOT NULL AND i.state IN ('queued', 'held', 'submitting', 'uncertain') GROUP BY i.lane_id`,
  );
}

/** Sent nearest deadline first at this rate, how many come too late? `null` rate: only those late already. */
async function countTooLate(sql: Sql, laneId: string, rate: RateLimit | null, now: Date): Promise<number> {
  const gapMs = rate ? rate.perMs / rate.max : 0;
  const rows = await sql.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (
       SELECT i.deadline_at AS deadlineAt, ROW_NUMBER() OVER (ORDER BY i.deadline_at, i.id) AS place
       FROM intercept i WHERE i.lane_id = ? AND i.state = 'queued') line
     WHERE line.deadlineAt <= CAST(? AS DATETIME(3)) + INTERVAL (line.place * ? * 1000) MICROSECOND`,
    [laneId, now, gapMs],
  );
  return rows[0]?.n ?? 0;
}

/** The figures of these lanes; a lane without a row or without work has zeros. */
export async function readLanes(
  sql: Sql,
  lanes: readonly { readonly id: string; readonly rateLimit: RateLimit | null }[],
  now: Date,
): Promise<Map<string, LaneFigures>> {
  const loads = new Map((await laneLoads(sql)).map((l) => [l.laneId, l]));
  const states = new Map((await laneStates(sql)).map((s) => [s.id, s]));
  const figures = new Map<string, LaneFigures>();
  for (const { id, rateLimit } of lanes) {
    const load = loads.get(id);
    figures.set(id, {
      paused: states.get(id)?.paused ?? false,
      breaker: states.get(id)?.breaker ?? 'closed',
      waiting: load?.waiting ?? 0,
      held: load?.held ?? 0,
      inFlight: load?.inFlight ?? 0,
      uncertain: load?.uncertain ?? 0,
      oldestDueAt: load?.oldestDueAt ?? null,
      tooLateCount: load && load.waiting > 0 ? await countTooLate(sql, id, rateLimit, now) : 0,
    });
  }
  return figures;
}
