import { MARGIN_MS, type Turns, turnMs, type Waiting } from '../intercept/in-time.js';
import { chooseForWindow } from '../intercept/window.js';
import { byPages } from './by-pages.js';
import { type Ahead, readAhead, readCandidates, readLastMoment } from './candidate-store.js';
import type { Database, Sql } from './database.js';
import { each } from './each.js';

/** The two queues of a lane: orders that make the courier act, and reads that ask it. */
export type LaneQueue = 'intercept' | 'probe';

/** A row handed to Redis. `dispatch` is raised with each hand-over and is part of the job's id. */
export interface Handed {
  readonly id: string;
  readonly dispatch: number;
  readonly deadlineAt: Date;
}

/** What is read, in this order: a lost answer first, then what has not been sent, then what is followed. */
const READS = ['uncertain', 'held', 'accepted', 'intercepted'] as const;

const WAITING: Record<LaneQueue, string> = {
  intercept: `state = 'queued'`,
  probe: `state IN (${READS.map((state) => `'${state}'`).join(', ')})`,
};
/** Left to itself the server would look through the due rows of all lanes for one of this. */
const INDEX: Record<LaneQueue, string> = { intercept: 'intercept_lane', probe: 'intercept_reads' };

export interface FillOrder {
  readonly laneId: string;
  readonly queue: LaneQueue;
  /** How many rows Redis may hold of this queue. */
  readonly window: number;
  /** What the lane can really send, calls per ms; null: no limit. Leaves out what can no longer make its deadline. */
  readonly perMs: number | null;
}

/** A window that is at least this full is left alone: it is filled by handfuls, not row by row. */
export const FULL_ENOUGH = 7 / 8;
/** A lane whose window is less full than this, and where nothing waits, is quiet. */
const QUIET = 1 / 2;

/** One filling of a lane. */
export interface Filling {
  readonly rows: readonly Handed[];
  /** How many more Redis may get before the lane is no longer quiet; 0: it is not, null: nobody looked. */
  readonly quiet: number | null;
  /** Orders that go before whatever comes next. */
  readonly ahead: number;
}

const NOT_QUIET: Filling = { rows: [], quiet: 0, ahead: 0 };

/**
 * Takes the rows of a lane that should go next and that Redis has room for, and marks them as handed over. Orders go in
 * the order of intercept/window.ts. One filler per lane at a time: the lane's row is locked.
 */
export async function takeForRedis(
  db: Pick<Database, 'rows' | 'transaction'>,
  order: FillOrder,
  now: Date,
): Promise<Filling> {
  const waiting = await db.rows(
    `SELECT 1 FROM intercept FORCE INDEX (${INDEX[order.queue]})
     WHERE lane_id = ? AND ${WAITING[order.queue]} AND dispatched_at IS NULL AND next_at <= ? LIMIT 1`,
    [order.laneId, now],
  );
  if (waiting.length === 0) return { ...NOT_QUIET, quiet: null };
  return db.transaction(async (tx) => {
    const locked = await tx.rows('SELECT id FROM lane WHERE id = ? FOR UPDATE SKIP LOCKED', [order.laneId]);
    if (locked.length === 0) return NOT_QUIET;
    const filling = order.queue === 'intercept' ? await nextOrders(tx, order, now) : await nextReads(tx, order, now);
    const { rows } = filling;
    if (rows.length > 0) {
      await tx.run('UPDATE intercept SET dispatch = dispatch + 1, dispatched_at = ? WHERE id IN (?)', [
        now,
        rows.map((r) => r.id),
      ]);
    }
    return filling;
  });
}

async function nextOrders(tx: Sql, order: FillOrder, now: Date): Promise<Filling> {
  const ahead = await readAhead(tx, order.laneId);
  const room = order.window - ahead.handedCount;
  if (room <= 0 || ahead.handedCount > order.window * FULL_ENOUGH) return NOT_QUIET;
  const chosen = await choose(tx, order, ahead, room, now);
  const rows = await lockThose(
    tx,
    order,
    chosen.map((row) => row.id),
  );
  const handed = ahead.handedCount + rows.length;
  const isAll = chosen.length < room && rows.length === chosen.length;
  const quiet = isAll ? Math.max(0, Math.floor(order.window * QUIET) - handed) : 0;
  return { rows, quiet, ahead: handed + ahead.inFlight };
}

/** Of these rows, chosen without a lock, those that still wait, locked, in the order given. */
async function lockThose(tx: Sql, { laneId, queue }: FillOrder, ids: readonly string[]): Promise<Handed[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<Handed>(
    `SELECT id, dispatch + 1 AS dispatch, deadline_at AS deadlineAt FROM intercept FORCE INDEX (PRIMARY)
     WHERE id IN (?) AND lane_id = ? AND ${WAITING[queue]} AND dispatched_at IS NULL FOR UPDATE SKIP LOCKED`,
    [ids, laneId],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function choose(tx: Sql, order: FillOrder, ahead: Ahead, room: number, now: Date): Promise<readonly Waiting[]> {
  const turns: Turns = {
    nowMs: now.getTime(),
    ahead: ahead.handedCount + ahead.inFlight,
    gapMs: order.perMs === null ? 0 : 1 / order.perMs,
  };
  const next = new Date(Math.floor(turnMs(turns, 0)));
  const inTime = new Date(next.getTime() + MARGIN_MS);
  const candidates = await readCandidates(tx, order.laneId, room, inTime, now);
  const lastMoment =
    candidates.length < room ? await readLastMoment(tx, order.laneId, next, inTime, now, room - candidates.length) : [];
  return chooseForWindow([...candidates, ...lastMoment], { ...turns, room, holds: ahead.handed }).chosen;
}

/** The next reads in the order of READS; among the same, failing rows rotate by their next time. */
async function nextReads(tx: Sql, order: FillOrder, now: Date): Promise<Filling> {
  const handed = await tx.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM intercept WHERE lane_id = ? AND ${WAITING.probe} AND dispatched_at IS NOT NULL`,
    [order.laneId],
  );
  const handedCount = handed[0]?.n ?? 0;
  const room = order.window - handedCount;
  // By handfuls: a filling costs the same for one row as for many.
  if (room <= 0 || handedCount > order.window * FULL_ENOUGH) return NOT_QUIET;
  const dueOf = `(SELECT id, next_at AS nextAt, ? AS turn FROM intercept FORCE INDEX (intercept_reads)
    WHERE lane_id = ? AND state = ? AND dispatched_at IS NULL AND next_at <= ? ORDER BY next_at LIMIT ?)`;
  const due = await tx.rows<{ id: string; nextAt: Date; turn: number }>(
    READS.map(() => dueOf).join(' UNION ALL '),
    READS.flatMap((state, turn) => [turn, order.laneId, state, now, room]),
  );
  const inTurn = due.sort((a, b) => a.turn - b.turn || +a.nextAt - +b.nextAt).slice(0, room);
  const rows = await lockThose(
    tx,
    order,
    inTurn.map((row) => row.id),
  );
  return { ...NOT_QUIET, rows };
}

/** Rows handed over before `before` that have not moved since: do they still have a job? */
export function handedBefore(db: Database, laneId: string, queue: LaneQueue, before: Date): Promise<Handed[]> {
  return db.rows<Handed>(
    `SELECT id, dispatch, deadline_at AS deadlineAt FROM intercept
     WHERE lane_id = ? AND ${WAITING[queue]} AND dispatched_at <= ? LIMIT 5000`,
    [laneId, before],
  );
}

/** A row that is taken back. `nextAt` puts it off; without one it is due as before. */
export interface TakenBack extends Pick<Handed, 'id' | 'dispatch'> {
  readonly nextAt?: Date | null;
}

/** Takes rows back that have no job in Redis, whose lane is closed, or that found no slot. Returns how many there were. */
export function takeAllBack(db: Database, rows: readonly TakenBack[]): Promise<number> {
  // Claims lock rows in the order of their parcels: whoever loses a deadlock tries again.
  return byPages(rows, (page) => db.transaction((tx) => release(tx, page)));
}

function release(sql: Sql, rows: readonly TakenBack[]): Promise<number> {
  const nextAt = each(
    'id',
    rows.map((row) => [row.id, row.nextAt ?? null]),
  );
  return sql.run(
    `UPDATE intercept SET dispatched_at = NULL, next_at = COALESCE(${nextAt.sql}, next_at)
     WHERE id IN (?) AND (id, dispatch) IN (?) AND dispatched_at IS NOT NULL AND state <> 'submitting'`,
    [...nextAt.values, rows.map(({ id }) => id), rows.map(({ id, dispatch }) => [id, dispatch])],
  );
}

/** Takes a row back that no courier can help: it is looked at again when its facts change. */
export async function letRest(sql: Sql, row: { readonly id: string; readonly version: number }): Promise<void> {
  await sql.run('UPDATE intercept SET next_at = NULL, dispatched_at = NULL WHERE id = ? AND version = ?', [
    row.id,
    row.version,
  ]);
}
