import { z } from 'zod';
import { isFreightOf } from '../../../domain/aftersale/freight-part.js';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { REASONS } from '../../../domain/reasons.js';
import { absentable, FEN, MOMENT, OUTSIDE_ID, OWN_ID } from './fields.js';

const ITEM = z.strictObject({
  sku: OUTSIDE_ID,
  name: z.string().max(500),
  quantity: z.int().min(1).max(1_000_000),
  paidFen: absentable(FEN),
});

const PARCEL_ORDER = z.strictObject({
  orderId: OUTSIDE_ID,
  paidFen: FEN,
  refund: z.enum(['full', 'partial', 'none', 'unknown']),
});

const FREIGHT = z
  .strictObject({
    weightGrams: absentable(z.int().min(1).max(1_000_000)),
    volumeCm3: absentable(z.int().min(1).max(1_000_000)),
    zone: absentable(z.string().trim().min(1).max(64)),
    service: absentable(z.string().trim().min(1).max(64)),
  })
  .meta({ description: 'what the price of a stop may depend on (R31, tariffs with `when`)' });

const PARCEL = z.strictObject({
  carrier: OUTSIDE_ID.meta({ description: 'slug, or the platform’s own code or name of the courier (R66)' }),
  waybillNo: OUTSIDE_ID,
  declaredValueFen: FEN,
  pickedUpAt: absentable(MOMENT),
  freight: absentable(FREIGHT),
  items: absentable(z.array(ITEM).max(500)).meta({
    description: 'what of the after-sale is in it; compared with what the warehouse books (R75)',
  }),
  large: absentable(z.boolean()).meta({ description: 'large goods take longer to come back (R51)' }),
  orders: absentable(z.array(PARCEL_ORDER).max(200)),
});

/** Body of `POST /api/v1/intercepts` (contract section 5). Unknown fields are errors: a mistyped amount would be lost in silence. */
export const INTERCEPT_REQUEST = z
  .strictObject({
    shopId: OWN_ID,
    afterSaleId: OUTSIDE_ID,
    orderId: OUTSIDE_ID,
    type: z.enum(['refund_only', 'return_refund']),
    category: absentable(z.enum(['normal', 'fresh', 'virtual', 'custom'])),
    refundAmountFen: absentable(FEN).meta({ description: 'absent: held with amount_unknown (R60)' }),
    paidAmountFen: absentable(FEN).meta({ description: 'absent: held with amount_unknown (R60)' }),
    refundPostFen: absentable(FEN).meta({
      description: 'the freight in `refundAmountFen`; with `paidPostFen`, all but the freight counts as all (R60)',
    }),
    paidPostFen: absentable(FEN).meta({ description: 'the freight in `paidAmountFen`' }),
    parcels: z.array(PARCEL).min(1).max(100),
    reason: absentable(z.string().max(500)),
    ownerRef: absentable(z.string().max(191)),
    appliedAt: absentable(MOMENT),
    deadlineAt: absentable(MOMENT),
    release: absentable(z.boolean()).meta({
      description: 'true: a person has seen the parcels and confirmed; modes and approvals are answered (R20)',
    }),
  })
  .refine((asked) => isFreightOf(asked.refundPostFen, asked.refundAmountFen), {
    path: ['refundPostFen'],
    error: 'must be a part of refundAmountFen',
  })
  .refine((asked) => isFreightOf(asked.paidPostFen, asked.paidAmountFen), {
    path: ['paidPostFen'],
    error: 'must be a part of paidAmountFen',
  })
  .meta({ id: 'InterceptRequest' });

/** Its answer. */
export const INTERCEPT_REQUEST_ANSWER = z
  .object({
    intercepts: z.array(
      z.object({
        id: z.string(),
        waybillNo: z.string(),
        state: z.enum(INTERCEPT_STATES),
        reason: z.enum(Object.keys(REASONS)),
      }),
    ),
  })
  .meta({ id: 'InterceptRequestAnswer' });
