import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { listBadLines } from '../domain/store/bill-line-store.js';
import type { Database } from '../domain/store/database.js';
import type { Io } from './io.js';

const PAGE = 500;

async function* records(io: Io, db: Database, billId: string): AsyncGenerator<Record<string, unknown>> {
  for (let last = 0; ; ) {
    const page = await listBadLines(db, billId, last, PAGE);
    for (const { line, problem, fields } of page) yield { line, problem: problem[io.language], ...fields };
    last = page.at(-1)?.line ?? last;
    if (page.length < PAGE) return;
  }
}

/** Writes the bad rows of a bill beside its file, with line and reason; null: there are none, and a file of an earlier run goes. */
export async function writeBadLines(io: Io, db: Database, billId: string, path: string): Promise<string | null> {
  const target = path.replace(/\.\w+$/, '.errors.csv');
  const [first] = await listBadLines(db, billId, 0, 1);
  if (!first) {
    await rm(target, { force: true });
    return null;
  }
  const columns = ['line', 'problem', ...Object.keys(first.fields)];
  const csv = stringify({ header: true, columns, escape_formulas: true, bom: true });
  await pipeline(Readable.from(records(io, db, billId)), csv, createWriteStream(target));
  return target;
}
