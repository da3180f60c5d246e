import { z } from 'zod';
import { CHUNK_BYTES, IMPORT_STATES, MOST_CHUNKS } from '../../../domain/import/batch.js';
import { ALL_IMPORT_CLASSES, ALL_IMPORT_OUTCOMES } from '../../../domain/import/classify.js';
import { formatOf } from '../../../domain/import/format.js';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { because, FEN, OWN_ID, TEXT, TIME } from './fields.js';

const BAD_NAME = { zh: '文件名须以 .csv 或 .jsonl 结尾', en: 'must end in .csv or .jsonl' };

/** Body of `POST /imports`. */
export const IMPORT_ORDER = z
  .strictObject({
    shopId: OWN_ID,
    fileName: z
      .string()
      .trim()
      .min(1)
      .max(191)
      .regex(/^\P{Cc}+$/u)
      .refine((name) => formatOf(name) !== null, because(BAD_NAME)),
  })
  .meta({ id: 'ImportOrder' });

/** Letters that base64 needs for a chunk. */
const MOST_LETTERS = Math.ceil(CHUNK_BYTES / 3) * 4;

/** Body of `POST /imports/{id}/chunks`. */
export const IMPORT_CHUNK = z
  .strictObject({
    seq: z
      .int()
      .min(0)
      .max(MOST_CHUNKS - 1),
    base64: z
      .base64()
      .min(4)
      .max(MOST_LETTERS)
      .meta({ description: `at most ${CHUNK_BYTES} bytes of the file` }),
  })
  .meta({ id: 'ImportChunk' });

/** Body of `POST /imports/{id}/uploaded`. */
export const IMPORT_UPLOADED = z
  .strictObject({ chunks: z.int().min(1).max(MOST_CHUNKS) })
  .meta({ id: 'ImportUploaded' });

const COUNTS = z.record(z.string(), z.int());

export const IMPORT = z
  .object({
    id: z.string(),
    shopId: z.string(),
    fileName: z.string(),
    actor: z.string(),
    startedBy: z.string().nullable(),
    state: z.enum(IMPORT_STATES),
    rows: z.int(),
    problem: TEXT.nullable().meta({ description: 'why the file cannot be read, or why it was stopped' }),
    createdAt: TIME,
    finishedAt: TIME.nullable(),
  })
  .meta({ id: 'Import' });

export const IMPORT_DETAIL = IMPORT.extend({
  classes: COUNTS.meta({ description: `rows judged so far: ${ALL_IMPORT_CLASSES.join(', ')}` }),
  outcomes: COUNTS.meta({ description: `rows done: ${ALL_IMPORT_OUTCOMES.join(', ')}` }),
  feeEstimateFen: FEN.meta({ description: 'if every row that will be sent succeeds' }),
}).meta({ id: 'ImportDetail' });

export const IMPORT_ROW = z
  .object({
    seq: z.int(),
    line: z.int(),
    afterSaleId: z.string(),
    orderId: z.string(),
    carrier: z.string(),
    waybillNo: z.string(),
    problem: TEXT.nullable(),
    class: z.enum(ALL_IMPORT_CLASSES).nullable(),
    reason: z.string().nullable(),
    reasonText: TEXT.nullable(),
    joinsLine: z.int().nullable().meta({ description: 'the line above that names the same parcel' }),
    feeFen: FEN.nullable(),
    outcome: z.enum(ALL_IMPORT_OUTCOMES).nullable(),
    interceptId: z.string().nullable(),
    state: z.enum(INTERCEPT_STATES).nullable(),
  })
  .meta({ id: 'ImportRow' });

export type ImportAnswer = z.output<typeof IMPORT>;
export type ImportDetailAnswer = z.output<typeof IMPORT_DETAIL>;
export type ImportRowAnswer = z.output<typeof IMPORT_ROW>;
