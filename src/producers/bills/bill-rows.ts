import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { UnreadableFile } from '../../domain/import/unreadable.js';
import { type BillFormat, type BillMapping, columnsOf } from '../../domain/money/bill.js';
import type { Cell } from '../../domain/money/bill-line.js';
import type { Text } from '../../domain/text.js';

/** One row of a file with the number of its line; `problem`: it could not be cut into cells. */
type SheetRow =
  | { readonly line: number; readonly cells: readonly Cell[]; readonly problem?: never }
  | { readonly line: number; readonly problem: Text; readonly raw: string };

/** A row below the head, by the names of its columns. */
export type BillRow =
  | { readonly line: number; readonly cells: Readonly<Record<string, Cell>>; readonly problem?: never }
  | { readonly line: number; readonly problem: Text; readonly raw: string };

const LONGEST_ROW = 100_000;
/** Bills begin with a title, a period, a customer: the head of the table is looked for in so many rows. */
const HEAD_WITHIN = 30;

const NOT_CSV: Text = { zh: '该行不是有效的 CSV（引号不对）', en: 'this line is no valid CSV (quotes)' };

async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SheetRow> {
  const bad: SheetRow[] = [];
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW,
    on_skip: (error, raw) => {
      bad.push({ line: error && 'lines' in error ? Number(error.lines) : 0, problem: NOT_CSV, raw: raw ?? '' });
      return undefined;
    },
  });
  Readable.from(bytes)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
  for await (const row of parser) {
    const { record, info } = row as { record: string[]; info: { lines: number } };
    yield* bad.splice(0);
    yield { line: info.lines, cells: record };
  }
  yield* bad.splice(0);
}

const NOT_XLSX: Text = {
  zh: '不是有效的 XLSX 文件；请在表格软件中另存为 .xlsx 后重试。未导入任何内容。',
  en: 'is no valid XLSX file. Save it as .xlsx in a spreadsheet and try again; nothing was imported.',
};

/** The first sheet, row by row; only the packed file is held in memory, a few MB for 100,000 rows. */
async function* xlsxRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SheetRow> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  // Fetched when it is needed: a command that reads no spreadsheet does not wait for it.
  const { streamXlsxRows } = await import('hucre/xlsx');
  const sheet = streamXlsxRows(Buffer.concat(chunks));
  for (;;) {
    // What the reader throws is about the file: its bytes are in memory by now.
    const next = await sheet.next().catch(() => null);
    if (next === null) throw new UnreadableFile(NOT_XLSX);
    if (next.done) return;
    const { index, values } = next.value;
    yield { line: index + 1, cells: values.map(plain) };
  }
}

/** A cell with styles within its text, or an error of a formula, has no value of its own. */
const plain = (value: unknown): Cell =>
  value instanceof Date || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;

const nameOf = (cell: Cell) => String(cell ?? '').trim();

function noHead(mapping: BillMapping, seen: readonly string[]): UnreadableFile {
  const [wanted, found] = [columnsOf(mapping), seen.slice(0, 40)].map((names) => names.join(', ') || '-');
  return new UnreadableFile({
    zh: `前 ${HEAD_WITHIN} 行里没有同时含有这些列的表头：${wanted}。文件中的列：${found}。请修改该来源的列对应关系后重新上传。`,
    en: `has no row with all of these columns within its first ${HEAD_WITHIN}: ${wanted}. Columns there: ${found}. Change the mapping of this source and upload the file again.`,
  });
}

/** The rows of a bill below its head, one at a time. Throws UnreadableFile where no head is found. */
export async function* billRows(
  bytes: AsyncIterable<Uint8Array>,
  format: BillFormat,
  mapping: BillMapping,
): AsyncGenerator<BillRow> {
  const wanted = columnsOf(mapping);
  let head: readonly string[] | null = null;
  let widest: readonly string[] = [];
  let before = 0;
  for await (const row of format === 'csv' ? csvRows(bytes) : xlsxRows(bytes)) {
    if (head === null) {
      const names = row.problem ? [] : row.cells.map(nameOf);
      if (wanted.every((name) => names.includes(name))) head = names;
      if (names.filter((name) => name !== '').length > widest.length) widest = names.filter((name) => name !== '');
      before += 1;
      if (head === null && before >= HEAD_WITHIN) throw noHead(mapping, widest);
    } else if (row.problem) yield row;
    else if (row.cells.some((cell) => nameOf(cell) !== '')) {
      const { cells } = row;
      yield { line: row.line, cells: Object.fromEntries(head.map((name, at) => [name, cells[at]])) };
    }
  }
  if (head === null) throw noHead(mapping, widest);
}
