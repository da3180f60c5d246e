import { type Request, type RequestHandler, Router } from 'express';
import type { ApiToken, User } from '../../domain/people/people.js';
import { type Scope, scopesOf } from '../../domain/people/scopes.js';
import { sendProblem } from '../problem.js';
import type { Caller } from './caller.js';
import { cookies } from './cookies.js';
import type { Csrf } from './csrf.js';
import { sameOriginOnly } from './same-origin.js';
import { stillLoggedIn } from './session.js';

/** How callers are known. */
export interface People {
  readonly findUser: (email: string) => Promise<User | null>;
  readonly findToken: (token: string) => Promise<ApiToken | null>;
}

export interface AuthenticateDeps extends People {
  readonly sessions: readonly RequestHandler[];
  readonly csrf: Csrf;
  readonly publicOrigin: string | null;
  readonly now: () => Date;
}

function callerOfToken(token: ApiToken, again: Caller['again']): Caller {
  return {
    again,
    kind: 'token',
    id: token.id,
    actor: `token:${token.name}`,
    scopes: new Set(token.scopes),
    shops: token.shops,
  };
}

function callerOfUser(user: User, again: Caller['again']): Caller {
  return {
    again,
    kind: 'user',
    id: user.id,
    actor: `user:${user.email}`,
    scopes: scopesOf(user.role),
    shops: user.shops,
  };
}

/** Reads `Authorization: Bearer`. A token that is not valid is an error, never a reason to try the cookie. */
function byToken({ findToken }: People): RequestHandler {
  const known = async (given: string | undefined): Promise<Caller | null> => {
    const token = given === undefined ? null : await findToken(given);
    return token && callerOfToken(token, () => known(given));
  };
  return async (req, res, next) => {
    const given = /^Bearer +([\w.~+/-]+=*)$/i.exec(req.get('authorization') ?? '')?.[1];
    const caller = await known(given);
    if (!caller) {
      sendProblem(res.set('WWW-Authenticate', 'Bearer'), 'unauthenticated');
      return;
    }
    req.caller = caller;
    next();
  };
}

/** What a person may do is read anew with each request: a disabled user is out at once, whatever his sessions say. */
function bySession({ findUser, now }: Pick<AuthenticateDeps, 'findUser' | 'now'>): RequestHandler {
  const known = async (req: Request, email: string | null | undefined): Promise<Caller | null> => {
    const user = email ? await findUser(email) : null;
    if (!user || user.disabled) return null;
    return callerOfUser(user, async () => known(req, await stillLoggedIn(req, now())));
  };
  return async (req, _res, next) => {
    const caller = await known(req, req.session.email);
    if (caller) req.caller = caller;
    next();
  };
}

/** Knows people by their session's cookie. Whoever is not logged in goes on without a `caller`. */
export function sessionLogin(deps: AuthenticateDeps): RequestHandler[] {
  return [cookies, ...deps.sessions, bySession(deps)];
}

/**
 * Knows tokens and people. Writes of people are taken only from our own pages, with the session's CSRF token; scripts
 * with a token have no cookie that a foreign page could borrow.
 */
export function authenticate(deps: AuthenticateDeps): RequestHandler {
  const people = Router().use(...sessionLogin(deps), requireCaller, sameOriginOnly(deps.publicOrigin), deps.csrf.guard);
  const tokens = byToken(deps);
  return (req, res, next) => (req.get('authorization') === undefined ? people : tokens)(req, res, next);
}

export const requireCaller: RequestHandler = (req, res, next) => {
  if (req.caller) next();
  else sendProblem(res.set('WWW-Authenticate', 'Bearer'), 'unauthenticated');
};

/** Denies whatever is not granted by name. */
export function requireScope(scope: Scope): RequestHandler {
  return (req, res, next) => {
    if (req.caller?.scopes.has(scope)) next();
    else sendProblem(res, req.caller ? 'missing_scope' : 'unauthenticated');
  };
}
