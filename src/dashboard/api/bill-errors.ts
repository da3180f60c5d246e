import { stringify } from 'csv-stringify/sync';
import { listBadLines } from '../../domain/store/bill-line-store.js';
import type { Database } from '../../domain/store/database.js';
import type { Language } from '../../domain/text.js';
import type { Answer } from './route.js';

const PAGE = 500;

/** Page by page; the columns are those of the first bad row, formulas are defused, since spreadsheets run them. */
async function* pages(db: Database, id: string, lang: Language): AsyncGenerator<string> {
  let columns: string[] | null = null;
  for (let last = 0; ; ) {
    const page = await listBadLines(db, id, last, PAGE);
    if (columns === null) {
      columns = ['line', 'problem', ...Object.keys(page[0]?.fields ?? {})];
      yield `\uFEFF${stringify([columns])}`;
    }
    const records = page.map(({ line, problem, fields }) => ({ ...fields, line, problem: problem[lang] }));
    if (records.length > 0) yield stringify(records, { columns, escape_formulas: true });
    if (page.length < PAGE) return;
    last = page.at(-1)?.line ?? last;
  }
}

/** The rows of a bill that could not be read, for people to mend. */
export function badLinesFile(db: Database, id: string, lang: Language): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="errors.csv"',
    },
    stream: pages(db, id, lang),
  };
}
