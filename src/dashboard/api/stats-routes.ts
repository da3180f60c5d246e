import { z } from 'zod';
import { readStats } from '../../domain/store/stats-reader.js';
import { presentStats } from '../presenters/stats.js';
import { ok, route } from './route.js';
import { CODE, MOMENT, OWN_ID } from './schemas/fields.js';
import { STATS } from './schemas/stats.js';

const DAY_MS = 86_400_000;

const FILTER = z.strictObject({
  since: MOMENT.optional().meta({ description: 'default: a day before `until`' }),
  until: MOMENT.optional().meta({ description: 'default: now' }),
  shopId: OWN_ID.optional(),
  carrier: CODE.optional(),
});

export const statsRoutes = [
  route({
    method: 'get',
    path: '/stats',
    scope: 'intercepts:read',
    summary: 'What happened in a period: decisions, success, time to send, fees, value saved',
    query: FILTER,
    answers: { 200: { description: 'the figures', schema: STATS } },
    async handle({ deps, caller, query }) {
      const until = query.until ?? deps.now();
      const since = query.since ?? new Date(until.getTime() - DAY_MS);
      const stats = await readStats(deps.db, { ...query, since, until, shops: caller.shops });
      return ok(presentStats(stats, { since, until }));
    },
  }),
];
