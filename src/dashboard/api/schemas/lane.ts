import { z } from 'zod';
import { TIME } from './fields.js';

const CAPABILITIES = z.object({
  returnToSender: z.boolean(),
  redirect: z.boolean(),
  cancel: z.boolean(),
  status: z.boolean(),
  track: z.boolean(),
  push: z.boolean(),
  idempotencyKey: z.boolean(),
  feeInAnswer: z.boolean(),
});

export const LANE = z
  .object({
    id: z.string(),
    carrier: z.string(),
    accountId: z.string(),
    paused: z.boolean(),
    breaker: z.enum(['closed', 'open', 'half_open']),
    breakerReason: z.string().nullable().meta({ description: '`unavailable`, `credentials`; null: it is closed' }),
    breakerUntil: TIME.nullable().meta({ description: 'when an open breaker lets one call through to see' }),
    rateLimit: z.object({ max: z.number(), perMs: z.number() }).nullable(),
    concurrency: z.int(),
    waiting: z.int(),
    inWindow: z.int().meta({ description: 'of those waiting, how many Redis holds; the others wait in MySQL' }),
    held: z.int(),
    inFlight: z.int(),
    uncertain: z.int(),
    use: z
      .object({
        ordersLastMinute: z.int(),
        share: z.number().nullable().meta({ description: 'of what the limit allows in a minute; null: no limit' }),
      })
      .meta({ description: 'sends and cancels, counted from the attempts' }),
    emptyAt: TIME.nullable().meta({
      description: 'when it will have sent all that waits; null: nothing waits or it is stopped',
    }),
    tooLateCount: z.int().meta({ description: 'of those waiting, how many cannot be sent in time at this rate' }),
    oldestDueAt: TIME.nullable(),
    canaryAt: TIME.nullable().meta({ description: 'when a test job last came through dispatcher, Redis and worker' }),
    hasWorker: z.boolean().meta({ description: 'a test job came through within the last minute' }),
    capabilities: CAPABILITIES.nullable().meta({ description: 'what the courier’s interface can do' }),
  })
  .meta({ id: 'Lane' });

export const TOO_LATE = z
  .object({
    id: z.string().meta({ description: 'the intercept' }),
    waybillNo: z.string(),
    carrier: z.string(),
    shopId: z.string(),
    valueFen: z.int().nullable(),
    deadlineAt: TIME,
    turnAt: TIME.meta({ description: 'when its turn would come at the lane’s rate' }),
  })
  .meta({ id: 'TooLate' });

export const DRIFT = z
  .object({
    at: TIME,
    queues: z
      .array(z.object({ queue: z.string(), withoutJob: z.int(), withoutRow: z.int() }))
      .meta({ description: 'queues in which Redis and MySQL disagree; empty: they agree' }),
  })
  .meta({ id: 'Drift' });

export type LaneAnswer = z.output<typeof LANE>;
export type TooLateAnswer = z.output<typeof TOO_LATE>;
export type DriftAnswer = z.output<typeof DRIFT>;
