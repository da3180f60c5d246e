import { sha256 } from '../ids.js';
import { type ImportClass, type ImportOutcome, importClassOf } from '../import/classify.js';
import { readRow } from '../import/row.js';
import type { Reason } from '../reasons.js';
import type { ShopSettings } from '../settings/settings.js';
import type { Text } from '../text.js';
import { type Database, DatabaseUnavailable, type Sql } from './database.js';
import { dryRun } from './dry-run.js';
import type { OpenImport } from './import-store.js';
import { isRowsOwnFault } from './inbox-store.js';
import { findIntercept } from './intercept-store.js';
import type { JudgeEnv } from './judgement.js';
import { type InterceptRequest, identify, requestIn } from './request-store.js';

/** A line of the file: its fields, or why it could not be cut into any. */
export interface LineOfFile {
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problem: Text | null;
}

/** Courier and waybill in the one form that tells parcels apart; null: the row names none. */
function parcelKey(env: JudgeEnv, shop: ShopSettings, request: InterceptRequest): string | null {
  const [parcel] = request.parcels;
  if (!parcel) return null;
  const named = { rawCarrier: parcel.carrier, rawCarrierName: null, waybillNo: parcel.waybillNo };
  const { carrier, waybillNo } = identify(env, shop, named);
  return sha256(`${carrier}\n${waybillNo}`);
}

/** Writes lines down as rows `from`, `from + 1`, …; a bad one has its class and its outcome at once. */
export async function addRows(
  sql: Sql,
  env: JudgeEnv,
  batch: OpenImport,
  shop: ShopSettings,
  from: number,
  lines: readonly LineOfFile[],
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ line, fields, problem }, at) => {
    const read = problem ? ({ ok: false, problem } as const) : readRow(shop.id, fields);
    const known = read.ok
      ? [parcelKey(env, shop, read.request), null, null, null]
      : [null, JSON.stringify(read.problem), 'bad', 'bad'];
    return [batch.id, from + at, line, JSON.stringify(fields), ...known];
  });
  await sql.run('INSERT INTO import_row (import_id, seq, line, fields, parcel_key, problem, class, outcome) VALUES ?', [
    rows,
  ]);
}

/** The next rows without a decision, or without an outcome; none of a batch that is not at that point. */
export async function openRows(
  sql: Sql,
  id: string,
  stage: 'previewing' | 'running',
  limit: number,
): Promise<number[]> {
  const column = stage === 'running' ? 'outcome' : 'class';
  const rows = await sql.rows<{ seq: number }>(
    `SELECT w.seq FROM import_batch b JOIN import_row w ON w.import_id = b.id
     WHERE b.id = ? AND b.state = ? AND w.${column} IS NULL ORDER BY w.seq LIMIT ?`,
    [id, stage, limit],
  );
  return rows.map((row) => row.seq);
}

function requestOf(shop: ShopSettings, fields: string): InterceptRequest {
  const read = readRow(shop.id, JSON.parse(fields) as Record<string, unknown>);
  // It was read once when it was written down.
  if (!read.ok) throw new Error(`a row that was good is bad: ${read.problem.en}`);
  return read.request;
}

interface Previewed {
  readonly class: ImportClass;
  readonly reason: Reason | null;
  readonly feeFen: number | null;
  readonly joinsLine: number | null;
}

async function decisionOf(
  db: Database,
  env: JudgeEnv,
  batch: OpenImport,
  shop: ShopSettings,
  row: { readonly seq: number; readonly fields: string; readonly parcelKey: string | null },
  now: Date,
): Promise<Previewed> {
  const [above] = await db.rows<{ line: number }>(
    `SELECT line FROM import_row WHERE import_id = ? AND parcel_key = ? AND seq < ? ORDER BY seq LIMIT 1`,
    [batch.id, row.parcelKey, row.seq],
  );
  if (above) return { class: 'joins', reason: null, feeFen: null, joinsLine: above.line };
  const { created, intercept } = await dryRun(db, async (tx) => {
    const outcome = await requestIn(tx, env, shop, requestOf(shop, row.fields), batch.actor, now);
    const [first] = outcome.intercepts;
    return { created: outcome.created, intercept: first ? await findIntercept(tx, first.id) : null };
  });
  const name = intercept ? importClassOf(created, intercept.state) : 'repeated';
  const feeFen = name === 'willSend' ? (intercept?.priceFen ?? null) : null;
  return { class: name, reason: intercept?.reason ?? null, feeFen, joinsLine: null };
}

/** Why one row could not be worked on; the words of the database and of our own errors stay out of it. */
function whatBroke(error: unknown): Text {
  if (!isRowsOwnFault(error)) return { zh: '处理该行时出错', en: 'this row could not be worked on' };
  const code = error instanceof Error && 'errno' in error ? ` (${String(error.errno)})` : '';
  return { zh: `数据库拒绝该行${code}`, en: `the database refused this row${code}` };
}

async function spoil(
  sql: Sql,
  id: string,
  seq: number,
  problem: Text,
  outcome: ImportOutcome,
  now: Date,
): Promise<void> {
  await sql.run(
    `UPDATE import_row SET problem = ?, class = COALESCE(class, 'bad'), outcome = ?, done_at = ?
     WHERE import_id = ? AND seq = ? AND outcome IS NULL`,
    [JSON.stringify(problem), outcome, now, id, seq],
  );
}

/** Judges one row in a transaction that is undone and notes what it would come to. */
export async function previewRow(
  db: Database,
  env: JudgeEnv,
  batch: OpenImport,
  shop: ShopSettings,
  seq: number,
  now: Date,
): Promise<void> {
  const [row] = await db.rows<{ seq: number; fields: string; parcelKey: string | null }>(
    'SELECT seq, fields, parcel_key AS parcelKey FROM import_row WHERE import_id = ? AND seq = ? AND class IS NULL',
    [batch.id, seq],
  );
  if (!row) return;
  try {
    const found = await decisionOf(db, env, batch, shop, row, now);
    await db.run(
      'UPDATE import_row SET class = ?, reason = ?, fee_fen = ?, joins_line = ? WHERE import_id = ? AND seq = ? AND class IS NULL',
      [found.class, found.reason, found.feeFen, found.joinsLine, batch.id, seq],
    );
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    await spoil(db, batch.id, seq, whatBroke(error), 'bad', now);
  }
}

/**
 * Asks for one row: its request and its outcome are one transaction, so a crash does it once or not at all, and the same
 * file again finds everything there. A row that breaks us is noted as failed and holds up nobody.
 */
export async function runRow(
  db: Database,
  env: JudgeEnv,
  batch: OpenImport,
  shop: ShopSettings,
  seq: number,
  now: Date,
): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      // Held to the end of the transaction: an abort waits for the rows under way and nothing follows it.
      const running = await tx.rows(
        `SELECT 1 FROM import_batch WHERE id = ? AND state = 'running' LOCK IN SHARE MODE`,
        [batch.id],
      );
      if (running.length === 0) return;
      const [row] = await tx.rows<{ fields: string }>(
        'SELECT fields FROM import_row WHERE import_id = ? AND seq = ? AND outcome IS NULL FOR UPDATE SKIP LOCKED',
        [batch.id, seq],
      );
      if (!row) return;
      const { created, intercepts } = await requestIn(tx, env, shop, requestOf(shop, row.fields), batch.actor, now);
      await tx.run(
        'UPDATE import_row SET outcome = ?, reason = ?, intercept_id = ?, done_at = ? WHERE import_id = ? AND seq = ?',
        [
          created ? 'created' : 'repeated',
          intercepts[0]?.reason ?? null,
          intercepts[0]?.id ?? null,
          now,
          batch.id,
          seq,
        ],
      );
    });
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    await spoil(db, batch.id, seq, whatBroke(error), 'failed', now);
  }
}
