import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { EnvironmentName } from '../../domain/environment-names.js';
import { sha256 } from '../../domain/ids.js';
import { verifyPassword } from '../../domain/people/password.js';
import type { User } from '../../domain/people/people.js';
import { scopesOf } from '../../domain/people/scopes.js';
import { check } from '../api/field-errors.js';
import { methodNotAllowed, sendProblem } from '../problem.js';
import { type AuthenticateDeps, requireCaller, sessionLogin } from './authenticate.js';
import { loginLimits } from './login-limits.js';
import { sameOriginOnly } from './same-origin.js';
import { endSession, sessionCookieName, startSession } from './session.js';

export interface LoginDeps extends AuthenticateDeps {
  readonly https: boolean;
  /** Told to whoever is logged in. */
  readonly environment: EnvironmentName;
  /** Writes who logged in or out into the audit chain (S26). */
  readonly record: (action: 'login' | 'logout', email: string) => Promise<void>;
  /** Says that a login failed; the address of the account only as a hash, for people mistype passwords there. */
  readonly failed: (account: string, address: string) => void;
  /** May a cookie without `Secure` be given to this request? Only on this machine. */
  readonly mayLogIn: (req: Request) => boolean;
}

const LOGIN = z.object({ email: z.string().min(1).max(191), password: z.string().min(1).max(1024) });
const LOGIN_LIMIT_BYTES = 16 * 1024;

/** A user as the UI knows him. */
function presentUser(user: User): object {
  return {
    id: user.id,
    email: user.email,
    role: user.role,
    shops: user.shops,
    scopes: [...scopesOf(user.role)].sort(),
  };
}

/** `POST /login`, `GET /session`, `POST /logout` below `/api/auth` (contract section 6). */
export function loginRouter(deps: LoginDeps): Router {
  const limits = loginLimits();
  const known = sessionLogin(deps);
  const ownPages = sameOriginOnly(deps.publicOrigin);
  const json = express.json({ limit: LOGIN_LIMIT_BYTES, inflate: false });

  const logIn = async (req: Request, res: Response): Promise<void> => {
    const given = check(LOGIN, req.body ?? null, 'body');
    if (!given.ok) return sendProblem(res, 'invalid_fields', given.errors);
    const user = await deps.findUser(given.value.email);
    // Nobody and a wrong password take the same time and get the same answer.
    const right = await verifyPassword(user?.passwordHash ?? null, given.value.password);
    if (!user || user.disabled || !right) {
      deps.failed(sha256(given.value.email.trim().toLowerCase()).slice(0, 12), req.ip ?? '');
      return sendProblem(res, 'wrong_password');
    }
    await deps.record('login', user.email);
    await startSession(req, user.email, deps.now());
    const csrfToken = deps.csrf.token(req, res, true);
    res.set('Cache-Control', 'no-store').json({ user: presentUser(user), csrfToken, environment: deps.environment });
  };

  const show = async (req: Request, res: Response): Promise<void> => {
    const user = await deps.findUser(req.session.email ?? '');
    if (!user) return sendProblem(res, 'unauthenticated');
    const csrfToken = deps.csrf.token(req, res, false);
    res.set('Cache-Control', 'no-store').json({ user: presentUser(user), csrfToken, environment: deps.environment });
  };

  const logOut = async (req: Request, res: Response): Promise<void> => {
    await deps.record('logout', req.session.email ?? '');
    await endSession(req);
    res.clearCookie(sessionCookieName(deps.https), { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.https });
    res.status(204).end();
  };

  const hereOnly: RequestHandler = (req, res, next) => {
    if (deps.mayLogIn(req)) next();
    else sendProblem(res, 'https_required');
  };

  const router = Router();
  router
    .route('/login')
    .post(ownPages, hereOnly, limits.byAddress, json, ...limits.byAccount, ...known, logIn)
    .all(methodNotAllowed('POST'));
  router
    .route('/session')
    .get(...known, requireCaller, show)
    .all(methodNotAllowed('GET'));
  router
    .route('/logout')
    .post(...known, requireCaller, ownPages, deps.csrf.guard, logOut)
    .all(methodNotAllowed('POST'));
  return router;
}
