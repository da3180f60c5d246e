import { z } from 'zod';
import { SCORE_GROUPS } from '../../../domain/scorecard/scorecard.js';
import { TIME } from './fields.js';

const SCORECARD = z
  .object({
    carrier: z.string(),
    name: z
      .string()
      .meta({ description: 'the place, or the hour in China; empty by courier, or a place nobody knows' }),
    asked: z.int(),
    ended: z.int().meta({ description: 'the sample of `success`' }),
    stopped: z.int(),
    success: z.number().nullable(),
    accepted: z.int().meta({ description: 'the sample of `breach`' }),
    breached: z.int().meta({ description: 'accepted, and delivered all the same (R52)' }),
    breach: z.number().nullable(),
    taken: z.int().meta({ description: 'the sample of the times to answer' }),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    savedFen: z.int(),
    feesFen: z.int(),
    costPerSavedYuan: z.number().nullable(),
    chance: z
      .object({
        share: z.number(),
        from: z.enum(['station', 'hour', 'carrier', 'prior']),
        asked: z.int(),
      })
      .meta({ description: 'what policies count with now, from which group, and how many orders that group has' }),
  })
  .meta({ id: 'Scorecard' });

export const SCORECARDS = z
  .object({ by: z.enum(SCORE_GROUPS), since: TIME, until: TIME, readAt: TIME, items: z.array(SCORECARD) })
  .meta({ id: 'Scorecards' });
export type ScorecardsAnswer = z.output<typeof SCORECARDS>;
