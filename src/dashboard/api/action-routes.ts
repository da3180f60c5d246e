import { z } from 'zod';
import { RESOLUTIONS } from '../../domain/intercept/person-steps.js';
import { readIntercept } from '../../domain/store/intercept-reader.js';
import { lastStepOf, type StepOrder, takeStep } from '../../domain/store/person-step.js';
import { presentIntercept } from '../presenters/intercept.js';
import { presentLastStep } from '../presenters/step.js';
import { type Answer, type Input, problem, route } from './route.js';
import { absentable } from './schemas/fields.js';
import { INTERCEPT } from './schemas/intercept.js';

const VERSION = absentable(z.int().min(1)).meta({
  description: 'the version that was looked at: if the intercept has moved on since, nothing is done (409 `moved_on`)',
});
const NOTE = z.strictObject({ note: z.string().trim().max(2_000).optional(), version: VERSION }).nullish();
const RESOLVE = z.strictObject({
  outcome: z.enum(RESOLUTIONS),
  evidence: z.string().trim().max(2_000).nullish(),
  note: z.string().trim().min(1).max(2_000),
  version: VERSION,
});

const TAKEN = { 202: { description: 'taken in: the intercept as it is now', schema: INTERCEPT } };

type Step = Pick<StepOrder, 'step'> & Partial<Omit<StepOrder, 'id' | 'actor'>>;

/** Looks whether the caller may see it, takes the step, answers with the intercept as it is then, or with who was first. */
async function act({ deps, caller, params }: Input<unknown, unknown>, step: Step): Promise<Answer> {
  const id = params.id ?? '';
  if (!(await readIntercept(deps.db, id, caller.shops))) return problem('not_found');
  const order = { version: null, note: null, outcome: null, evidence: null, ...step, id, actor: caller.actor };
  const outcome = await deps.db.transaction((tx) => takeStep(tx, deps.env(), order, deps.now()));
  if (!outcome.ok) {
    const last = await lastStepOf(deps.db, id);
    return problem(outcome.why, last ? { lastStep: presentLastStep(last) } : {});
  }
  deps.wake();
  const now = await readIntercept(deps.db, outcome.row.id, caller.shops);
  return now ? { status: 202, body: presentIntercept(now, caller.shops) } : problem('not_found');
}

/** Note and version of a body that may be absent. */
const said = (body: z.output<typeof NOTE>) => ({ note: body?.note ?? null, version: body?.version ?? null });

export const actionRoutes = [
  route({
    method: 'post',
    path: '/intercepts/:id/ask',
    scope: 'intercepts:write',
    summary: 'Ask the courier at the next free read instead of at the planned time; nothing is sent',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'nothing_to_ask', 'answer_awaited', 'already_ended', 'moved_on'],
    handle: (input) => act(input, { step: 'ask', ...said(input.body) }),
  }),
  route({
    method: 'post',
    path: '/intercepts/:id/withdraw',
    scope: 'intercepts:write',
    summary: 'Do not want the stop any more; an order already accepted is cancelled at the courier first (R80)',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'already_stopped', 'already_ended', 'moved_on'],
    handle: (input) => act(input, { step: 'withdraw', ...said(input.body) }),
  }),
  route({
    method: 'post',
    path: '/intercepts/:id/retry',
    scope: 'intercepts:write',
    summary: 'Judge again with a person’s release; what has ended gets a new round',
    body: NOTE,
    answers: TAKEN,
    problems: [
      'not_found',
      'answer_awaited',
      'already_stopped',
      'not_in_review',
      'stopped_before',
      'nothing_to_retry',
      'moved_on',
    ],
    handle: (input) => act(input, { step: 'retry', ...said(input.body) }),
  }),
  route({
    method: 'post',
    path: '/intercepts/:id/resolve',
    scope: 'intercepts:write',
    summary: 'Say what became of an intercept that waits for a person',
    body: RESOLVE,
    answers: TAKEN,
    problems: ['not_found', 'not_in_review', 'already_ended', 'stopped_before', 'answer_awaited', 'moved_on'],
    handle: (input) => {
      const { outcome, note, evidence = null, version = null } = input.body;
      return act(input, { step: 'resolve', outcome, note, evidence, version });
    },
  }),
];
