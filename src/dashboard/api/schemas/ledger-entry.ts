import { z } from 'zod';
import { FEN, TIME } from './fields.js';

export const LEDGER_ENTRY = z
  .object({
    id: z.string(),
    interceptId: z.string(),
    carrier: z.string(),
    shopId: z.string(),
    kind: z.enum(['fee', 'reversal']),
    amountFen: FEN.meta({ description: 'always positive; the kind gives the sign' }),
    currency: z.literal('CNY'),
    postedAt: TIME,
    reversesId: z.string().nullable(),
    verification: z.enum(['unverified', 'matched', 'disputed']),
    biller: z
      .string()
      .meta({ description: 'whose bill it will be on: the courier, or the platform whose channel was used' }),
    tariffFen: FEN.nullable().meta({
      description: 'what the tariff of the day says; differs where the amount was stated (R31)',
    }),
    differenceFen: z.int().meta({ description: 'amount less tariff; 0 where there is none' }),
    reversedById: z.string().nullable(),
    invoiceId: z.string().nullable(),
    correction: z
      .object({ toFen: FEN, note: z.string(), askedBy: z.string() })
      .nullable()
      .meta({ description: 'a correction of this fee that waits for a second person' }),
  })
  .meta({ id: 'LedgerEntry' });

export type LedgerEntryAnswer = z.output<typeof LEDGER_ENTRY>;

/** Body of `POST /ledger/{id}/correct`. */
export const CORRECTION = z
  .strictObject({
    toFen: z.int().min(0).max(100_000).meta({ description: 'the right amount; 0: nothing is due' }),
    note: z.string().trim().min(1).max(2_000),
  })
  .meta({ id: 'Correction' });

export const CORRECTED = z
  .object({ state: z.enum(['posted', 'asked', 'declined']) })
  .meta({ id: 'Corrected', description: '`asked`: the change is above the limit and waits for a second person' });
