import { z } from 'zod';
import { AFTER_SALE_STATUSES, AFTER_SALE_TYPES, GOODS_CATEGORIES } from '../../../domain/aftersale/after-sale.js';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { FEN, TEXT, TIME } from './fields.js';

const WHY = z.object({ reason: z.string(), reasonText: TEXT, rule: z.string().nullable() });

export const AFTER_SALE = z
  .object({
    id: z.string(),
    shopId: z.string(),
    platform: z.string(),
    afterSaleId: z.string(),
    orderId: z.string().nullable(),
    type: z.enum(AFTER_SALE_TYPES).nullable(),
    status: z.enum(AFTER_SALE_STATUSES),
    category: z.enum(GOODS_CATEGORIES).nullable(),
    refundAmountFen: FEN.nullable(),
    paidAmountFen: FEN.nullable(),
    appliedAt: TIME.nullable(),
    platformDeadlineAt: TIME.nullable(),
    origin: z.string(),
    whyNot: WHY.nullable().meta({
      description: 'why no parcel of it was intercepted (R42); null where one is, or is on its way',
    }),
    parcels: z.array(
      z.object({
        carrier: z.string(),
        waybillNo: z.string(),
        valueFen: FEN.nullable().meta({ description: 'what its goods are worth; null: unknown' }),
        interceptId: z.string().nullable(),
        state: z.enum(INTERCEPT_STATES).nullable(),
        reason: z.string().nullable(),
        reasonText: TEXT.nullable(),
        rule: z.string().nullable(),
      }),
    ),
    createdAt: TIME,
    updatedAt: TIME,
  })
  .meta({ id: 'AfterSale' });

export type AfterSaleAnswer = z.output<typeof AFTER_SALE>;
