import { z } from 'zod';
import { type ActionOutcome, RESOLUTIONS, resolve, retry, withdraw } from '../../domain/store/action-store.js';
import { readIntercept } from '../../domain/store/intercept-reader.js';
import { presentIntercept } from '../presenters/intercept.js';
import { type Answer, type Input, problem, route } from './route.js';
import { INTERCEPT } from './schemas/intercept.js';

const NOTE = z.strictObject({ note: z.string().trim().max(2_000).optional() }).nullish();
const RESOLVE = z.strictObject({
  outcome: z.enum(RESOLUTIONS),
  evidence: z.string().trim().max(2_000).nullish(),
  note: z.string().trim().min(1).max(2_000),
});

const TAKEN = { 202: { description: 'taken in: the intercept as it is now', schema: INTERCEPT } };

/** Looks whether the caller may see it, takes the step, answers with the intercept as it is then. */
async function act(
  { deps, caller, params }: Pick<Input<unknown, unknown>, 'deps' | 'caller' | 'params'>,
  step: (id: string) => Promise<ActionOutcome>,
): Promise<Answer> {
  const id = params.id ?? '';
  if (!(await readIntercept(deps.db, id, caller.shops))) return problem('not_found');
  const outcome = await step(id);
  if (!outcome.ok) return problem(outcome.why);
  deps.wake();
  const now = await readIntercept(deps.db, outcome.row.id, caller.shops);
  return now ? { status: 202, body: presentIntercept(now, caller.shops) } : problem('not_found');
}

export const actionRoutes = [
  route({
    method: 'post',
    path: '/intercepts/:id/withdraw',
    scope: 'intercepts:write',
    summary: 'Do not want the stop any more; an order already accepted is cancelled at the courier first (R80)',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'already_stopped', 'already_ended'],
    handle: (input) =>
      act(input, (id) => {
        const { deps, caller, body } = input;
        return withdraw(deps.db, deps.env(), id, { actor: caller.actor, note: body?.note ?? null }, deps.now());
      }),
  }),
  route({
    method: 'post',
    path: '/intercepts/:id/retry',
    scope: 'intercepts:write',
    summary: 'Judge again with a person’s release; what has ended gets a new round',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'answer_awaited', 'already_stopped', 'not_in_review', 'stopped_before', 'nothing_to_retry'],
    handle: (input) =>
      act(input, (id) => retry(input.deps.db, input.deps.env(), id, input.caller.actor, input.deps.now())),
  }),
  route({
    method: 'post',
    path: '/intercepts/:id/resolve',
    scope: 'intercepts:write',
    summary: 'Say what became of an intercept that waits for a person',
    body: RESOLVE,
    answers: TAKEN,
    problems: ['not_found', 'not_in_review', 'already_ended'],
    handle: (input) =>
      act(input, (id) => {
        const { deps, caller, body } = input;
        const what = { outcome: body.outcome, evidence: body.evidence ?? null, note: body.note };
        return resolve(deps.db, deps.env(), id, what, caller.actor, deps.now());
      }),
  }),
];
