import { abortReplay, createReplay, type Replay, readReplay } from '../../domain/store/replay-store.js';
import { time, timeOrNull } from '../presenters/words.js';
import { IDEMPOTENCY_HEADERS, onceForKey } from './idempotency.js';
import { type Answer, ok, problem, route } from './route.js';
import { REPLAY, REPLAY_ORDER, REPLAY_PREVIEW, type ReplayAnswer } from './schemas/replay.js';

function presentReplay({ createdAt, finishedAt, outcomes, ...replay }: Replay): ReplayAnswer {
  const known = Object.fromEntries(Object.entries(outcomes).map(([outcome, n]) => [outcome, n ?? 0]));
  return { ...replay, outcomes: known, createdAt: time(createdAt), finishedAt: timeOrNull(finishedAt) };
}

export const replayRoutes = [
  route({
    method: 'post',
    path: '/replays',
    scope: 'intercepts:write',
    summary: 'Let many intercepts go again as a named batch, or only preview what it would come to',
    body: REPLAY_ORDER,
    headers: IDEMPOTENCY_HEADERS,
    answers: {
      202: { description: 'it runs; what was expected of it', schema: REPLAY_PREVIEW },
      200: { description: 'the preview of a dry run', schema: REPLAY_PREVIEW },
    },
    problems: ['idempotency_key_reused'],
    handle(input) {
      const { deps, caller, body } = input;
      return onceForKey(input, body, async (): Promise<Answer> => {
        const order = { ...body, actor: caller.actor, shops: caller.shops };
        const id = await createReplay(deps.db, deps.env(), order, deps.now());
        const made = await readReplay(deps.db, id, caller.shops);
        if (!made) return problem('not_found');
        if (!body.dryRun) deps.wake();
        const { total, preview, feeEstimateFen } = made;
        return { status: body.dryRun ? 200 : 202, body: { id, total, preview, feeEstimateFen } };
      });
    },
  }),
  route({
    method: 'get',
    path: '/replays/:id',
    scope: 'intercepts:read',
    summary: 'How far a replay is, and what became of its items',
    answers: { 200: { description: 'the replay', schema: REPLAY } },
    problems: ['not_found'],
    async handle({ deps, caller, params }) {
      const replay = await readReplay(deps.db, params.id ?? '', caller.shops);
      return replay ? ok(presentReplay(replay)) : problem('not_found');
    },
  }),
  route({
    method: 'post',
    path: '/replays/:id/abort',
    scope: 'intercepts:write',
    summary: 'Stop a replay; what is done stays done, aborted twice is aborted once',
    answers: { 200: { description: 'the replay as it is now', schema: REPLAY } },
    problems: ['not_found'],
    async handle({ deps, caller, params }) {
      const id = params.id ?? '';
      if (!(await readReplay(deps.db, id, caller.shops))) return problem('not_found');
      await abortReplay(deps.db, id, caller.actor, deps.now());
      const replay = await readReplay(deps.db, id, caller.shops);
      return replay ? ok(presentReplay(replay)) : problem('not_found');
    },
  }),
];
