import { z } from 'zod';
import { TAG_NAMES } from './tags.js';

const SHARE = z.number().min(0).max(1).default(0);
const TAG = z.enum(TAG_NAMES);

/** How a webhook is made and sent: the same for one push and for a storm. */
const SETTINGS = {
  targetUrl: z.url({ protocol: /^https?$/ }),
  shape: z.enum(['documented', 'legacy']).default('documented'),
  sign: z.enum(['md5', 'hmac', 'wrong']).default('md5'),
  apply: z.boolean().default(true),
  /** One source names a deadline of 2 s. */
  ackTimeoutMs: z.number().positive().default(2000),
  /** The platform's schedule is not documented. */
  retry: z
    .strictObject({
      firstMs: z.number().nonnegative().default(1000),
      factor: z.number().min(1).default(2),
      maxMs: z.number().positive().default(30_000),
      maxAttempts: z.int().positive().nullable().default(null),
    })
    .prefault({}),
};

export const SEND_SETTINGS = z.object(SETTINGS);
export type SendSettings = z.output<typeof SEND_SETTINGS>;

export const PUSH = z
  .strictObject({
    ...SETTINGS,
    tag: z.union([TAG, z.literal('0')]).default('200'),
    afterSaleId: z.string().optional(),
    count: z.int().min(1).max(1000).default(1),
  })
  .refine(({ tag, afterSaleId }) => tag === '0' || afterSaleId !== undefined, 'afterSaleId is missing');

const EVENT = z.strictObject({
  afterSaleId: z.string(),
  tag: TAG.default('200'),
  afterMs: z.number().nonnegative().optional(),
});
/** One event of a storm, defaults left out. */
export type EventInput = z.input<typeof EVENT>;
export type StormEvent = z.output<typeof EVENT>;

export const EMIT = z
  .strictObject({
    ...SETTINGS,
    tag: TAG.default('200'),
    afterSaleIds: z.array(z.string()).optional(),
    events: z.array(EVENT).optional(),
    ratePerSecond: z.number().positive().default(100),
    duplicates: SHARE,
    reorder: SHARE,
    reorderMs: z.number().nonnegative().default(1000),
    batch: z.int().min(1).max(100).default(1),
  })
  .refine((spec) => (spec.events === undefined) !== (spec.afterSaleIds === undefined), 'give events or afterSaleIds');
export type EmitSpec = z.output<typeof EMIT>;
