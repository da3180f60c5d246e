import { appendAudit } from '../../domain/store/audit-store.js';
import { pauseLane } from '../../domain/store/lane-store.js';
import { lanesFor } from './lane-routes.js';
import { type Answer, type Input, ok, problem, route } from './route.js';
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
];
