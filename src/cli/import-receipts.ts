import { createReadStream } from 'node:fs';
import { RECEIPT_FILE } from '../domain/import/columns.js';
import type { ImportFormat } from '../domain/import/format.js';
import { type ReceiptRow, readReceiptRow } from '../domain/import/receipt-row.js';
import { bookReceipt } from '../domain/store/receipt-store.js';
import { loadSettings } from '../domain/store/settings-store.js';
import type { Text } from '../domain/text.js';
import { type FileRow, rowsOf } from '../producers/import/rows.js';
import { surveyBytes } from '../producers/import/survey.js';
import { BOOK } from '../system.js';
import type { Workplace } from './attach.js';
import { ErrorFile } from './error-file.js';
import type { Imported } from './import.js';
import type { Io } from './io.js';
import { barProgress } from './progress.js';

const CHANGED: Text = {
  zh: '该入库单号已登记过不同的内容；同一单的各行须连续',
  en: 'something else was booked under this receiptId; lines of one receipt must follow one another',
};

const NOT_WHOLE: Text = {
  zh: '同一入库单有其他行有误，整单未登记',
  en: 'another line of this receipt is bad, or next to it; nothing of it was booked',
};

/** Rows of one booking: they follow one another in the file. */
interface Booking {
  readonly rows: { readonly file: FileRow; readonly read: ReceiptRow }[];
  /** A line beside them could not be read: half a booking would look like goods that are missing. */
  broken: boolean;
}

const fresh = (broken: boolean): Booking => ({ rows: [], broken });

const isSame = (a: ReceiptRow, b: ReceiptRow) =>
  a.receiptId === b.receiptId && a.waybillNo === b.waybillNo && a.bookedAt.getTime() === b.bookedAt.getTime();

/** Books what a file of the warehouse says (R75), one booking after another; what was booked before is counted as such. */
export async function importReceipts(
  io: Io,
  place: Workplace,
  { file, format }: { readonly file: string; readonly format: ImportFormat },
  shop: string | null,
): Promise<Imported> {
  const env = { settings: await loadSettings(place.db, place.secrets), book: BOOK };
  const lines = await surveyBytes(createReadStream(file));
  const errors = new ErrorFile(file.replace(/\.\w+$/, '.errors.csv'), io.language, RECEIPT_FILE);
  const progress = barProgress(io, { zh: '导入', en: 'import' }, lines);
  const count = { rows: 0, created: 0, repeated: 0 };
  const by = { actor: io.actor, shops: shop === null ? null : [shop] };

  const refuse = async ({ rows }: Booking, why: Text): Promise<void> => {
    for (const row of rows) await errors.add(row.file, why);
  };
  const book = async (one: Booking): Promise<void> => {
    const { rows } = one;
    const [first] = rows;
    if (!first) return;
    if (one.broken) return refuse(one, NOT_WHOLE);
    const { receiptId, waybillNo, bookedAt } = first.read;
    const booking = { receiptId, waybillNo, bookedAt, lines: rows.map(({ read }) => read.line) };
    const result = await bookReceipt(place.db, env, booking, by, io.now());
    if (result === 'changed') await refuse(one, CHANGED);
    else count[result === 'booked' ? 'created' : 'repeated'] += rows.length;
  };

  let open = fresh(false);
  /** The line just read was bad: it may be of the booking before it or of the one after it. */
  let isBrokenAtItsEnd = false;
  try {
    for await (const row of rowsOf(createReadStream(file), format, RECEIPT_FILE)) {
      count.rows += 1;
      progress.at(row.line);
      const read = row.problem ? { ok: false as const, problem: row.problem } : readReceiptRow(row.fields);
      if (!read.ok) {
        await errors.add(row, read.problem);
        open.broken = true;
        isBrokenAtItsEnd = true;
        continue;
      }
      const [first] = open.rows;
      if (first && !isSame(first.read, read.row)) {
        await book(open);
        open = fresh(isBrokenAtItsEnd);
      }
      isBrokenAtItsEnd = false;
      open.rows.push({ file: row, read: read.row });
    }
    await book(open);
  } finally {
    progress.done();
    await errors.close();
  }
  return { ...count, bad: errors.count, errorsFile: errors.count > 0 ? errors.path : null };
}
