import type { Intercept } from '../intercept/intercept.js';
import type { Database, Sql } from './database.js';
import { lockIntercept, move, recordTransitions } from './intercept-store.js';
import { lockParcel } from './parcel-store.js';

/** What marks a send that may have happened after the backup was taken. */
const MARK = 'RESTORED';
const PAGE = 200;

const UNASKED = `state IN ('held', 'queued', 'submitting') AND NOT EXISTS
  (SELECT 1 FROM attempt a WHERE a.intercept_id = i.id AND a.raw_code = '${MARK}' AND a.started_at >= ?)`;

export interface Doubted {
  /** Rows about which the courier is asked now. */
  readonly asked: number;
  /** Rows without a courier to ask: a person decides. */
  readonly handedOver: number;
  /** Rows whose answer is still out. */
  readonly open: number;
}

/**
 * A database that comes from a backup does not know what was sent since. So every row that looks unsent is taken for
 * sent with its answer lost, which is what it may be: the courier is asked, and only proof of absence lets it be sent,
 * under its old request id. A row is doubted once for each restore (`since`); repeated, only new rows are.
 */
export async function doubtUnsent(db: Database, since: Date, now: Date): Promise<Doubted> {
  let asked = 0;
  let handedOver = 0;
  for (;;) {
    const rows = await db.rows<{ id: string; parcelId: string }>(
      `SELECT i.id, i.parcel_id AS parcelId FROM intercept i WHERE ${UNASKED} ORDER BY i.deadline_at LIMIT ${PAGE}`,
      [since],
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const done = await db.transaction((tx) => doubt(tx, row, now));
      if (done === 'asked') asked += 1;
      if (done === 'handed over') handedOver += 1;
    }
  }
  const open = await db.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM intercept i JOIN attempt a ON a.intercept_id = i.id
     WHERE i.state = 'uncertain' AND a.raw_code = '${MARK}' AND a.outcome = 'unknown'`,
  );
  return { asked, handedOver, open: open[0]?.n ?? 0 };
}

const said = { reason: 'restored', actor: 'system' } as const;

async function doubt(
  tx: Sql,
  { id, parcelId }: { id: string; parcelId: string },
  now: Date,
): Promise<'asked' | 'handed over' | 'moved'> {
  await lockParcel(tx, parcelId);
  let row = await lockIntercept(tx, id);
  if (row?.state !== 'held' && row?.state !== 'queued' && row?.state !== 'submitting') return 'moved';
  if (row.laneId === null && row.state !== 'submitting') {
    await move(tx, row, { event: 'hand_over', ...said }, now);
    return 'handed over';
  }
  if (row.state === 'held') row = await move(tx, row, { event: 'release', ...said }, now);
  if (row.state === 'queued') row = await presumeSent(tx, row, now);
  await tx.run(
    `UPDATE attempt SET outcome = 'unknown', raw_code = '${MARK}'
     WHERE intercept_id = ? AND kind = 'send' AND outcome IS NULL`,
    [row.id],
  );
  await move(tx, row, { event: 'lose_answer', ...said }, now);
  return 'asked';
}

/** The claim of a send that nobody makes: it stands for the one that the backup knows nothing of. */
async function presumeSent(tx: Sql, row: Intercept, now: Date): Promise<Intercept> {
  await tx.run(
    `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, raw_code)
     SELECT ?, COALESCE(MAX(seq), 0) + 1, 'send', ?, ?, ?, '${MARK}' FROM attempt WHERE intercept_id = ?`,
    [row.id, row.epoch + 1, row.requestId, now, row.id],
  );
  await tx.run(
    `UPDATE intercept SET state = 'submitting', version = version + 1, epoch = epoch + 1, dispatched_at = NULL, updated_at = ?
     WHERE id = ? AND version = ?`,
    [now, row.id, row.version],
  );
  const claimed: Intercept = { ...row, state: 'submitting', version: row.version + 1, epoch: row.epoch + 1 };
  await recordTransitions(tx, [{ row: claimed, from: 'queued', take: { event: 'claim', ...said } }], now);
  return claimed;
}
