import { z } from 'zod';
import { generatePassword } from '../../../domain/people/password.js';
import { scopesOf, type UserRole } from '../../../domain/people/scopes.js';
import { lastAbout } from '../../../domain/store/audit-reader.js';
import type { Sql } from '../../../domain/store/database.js';
import { addUser, findUserById, listUsers } from '../../../domain/store/people-store.js';
import { openSessions } from '../../../domain/store/session-store.js';
import {
  changeUser,
  resetPassword,
  type UserChange,
  type UserRefusal,
} from '../../../domain/store/user-changes-store.js';
import type { Caller } from '../../auth/caller.js';
import { presentUser } from '../../presenters/people.js';
import { time } from '../../presenters/words.js';
import { onlyAllShops } from '../all-shops.js';
import { type Answer, type ApiDeps, ok, problem, route } from '../route.js';
import { BECAUSE, NEW_USER, NEW_USER_ANSWER, PASSWORD_ANSWER, USER, USER_PATCH } from '../schemas/people.js';

const WRITES = { scope: 'people:write' } as const;
const CHANGED = { 200: { description: 'the user as he is now', schema: USER } };
const REFUSALS = [
  'not_found',
  'all_shops_needed',
  'beyond_own_rights',
  'not_yourself',
  'last_admin',
  'user_moved',
] as const;

/** Nobody makes, or touches, somebody who may do more than himself. */
const within = (caller: Caller) => (role: UserRole) => [...scopesOf(role)].every((scope) => caller.scopes.has(scope));

async function refusal(sql: Sql, id: string, why: UserRefusal): Promise<Answer> {
  if (why !== 'moved') return problem(why);
  const user = await findUserById(sql, id);
  const last = user && (await lastAbout(sql, user.email));
  const meanwhile = last ? [{ at: time(last.at), actor: last.actor, action: last.action }] : [];
  return problem('user_moved', { meanwhile });
}

async function sessionsOf(deps: ApiDeps, email: string): Promise<number> {
  return (await openSessions(deps.db, email, deps.now())).length;
}

/** A change of somebody else's rights. Of one's own there is none, up or down: a slip must not lock the last one out. */
function change(
  { deps, caller, params }: { deps: ApiDeps; caller: Caller; params: Readonly<Record<string, string>> },
  what: Pick<UserChange, 'to' | 'was' | 'action' | 'reason'>,
): Promise<Answer> {
  return onlyAllShops(caller, async () => {
    const id = params.id ?? '';
    if (caller.kind === 'user' && caller.id === id) return problem('not_yourself');
    const by = { actor: caller.actor, now: deps.now() };
    const outcome = await changeUser(deps.db, id, { ...what, mayTouch: within(caller) }, by);
    if ('refused' in outcome) return refusal(deps.db, id, outcome.refused);
    return ok(presentUser(outcome.user, await sessionsOf(deps, outcome.user.email)));
  });
}

export const userRoutes = [
  route({
    ...WRITES,
    method: 'get',
    path: '/users',
    summary: 'Who may log in; a short list, always one page',
    answers: { 200: { description: 'all users', schema: z.object({ items: z.array(USER), nextCursor: z.null() }) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () => {
        const [users, sessions] = await Promise.all([listUsers(deps.db), openSessions(deps.db, null, deps.now())]);
        const count = (email: string) => sessions.filter((session) => session.email === email).length;
        return ok({ items: users.map((user) => presentUser(user, count(user.email))), nextCursor: null });
      }),
  }),
  route({
    ...WRITES,
    method: 'post',
    path: '/users',
    summary: 'Add a user; a password that is not given is made and shown once',
    body: NEW_USER,
    answers: { 201: { description: 'the user', schema: NEW_USER_ANSWER } },
    problems: ['all_shops_needed', 'beyond_own_rights', 'user_exists'],
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        if (!within(caller)(body.role)) return problem('beyond_own_rights');
        const made = body.password ? null : generatePassword();
        const fresh = { ...body, password: body.password ?? made ?? '' };
        const user = await addUser(deps.db, fresh, { actor: caller.actor, now: deps.now() });
        if (!user) return problem('user_exists');
        return { status: 201, body: { ...presentUser(user, 0), password: made } };
      }),
  }),
  route({
    ...WRITES,
    method: 'patch',
    path: '/users/:id',
    summary: 'Change what a user may do and see',
    body: USER_PATCH,
    answers: CHANGED,
    problems: REFUSALS,
    handle: (input) => {
      const { role, shops, was, reason } = input.body;
      const to = { ...(role === undefined ? {} : { role }), ...(shops === undefined ? {} : { shops }) };
      return change(input, { to, was: was ?? null, action: 'user.change', reason: reason || null });
    },
  }),
  route({
    ...WRITES,
    method: 'post',
    path: '/users/:id/disable',
    summary: 'Lock a user out at once; nothing of his is deleted',
    body: BECAUSE,
    answers: CHANGED,
    problems: REFUSALS,
    handle: (input) =>
      change(input, { to: { disabled: true }, was: null, action: 'user.disable', reason: input.body?.reason || null }),
  }),
  route({
    ...WRITES,
    method: 'post',
    path: '/users/:id/enable',
    summary: 'Let a user in again',
    body: BECAUSE,
    answers: CHANGED,
    problems: REFUSALS,
    handle: (input) =>
      change(input, { to: { disabled: false }, was: null, action: 'user.enable', reason: input.body?.reason || null }),
  }),
  route({
    ...WRITES,
    method: 'post',
    path: '/users/:id/password',
    summary: 'Give a user a new password, shown once, and end his sessions',
    body: BECAUSE,
    answers: { 200: { description: 'the new password', schema: PASSWORD_ANSWER } },
    problems: ['not_found', 'all_shops_needed', 'beyond_own_rights'],
    handle: ({ deps, caller, params }) =>
      onlyAllShops(caller, async () => {
        const id = params.id ?? '';
        const outcome = await resetPassword(deps.db, id, within(caller), { actor: caller.actor, now: deps.now() });
        return 'refused' in outcome ? refusal(deps.db, id, outcome.refused) : ok(outcome);
      }),
  }),
];
