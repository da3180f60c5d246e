import { newId } from '../ids.js';
import { OPEN_IMPORT_STATES } from '../import/batch.js';
import type { ImportFormat } from '../import/format.js';
import type { Text } from '../text.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';

const HOUR_MS = 3_600_000;
/** How long an import is kept that is not used any more, ms: an upload that stopped, a preview nobody ran, the others. */
const KEPT_MS = { uploading: HOUR_MS, previewed: 7 * 24 * HOUR_MS, ended: 30 * 24 * HOUR_MS } as const;

export interface ImportOrder {
  readonly shopId: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly actor: string;
}

/** Opens a batch whose file comes in chunks. */
export async function createImport(db: Database, order: ImportOrder, now: Date): Promise<string> {
  await forgetImports(db, now);
  const id = newId();
  await db.run(
    `INSERT INTO import_batch (id, shop_id, file_name, format, actor, state, created_at) VALUES (?, ?, ?, ?, ?, 'uploading', ?)`,
    [id, order.shopId, order.fileName, order.format, order.actor, now],
  );
  return id;
}

/** Old batches go, a few at a time, with their rows: the intercepts they made have a history of their own. */
async function forgetImports(db: Database, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const old = await db.rows<{ id: string }>(
    `SELECT id FROM import_batch WHERE (state = 'uploading' AND created_at < ?) OR (state = 'previewed' AND created_at < ?)
       OR (state IN ('done', 'aborted', 'unreadable') AND created_at < ?) ORDER BY id LIMIT 5`,
    [before(KEPT_MS.uploading), before(KEPT_MS.previewed), before(KEPT_MS.ended)],
  );
  for (const { id } of old) {
    await dropRows(db, id);
    await db.run('DELETE FROM import_chunk WHERE import_id = ?', [id]);
    await db.run('DELETE FROM import_batch WHERE id = ?', [id]);
  }
}

/** Rows of a batch go in pages: one statement over 100,000 would hold their locks for seconds. */
export async function dropRows(db: Database, id: string): Promise<void> {
  while ((await db.run('DELETE FROM import_row WHERE import_id = ? LIMIT 5000', [id])) > 0);
}

/** Keeps one chunk; the same one again replaces it. false: the batch takes no more chunks. */
export function addChunk(db: Database, id: string, seq: number, bytes: Buffer): Promise<boolean> {
  return db.transaction(async (tx) => {
    const open = await tx.rows(`SELECT 1 FROM import_batch WHERE id = ? AND state = 'uploading' LOCK IN SHARE MODE`, [
      id,
    ]);
    if (open.length === 0) return false;
    await tx.run(
      'INSERT INTO import_chunk (import_id, seq, bytes) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE bytes = VALUES(bytes)',
      [id, seq, bytes],
    );
    return true;
  });
}

/** The file is whole: it is read next. `missing`: not all of its chunks are there; `not_uploading`: it was said before. */
export function endUpload(db: Database, id: string, chunks: number): Promise<'ok' | 'missing' | 'not_uploading'> {
  return db.transaction(async (tx) => {
    const open = await tx.rows(`SELECT 1 FROM import_batch WHERE id = ? AND state = 'uploading' FOR UPDATE`, [id]);
    if (open.length === 0) return 'not_uploading';
    const [there] = await tx.rows<{ n: number; last: number | null }>(
      'SELECT COUNT(*) AS n, MAX(seq) AS last FROM import_chunk WHERE import_id = ?',
      [id],
    );
    if (there?.n !== chunks || there.last !== chunks - 1) return 'missing';
    await tx.run(`UPDATE import_batch SET state = 'reading' WHERE id = ?`, [id]);
    return 'ok';
  });
}

/** The bytes of a file in order, one chunk in memory at a time. */
export async function* chunksOf(sql: Sql, id: string): AsyncGenerator<Uint8Array> {
  for (let seq = 0; ; seq += 1) {
    const [chunk] = await sql.rows<{ bytes: Buffer }>(
      'SELECT bytes FROM import_chunk WHERE import_id = ? AND seq = ?',
      [id, seq],
    );
    if (!chunk) return;
    yield chunk.bytes;
  }
}

/** All rows are written down: they are judged next, and the file itself is not needed any more. */
export async function endReading(db: Database, id: string, rows: number): Promise<void> {
  await db.transaction(async (tx) => {
    const read = await tx.run(
      `UPDATE import_batch SET state = 'previewing', row_count = ? WHERE id = ? AND state = 'reading'`,
      [rows, id],
    );
    if (read === 1) await tx.run('DELETE FROM import_chunk WHERE import_id = ?', [id]);
  });
}

/** The batch ends with this problem: its file cannot be read, or its shop is gone. */
export async function failImport(db: Database, id: string, problem: Text, now: Date): Promise<void> {
  await db.run(
    `UPDATE import_batch SET state = IF(state = 'reading', 'unreadable', 'aborted'), problem = ?, finished_at = ?
     WHERE id = ? AND state IN (?)`,
    [JSON.stringify(problem), now, id, OPEN_IMPORT_STATES],
  );
  await db.run('DELETE FROM import_chunk WHERE import_id = ?', [id]);
}

/** Every row has its decision, or its outcome: the batch goes on to its next state. true: it did now. */
export async function endStage(sql: Sql, id: string, stage: 'previewing' | 'running', now: Date): Promise<boolean> {
  const [next, column, at] = stage === 'running' ? ['done', 'outcome', now] : ['previewed', 'class', null];
  const ended = await sql.run(
    `UPDATE import_batch SET state = ?, finished_at = ? WHERE id = ? AND state = ?
     AND NOT EXISTS (SELECT 1 FROM import_row WHERE import_id = ? AND ${column} IS NULL)`,
    [next, at, id, stage, id],
  );
  return ended === 1;
}

/** A person lets the rows go. false: it is not at that point, or somebody was quicker. Audited. */
export function startImport(db: Database, id: string, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const started = await tx.run(
      `UPDATE import_batch SET state = 'running', started_by = ? WHERE id = ? AND state = 'previewed'`,
      [actor, id],
    );
    if (started === 0) return false;
    const classes = await tx.rows('SELECT class, COUNT(*) AS n FROM import_row WHERE import_id = ? GROUP BY class', [
      id,
    ]);
    await appendAudit(tx, { at: now, actor, action: 'import_started', subject: id, detail: { classes } });
    return true;
  });
}

/** Stops a batch after the rows that are under way; what is done stays done. false: it had ended before. Audited. */
export function abortImport(db: Database, id: string, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const stopped = await tx.run(
      `UPDATE import_batch SET state = 'aborted', finished_at = ? WHERE id = ? AND state IN (?)`,
      [now, id, OPEN_IMPORT_STATES],
    );
    if (stopped === 0) return false;
    await tx.run('DELETE FROM import_chunk WHERE import_id = ?', [id]);
    await appendAudit(tx, { at: now, actor, action: 'import_aborted', subject: id, detail: {} });
    return true;
  });
}

/** A batch as its runner needs it. */
export interface OpenImport {
  readonly id: string;
  readonly shopId: string;
  readonly format: ImportFormat;
  readonly state: 'reading' | 'previewing' | 'running';
  /** Whoever uploaded it, and then whoever let it run. */
  readonly actor: string;
}

/** Batches that a machine has something to do for, oldest first. */
export function openImports(sql: Sql): Promise<OpenImport[]> {
  return sql.rows(
    `SELECT id, shop_id AS shopId, format, state, COALESCE(started_by, actor) AS actor FROM import_batch
     WHERE state IN ('reading', 'previewing', 'running') ORDER BY id LIMIT 20`,
  );
}
