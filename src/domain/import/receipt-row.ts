import { z } from 'zod';
import type { BookedLine } from '../returns/match.js';
import type { Text } from '../text.js';
import { moment, optional, outsideId, ownCells, problemOf, why } from './cells.js';
import type { RECEIPT_COLUMNS } from './columns.js';

const MOST_PIECES = 1_000_000;

const ROW = z.strictObject({
  receiptId: outsideId,
  waybillNo: outsideId,
  bookedAt: moment,
  sku: outsideId,
  quantity: z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,7}$/.test(value.trim()) ? Number(value) : value),
    z
      .int(why('必须是整数', 'must be a whole number'))
      .min(1, why('至少为 1', 'must be at least 1'))
      .max(MOST_PIECES, why('数量过大', 'is too large')),
  ),
  condition: optional(z.string().trim().max(64, why('最多 64 个字符', 'may hold 64 characters'))),
} satisfies Record<(typeof RECEIPT_COLUMNS)[number], z.ZodType>);

/** One line of a booking. */
export interface ReceiptRow {
  readonly receiptId: string;
  readonly waybillNo: string;
  readonly bookedAt: Date;
  readonly line: BookedLine;
}

export type ReceiptRowResult =
  | { readonly ok: true; readonly row: ReceiptRow }
  | { readonly ok: false; readonly problem: Text };

/** Reads one row of a file of bookings (docs/returns.md). */
export function readReceiptRow(fields: Readonly<Record<string, unknown>>): ReceiptRowResult {
  const read = ROW.safeParse(ownCells(fields));
  if (!read.success) return { ok: false, problem: problemOf(read.error) };
  const { sku, quantity, condition = null, ...booking } = read.data;
  return { ok: true, row: { ...booking, line: { sku, quantity, condition } } };
}
