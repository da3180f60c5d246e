import { z } from 'zod';
import { BILL_MAPPING, BILL_STATES, billFormatOf, MONTH } from '../../../domain/money/bill.js';
import { MATCH_CLASSES } from '../../../domain/money/match.js';
import { because, FEN, TEXT, TIME } from './fields.js';

const SOURCE = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/)
  .meta({ description: 'who charges: a courier (zto), or the channel of a platform (douyin, taobao, jdpop)' });

/** Which month of whose bills. */
export const MONTH_OF = { source: SOURCE, period: MONTH.meta({ description: 'a month in China, 2026-11' }) };

const BAD_NAME = { zh: '文件名须以 .csv 或 .xlsx 结尾', en: 'must end in .csv or .xlsx' };

/** Body of `POST /bills`. */
export const BILL_ORDER = z
  .strictObject({
    ...MONTH_OF,
    fileName: z
      .string()
      .trim()
      .min(1)
      .max(191)
      .regex(/^\P{Cc}+$/u)
      .refine((name) => billFormatOf(name) !== null, because(BAD_NAME)),
  })
  .meta({ id: 'BillOrder' });

export const BILL = z
  .object({
    id: z.string(),
    source: z.string(),
    period: z.string(),
    fileName: z.string(),
    actor: z.string(),
    state: z.enum(BILL_STATES),
    rows: z.int().meta({ description: 'read so far' }),
    created: z.int(),
    repeated: z.int().meta({ description: 'were there before and changed nothing' }),
    leftOut: z.int().meta({ description: 'no intercept fees' }),
    bad: z.int(),
    problem: TEXT.nullable(),
    createdAt: TIME,
    finishedAt: TIME.nullable(),
  })
  .meta({ id: 'Bill' });

export const BILL_SOURCE = z
  .object({ source: z.string(), mapping: BILL_MAPPING, changedBy: z.string(), changedAt: TIME })
  .meta({ id: 'BillSource' });

const SIGNED = z.int();

const MATCH_SUM = z
  .object({
    class: z.enum(MATCH_CLASSES).nullable().meta({ description: 'null: not matched yet' }),
    count: z.int(),
    chargedFen: SIGNED,
    dueFen: FEN,
    differenceFen: SIGNED.meta({ description: 'charged less due; of fees not yet charged 0' }),
  })
  .meta({ id: 'MatchSum' });

export const MATCH_MONTH = z
  .object({ ...MONTH_OF, closedAt: TIME.nullable(), closedBy: z.string().nullable(), sums: z.array(MATCH_SUM) })
  .meta({ id: 'MatchMonth' });

export const MATCH_ROW = z
  .object({
    id: z.string(),
    source: z.string(),
    period: z.string(),
    class: z.enum(MATCH_CLASSES).nullable(),
    waybillNo: z.string(),
    chargedFen: SIGNED,
    dueFen: FEN,
    differenceFen: SIGNED,
    chargedOn: z.iso.date().nullable(),
    billId: z.string().nullable(),
    line: z.int().nullable(),
    entryId: z.string().nullable(),
    interceptId: z.string().nullable(),
    shopId: z.string().nullable(),
    state: z.string().nullable().meta({ description: 'of the intercept, now' }),
  })
  .meta({ id: 'MatchRow' });

export const BILL_MONTH = z
  .object({
    ...MONTH_OF,
    lineCount: z.int(),
    chargedFen: SIGNED,
    closedAt: TIME.nullable(),
    closedBy: z.string().nullable(),
  })
  .meta({ id: 'BillMonth' });

export type BillAnswer = z.output<typeof BILL>;
export type BillSourceAnswer = z.output<typeof BILL_SOURCE>;
export type MatchMonthAnswer = z.output<typeof MATCH_MONTH>;
export type MatchRowAnswer = z.output<typeof MATCH_ROW>;
export type BillMonthAnswer = z.output<typeof BILL_MONTH>;
