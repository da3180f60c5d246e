import type { ImportState } from '../import/batch.js';
import type { ImportClass, ImportOutcome } from '../import/classify.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Text } from '../text.js';
import type { Sql } from './database.js';
import { isAscii, type Page, Where } from './where.js';

/** A batch with how far it is. */
export interface ImportView {
  readonly id: string;
  readonly shopId: string;
  readonly fileName: string;
  readonly actor: string;
  readonly startedBy: string | null;
  readonly state: ImportState;
  readonly rows: number;
  readonly problem: Text | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ImportProgress {
  readonly classes: Readonly<Partial<Record<ImportClass, number>>>;
  readonly outcomes: Readonly<Partial<Record<ImportOutcome, number>>>;
  /** If every row that will be sent succeeds, fen. */
  readonly feeEstimateFen: number;
}

export interface ImportRowView {
  readonly seq: number;
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problem: Text | null;
  readonly class: ImportClass | null;
  readonly reason: Reason | null;
  readonly joinsLine: number | null;
  readonly feeFen: number | null;
  readonly outcome: ImportOutcome | null;
  readonly interceptId: string | null;
  /** Where its intercept stands now. */
  readonly state: InterceptState | null;
}

const COLUMNS = `b.id, b.shop_id AS shopId, b.file_name AS fileName, b.actor, b.started_by AS startedBy, b.state,
  b.row_count AS \`rows\`, b.problem, b.created_at AS createdAt, b.finished_at AS finishedAt`;

type Raw<T> = Omit<T, 'problem' | 'fields'> & { readonly problem: string | null };

const textOf = (kept: string | null): Text | null => (kept === null ? null : (JSON.parse(kept) as Text));

/** One page of batches, newest first. */
export async function listImports(sql: Sql, shops: readonly string[] | null, page: Page): Promise<ImportView[]> {
  const where = new Where().andIf(page.beforeId ?? undefined, 'b.id < ?');
  if (shops) where.andIn('b.shop_id', shops);
  const rows = await sql.rows<Raw<ImportView>>(
    `SELECT ${COLUMNS} FROM import_batch b ${where.sql} ORDER BY b.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
  return rows.map((row) => ({ ...row, problem: textOf(row.problem) }));
}

/** One batch; null if there is none or its shop is not the caller's. */
export async function readImport(sql: Sql, id: string, shops: readonly string[] | null): Promise<ImportView | null> {
  if (!isAscii(id)) return null;
  const where = new Where().and('b.id = ?', id);
  if (shops) where.andIn('b.shop_id', shops);
  const [row] = await sql.rows<Raw<ImportView>>(`SELECT ${COLUMNS} FROM import_batch b ${where.sql}`, where.values);
  return row ? { ...row, problem: textOf(row.problem) } : null;
}

/** How many rows there are of each class and of each outcome. */
export async function readImportProgress(sql: Sql, id: string): Promise<ImportProgress> {
  const groups = await sql.rows<{ class: ImportClass | null; outcome: ImportOutcome | null; n: number; fen: number }>(
    `SELECT class, outcome, COUNT(*) AS n, CAST(COALESCE(SUM(fee_fen), 0) AS SIGNED) AS fen
     FROM import_row WHERE import_id = ? GROUP BY class, outcome`,
    [id],
  );
  const count = <K extends string>(name: 'class' | 'outcome'): Partial<Record<K, number>> => {
    const counts: Partial<Record<string, number>> = {};
    for (const group of groups) {
      const key = group[name];
      if (key !== null) counts[key] = (counts[key] ?? 0) + group.n;
    }
    return counts as Partial<Record<K, number>>;
  };
  return {
    classes: count<ImportClass>('class'),
    outcomes: count<ImportOutcome>('outcome'),
    feeEstimateFen: groups.reduce((sum, { fen }) => sum + fen, 0),
  };
}

export interface ImportRowFilter {
  readonly class?: ImportClass | undefined;
  readonly outcome?: ImportOutcome | undefined;
  /** Rows with a problem only. */
  readonly broken?: boolean;
}

/** Rows in the order of the file, from the one after `afterSeq`. */
export async function listImportRows(
  sql: Sql,
  id: string,
  filter: ImportRowFilter,
  page: { readonly limit: number; readonly afterSeq: number | null },
): Promise<ImportRowView[]> {
  const where = new Where()
    .and('w.import_id = ?', id)
    .andIf(filter.class, 'w.class = ?')
    .andIf(filter.outcome, 'w.outcome = ?')
    .andIf(page.afterSeq ?? undefined, 'w.seq > ?');
  if (filter.broken) where.and('w.problem IS NOT NULL');
  const rows = await sql.rows<Raw<ImportRowView> & { readonly fields: string }>(
    `SELECT w.seq, w.line, w.fields, w.problem, w.class, w.reason, w.joins_line AS joinsLine, w.fee_fen AS feeFen,
       w.outcome, w.intercept_id AS interceptId, i.state
     FROM import_row w LEFT JOIN intercept i ON i.id = w.intercept_id ${where.sql} ORDER BY w.seq LIMIT ?`,
    [...where.values, page.limit],
  );
  return rows.map((row) => ({
    ...row,
    fields: JSON.parse(row.fields) as Record<string, unknown>,
    problem: textOf(row.problem),
  }));
}
