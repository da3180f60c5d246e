import { z } from 'zod';
import { FEN, TEXT, TIME } from './fields.js';
import { WAITING } from './waiting.js';

const AT_RISK = z.object({
  count: z.int(),
  valueFen: FEN,
  withoutValue: z.int().meta({ description: 'of them, how many have no known value and are not in the sum' }),
});

/** Parts of the system without which work does not go on. Without MySQL there is no overview either. */
export const COMPONENTS = ['redis', 'intake', 'worker'] as const;
export type Component = (typeof COMPONENTS)[number];

export const OVERVIEW = z
  .object({
    at: TIME,
    risk: z.object({
      now: AT_RISK.meta({ description: 'wanted back, and no courier has taken the order' }),
      nextHour: AT_RISK.meta({ description: 'of these, whose last moment to send comes within the hour or is over' }),
      lostToday: AT_RISK.meta({ description: 'missed, expired or refused since midnight in China' }),
      notBack: AT_RISK.extend({ oldestAt: TIME.nullable() }).meta({
        description: 'refunded, goods not back (R75); `oldestAt`: since when the oldest of them is to come',
      }),
    }),
    waiting: z.object({
      total: z.int(),
      overdue: z.int(),
      first: z.array(WAITING).meta({ description: 'what waits for a person, nearest due time first; five at most' }),
    }),
    alerts: z.array(z.object({ kind: z.string(), subject: z.string(), since: TIME, text: TEXT })),
    notReady: z
      .array(
        z.object({
          component: z.enum(COMPONENTS),
          subject: z.string().nullable().meta({ description: 'a lane; null: all of them' }),
          since: TIME.nullable(),
          text: TEXT,
        }),
      )
      .meta({ description: 'empty: everything works' }),
  })
  .meta({ id: 'Overview' });

export type OverviewAnswer = z.output<typeof OVERVIEW>;
