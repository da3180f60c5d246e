import { z } from 'zod';
import { AFTER_SALE_STATUSES, AFTER_SALE_TYPES, GOODS_CATEGORIES } from '../../../domain/aftersale/after-sale.js';
import { isFreightOf } from '../../../domain/aftersale/freight-part.js';

/** 2000 to 2100: a time outside would win (or lose) every merge for ever. */
const EARLIEST_MS = Date.UTC(2000, 0);
const LATEST_MS = Date.UTC(2100, 0);
/** A tonne in grams, and a cubic metre in cm³. */
const MOST_SIZE = 1_000_000;
const MOST_FEN = 1_000_000_000_000;

/** Null counts as absent. */
const absentable = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);

/** An id, a waybill, a courier's word: text, byte for byte, without white space around it. */
const WORD = z
  .string()
  .max(191)
  .regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u, 'is not text without white space around it');

const FEN = z.int().min(0).max(MOST_FEN);

const MOMENT = z.iso
  .datetime({ offset: true, error: 'is not a time like 2026-11-28T08:00:00+08:00' })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() >= EARLIEST_MS && at.getTime() < LATEST_MS, 'is not a time between 2000 and 2100');

const FREIGHT = z.strictObject({
  weightGrams: absentable(z.int().min(1).max(MOST_SIZE)),
  volumeCm3: absentable(z.int().min(1).max(MOST_SIZE)),
  zone: absentable(WORD.max(64)),
  service: absentable(WORD.max(64)),
});

const PARCEL = z.strictObject({
  carrier: WORD,
  carrierName: absentable(WORD),
  waybillNo: WORD,
  declaredValueFen: absentable(FEN),
  pickedUpAt: absentable(MOMENT),
  freight: absentable(FREIGHT),
});
export type GenericParcel = z.output<typeof PARCEL>;

/**
 * One message, as docs/generic-webhook.md describes it: everything that is known of one after-sale now. Unknown fields are
 * errors: a mistyped amount would be lost in silence.
 */
export const GENERIC_MESSAGE = z
  .strictObject({
    type: z.literal('after_sale'),
    afterSaleId: WORD,
    orderId: WORD,
    status: z.enum(AFTER_SALE_STATUSES),
    refundType: z.enum(AFTER_SALE_TYPES),
    /** Absent: unknown, and held for a person (R60). Never 0 for "unknown". */
    refundAmountFen: absentable(FEN),
    paidAmountFen: absentable(FEN),
    /** The freight in each of the two: all but the freight counts as all (R60). */
    refundPostFen: absentable(FEN),
    paidPostFen: absentable(FEN),
    category: absentable(z.enum(GOODS_CATEGORIES)),
    appliedAt: absentable(MOMENT),
    updatedAt: MOMENT,
    reason: absentable(z.string().max(500)),
    deadlineAt: absentable(MOMENT),
    parcels: z.array(PARCEL).max(100),
  })
  .refine((said) => isFreightOf(said.refundPostFen, said.refundAmountFen), {
    path: ['refundPostFen'],
    error: 'is not a part of refundAmountFen',
  })
  .refine((said) => isFreightOf(said.paidPostFen, said.paidAmountFen), {
    path: ['paidPostFen'],
    error: 'is not a part of paidAmountFen',
  });
export type GenericMessage = z.output<typeof GENERIC_MESSAGE>;

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,40}$/;

/** What is wrong with the first field that is wrong, by its name and without its content. */
export function complaintOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return 'the message is not valid';
  const place = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const name = FIELD_NAME.test(key) ? [...place, key].join('.') : [...place, 'a field'].join('.');
    return `${name} is not known`;
  }
  const field = place.join('.') || 'the message';
  return `${field}: ${issue.message}`;
}
