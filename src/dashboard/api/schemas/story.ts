import { z } from 'zod';
import { AFTER_SALE_STATUSES, AFTER_SALE_TYPES, GOODS_CATEGORIES } from '../../../domain/aftersale/after-sale.js';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { FEN, TEXT, TIME } from './fields.js';
import { INTERCEPT_DETAIL } from './intercept.js';
import { REFUND_STORY } from './refund.js';
import { STEP_CHOICES } from './step.js';

const STATE = z.enum(INTERCEPT_STATES);

/** What the platform or the ERP said at one moment: facts that still stand. */
const SAID = z.object({
  at: TIME,
  afterSaleId: z.string(),
  shopId: z.string(),
  platform: z.string(),
  facts: z.object({
    orderId: z.string().optional(),
    type: z.enum(AFTER_SALE_TYPES).optional(),
    status: z.enum(AFTER_SALE_STATUSES).optional(),
    refundAmountFen: FEN.optional(),
    paidAmountFen: FEN.optional(),
    category: z.enum(GOODS_CATEGORIES).optional(),
    arbitration: z.string().optional(),
    platformDeadlineAt: TIME.optional(),
    appliedAt: TIME.optional(),
  }),
});

const AFTER_SALE = z.object({
  id: z.string(),
  shopId: z.string(),
  platform: z.string(),
  afterSaleId: z.string(),
  orderId: z.string().nullable(),
  type: z.enum(AFTER_SALE_TYPES).nullable(),
  status: z.enum(AFTER_SALE_STATUSES),
  refundAmountFen: FEN.nullable(),
  paidAmountFen: FEN.nullable(),
  origin: z.string(),
  heardAt: TIME,
  elsewhere: z.boolean().meta({ description: 'it travels in another parcel now (R65)' }),
});

/** One rule as it was asked in the newest decision. */
const CHECK = z.object({
  rule: z.string(),
  asks: TEXT,
  verdict: z.enum(['passed', 'skip', 'missed', 'review', 'hold']),
  reason: z.string().nullable(),
  reasonText: TEXT.nullable(),
});

const EXPLANATION = z.object({
  checks: z.array(CHECK).meta({ description: 'every rule by its number; empty: no decision was kept' }),
  inputs: z.array(z.object({ name: z.string(), value: z.string() })).meta({
    description: 'what the rules looked at; facts of other people’s shops are left out',
  }),
  policy: z.object({ id: z.string(), version: z.int() }).nullable(),
  deadlineSource: z.string().nullable(),
});

const TASK = z.object({
  id: z.string(),
  kind: z.string(),
  reason: z.string(),
  reasonText: TEXT,
  state: z.enum(['open', 'done', 'closed']),
  owner: z.string(),
  dueAt: TIME,
  createdAt: TIME,
  closedAt: TIME.nullable(),
});

const MESSAGE = z.object({
  id: z.string(),
  topic: z.string(),
  targetId: z.string(),
  state: z.enum(['waiting', 'delivered', 'dead']),
  tries: z.int(),
  httpStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: TIME,
  doneAt: TIME.nullable(),
});

/** `GET /api/v1/intercepts/{id}`: everything that happened, what surrounds it, and what a person may do now. */
export const INTERCEPT_STORY = INTERCEPT_DETAIL.extend({
  outcomeDueAt: TIME.nullable().meta({
    description: 'when an accepted or stopped parcel without an end becomes a task',
  }),
  explanation: EXPLANATION,
  said: z.array(SAID),
  afterSales: z.array(AFTER_SALE),
  refunds: z.array(REFUND_STORY).meta({ description: 'what was decided about the money of its after-sales (R73)' }),
  tasks: z.array(TASK),
  messages: z.array(MESSAGE).meta({ description: 'outgoing webhooks and notifications, newest first' }),
  rounds: z.array(z.object({ id: z.string(), round: z.int(), state: STATE, reasonText: TEXT, createdAt: TIME })),
  otherParcels: z.array(
    z.object({
      shopId: z.string(),
      orderId: z.string().nullable(),
      afterSaleId: z.string(),
      carrier: z.string(),
      waybillNo: z.string(),
      interceptId: z.string().nullable(),
      state: STATE.nullable(),
      reasonText: TEXT.nullable(),
    }),
  ),
  phoneScript: TEXT.nullable().meta({ description: 'text for the branch, without phone or address (R69)' }),
  choices: STEP_CHOICES,
}).meta({ id: 'InterceptStory' });

export type StoryAnswer = z.output<typeof INTERCEPT_STORY>;
