import { newId } from '../ids.js';
import type { BillFormat, BillMapping, BillState } from '../money/bill.js';
import type { Text } from '../text.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import { isAscii, type Page, Where } from './where.js';

export interface BillView {
  readonly id: string;
  readonly source: string;
  readonly period: string;
  readonly fileName: string;
  readonly format: BillFormat;
  readonly actor: string;
  readonly state: BillState;
  /** Rows read so far; new lines, lines that were there before, rows that are no fees of ours, and bad ones. */
  readonly rows: number;
  readonly created: number;
  readonly repeated: number;
  readonly leftOut: number;
  readonly bad: number;
  readonly problem: Text | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface BillOrder {
  readonly source: string;
  readonly period: string;
  readonly fileName: string;
  readonly format: BillFormat;
  readonly actor: string;
}

/** How long a file may take to arrive or to be read by a command, ms. */
const KEPT_MS = 3_600_000;
const FORGOTTEN: Text = { zh: '上传没有完成，已放弃。', en: 'The upload was never finished and has been given up.' };

/** Uploads that stopped half way go with their bytes. */
async function forgetUploads(tx: Sql, now: Date): Promise<void> {
  const old = await tx.rows<{ id: string }>(
    "SELECT id FROM bill WHERE state = 'uploading' AND created_at < ? LIMIT 5",
    [new Date(now.getTime() - KEPT_MS)],
  );
  for (const { id } of old) await endBill(tx, id, FORGOTTEN, now);
}

/** A bill whose file comes in chunks, or is read by whoever opened it. Audited. */
export function createBill(db: Database, order: BillOrder, now: Date): Promise<string> {
  const { source, period, fileName, format, actor } = order;
  return db.transaction(async (tx) => {
    await forgetUploads(tx, now);
    const id = newId();
    await tx.run('INSERT INTO bill (id, source, period, file_name, format, actor, state, created_at) VALUES (?)', [
      [id, source, period, fileName, format, actor, 'uploading', now],
    ]);
    const detail = { source, period, fileName };
    await appendAudit(tx, { at: now, actor, action: 'bill.imported', subject: id, detail });
    return id;
  });
}

/** Keeps one chunk; the same one again replaces it. false: the bill takes no more chunks. */
export function addBillChunk(db: Database, id: string, seq: number, bytes: Buffer): Promise<boolean> {
  return db.transaction(async (tx) => {
    const open = await tx.rows("SELECT 1 FROM bill WHERE id = ? AND state = 'uploading' LOCK IN SHARE MODE", [id]);
    if (open.length === 0) return false;
    await tx.run(
      'INSERT INTO import_chunk (import_id, seq, bytes) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE bytes = VALUES(bytes)',
      [id, seq, bytes],
    );
    return true;
  });
}

/** The file is whole: it is read next. `missing`: not all chunks are there; `not_uploading`: it was said before. */
export function endBillUpload(db: Database, id: string, chunks: number): Promise<'ok' | 'missing' | 'not_uploading'> {
  return db.transaction(async (tx) => {
    const open = await tx.rows("SELECT 1 FROM bill WHERE id = ? AND state = 'uploading' FOR UPDATE", [id]);
    if (open.length === 0) return 'not_uploading';
    const [there] = await tx.rows<{ n: number; last: number | null }>(
      'SELECT COUNT(*) AS n, MAX(seq) AS last FROM import_chunk WHERE import_id = ?',
      [id],
    );
    if (there?.n !== chunks || there.last !== chunks - 1) return 'missing';
    await tx.run("UPDATE bill SET state = 'reading' WHERE id = ?", [id]);
    return 'ok';
  });
}

/** Ends a bill: read to its end, or unreadable as a whole. The file is not needed any more. */
export async function endBill(sql: Sql, id: string, problem: Text | null, now: Date): Promise<void> {
  await sql.run(
    `UPDATE bill SET state = ?, problem = ?, finished_at = ? WHERE id = ? AND state IN ('uploading', 'reading')`,
    [problem === null ? 'done' : 'unreadable', problem === null ? null : JSON.stringify(problem), now, id],
  );
  await sql.run('DELETE FROM import_chunk WHERE import_id = ?', [id]);
}

const COLUMNS = `b.id, b.source, b.period, b.file_name AS fileName, b.format, b.actor, b.state, b.read_count AS \`rows\`,
  b.created_count AS created, b.left_out_count AS leftOut, b.bad_count AS bad, b.problem, b.created_at AS createdAt, b.finished_at AS finishedAt`;

type Raw = Omit<BillView, 'problem' | 'repeated'> & { readonly problem: string | null };

const viewOf = (raw: Raw): BillView => ({
  ...raw,
  problem: raw.problem === null ? null : (JSON.parse(raw.problem) as Text),
  repeated: Math.max(0, raw.rows - raw.leftOut - raw.bad - raw.created),
});

/** One page of bills, newest first. */
export async function listBills(
  sql: Sql,
  filter: { readonly source?: string | undefined; readonly period?: string | undefined },
  page: Page,
): Promise<BillView[]> {
  const where = new Where()
    .andIf(filter.source, 'b.source = ?')
    .andIf(filter.period, 'b.period = ?')
    .andIf(page.beforeId ?? undefined, 'b.id < ?');
  const rows = await sql.rows<Raw>(`SELECT ${COLUMNS} FROM bill b ${where.sql} ORDER BY b.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
  return rows.map(viewOf);
}

/** One bill; null: there is none. */
export async function readBill(sql: Sql, id: string): Promise<BillView | null> {
  if (!isAscii(id)) return null;
  const [row] = await sql.rows<Raw>(`SELECT ${COLUMNS} FROM bill b WHERE b.id = ?`, [id]);
  return row ? viewOf(row) : null;
}

/** Bills whose file is whole and waits to be read, oldest first. */
export function openBills(sql: Sql): Promise<Pick<BillView, 'id' | 'source' | 'period' | 'format'>[]> {
  return sql.rows("SELECT id, source, period, format FROM bill WHERE state = 'reading' ORDER BY id LIMIT 5");
}

export interface BillSource {
  readonly source: string;
  readonly mapping: BillMapping;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The saved mappings, by source. */
export async function listBillSources(sql: Sql): Promise<BillSource[]> {
  const rows = await sql.rows<Omit<BillSource, 'mapping'> & { readonly mapping: string }>(
    'SELECT source, mapping, changed_by AS changedBy, changed_at AS changedAt FROM bill_source ORDER BY source',
  );
  return rows.map((row) => ({ ...row, mapping: JSON.parse(row.mapping) as BillMapping }));
}

/** How this source's bills are read; null: nobody has said. */
export async function mappingOf(sql: Sql, source: string): Promise<BillMapping | null> {
  return (await listBillSources(sql)).find((one) => one.source === source)?.mapping ?? null;
}

/** Saves how a source's bills are read, for this bill and all later ones. Audited with before and after. */
export function saveMapping(
  db: Database,
  { source, mapping, actor }: { readonly source: string; readonly mapping: BillMapping; readonly actor: string },
  now: Date,
): Promise<void> {
  return db.transaction(async (tx) => {
    const before = await mappingOf(tx, source);
    await tx.run(
      `INSERT INTO bill_source (source, mapping, changed_by, changed_at) VALUES (?)
       ON DUPLICATE KEY UPDATE mapping = VALUES(mapping), changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)`,
      [[source, JSON.stringify(mapping), actor, now]],
    );
    await appendAudit(tx, {
      at: now,
      actor,
      action: 'bill.mapping',
      subject: source,
      detail: { before, after: mapping },
    });
  });
}
