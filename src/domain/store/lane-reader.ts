import { MARGIN_MS, partInTime, type Turns, turnMs } from '../intercept/in-time.js';
import { gapMs } from '../intercept/lane-rate.js';
import type { RateLimit } from '../settings/settings.js';
import { readWaiting } from './candidate-store.js';
import type { Sql, SqlValue } from './database.js';
import { type LaneState, laneStates } from './lane-store.js';
import { slownessNow } from './slowness-store.js';

/** What waits on a lane now. */
export interface LaneLoad {
  readonly laneId: string;
  readonly waiting: number;
  /** Of those waiting, how many Redis holds: the window. The others wait in MySQL. */
  readonly handed: number;
  readonly held: number;
  readonly inFlight: number;
  readonly uncertain: number;
  /** The nearest deadline among those that wait; null: none waits. */
  readonly oldestDueAt: Date | null;
}

export interface LaneFigures extends Omit<LaneLoad, 'laneId'>, Omit<LaneState, 'id'> {
  /** How many of those waiting cannot be sent before their deadline at the lane's rate. */
  readonly tooLateCount: number;
  /** Orders that were sent, or began to be, in the last minute. */
  readonly ordersLastMinute: number;
}

const MINUTE_MS = 60_000;

/** Every lane that any intercept was ever on: hops from lane to lane in the index. */
export async function lanesInUse(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ laneId: string }>(
    'SELECT DISTINCT lane_id AS laneId FROM intercept WHERE lane_id IS NOT NULL',
  );
  return rows.map(({ laneId }) => laneId);
}

/** Loads of these lanes in one reading, over the index of lanes and states alone. Lanes without work are left out. */
export async function laneLoads(sql: Sql, laneIds: readonly string[]): Promise<LaneLoad[]> {
  if (laneIds.length === 0) return [];
  return sql.rows<LaneLoad>(
    `SELECT i.lane_id AS laneId,
       CAST(SUM(i.state = 'queued') AS SIGNED) AS waiting,
       CAST(SUM(i.state = 'queued' AND i.dispatched_at IS NOT NULL) AS SIGNED) AS handed,
       CAST(SUM(i.state = 'held') AS SIGNED) AS held,
       CAST(SUM(i.state = 'submitting') AS SIGNED) AS inFlight,
       CAST(SUM(i.state = 'uncertain') AS SIGNED) AS uncertain,
       MIN(CASE WHEN i.state = 'queued' THEN i.deadline_at END) AS oldestDueAt
     FROM intercept i
     WHERE i.lane_id IN (?) AND i.state IN ('queued', 'held', 'submitting', 'uncertain') GROUP BY i.lane_id`,
    [laneIds],
  );
}

/** Orders (sends and cancels) of the last minute by lane: they are what a lane's limit counts. */
async function lastMinute(sql: Sql, now: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ laneId: string | null; n: number }>(
    `SELECT i.lane_id AS laneId, COUNT(*) AS n FROM attempt a JOIN intercept i ON i.id = a.intercept_id
     WHERE a.started_at > ? AND a.kind IN ('send', 'cancel') GROUP BY i.lane_id`,
    [new Date(now.getTime() - MINUTE_MS)],
  );
  return new Map(rows.flatMap(({ laneId, n }) => (laneId === null ? [] : [[laneId, n]])));
}

/** The turns of a lane from now on: what Redis holds and what is on its way to the courier goes first. */
function turnsOf(load: Pick<LaneLoad, 'handed' | 'inFlight'>, rate: RateLimit | null, slow: number, now: Date): Turns {
  return { nowMs: now.getTime(), ahead: load.handed + load.inFlight, gapMs: gapMs(rate, slow) };
}

/**
 * How many of those that wait in MySQL cannot make their deadline, as `partInTime` would leave them out: of the first n
 * deadlines, as many as there are more rows than turns in time for the n-th, and the most of that over all n (Hall's
 * condition). Over the index of deadlines alone.
 */
async function countTooLate(sql: Sql, laneId: string, waiting: number, turns: Turns): Promise<number> {
  const first = new Date(turns.nowMs + MARGIN_MS);
  // By then all of them could be sent: what lies behind needs no count.
  const until = new Date(Math.ceil(turnMs(turns, waiting)) + MARGIN_MS);
  // 1e3 makes floating point of it, as partInTime reckons.
  const [inTime, values]: [string, SqlValue[]] =
    turns.gapMs === 0
      ? ['IF(line.deadlineAt >= ?, line.place, 0)', [first]]
      : [
          'GREATEST(0, FLOOR(TIMESTAMPDIFF(MICROSECOND, ?, line.deadlineAt) / 1e3 / ?) + 1 - ?)',
          [first, turns.gapMs, turns.ahead],
        ];
  const rows = await sql.rows<{ n: number }>(
    `SELECT CAST(COALESCE(GREATEST(0, MAX(line.place - ${inTime})), 0) AS SIGNED) AS n FROM (
       SELECT deadline_at AS deadlineAt, ROW_NUMBER() OVER (ORDER BY deadline_at, id) AS place
       FROM intercept FORCE INDEX (intercept_lane)
       WHERE lane_id = ? AND state = 'queued' AND dispatched_at IS NULL AND deadline_at <= ?) line`,
    [...values, laneId, until],
  );
  return rows[0]?.n ?? 0;
}

/** A parcel whose turn comes after its deadline: somebody should phone. */
export interface TooLate {
  readonly id: string;
  readonly waybillNo: string;
  readonly carrier: string;
  readonly shopId: string;
  readonly valueFen: number | null;
  readonly deadlineAt: Date;
  /** When its turn would come at the lane's rate. */
  readonly turnAt: Date;
}

/** The first turn from `place` on that comes after a deadline, ms since 1970. */
function firstTurnAfter(turns: Turns, place: number, deadlineMs: number): number {
  if (turns.gapMs === 0) return turnMs(turns, 0);
  return turnMs(turns, Math.max(place, Math.floor((deadlineMs - turns.nowMs) / turns.gapMs) - turns.ahead + 1));
}

/** A page of those that come too late looks at the nearest deadlines only: behind so many rows nobody phones today. */
const MOST_LOOKED_AT = 20_000;

/** The first of them, nearest deadline first; for a caller of some shops only his, though all stand in the line. */
export async function listTooLate(
  sql: Sql,
  laneId: string,
  rate: RateLimit | null,
  shops: readonly string[] | null,
  now: Date,
  limit: number,
): Promise<TooLate[]> {
  const [load] = await laneLoads(sql, [laneId]);
  if (!load) return [];
  const turns = turnsOf(load, rate, (await slownessNow(sql, now)).get(laneId) ?? 1, now);
  const { inTime, tooLate } = partInTime(await readWaiting(sql, laneId, MOST_LOOKED_AT), turns);
  const turnAt = new Map<string, Date>();
  let before = 0;
  for (const row of tooLate) {
    while ((inTime[before]?.deadlineMs ?? Number.POSITIVE_INFINITY) <= row.deadlineMs) before += 1;
    if (turnAt.size < limit && (shops === null || shops.includes(row.shopId))) {
      turnAt.set(row.id, new Date(Math.ceil(firstTurnAfter(turns, before, row.deadlineMs))));
    }
  }
  if (turnAt.size === 0) return [];
  const rows = await sql.rows<Omit<TooLate, 'turnAt'>>(
    `SELECT id, waybill_no AS waybillNo, carrier, shop_id AS shopId, value_fen AS valueFen, deadline_at AS deadlineAt
     FROM intercept WHERE id IN (?) ORDER BY deadline_at, id`,
    [[...turnAt.keys()]],
  );
  return rows.map((row) => ({ ...row, turnAt: turnAt.get(row.id) ?? now }));
}

const NO_STATE: Omit<LaneState, 'id'> = {
  paused: false,
  pausedReason: null,
  breaker: 'closed',
  breakerUntil: null,
  breakerReason: null,
  breakerTrips: 0,
  canaryAt: null,
};
const NO_LOAD = { waiting: 0, handed: 0, held: 0, inFlight: 0, uncertain: 0, oldestDueAt: null };

/** The figures of these lanes; a lane without a row or without work has zeros. */
export async function readLanes(
  sql: Sql,
  lanes: readonly { readonly id: string; readonly rateLimit: RateLimit | null }[],
  now: Date,
): Promise<Map<string, LaneFigures>> {
  const ids = lanes.map(({ id }) => id);
  const loads = new Map((await laneLoads(sql, ids)).map(({ laneId, ...load }) => [laneId, load]));
  const states = new Map((await laneStates(sql)).map(({ id, ...state }) => [id, state]));
  const slowness = await slownessNow(sql, now);
  const orders = await lastMinute(sql, now);
  const figures = new Map<string, LaneFigures>();
  for (const { id, rateLimit } of lanes) {
    const load = loads.get(id) ?? NO_LOAD;
    figures.set(id, {
      ...(states.get(id) ?? NO_STATE),
      ...load,
      tooLateCount:
        load.waiting > load.handed
          ? await countTooLate(sql, id, load.waiting, turnsOf(load, rateLimit, slowness.get(id) ?? 1, now))
          : 0,
      ordersLastMinute: orders.get(id) ?? 0,
    });
  }
  return figures;
}
