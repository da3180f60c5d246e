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

export type ReplayState = 'previewed' | 'running' | 'done' | 'aborted';

/** A named batch. `toDo` are the items it lets go; the rest of `total` is counted and left alone. */
export interface Replay extends ReplayPreview {
  readonly id: string;
  readonly name: string;
  readonly actor: string;
  readonly state: ReplayState;
  /** Intercepts it lets go in a second; null: as fast as it can. */
  readonly perSecond: number | null;
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
  /** Intercepts let go in a second; absent: as fast as it can. */
  readonly perSecond?: number | undefined;
  /** How many the person saw would be sent: another number now, and nothing is begun. */
  readonly expectWillSend?: number | undefined;
  readonly actor: string;
  /** The shops its maker may see; null: all. */
  readonly shops: readonly string[] | null;
}

/** Previews are kept this long, ms: nobody asks for an old one. */
const PREVIEW_KEPT_MS = 86_400_000;

/** The preview that was confirmed is not true any more: somebody else acted, or time passed. */
export class PreviewOutdated extends Error {
  override readonly name = 'PreviewOutdated';

  constructor(readonly preview: ReplayPreview) {
    super('the preview is outdated');
  }
}

/**
 * Previews a replay and, unless it is a dry run, writes its items down; the runner works them off. Audited. Throws
 * PreviewOutdated if another number would be sent than the person confirmed.
 */
export async function createReplay(db: Database, env: JudgeEnv, order: ReplayOrder, now: Date): Promise<string> {
  const found = await previewReplay(db, env, order.filter, order.shops, now);
  if (order.expectWillSend !== undefined && order.expectWillSend !== found.preview.willSend) {
    throw new PreviewOutdated(found);
  }
  const id = newId();
  await db.run(`DELETE FROM replay WHERE state = 'previewed' AND created_at < ? LIMIT 1000`, [
    new Date(now.getTime() - PREVIEW_KEPT_MS),
  ]);
  await db.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO replay (id, name, actor, shops, filter, state, total, preview, fee_estimate_fen, per_second, paced_at, created_at)
       VALUES (?)`,
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
          order.perSecond ?? null,
          order.perSecond === undefined ? null : now,
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
    const { name, filter, perSecond = null } = order;
    const detail = { name, filter, perSecond, total: found.total, preview: found.preview };
    await appendAudit(tx, { at: now, actor: order.actor, action: 'replay_started', subject: id, detail });
  });
  return id;
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
  readonly perSecond?: number | null;
}

/** Replays that are not at their end, oldest first. */
export function runningReplays(sql: Sql): Promise<RunningReplay[]> {
  return sql.rows(
    `SELECT id, name, actor, per_second AS perSecond FROM replay WHERE state = 'running' ORDER BY id LIMIT 20`,
  );
}

/** A replay that stood still does not catch up more than this, ms: its rate is a promise for every second. */
const MOST_CAUGHT_UP_MS = 1_000;

/**
 * How many items may be let go now, at most `limit`; they count as let go. Kept in the replay's row, so any number of
 * runners keep to the rate together.
 */
export function takeAllowance(
  db: Database,
  { id, perSecond = null }: RunningReplay,
  limit: number,
  now: Date,
): Promise<number> {
  if (perSecond === null) return Promise.resolve(limit);
  return db.transaction(async (tx) => {
    const [row] = await tx.rows<{ pacedAt: Date }>(
      `SELECT paced_at AS pacedAt FROM replay WHERE id = ? AND state = 'running' FOR UPDATE`,
      [id],
    );
    if (!row) return 0;
    const from = Math.max(row.pacedAt.getTime(), now.getTime() - MOST_CAUGHT_UP_MS);
    const allowed = Math.min(limit, Math.floor(((now.getTime() - from) * perSecond) / 1_000));
    if (allowed <= 0) return 0;
    await tx.run('UPDATE replay SET paced_at = ? WHERE id = ?', [new Date(from + (allowed * 1_000) / perSecond), id]);
    return allowed;
  });
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
