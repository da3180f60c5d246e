import { z } from 'zod';
import { isFreightOf } from '../aftersale/freight-part.js';
import type { InterceptRequest } from '../store/request-store.js';
import type { Text } from '../text.js';
import { moment, optional, outsideId, ownCells, problemOf, why } from './cells.js';
import type { ImportColumn } from './columns.js';

/** Ten million yuan is beyond every parcel. */
const MOST_FEN = 1_000_000_000;

/** The digits of a cell as a number; anything else is left for the check. */
const wholeNumber = (value: unknown) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;

const fen = z.preprocess(
  wholeNumber,
  z
    .int(why('必须是以分为单位的整数，例如 8900', 'must be whole fen, such as 8900'))
    .min(0, why('不能为负', 'must not be negative'))
    .max(MOST_FEN, why('金额过大', 'is too large')),
);

/** A tonne in grams, and a cubic metre in cm³. */
const MOST_SIZE = 1_000_000;
const size = z.preprocess(
  wholeNumber,
  z
    .int(why('必须是整数', 'must be a whole number'))
    .min(1, why('至少为 1', 'must be at least 1'))
    .max(MOST_SIZE, why('最大 1000000', 'may be 1000000 at most')),
);

const word = z.string().trim().max(64, why('最多 64 个字符', 'may hold 64 characters'));

const oneOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words, why(`须为 ${words.join('、')} 之一`, `must be one of ${words.join(', ')}`));

/** One line of a file: one parcel of one after-sale (docs/import.md). */
const ROW = z
  .strictObject({
    afterSaleId: outsideId,
    orderId: outsideId,
    type: oneOf(['refund_only', 'return_refund']),
    refundAmountFen: optional(fen),
    paidAmountFen: optional(fen),
    carrier: outsideId,
    waybillNo: outsideId,
    declaredValueFen: fen,
    pickedUpAt: optional(moment),
    reason: optional(z.string().trim().max(500, why('最多 500 个字符', 'may hold 500 characters'))),
    category: optional(oneOf(['normal', 'fresh', 'virtual', 'custom'])),
    refundPostFen: optional(fen),
    paidPostFen: optional(fen),
    weightGrams: optional(size),
    volumeCm3: optional(size),
    zone: optional(word),
    service: optional(word),
  } satisfies Record<ImportColumn, z.ZodType>)
  .refine((row) => isFreightOf(row.refundPostFen, row.refundAmountFen), {
    path: ['refundPostFen'],
    ...why('不能超过 refundAmountFen', 'must be a part of refundAmountFen'),
  })
  .refine((row) => isFreightOf(row.paidPostFen, row.paidAmountFen), {
    path: ['paidPostFen'],
    ...why('不能超过 paidAmountFen', 'must be a part of paidAmountFen'),
  });

export type RowResult =
  | { readonly ok: true; readonly request: InterceptRequest }
  | { readonly ok: false; readonly problem: Text };

/** Reads one line as a request for one parcel. Amounts in fen; absent amounts stay absent (R60). */
export function readRow(shopId: string, row: Readonly<Record<string, unknown>>): RowResult {
  const read = ROW.safeParse(ownCells(row));
  if (!read.success) return { ok: false, problem: problemOf(read.error) };
  const { carrier, waybillNo, declaredValueFen, pickedUpAt, weightGrams, volumeCm3, zone, service, ...afterSale } =
    read.data;
  const freight = { weightGrams, volumeCm3, zone, service };
  const isKnown = Object.values(freight).some((value) => value !== undefined);
  return {
    ok: true,
    request: {
      shopId,
      ...afterSale,
      parcels: [{ carrier, waybillNo, declaredValueFen, pickedUpAt, ...(isKnown ? { freight } : {}) }],
    },
  };
}
