import { z } from 'zod';
import { ALL_CLAIM_KINDS } from '../../../domain/claims/kinds.js';
import { CLAIM_STATES, CLAIM_STEPS } from '../../../domain/claims/machine.js';
import { FEN, TEXT, TIME } from './fields.js';

const STATE = z.enum(CLAIM_STATES);

/** One claim against a courier (R33, R52). */
export const CLAIM = z
  .object({
    id: z.string(),
    interceptId: z.string(),
    kind: z.enum(ALL_CLAIM_KINDS),
    kindText: TEXT,
    rule: z.enum(['R33', 'R52']),
    state: STATE,
    shopId: z.string(),
    carrier: z.string(),
    waybillNo: z.string(),
    valueFen: FEN.nullable(),
    amountFen: FEN.nullable().meta({ description: 'claimed; null: the value is not known, it is stated when filed' }),
    acceptedFen: FEN.nullable().meta({ description: 'what the courier agreed to pay' }),
    paidFen: FEN.meta({ description: 'what has come in' }),
    reference: z.string().nullable().meta({ description: 'the courier’s number of the claim' }),
    answer: z.string().nullable(),
    overdue: z.boolean(),
    dueAt: TIME.nullable().meta({ description: 'to file it, for the courier’s answer, or for its money' }),
    filedAt: TIME.nullable(),
    answeredAt: TIME.nullable(),
    createdAt: TIME,
    updatedAt: TIME,
  })
  .meta({ id: 'Claim' });

export type ClaimAnswer = z.output<typeof CLAIM>;

export const CLAIM_DETAIL = CLAIM.extend({
  mostFen: FEN.meta({ description: 'what may be claimed at most: the goods’ real value, at most 1000.00' }),
  may: z.array(z.enum([...CLAIM_STEPS, 'receive', 'reverse'])).meta({ description: 'what a person may do now' }),
  steps: z.array(
    z.object({
      at: TIME,
      version: z.int(),
      from: STATE.nullable(),
      event: z.string(),
      to: STATE,
      actor: z.string(),
      note: z.string().nullable(),
    }),
  ),
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['payment', 'reversal']),
      amountFen: FEN,
      reference: z.string().nullable(),
      reversesId: z.string().nullable(),
      receivedAt: TIME,
      actor: z.string(),
      postedAt: TIME,
    }),
  ),
}).meta({ id: 'ClaimDetail' });

export type ClaimDetailAnswer = z.output<typeof CLAIM_DETAIL>;

export const CLAIM_SUMS = z
  .object({
    items: z.array(z.object({ state: STATE, count: z.int(), amountFen: FEN, acceptedFen: FEN, paidFen: FEN })),
    nextCursor: z.null(),
  })
  .meta({ id: 'ClaimSums' });
