import { stringify } from 'csv-stringify/sync';
import { ERROR_COLUMNS, IMPORT_COLUMNS } from '../../domain/import/columns.js';
import type { Database } from '../../domain/store/database.js';
import { type ImportRowView, type ImportView, listImportRows } from '../../domain/store/import-reader.js';
import type { Language } from '../../domain/text.js';
import type { Answer } from './route.js';

const PAGE = 500;
const COLUMNS = [...ERROR_COLUMNS, ...IMPORT_COLUMNS];

function recordOf({ line, fields, problem }: ImportRowView, lang: Language): Record<string, unknown> {
  const { raw, ...cells } = fields;
  const why = problem?.[lang] ?? '';
  return { ...cells, line, problem: raw === undefined ? why : `${why}: ${String(raw)}` };
}

/** Page by page, with a mark by which spreadsheets know that it is UTF-8; formulas are defused, since spreadsheets run them. */
async function* pages(db: Database, id: string, lang: Language): AsyncGenerator<string> {
  yield `\uFEFF${stringify([COLUMNS])}`;
  for (let afterSeq: number | null = null; ; ) {
    const rows: ImportRowView[] = await listImportRows(db, id, { broken: true }, { limit: PAGE, afterSeq });
    if (rows.length > 0) {
      const records = rows.map((row) => recordOf(row, lang));
      yield stringify(records, { columns: COLUMNS, escape_formulas: true });
    }
    if (rows.length < PAGE) return;
    afterSeq = rows.at(-1)?.seq ?? null;
  }
}

/** The rows that were not taken: the same columns as the file, so that it may be mended and imported. */
export function importErrors(db: Database, batch: ImportView, lang: Language): Answer {
  const name = encodeURIComponent(batch.fileName.replace(/\.\w+$/, '.errors.csv'));
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="errors.csv"; filename*=UTF-8''${name}`,
    },
    stream: pages(db, batch.id, lang),
  };
}
