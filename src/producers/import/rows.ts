import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { ERROR_COLUMNS, type FileColumns, REQUEST_FILE } from '../../domain/import/columns.js';
import type { ImportFormat } from '../../domain/import/format.js';
import { UnreadableFile } from '../../domain/import/unreadable.js';
import type { Text } from '../../domain/text.js';

/** One line as it stands in the file, before its fields are checked; `problem`: it could not even be cut into fields. */
export type FileRow =
  | { readonly line: number; readonly fields: Readonly<Record<string, unknown>>; readonly problem?: never }
  | { readonly line: number; readonly problem: Text; readonly raw: string };

/** More in one line is no row of ours: an unclosed quote would swallow the file. */
const LONGEST_ROW = 100_000;
/** The names of the columns, or a failure that lists those that are unknown or missing. */
function checkHeader(header: readonly string[], columns: FileColumns): string[] {
  const names = header.map((name) => name.trim());
  const known: readonly string[] = [...columns.all, ...ERROR_COLUMNS];
  const unknown = names.filter((name) => !known.includes(name));
  const missing = columns.required.filter((name) => !names.includes(name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (unknown.length + missing.length + twice.length === 0) return names;
  const list = (words: readonly string[]) => words.join(', ') || '-';
  throw new UnreadableFile({
    zh: `的表头有误。未知的列：${list(unknown)}；缺少的列：${list(missing)}；重复的列：${list(twice)}。可用的列：${columns.all.join(', ')}`,
    en: `has a wrong header. Unknown columns: ${list(unknown)}; missing: ${list(missing)}; twice: ${list(twice)}. Columns: ${columns.all.join(', ')}`,
  });
}

const NOT_CSV: Text = {
  zh: '该行不是有效的 CSV（列数或引号不对）',
  en: 'this line is no valid CSV (number of columns, or quotes)',
};

async function* csvRows(source: Readable, columns: FileColumns): AsyncGenerator<FileRow> {
  const bad: FileRow[] = [];
  const parser = parse({
    bom: true,
    info: true,
    columns: (header: string[]) => checkHeader(header, columns),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW,
    raw: true,
    on_skip: (error, raw) => {
      const line = error && 'lines' in error ? Number(error.lines) : 0;
      bad.push({ line, problem: NOT_CSV, raw: (raw ?? '').trim() });
      return undefined;
    },
  });
  // A pipe does not hand on what breaks before it.
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  for await (const record of parser) {
    const { record: fields, info } = record as { record: Record<string, unknown>; info: { lines: number } };
    // Broken lines are told while good ones before them are still on their way.
    const above = bad.findIndex((row) => row.line >= info.lines);
    yield* bad.splice(0, above < 0 ? bad.length : above);
    yield { line: info.lines, fields };
  }
  yield* bad.splice(0);
}

const NOT_JSON: Text = { zh: '该行不是 JSON 对象', en: 'this line is no JSON object' };

async function* jsonRows(source: Readable): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const raw = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (raw.trim() !== '') yield jsonRow(line, raw);
  }
}

function jsonRow(line: number, raw: string): FileRow {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, problem: NOT_JSON, raw };
    return { line, fields: { ...value } };
  } catch {
    return { line, problem: NOT_JSON, raw };
  }
}

/** The rows of a file with the number of their line, one at a time: memory does not grow with the file. */
export function rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  format: ImportFormat,
  columns: FileColumns = REQUEST_FILE,
): AsyncGenerator<FileRow> {
  const source = Readable.from(bytes);
  return format === 'jsonl' ? jsonRows(source) : csvRows(source, columns);
}
