import { z } from 'zod';
import { laneQueueName } from '../../domain/queue-names.js';
import { appendAudit } from '../../domain/store/audit-store.js';
import { listTooLate } from '../../domain/store/lane-reader.js';
import { presentDrift, presentTooLate } from '../presenters/lane.js';
import { laneConfigs } from './lane-configs.js';
import { type Answer, type Input, ok, problem, route } from './route.js';
import { DRIFT, TOO_LATE } from './schemas/lane.js';

/** Enough to begin phoning; the count of all stands with the lane. */
const MOST_TOO_LATE = 200;

type Asked = Pick<Input<unknown, unknown>, 'deps' | 'caller' | 'params'>;

/** The lane of the address, if a shop of the caller uses it. */
function laneOf({ deps, caller, params }: Asked) {
  return laneConfigs(deps.settings(), deps.env().book, caller.shops).find(({ id }) => id === params.id);
}

const queuesOf = (laneId: string) => (['intercept', 'probe'] as const).map((kind) => laneQueueName(kind, laneId));

/** Compares the lane's queues with MySQL, and unless `dryRun` makes them match. */
async function compare(asked: Asked, dryRun: boolean): Promise<Answer> {
  const { deps, caller } = asked;
  const lane = laneOf(asked);
  if (!lane) return problem('not_found');
  if (!(await deps.redis.answers())) return problem('redis_unavailable');
  const drift = await deps.redis.rebuild(queuesOf(lane.id), dryRun);
  if (!dryRun) {
    const detail = { queues: drift };
    await deps.db.transaction((tx) =>
      appendAudit(tx, { at: deps.now(), actor: caller.actor, action: 'queues_rebuilt', subject: lane.id, detail }),
    );
    deps.wake();
  }
  return ok(presentDrift(drift, deps.now()));
}

export const laneCareRoutes = [
  route({
    method: 'get',
    path: '/lanes/:id/too-late',
    // They are intercepts: to see a lane is not to see what travels on it.
    scope: 'intercepts:read',
    summary: 'Parcels whose turn comes after their deadline at the lane’s rate, nearest deadline first; 200 at most',
    answers: {
      200: { description: 'one page', schema: z.object({ items: z.array(TOO_LATE), nextCursor: z.null() }) },
    },
    problems: ['not_found'],
    async handle(input) {
      const { deps, caller } = input;
      const lane = laneOf(input);
      if (!lane) return problem('not_found');
      const rows = await listTooLate(deps.db, lane.id, lane.rateLimit, caller.shops, deps.now(), MOST_TOO_LATE);
      return ok({ items: rows.map(presentTooLate), nextCursor: null });
    },
  }),
  route({
    method: 'get',
    path: '/lanes/:id/drift',
    scope: 'config:read',
    summary: 'What Redis and MySQL disagree about on this lane; changes nothing',
    answers: { 200: { description: 'the drift at this moment', schema: DRIFT } },
    problems: ['not_found', 'redis_unavailable'],
    handle: (input) => compare(input, true),
  }),
  route({
    method: 'post',
    path: '/lanes/:id/rebuild',
    scope: 'config:write',
    summary: 'Make Redis match MySQL on this lane: rows without a job are handed over anew, jobs without a row removed',
    answers: { 200: { description: 'what was mended', schema: DRIFT } },
    problems: ['not_found', 'redis_unavailable'],
    handle: (input) => compare(input, false),
  }),
];
