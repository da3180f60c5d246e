import { z } from 'zod';
import { openSessions, revokeSession } from '../../../domain/store/session-store.js';
import { presentSession } from '../../presenters/people.js';
import { onlyAllShops } from '../all-shops.js';
import { ok, problem, route } from '../route.js';
import { ENDED, SESSION } from '../schemas/people.js';

/** Everybody's sessions. One's own are at `/api/auth/sessions`, which needs no right. */
export const sessionRoutes = [
  route({
    method: 'get',
    path: '/sessions',
    scope: 'people:write',
    summary: 'Who is logged in, the newest first; a short list, always one page',
    answers: {
      200: { description: 'all sessions', schema: z.object({ items: z.array(SESSION), nextCursor: z.null() }) },
    },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () => {
        const sessions = await openSessions(deps.db, null, deps.now());
        return ok({ items: sessions.map(presentSession), nextCursor: null });
      }),
  }),
  route({
    method: 'post',
    path: '/sessions/:id/end',
    scope: 'people:write',
    summary: 'Log somebody out',
    answers: { 200: { description: 'it is over', schema: ENDED } },
    problems: ['not_found', 'all_shops_needed'],
    handle: ({ deps, caller, params }) =>
      onlyAllShops(caller, async () => {
        const id = params.id ?? '';
        const ended = await revokeSession(deps.db, id, null, { actor: caller.actor, now: deps.now() });
        return ended ? ok({ id, ended: true }) : problem('not_found');
      }),
  }),
];
