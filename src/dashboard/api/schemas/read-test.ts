import { z } from 'zod';
import { FAULT_KINDS } from '../../../domain/carrier/fault.js';
import { OUTSIDE_ID, TEXT } from './fields.js';

export const ACCOUNT_TEST = z.strictObject({
  waybillNo: OUTSIDE_ID,
  phoneTail: z
    .string()
    .regex(/^\d{4}$/)
    .nullish()
    .meta({ description: 'last four digits of the recipient’s phone, for couriers that ask for it' }),
});

export const SHOP_TEST = z.strictObject({
  afterSaleId: OUTSIDE_ID,
  orderId: OUTSIDE_ID.nullish().meta({ description: 'for platforms that ask for it beside the after-sale' }),
});

export const READ_TEST = z
  .object({
    outcome: z.enum(['found', 'empty', 'failed', 'not_made']),
    tookMs: z.int(),
    fault: z.enum(FAULT_KINDS).nullable(),
    rawCode: z.string().nullable().meta({ description: 'the courier’s or the platform’s own code' }),
    text: TEXT.nullable().meta({ description: 'why it failed, or was not made' }),
    found: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  })
  .meta({ id: 'ReadTest' });
export type ReadTestAnswer = z.output<typeof READ_TEST>;
