import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { ALL_RETURN_STATES } from '../../../domain/returns/states.js';
import { absentable, FEN, MOMENT, OUTSIDE_ID, TIME } from './fields.js';

/** One parcel that comes back, or should (R75). */
export const RETURN = z
  .object({
    id: z.string(),
    interceptId: z.string(),
    interceptState: z.enum(INTERCEPT_STATES),
    shopId: z.string(),
    carrier: z.string(),
    waybillNo: z.string(),
    state: z.enum(ALL_RETURN_STATES).meta({
      description:
        '`expected` nothing booked yet · `received` all of it · `short`, `other`, `damaged` a difference, with a person · `off` it goes on to the buyer · `settled` a person has cleared the difference up',
    }),
    compared: z.boolean().meta({ description: 'false: received, and nobody had told us what was in it' }),
    valueFen: FEN.nullable(),
    refunded: z.boolean().meta({ description: 'a refund of it is agreed or paid' }),
    overdue: z.boolean(),
    expectedAt: TIME,
    stoppedAt: TIME.nullable(),
    dueAt: TIME.nullable().meta({ description: 'when the courier should have brought it back' }),
    bookedAt: TIME.nullable(),
    note: z.string().nullable(),
    updatedAt: TIME,
  })
  .meta({ id: 'Return' });

export type ReturnAnswer = z.output<typeof RETURN>;

const LINE = z.object({ sku: z.string(), quantity: z.int(), condition: z.string().nullable() });

/** What the warehouse booked. */
export const RECEIPT = z
  .object({
    id: z.string(),
    receiptId: z.string(),
    waybillNo: z.string(),
    unclaimed: z.boolean().meta({ description: 'its number belongs to no parcel that we know' }),
    lines: z.array(LINE),
    bookedAt: TIME,
    bookedBy: z.string(),
    createdAt: TIME,
  })
  .meta({ id: 'Receipt' });

export type ReceiptAnswer = z.output<typeof RECEIPT>;

export const RETURN_DETAIL = RETURN.extend({
  lines: z
    .array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() }))
    .meta({ description: 'what was sent; empty: nobody has told us' }),
  numbers: z.array(z.string()).meta({ description: 'new numbers it may come back under' }),
  receipts: z.array(RECEIPT),
  uses: z
    .array(z.object({ receiptId: z.string(), sku: z.string(), quantity: z.int() }))
    .meta({ description: 'booked pieces that count for this parcel; none counts twice' }),
}).meta({ id: 'ReturnDetail' });

export type ReturnDetailAnswer = z.output<typeof RETURN_DETAIL>;

/** Body of `POST /api/v1/receipts` (contract section 5). */
export const RECEIPT_BODY = z
  .strictObject({
    receiptId: OUTSIDE_ID,
    waybillNo: OUTSIDE_ID,
    bookedAt: MOMENT,
    lines: z
      .array(
        z.strictObject({
          sku: OUTSIDE_ID,
          quantity: z.int().min(1).max(1_000_000),
          condition: absentable(z.string().trim().max(64)).meta({
            description: 'absent, good, ok, new, intact, 完好, 正品, 良品, 正常: good; any other word: a defect',
          }),
        }),
      )
      .max(500),
  })
  .meta({ id: 'ReceiptBooking' });
