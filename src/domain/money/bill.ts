import { z } from 'zod';

/** uploading → reading → done, or the file cannot be read. */
export const BILL_STATES = ['uploading', 'reading', 'done', 'unreadable'] as const;
export type BillState = (typeof BILL_STATES)[number];

export type BillFormat = 'csv' | 'xlsx';

/** What a bill is written in, by its name; null: nothing that can be read. */
export function billFormatOf(fileName: string): BillFormat | null {
  const [, ending] = /\.(csv|xlsx)$/i.exec(fileName) ?? [];
  return ending === undefined ? null : (ending.toLowerCase() as BillFormat);
}

/** Rows of one bill (R35). */
export const MOST_BILL_ROWS = 200_000;

const column = () => z.string().trim().min(1).max(191);

/**
 * How the columns of one source's bills are to be read; saved once, used for every bill of that source. A courier's bill
 * has charges only; a platform's ledger books its intercept fees among other things, of which `kind` names ours.
 */
export const BILL_MAPPING = z.strictObject({
  waybillNo: column(),
  amount: column(),
  unit: z.enum(['yuan', 'fen']).default('yuan'),
  /** The sign of a charge; the other sign is money given back. A ledger writes what was paid with a minus. */
  charge: z.enum(['positive', 'negative']).default('positive'),
  chargedOn: column().nullable().default(null),
  /** The source's own number of the line, if it has one: by it a line is known again. */
  lineNo: column().nullable().default(null),
  kind: z
    .strictObject({ column: column(), values: z.array(column()).min(1).max(50) })
    .nullable()
    .default(null),
});
export type BillMapping = z.output<typeof BILL_MAPPING>;

/** The columns a mapping needs to find in a file. */
export function columnsOf(mapping: BillMapping): string[] {
  const { waybillNo, amount, chargedOn, lineNo, kind } = mapping;
  return [waybillNo, amount, chargedOn, lineNo, kind?.column].filter((name) => name !== null && name !== undefined);
}

/** A calendar month in China, `YYYY-MM`. */
export const MONTH = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);

const OFFSET = '+08:00';
/** What was under way at midnight is written by then, ms. */
const SETTLED_MS = 3_600_000;

/** When a month begins and ends in China; the end is excluded. */
export function monthBounds(month: string): { readonly since: Date; readonly until: Date } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { since: new Date(`${month}-01T00:00:00${OFFSET}`), until: new Date(`${next}-01T00:00:00${OFFSET}`) };
}

/** Is the month over, so that nothing more can be booked in it? */
export function isOver(month: string, now: Date): boolean {
  return monthBounds(month).until.getTime() + SETTLED_MS <= now.getTime();
}
