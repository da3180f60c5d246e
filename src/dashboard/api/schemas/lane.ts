import { z } from 'zod';
import { TIME } from './fields.js';

export const LANE = z
  .object({
    id: z.string(),
    carrier: z.string(),
    accountId: z.string(),
    paused: z.boolean(),
    breaker: z.enum(['closed', 'open', 'half_open']),
    rateLimit: z.object({ max: z.number(), perMs: z.number() }).nullable(),
    concurrency: z.int(),
    waiting: z.int(),
    held: z.int(),
    inFlight: z.int(),
    uncertain: z.int(),
    emptyAt: TIME.nullable().meta({
      description: 'when it will have sent all that waits; null: nothing waits or it is stopped',
    }),
    tooLateCount: z.int().meta({ description: 'of those waiting, how many cannot be sent in time at this rate' }),
    oldestDueAt: TIME.nullable(),
  })
  .meta({ id: 'Lane' });

export type LaneAnswer = z.output<typeof LANE>;
