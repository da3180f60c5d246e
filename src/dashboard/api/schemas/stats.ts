import { z } from 'zod';
import { FEN, TIME } from './fields.js';

const COUNTS = z.record(z.string(), z.int());

export const STATS = z
  .object({
    since: TIME,
    until: TIME,
    events: z.int().meta({ description: 'messages of platforms, not narrowed by courier' }),
    decidedByState: COUNTS,
    skippedByRule: COUNTS,
    successByCourier: z.array(
      z.object({
        carrier: z.string(),
        asked: z.int(),
        succeeded: z.int(),
        refused: z.int(),
        missed: z.int(),
        share: z.number().nullable().meta({ description: 'succeeded of those that ended; null: none ended yet' }),
      }),
    ),
    timeToSendMs: z.object({ count: z.int(), p50: z.number().nullable(), p99: z.number().nullable() }),
    fees: z.object({
      postedFen: FEN,
      reversedFen: FEN,
      dueFen: z.int(),
      elsewhereFen: FEN.meta({ description: 'asked elsewhere, not due until a bill shows it (R71)' }),
    }),
    valueSavedFen: FEN,
    refundedGoodsNotBack: z.object({ count: z.int(), amountFen: FEN }),
  })
  .meta({ id: 'Stats' });

export type StatsAnswer = z.output<typeof STATS>;
