import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import type { Text } from '../domain/text.js';
import { ERROR_COLUMNS, IMPORT_COLUMNS, REQUIRED_COLUMNS } from './import-row.js';
import { CommandFailed } from './io.js';

/** One line as it stands in the file, before its fields are checked; `problem`: it could not even be cut into fields. */
export type FileRow =
  | { readonly line: number; readonly fields: Readonly<Record<string, unknown>>; readonly problem?: never }
  | { readonly line: number; readonly problem: Text; readonly raw: string };

/** More in one line is no row of ours: an unclosed quote would swallow the file. */
const LONGEST_ROW = 100_000;
const NEWLINE = 10;

/**
 * Reads the whole file once before anything is applied: is it UTF-8? Returns its number of lines. Throws CommandFailed,
 * with what to do, when it is not or cannot be read.
 */
export async function surveyFile(path: string): Promise<number> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let lines = 0;
  let last = NEWLINE;
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = chunk as Buffer;
      // Line by line, so that the line can be named; a newline is never part of another character.
      for (let from = 0; from < bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, from);
        const to = end < 0 ? bytes.length : end + 1;
        decoder.decode(bytes.subarray(from, to), { stream: true });
        if (end >= 0) lines += 1;
        from = to;
      }
      last = bytes.at(-1) ?? last;
    }
    decoder.decode();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new CommandFailed({
        zh: `${path} 不是 UTF-8（第 ${lines + 1} 行），可能是 GBK。请另存为“CSV UTF-8”后重试；未导入任何内容。`,
        en: `${path} is not UTF-8 (line ${lines + 1}); it may be GBK. Save it as "CSV UTF-8" and try again. Nothing was imported.`,
      });
    }
    throw new CommandFailed({
      zh: `无法读取 ${path}（${code}）。请检查路径。`,
      en: `${path} cannot be read (${code}). Check the path.`,
    });
  }
  return last === NEWLINE ? lines : lines + 1;
}

/** The names of the columns, or a failure that lists those that are unknown or missing. */
function checkHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const known: readonly string[] = [...IMPORT_COLUMNS, ...ERROR_COLUMNS];
  const unknown = names.filter((name) => !known.includes(name));
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (unknown.length + missing.length + twice.length === 0) return names;
  const list = (words: readonly string[]) => words.join(', ') || '-';
  throw new CommandFailed({
    zh: `表头有误。未知的列：${list(unknown)}；缺少的列：${list(missing)}；重复的列：${list(twice)}。可用的列：${IMPORT_COLUMNS.join(', ')}`,
    en: `The header is wrong. Unknown columns: ${list(unknown)}; missing: ${list(missing)}; twice: ${list(twice)}. Columns: ${IMPORT_COLUMNS.join(', ')}`,
  });
}

const NOT_CSV: Text = {
  zh: '该行不是有效的 CSV（列数或引号不对）',
  en: 'this line is no valid CSV (number of columns, or quotes)',
};

async function* csvRows(path: string): AsyncGenerator<FileRow> {
  const bad: FileRow[] = [];
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      info: true,
      columns: (header: string[]) => checkHeader(header),
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: LONGEST_ROW,
      raw: true,
      on_skip: (error, raw) => {
        const line = error && 'lines' in error ? Number(error.lines) : 0;
        bad.push({ line, problem: NOT_CSV, raw: (raw ?? '').trim() });
        return undefined;
      },
    }),
  );
  for await (const record of parser) {
    yield* bad.splice(0);
    const { record: fields, info } = record as { record: Record<string, unknown>; info: { lines: number } };
    yield { line: info.lines, fields };
  }
  yield* bad.splice(0);
}

const NOT_JSON: Text = { zh: '该行不是 JSON 对象', en: 'this line is no JSON object' };

async function* jsonRows(path: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
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

/** The rows of a `.csv` or `.jsonl` file with the number of their line, one at a time: memory does not grow with the file. */
export function fileRows(path: string): AsyncGenerator<FileRow> {
  return /\.(jsonl|ndjson)$/i.test(path) ? jsonRows(path) : csvRows(path);
}
