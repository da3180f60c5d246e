import type { Waiting } from '../intercept/in-time.js';
import { CANDIDATES_PER_SHOP, candidatesFor } from '../intercept/window.js';
import type { Sql } from './database.js';

/** Shops beyond so many wait until others have nothing waiting. */
const MOST_SHOPS = 200;

/** What goes before whatever is chosen now. */
export interface Ahead {
  /** Rows that Redis holds or should hold, by shop. */
  readonly handed: ReadonlyMap<string, number>;
  readonly handedCount: number;
  /** Orders that wait for their slot or for their answer. */
  readonly inFlight: number;
}

export async function readAhead(sql: Sql, laneId: string): Promise<Ahead> {
  const rows = await sql.rows<{ state: string; shopId: string; n: number }>(
    `SELECT state, shop_id AS shopId, COUNT(*) AS n FROM intercept FORCE INDEX (intercept_lane_shop)
     WHERE lane_id = ? AND ((state = 'queued' AND dispatched_at IS NOT NULL) OR state = 'submitting')
     GROUP BY state, shop_id`,
    [laneId],
  );
  const handed = new Map(rows.flatMap(({ state, shopId, n }) => (state === 'queued' ? [[shopId, n]] : [])));
  const count = (of: string) => rows.reduce((sum, { state, n }) => (state === of ? sum + n : sum), 0);
  return { handed, handedCount: count('queued'), inFlight: count('submitting') };
}

/** Waiting, not with Redis, due, with its last moment after the first `?` but one. */
const WHERE = `state = 'queued' AND dispatched_at IS NULL AND deadline_at > ? AND next_at <= ?`;
const COLUMNS = `id, shop_id AS shopId, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', deadline_at) DIV 1000 AS deadlineMs,
  value_fen AS valueFen, stop_chance AS chance`;

/** The nearest deadlines of a lane after `after`, over the index of deadlines: it ends after `limit` rows. */
function nearest(sql: Sql, laneId: string, after: Date, now: Date, limit: number): Promise<Waiting[]> {
  return sql.rows<Waiting>(
    `SELECT ${COLUMNS} FROM intercept FORCE INDEX (intercept_lane)
     WHERE lane_id = ? AND ${WHERE} ORDER BY deadline_at, id LIMIT ?`,
    [laneId, after, now, limit],
  );
}

/** The shops that wait at a lane: a loose scan, one step in the index a shop, however much each has. */
async function shopsWaiting(sql: Sql, laneId: string): Promise<string[]> {
  const rows = await sql.rows<{ shopId: string }>(
    `SELECT shop_id AS shopId FROM intercept FORCE INDEX (intercept_lane_shop)
     WHERE lane_id = ? AND state = 'queued' AND dispatched_at IS NULL
     GROUP BY lane_id, state, dispatched_at, shop_id LIMIT ?`,
    [laneId, MOST_SHOPS],
  );
  return rows.map((row) => row.shopId);
}

/** The nearest deadlines of each of these shops, `limit` of each. */
function nearestOfEach(
  sql: Sql,
  laneId: string,
  shops: readonly string[],
  limit: number,
  after: Date,
  now: Date,
): Promise<Waiting[]> {
  const ofOne = `(SELECT ${COLUMNS} FROM intercept FORCE INDEX (intercept_lane_shop)
    WHERE lane_id = ? AND shop_id = ? AND ${WHERE} ORDER BY deadline_at LIMIT ?)`;
  return sql.rows<Waiting>(
    shops.map(() => ofOne).join(' UNION ALL '),
    shops.flatMap((shop) => [laneId, shop, after, now, limit]),
  );
}

/**
 * The rows of a lane that may go next: the nearest deadlines after `after`, a bounded number of them, never the whole
 * backlog. If that leaves others behind, the nearest of every shop are added that may have been crowded out.
 */
export async function readCandidates(
  sql: Sql,
  laneId: string,
  room: number,
  after: Date,
  now: Date,
): Promise<Waiting[]> {
  const limit = candidatesFor(room);
  const first = await nearest(sql, laneId, after, now, limit);
  if (first.length < limit) return first;
  const seen = new Map<string, number>();
  for (const { shopId } of first) seen.set(shopId, (seen.get(shopId) ?? 0) + 1);
  const each = Math.min(room, CANDIDATES_PER_SHOP);
  const crowdedOut = (await shopsWaiting(sql, laneId)).filter((shop) => (seen.get(shop) ?? 0) < each);
  if (crowdedOut.length === 0) return first;
  const known = new Set(first.map((row) => row.id));
  const others = await nearestOfEach(sql, laneId, crowdedOut, each, after, now);
  return [...first, ...others.filter((row) => !known.has(row.id))];
}

/** Those that can only just make it, or not: after `after`, up to `until`; nearest first. */
export function readLastMoment(
  sql: Sql,
  laneId: string,
  after: Date,
  until: Date,
  now: Date,
  limit: number,
): Promise<Waiting[]> {
  return sql.rows<Waiting>(
    `SELECT ${COLUMNS} FROM intercept FORCE INDEX (intercept_lane)
     WHERE lane_id = ? AND ${WHERE} AND deadline_at <= ? ORDER BY deadline_at, id LIMIT ?`,
    [laneId, after, now, until, limit],
  );
}

/** All that waits in MySQL at a lane, due or not, nearest deadline first, `limit` at most. */
export function readWaiting(sql: Sql, laneId: string, limit: number): Promise<Waiting[]> {
  return sql.rows<Waiting>(
    `SELECT ${COLUMNS} FROM intercept FORCE INDEX (intercept_lane)
     WHERE lane_id = ? AND state = 'queued' AND dispatched_at IS NULL ORDER BY deadline_at, id LIMIT ?`,
    [laneId, limit],
  );
}
