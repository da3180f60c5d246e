import { newId } from '../ids.js';
import { appendAudit } from './audit-store.js';
import { type Database, DatabaseUnavailable, type Sql } from './database.js';
import { INTERCEPT_FROM } from './intercept-reader.js';
import type { JudgeEnv } from './judgement.js';
import { type ItemOutcome, type ItemResult, replayOne } from './replay-item.js';
import {
  previewReplay,
  type ReplayFilter,
  type ReplayPreview,
  releasable,
  replayed,
  replayGroups,
} from './replay-preview.js';
import { isAscii } from './where.js';

export type ReplayState = 'previewed' | 'running' | 'done' | 'aborted';

/** A named batch. `toDo` are the items it lets go; the rest of `total` is counted and left alone. */
export interface Replay extends ReplayPreview {
  readonly id: string;
  readonly name: string;
  readonly actor: string;
  readonly state: ReplayState;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly toDo: number;
  readonly done: number;
  readonly failed: number;
  readonly outcomes: Readonly<Partial<Record<ItemOutcome, number>>>;
}

export interface ReplayOrder {
  readonly name: string;
  readonly filter: ReplayFilter;
  readonly dryRun: boolean;
  readonly actor: string;
  /** The shops its maker may see; null: all. */
  readonly shops: readonly string[] | null;
}

/** Previews are kept this long, ms: nobody asks for an old one. */
const PREVIEW_KEPT_MS = 86_400_000;

/** Previews a replay and, unless it is a dry run, writes its items down; the runner works them off. Audited. */
export async function createReplay(db: Database, env: JudgeEnv, order: ReplayOrder, now: Date): Promise<string> {
  const found = await previewReplay(db, env, order.filter, order.shops, now);
  const id = newId();
  await db.run(`DELETE FROM replay WHERE state = 'previewed' AND created_at < ? LIMIT 1000`, [
    new Date(now.getTime() - PREVIEW_KEPT_MS),
  ]);
  await db.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO replay (id, name, actor, shops, filter, state, total, preview, fee_estimate_fen, created_at) VALUES (?)`,
      [
        [
          id,
          order.name,
          order.actor,
          order.shops === null ? null : JSON.stringify(order.shops),
          JSON.stringify(order.filter),
          order.dryRun ? 'previewed' : 'running',
          found.total,
          JSON.stringify(found.preview),
          found.feeEstimateFen,
          now,
        ],
      ],
    );
    if (order.dryRun) return;
    const where = replayed(order.filter, order.shops);
    const pairs = releasable(await replayGroups(tx, where));
    if (pairs.length > 0) {
      await tx.run(
        `INSERT INTO replay_item (replay_id, seq, intercept_id)
         SELECT ?, ROW_NUMBER() OVER (ORDER BY i.deadline_at, i.id), i.id ${INTERCEPT_FROM} ${where.sql} AND (i.state, i.reason) IN (?)`,
        [id, ...where.values, pairs],
      );
    }
    const detail = { name: order.name, filter: order.filter, total: found.total, preview: found.preview };
    await appendAudit(tx, { at: now, actor: order.actor, action: 'replay_started', subject: id, detail });
  });
  return id;
}

type RawReplay = Omit<Replay, 'preview' | 'toDo' | 'done' | 'failed' | 'outcomes'> & {
  readonly preview: string;
  readonly shops: string | null;
};

/** One replay with how far it is; null if there is none or it covers shops that are not the caller's. */
export async function readReplay(sql: Sql, id: string, shops: readonly string[] | null): Promise<Replay | null> {
  if (!isAscii(id)) return null;
  const rows = await sql.rows<RawReplay>(
    `SELECT id, name, actor, shops, state, total, preview, fee_estimate_fen AS feeEstimateFen, created_at AS createdAt,
       finished_at AS finishedAt FROM replay WHERE id = ?`,
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  const { shops: its, preview, ...head } = row;
  const covered = its === null ? null : (JSON.parse(its) as string[]);
  if (shops !== null && !covered?.every((shop) => shops.includes(shop))) return null;
  const counts = await sql.rows<{ outcome: ItemOutcome | null; n: number }>(
    'SELECT outcome, COUNT(*) AS n FROM replay_item WHERE replay_id = ? GROUP BY outcome',
    [id],
  );
  const outcomes = Object.fromEntries(counts.flatMap(({ outcome, n }) => (outcome === null ? [] : [[outcome, n]])));
  const done = counts.reduce((sum, { outcome, n }) => sum + (outcome === null ? 0 : n), 0);
  return {
    ...head,
    preview: JSON.parse(preview) as ReplayPreview['preview'],
    toDo: counts.reduce((sum, { n }) => sum + n, 0),
    done,
    failed: outcomes.failed ?? 0,
    outcomes,
  };
}

/** Stops a replay after the items that are under way; what is done stays done. false: it had ended before. */
export function abortReplay(db: Database, id: string, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const affected = await tx.run(
      `UPDATE replay SET state = 'aborted', finished_at = ? WHERE id = ? AND state = 'running'`,
      [now, id],
    );
    if (affected === 1) await appendAudit(tx, { at: now, actor, action: 'replay_aborted', subject: id, detail: {} });
    return affected === 1;
  });
}

export interface RunningReplay {
  readonly id: string;
  readonly name: string;
  readonly actor: string;
}

/** Replays that are not at their end, oldest first. */
export function runningReplays(sql: Sql): Promise<RunningReplay[]> {
  return sql.rows(`SELECT id, name, actor FROM replay WHERE state = 'running' ORDER BY id LIMIT 20`);
}

/** The next items without an outcome; none of a replay that does not run. */
export async function openItems(sql: Sql, replayId: string, limit: number): Promise<number[]> {
  const rows = await sql.rows<{ seq: number }>(
    `SELECT t.seq FROM replay r JOIN replay_item t ON t.replay_id = r.id
     WHERE r.id = ? AND r.state = 'running' AND t.outcome IS NULL ORDER BY t.seq LIMIT ?`,
    [replayId, limit],
  );
  return rows.map((row) => row.seq);
}

async function noteItem(tx: Sql, replayId: string, seq: number, result: ItemResult, now: Date): Promise<void> {
  await tx.run(
    `UPDATE replay_item SET outcome = ?, reason = ?, result_id = ?, done_at = ?
     WHERE replay_id = ? AND seq = ? AND outcome IS NULL`,
    [result.outcome, result.reason, result.resultId, now, replayId, seq],
  );
}

/**
 * Does one item: its step and its outcome are one transaction, so a crash does it once or not at all. Several runners
 * may work on one replay. An item that breaks us is noted as failed and holds up nobody.
 */
export async function runItem(
  db: Database,
  env: JudgeEnv,
  replay: RunningReplay,
  seq: number,
  now: Date,
): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      // Held to the end of the transaction: an abort waits for the items under way and nothing follows it.
      const running = await tx.rows(`SELECT 1 FROM replay WHERE id = ? AND state = 'running' LOCK IN SHARE MODE`, [
        replay.id,
      ]);
      if (running.length === 0) return;
      const [item] = await tx.rows<{ interceptId: string }>(
        `SELECT intercept_id AS interceptId FROM replay_item WHERE replay_id = ? AND seq = ? AND outcome IS NULL
         FOR UPDATE SKIP LOCKED`,
        [replay.id, seq],
      );
      if (!item) return;
      await noteItem(tx, replay.id, seq, await replayOne(tx, env, item.interceptId, replay, now), now);
    });
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    const reason = error instanceof Error ? error.name.slice(0, 48) : 'error';
    await noteItem(db, replay.id, seq, { outcome: 'failed', reason, resultId: null }, now);
  }
}

/** Ends a replay that has no item left. */
export async function finishReplay(sql: Sql, id: string, now: Date): Promise<boolean> {
  const affected = await sql.run(
    `UPDATE replay SET state = 'done', finished_at = ? WHERE id = ? AND state = 'running'
     AND NOT EXISTS (SELECT 1 FROM replay_item WHERE replay_id = ? AND outcome IS NULL)`,
    [now, id, id],
  );
  return affected === 1;
}
