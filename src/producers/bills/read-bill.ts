import { UnreadableFile } from '../../domain/import/unreadable.js';
import { type BillFormat, type BillMapping, MOST_BILL_ROWS } from '../../domain/money/bill.js';
import { LineKeys, readBillLine } from '../../domain/money/bill-line.js';
import { addBillPage, type BadLine, type NumberedLine } from '../../domain/store/bill-line-store.js';
import { matchWaybills } from '../../domain/store/bill-match-store.js';
import type { Database } from '../../domain/store/database.js';
import { billRows } from './bill-rows.js';

/** Rows written and matched at a time. */
const PAGE = 1_000;
const MOST_RAW = 500;

/** The bill, how its source is read, and its file. */
export interface BillFile {
  readonly id: string;
  readonly source: string;
  readonly period: string;
  readonly format: BillFormat;
  readonly mapping: BillMapping;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const TOO_MANY = {
  zh: `超过 ${MOST_BILL_ROWS} 行；请拆成几个文件。已读的行保留，重新上传不会重复。`,
  en: `has more than ${MOST_BILL_ROWS} rows. Split it; what was read stays, and rows that come again count once.`,
};

/**
 * Reads a bill to its end, page by page, and matches each page at once (R35). Lines that are there already change nothing,
 * so it may be run again at any time. `onProgress`: rows read so far. Throws UnreadableFile.
 */
export async function readBillFile(
  db: Database,
  file: BillFile,
  onProgress: (rows: number) => void = () => undefined,
): Promise<void> {
  const keys = new LineKeys();
  let rows = 0;
  let page = { lines: [] as NumberedLine[], bad: [] as BadLine[], leftOut: 0 };
  const write = async () => {
    const { lines } = page;
    await addBillPage(db, file, page);
    await matchWaybills(db, [...new Set(lines.map(({ charge }) => charge.waybillNo))]);
    page = { lines: [], bad: [], leftOut: 0 };
    onProgress(rows);
  };
  for await (const row of billRows(file.bytes, file.format, file.mapping)) {
    if (rows >= MOST_BILL_ROWS) throw new UnreadableFile(TOO_MANY);
    rows += 1;
    const { line } = row;
    if (row.problem) page.bad.push({ line, problem: row.problem, fields: { raw: row.raw.slice(0, MOST_RAW) } });
    else {
      const read = readBillLine(row.cells, file.mapping, file.period);
      if (read.kind === 'bad') page.bad.push({ line, problem: read.problem, fields: row.cells });
      else if (read.kind === 'left_out') page.leftOut += 1;
      else page.lines.push({ line, key: keys.of(read.line), charge: read.line });
    }
    if (rows % PAGE === 0) await write();
  }
  await write();
}
