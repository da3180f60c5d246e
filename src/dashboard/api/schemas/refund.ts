import { z } from 'zod';
import { REFUND_OPERATIONS, REFUND_STATES } from '../../../domain/refund/machine.js';
import { FEN, TEXT, TIME } from './fields.js';

const STATE = z.enum(REFUND_STATES);

/** One decision about an after-sale's money (R73). */
export const REFUND = z
  .object({
    id: z.string(),
    shopId: z.string(),
    platform: z.string(),
    afterSaleId: z.string(),
    interceptId: z.string(),
    waybillNo: z.string(),
    operation: z.enum(REFUND_OPERATIONS),
    state: STATE.meta({
      description: '`acknowledged` is not paid; `unknown` is read back at the platform and never sent again',
    }),
    reason: z.string(),
    reasonText: TEXT,
    amountFen: FEN.nullable(),
    approvedBy: z.string().nullable(),
    calledAt: TIME.nullable(),
    acknowledgedAt: TIME.nullable(),
    confirmedAt: TIME.nullable(),
    rawCode: z.string().nullable(),
    rawText: z.string().nullable(),
    createdAt: TIME,
    updatedAt: TIME,
  })
  .meta({ id: 'Refund' });

export type RefundAnswer = z.output<typeof REFUND>;

/** The same beside its intercept: every step, and what a person may do. */
export const REFUND_STORY = REFUND.extend({
  mayApprove: z.boolean(),
  maySettle: z.boolean(),
  steps: z.array(
    z.object({
      at: TIME,
      version: z.int(),
      from: STATE.nullable(),
      event: z.string(),
      to: STATE,
      actor: z.string(),
      reason: z.string(),
      reasonText: TEXT,
      note: z.string().nullable(),
    }),
  ),
}).meta({ id: 'RefundStory' });

export type RefundStory = z.output<typeof REFUND_STORY>;
