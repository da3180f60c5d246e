import { z } from 'zod';
import { listReplayItems, listReplays, readReplay } from '../../domain/store/replay-reader.js';
import { abortReplay, createReplay, PreviewOutdated } from '../../domain/store/replay-store.js';
import { presentReplay, presentReplayItem } from '../presenters/replay.js';
import { IDEMPOTENCY_HEADERS, onceForKey } from './idempotency.js';
import { NUMBER_PAGING, numberPageOf, PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, ok, problem, route } from './route.js';
import { CODE } from './schemas/fields.js';
import { REPLAY, REPLAY_ITEM, REPLAY_PREVIEW } from './schemas/replay.js';
import { REPLAY_ORDER } from './schemas/replay-order.js';

/** The new preview, if it is not the one that was confirmed. */
function outdated(error: unknown): Answer {
  if (!(error instanceof PreviewOutdated)) throw error;
  const { total, preview, feeEstimateFen } = error.preview;
  return problem('preview_outdated', { total, preview, feeEstimateFen });
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
    problems: ['idempotency_key_reused', 'preview_outdated'],
    handle(input) {
      const { deps, caller, body } = input;
      return onceForKey(input, body, async (): Promise<Answer> => {
        const order = { ...body, actor: caller.actor, shops: caller.shops };
        const id = await createReplay(deps.db, deps.env(), order, deps.now()).catch(outdated);
        if (typeof id !== 'string') return id;
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
    path: '/replays',
    scope: 'intercepts:read',
    summary: 'All replays that were begun, newest first',
    query: z.strictObject(PAGING),
    answers: { 200: { description: 'one page', schema: pageSchema(REPLAY) } },
    async handle({ deps, caller, query }) {
      return ok(pageAnswer(await listReplays(deps.db, caller.shops, pageOf(query)), query, presentReplay));
    },
  }),
  route({
    method: 'get',
    path: '/replays/:id/items',
    scope: 'intercepts:read',
    summary: 'The intercepts of a replay in its order, each with what became of it',
    query: z.strictObject({
      outcome: CODE.optional().meta({ description: 'one outcome, or `open`: those that wait' }),
      ...NUMBER_PAGING,
    }),
    answers: { 200: { description: 'one page', schema: pageSchema(REPLAY_ITEM) } },
    problems: ['not_found'],
    async handle({ deps, caller, params, query }) {
      const replay = await readReplay(deps.db, params.id ?? '', caller.shops);
      if (!replay) return problem('not_found');
      // The cursor names the last item seen, and items come in the order of the replay.
      const { limit, beforeId: afterSeq } = numberPageOf(query);
      const items = await listReplayItems(deps.db, replay.id, query, { limit, afterSeq });
      const numbered = items.map((item) => ({ ...item, id: item.seq }));
      return ok(pageAnswer(numbered, query, presentReplayItem));
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
