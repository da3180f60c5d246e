import type { Database, Sql } from './database.js';

/** The two queues of a lane: orders that make the courier act, and reads that ask it. */
export type LaneQueue = 'intercept' | 'probe';

/** A row handed to Redis. `dispatch` is raised with each hand-over and is part of the job's id. */
export interface Handed {
  readonly id: string;
  readonly dispatch: number;
  readonly deadlineAt: Date;
}

const WAITING: Record<LaneQueue, { readonly where: string; readonly order: string }> = {
  intercept: { where: `state = 'queued'`, order: 'deadline_at, id' },
  // A lost answer first, then what has not been sent, then what is followed; failing rows rotate by their next time.
  probe: {
    where: `state IN ('uncertain', 'held', 'accepted', 'intercepted')`,
    order: `FIELD(state, 'uncertain', 'held', 'accepted', 'intercepted'), next_at, deadline_at`,
  },
};

export interface FillOrder {
  readonly laneId: string;
  readonly queue: LaneQueue;
  /** How many rows Redis may hold of this queue. */
  readonly window: number;
  /** What the lane can really send, calls per ms; null: no limit. Leaves out what can no longer make its deadline. */
  readonly perMs: number | null;
}

/**
 * Takes the most urgent rows of a lane that Redis has room for, nearest deadline first, and marks them as handed over.
 * One filler per lane at a time: the lane's row is locked. What cannot make its deadline behind those already handed
 * over is left out: sending it would only make the next one late as well (design.md step 4).
 */
export async function takeForRedis(db: Database, order: FillOrder, now: Date): Promise<Handed[]> {
  const { where, order: by } = WAITING[order.queue];
  const waiting = await db.rows(
    `SELECT 1 FROM intercept WHERE lane_id = ? AND ${where} AND dispatched_at IS NULL AND next_at <= ? LIMIT 1`,
    [order.laneId, now],
  );
  if (waiting.length === 0) return [];
  return db.transaction(async (tx) => {
    const locked = await tx.rows('SELECT id FROM lane WHERE id = ? FOR UPDATE SKIP LOCKED', [order.laneId]);
    if (locked.length === 0) return [];
    const outstanding = await countHanded(tx, order.laneId, where);
    const room = order.window - outstanding;
    if (room <= 0) return [];
    const reach = order.queue === 'intercept' && order.perMs !== null ? outstanding / order.perMs : 0;
    const latest = order.queue === 'intercept' ? new Date(now.getTime() + reach) : new Date(0);
    const rows = await tx.rows<{ id: string; dispatch: number; deadlineAt: Date }>(
      `SELECT id, dispatch + 1 AS dispatch, deadline_at AS deadlineAt FROM intercept
       WHERE lane_id = ? AND ${where} AND dispatched_at IS NULL AND next_at <= ? AND deadline_at > ?
       ORDER BY ${by} LIMIT ? FOR UPDATE SKIP LOCKED`,
      [order.laneId, now, latest, room],
    );
    if (rows.length > 0) {
      await tx.run('UPDATE intercept SET dispatch = dispatch + 1, dispatched_at = ? WHERE id IN (?)', [
        now,
        rows.map((r) => r.id),
      ]);
    }
    return rows;
  });
}

async function countHanded(tx: Sql, laneId: string, where: string): Promise<number> {
  const rows = await tx.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM intercept WHERE lane_id = ? AND ${where} AND dispatched_at IS NOT NULL`,
    [laneId],
  );
  return rows[0]?.n ?? 0;
}

/** Rows handed over before `before` that have not moved since: do they still have a job? */
export function handedBefore(db: Database, laneId: string, queue: LaneQueue, before: Date): Promise<Handed[]> {
  return db.rows<Handed>(
    `SELECT id, dispatch, deadline_at AS deadlineAt FROM intercept
     WHERE lane_id = ? AND ${WAITING[queue].where} AND dispatched_at <= ? LIMIT 5000`,
    [laneId, before],
  );
}

/** Takes a row back from Redis: it has no job there any more, or its lane is closed. `nextAt` puts it off. */
export async function takeBack(
  sql: Sql,
  handed: Pick<Handed, 'id' | 'dispatch'>,
  nextAt: Date | null = null,
): Promise<boolean> {
  const affected = await sql.run(
    `UPDATE intercept SET dispatched_at = NULL, next_at = COALESCE(?, next_at)
     WHERE id = ? AND dispatch = ? AND dispatched_at IS NOT NULL AND state <> 'submitting'`,
    [nextAt, handed.id, handed.dispatch],
  );
  return affected === 1;
}

/** Takes a row back that no courier can help: it is looked at again when its facts change. */
export async function letRest(sql: Sql, row: { readonly id: string; readonly version: number }): Promise<void> {
  await sql.run('UPDATE intercept SET next_at = NULL, dispatched_at = NULL WHERE id = ? AND version = ?', [
    row.id,
    row.version,
  ]);
}

/** Shops with details to read now that are not with Redis yet. */
export async function shopsWithDetails(db: Database, now: Date): Promise<string[]> {
  const rows = await db.rows<{ shopId: string }>(
    'SELECT DISTINCT shop_id AS shopId FROM after_sale WHERE enrich_at <= ? AND enrich_dispatched_at IS NULL',
    [now],
  );
  return rows.map((row) => row.shopId);
}

/** Details of after-sales that a shop should read now. */
export function takeDetailsForRedis(
  db: Database,
  shopId: string,
  limit: number,
  now: Date,
): Promise<{ id: string; dispatch: number }[]> {
  return db.transaction(async (tx) => {
    const handed = await tx.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM after_sale WHERE shop_id = ? AND enrich_at IS NOT NULL AND enrich_dispatched_at IS NOT NULL',
      [shopId],
    );
    const room = limit - (handed[0]?.n ?? 0);
    if (room <= 0) return [];
    const rows = await tx.rows<{ id: string; dispatch: number }>(
      `SELECT id, enrich_dispatch + 1 AS dispatch FROM after_sale
       WHERE shop_id = ? AND enrich_at <= ? AND enrich_dispatched_at IS NULL ORDER BY enrich_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [shopId, now, room],
    );
    if (rows.length > 0) {
      await tx.run(
        'UPDATE after_sale SET enrich_dispatch = enrich_dispatch + 1, enrich_dispatched_at = ? WHERE id IN (?)',
        [now, rows.map((r) => r.id)],
      );
    }
    return rows;
  });
}

/** Detail reads handed over before `before` that are still owed. */
export function detailsHandedBefore(
  db: Database,
  before: Date,
): Promise<{ id: string; shopId: string; dispatch: number }[]> {
  return db.rows(
    `SELECT id, shop_id AS shopId, enrich_dispatch AS dispatch FROM after_sale
     WHERE enrich_at IS NOT NULL AND enrich_dispatched_at <= ? LIMIT 5000`,
    [before],
  );
}

export async function takeBackDetail(sql: Sql, id: string, dispatch: number): Promise<void> {
  await sql.run('UPDATE after_sale SET enrich_dispatched_at = NULL WHERE id = ? AND enrich_dispatch = ?', [
    id,
    dispatch,
  ]);
}
