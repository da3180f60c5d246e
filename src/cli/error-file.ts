import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { ERROR_COLUMNS, type FileColumns } from '../domain/import/columns.js';
import type { Text } from '../domain/text.js';
import type { FileRow } from '../producers/import/rows.js';
import type { Io } from './io.js';

/** The rows that were not taken, for people to mend and import again: formulas are defused, since spreadsheets run them. */
export class ErrorFile {
  count = 0;
  private out: ReturnType<typeof stringify> | null = null;
  private ended: Promise<void> | null = null;

  constructor(
    readonly path: string,
    private readonly language: Io['language'],
    private readonly columns: FileColumns,
  ) {}

  async add(row: FileRow, problem: Text): Promise<void> {
    this.count += 1;
    this.out ??= this.open();
    const fields = row.problem ? {} : row.fields;
    const why = row.problem ? `${problem[this.language]}: ${row.raw.slice(0, 500)}` : problem[this.language];
    const record = { ...fields, line: row.line, problem: why };
    if (!this.out.write(record)) await new Promise((resolve) => this.out?.once('drain', resolve));
  }

  private open() {
    const columns = [...ERROR_COLUMNS, ...this.columns.all];
    const out = stringify({ header: true, columns, escape_formulas: true, bom: true });
    this.ended = finished(out.pipe(createWriteStream(this.path)));
    return out;
  }

  /** Closes the file; one left by an earlier run is removed when this one had no error. */
  async close(): Promise<void> {
    this.out?.end();
    if (this.ended) await this.ended;
    else await rm(this.path, { force: true });
  }
}
