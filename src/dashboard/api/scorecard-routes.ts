import { z } from 'zod';
import { SCORE_GROUPS } from '../../domain/scorecard/scorecard.js';
import { readScores } from '../../domain/store/scorecard-reader.js';
import { presentScorecards } from '../presenters/scorecard.js';
import { Remembered } from './remembered.js';
import { ok, route } from './route.js';
import { CODE, OWN_ID } from './schemas/fields.js';
import { SCORECARDS, type ScorecardsAnswer } from './schemas/scorecard.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
/** Months of orders are read once a minute for all who look at the same. */
const MAX_AGE_MS = 60_000;

const kept = new WeakMap<object, Remembered<ScorecardsAnswer>>();

function keptOf(db: object): Remembered<ScorecardsAnswer> {
  const known = kept.get(db) ?? new Remembered<ScorecardsAnswer>();
  kept.set(db, known);
  return known;
}

const FILTER = z.strictObject({
  by: z.enum(SCORE_GROUPS).default('carrier'),
  days: z.coerce.number().int().min(1).max(MOST_DAYS).default(30),
  shopId: OWN_ID.optional(),
  carrier: CODE.optional(),
});

export const scorecardRoutes = [
  route({
    method: 'get',
    path: '/scorecards',
    scope: 'intercepts:read',
    summary:
      'How couriers keep their word, by courier, station or hour: success, breach, time to answer, cost, with sample sizes',
    query: FILTER,
    answers: { 200: { description: 'orders that began in the period and were sent', schema: SCORECARDS } },
    async handle({ deps, caller, query }) {
      const { days, ...asked } = query;
      const read = async () => {
        const until = deps.now();
        const filter = { ...asked, shops: caller.shops, since: new Date(until.getTime() - days * DAY_MS), until };
        return presentScorecards(filter, await readScores(deps.db, filter), deps.env().book.chance, until);
      };
      return ok(await keptOf(deps.db).get(JSON.stringify([query, caller.shops]), MAX_AGE_MS, read));
    },
  }),
];
