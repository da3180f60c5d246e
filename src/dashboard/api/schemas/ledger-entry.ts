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
  })
  .meta({ id: 'LedgerEntry' });

export type LedgerEntryAnswer = z.output<typeof LEDGER_ENTRY>;
