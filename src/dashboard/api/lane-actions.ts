import { z } from 'zod';
import { appendAudit } from '../../domain/store/audit-store.js';
import { changeLimits } from '../../domain/store/lane-limits-store.js';
import { pauseLane } from '../../domain/store/lane-store.js';
import { lanesFor } from './lane-routes.js';
import { type Answer, type Input, ok, problem, route } from './route.js';
import { because } from './schemas/fields.js';
import { LANE } from './schemas/lane.js';

/** Pauses or resumes a lane that the caller's shops use; both twice are once, and both are in the audit chain (I22). */
async function setPaused({ deps, caller, params }: Input<unknown, undefined>, paused: boolean): Promise<Answer> {
  const id = params.id ?? '';
  const find = async () => (await lanesFor(deps, caller)).find((lane) => lane.id === id);
  if (!(await find())) return problem('not_found');
  const action = paused ? 'lane_paused' : 'lane_resumed';
  await deps.db.transaction(async (tx) => {
    if (!(await pauseLane(tx, id, paused))) return;
    await appendAudit(tx, { at: deps.now(), actor: caller.actor, action, subject: id, detail: {} });
  });
  deps.wake();
  const lane = await find();
  return lane ? ok(lane) : problem('not_found');
}

const LIMIT = z.strictObject({ max: z.int().min(1).max(10_000), perMs: z.int().min(10).max(86_400_000) }).nullable();

/** As in the configuration file (contract section 4); null: no limit. What is absent stays. */
const LIMITS = z
  .strictObject({
    rateLimit: LIMIT.optional(),
    readRateLimit: LIMIT.optional(),
    concurrency: z.int().min(1).max(1_000).optional(),
  })
  .refine(
    (limits) => Object.values(limits).some((value) => value !== undefined),
    because({ zh: '至少写一项', en: 'must name at least one limit' }),
  );

const ANSWERS = { 200: { description: 'the lane as it is now', schema: LANE } };

export const laneActions = [
  route({
    method: 'post',
    path: '/lanes/:id/pause',
    scope: 'config:write',
    summary: 'Send nothing on this lane; what was asked is still followed',
    answers: ANSWERS,
    problems: ['not_found'],
    handle: (input) => setPaused(input, true),
  }),
  route({
    method: 'post',
    path: '/lanes/:id/resume',
    scope: 'config:write',
    summary: 'Send again on this lane',
    answers: ANSWERS,
    problems: ['not_found'],
    handle: (input) => setPaused(input, false),
  }),
  route({
    method: 'patch',
    path: '/lanes/:id',
    scope: 'config:write',
    summary: 'Change the limits of a lane while it runs; workers follow within 2 s',
    body: LIMITS,
    answers: ANSWERS,
    problems: ['not_found'],
    async handle({ deps, caller, params, body }) {
      const lane = (await lanesFor(deps, caller)).find(({ id }) => id === params.id);
      const by = { actor: caller.actor, now: deps.now() };
      if (!lane || !(await changeLimits(deps.db, lane.accountId, body, by))) return problem('not_found');
      deps.wake();
      const { rateLimit = lane.rateLimit, concurrency = lane.concurrency } = body;
      return ok({ ...lane, rateLimit, concurrency });
    },
  }),
];
