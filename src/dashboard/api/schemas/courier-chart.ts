import { z } from 'zod';
import { TIME } from './fields.js';

/** What became of the orders at one courier. */
const FIGURES = {
  asked: z.int(),
  succeeded: z.int(),
  refused: z.int(),
  missed: z.int(),
  share: z.number().nullable().meta({ description: 'succeeded of those that ended; null: none ended yet' }),
  taken: z.int().meta({ description: 'orders that the courier took' }),
  p50Ms: z.number().nullable().meta({ description: 'from our first send to its yes, within a fifth of its value' }),
  p95Ms: z.number().nullable(),
};

export const COURIER_CHART = z
  .object({
    by: z.enum(['hour', 'day']),
    readAt: TIME.meta({ description: 'up to a minute old: the days are read once for all who look' }),
    since: TIME,
    until: TIME,
    steps: z.array(TIME).meta({ description: 'the beginning of each step, oldest first; days begin in China' }),
    couriers: z.array(
      z.object({
        carrier: z.string(),
        ...FIGURES,
        points: z
          .array(z.object(FIGURES).nullable())
          .meta({ description: 'one a step, by when the intercepts began; null: none did' }),
      }),
    ),
  })
  .meta({ id: 'CourierChart' });

export type CourierChartAnswer = z.output<typeof COURIER_CHART>;
