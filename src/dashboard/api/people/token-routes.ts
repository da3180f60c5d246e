import { z } from 'zod';
import { createToken, listTokens, revokeToken } from '../../../domain/store/people-store.js';
import { lastUses } from '../../../domain/store/token-use-store.js';
import { presentToken } from '../../presenters/people.js';
import { onlyAllShops } from '../all-shops.js';
import { ok, problem, route } from '../route.js';
import { ENDED, NEW_TOKEN, NEW_TOKEN_ANSWER, TOKEN } from '../schemas/people.js';

export const tokenRoutes = [
  route({
    method: 'get',
    path: '/tokens',
    scope: 'people:write',
    summary: 'API tokens with what they may do and when they were last used; a short list, always one page',
    answers: { 200: { description: 'all tokens', schema: z.object({ items: z.array(TOKEN), nextCursor: z.null() }) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () => {
        const [tokens, uses] = await Promise.all([listTokens(deps.db), lastUses(deps.db)]);
        return ok({
          items: tokens.map((token) => presentToken(token, uses.get(token.id) ?? null)),
          nextCursor: null,
        });
      }),
  }),
  route({
    method: 'post',
    path: '/tokens',
    scope: 'people:write',
    summary: 'Make a token; its text is shown once and kept nowhere',
    body: NEW_TOKEN,
    answers: { 201: { description: 'the token', schema: NEW_TOKEN_ANSWER } },
    problems: ['all_shops_needed', 'beyond_own_rights'],
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        // A token that could make another with more rights would have them all.
        if (!body.scopes.every((scope) => caller.scopes.has(scope))) return problem('beyond_own_rights');
        return { status: 201, body: await createToken(deps.db, body, { actor: caller.actor, now: deps.now() }) };
      }),
  }),
  route({
    method: 'post',
    path: '/tokens/:id/revoke',
    scope: 'people:write',
    summary: 'End a token at once',
    answers: { 200: { description: 'it works no more', schema: ENDED } },
    problems: ['not_found', 'all_shops_needed'],
    handle: ({ deps, caller, params }) =>
      onlyAllShops(caller, async () => {
        const id = params.id ?? '';
        const ended = await revokeToken(deps.db, id, { actor: caller.actor, now: deps.now() });
        return ended ? ok({ id, ended: true }) : problem('not_found');
      }),
  }),
];
