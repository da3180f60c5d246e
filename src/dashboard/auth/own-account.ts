import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { SHORTEST_PASSWORD, verifyPassword } from '../../domain/people/password.js';
import type { By } from '../../domain/people/people.js';
import type { Database } from '../../domain/store/database.js';
import { setPassword } from '../../domain/store/people-store.js';
import { openSessions, revokeSession, sessionKey } from '../../domain/store/session-store.js';
import { check } from '../api/field-errors.js';
import { presentSession } from '../presenters/people.js';
import { methodNotAllowed, sendProblem } from '../problem.js';
import { type AuthenticateDeps, requireCaller, sessionLogin } from './authenticate.js';
import { ownPasswordLimit } from './login-limits.js';
import { sameOriginOnly } from './same-origin.js';
import { startSession } from './session.js';

export interface OwnAccountDeps extends AuthenticateDeps {
  readonly db: Database;
}

const PASSWORDS = z.strictObject({
  current: z.string().min(1).max(1_024),
  password: z.string().min(SHORTEST_PASSWORD).max(1_024),
});
const LIMIT_BYTES = 16 * 1024;
const WRONG = { zh: '当前密码不正确', en: 'is not your present password' };

/**
 * What everybody may do with his own account, whatever his role: `POST /password`, `GET /sessions`,
 * `POST /sessions/:id/end` below `/api/auth`. People only: a token has no password and no session.
 */
export function ownAccountRouter(deps: OwnAccountDeps): Router {
  const { db, now } = deps;
  const known = [...sessionLogin(deps), requireCaller];
  const write = [...known, sameOriginOnly(deps.publicOrigin), deps.csrf.guard];
  const json = express.json({ limit: LIMIT_BYTES, inflate: false });
  const emailOf = (req: Request) => req.session.email ?? '';
  const by = (req: Request): By => ({ actor: `user:${emailOf(req)}`, now: now() });

  const changePassword: RequestHandler = async (req, res) => {
    const given = check(PASSWORDS, req.body ?? null, 'body');
    if (!given.ok) return sendProblem(res, 'invalid_fields', given.errors);
    const email = emailOf(req);
    const user = await deps.findUser(email);
    if (!(await verifyPassword(user?.passwordHash ?? null, given.value.current))) {
      const wrong = { in: 'body', field: 'current', code: 'wrong_password', text: WRONG } as const;
      return sendProblem(res, 'invalid_fields', [wrong]);
    }
    await setPassword(db, email, given.value.password, by(req));
    // Every session ended with the old password, this one too: whoever changed it goes on in a new one.
    await startSession(req, email, now());
    res.set('Cache-Control', 'no-store').json({ csrfToken: deps.csrf.token(req, res, true) });
  };

  const listSessions: RequestHandler = async (req, res) => {
    const own = sessionKey(req.session.id);
    const sessions = await openSessions(db, emailOf(req), now());
    const items = sessions.map((session) => ({ ...presentSession(session), current: session.id === own }));
    res.set('Cache-Control', 'no-store').json({ items, nextCursor: null });
  };

  const endSession = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    const { id } = req.params;
    if (!(await revokeSession(db, id, emailOf(req), by(req)))) return sendProblem(res, 'not_found');
    res.set('Cache-Control', 'no-store').json({ id, ended: true });
  };

  const router = Router();
  router
    .route('/password')
    .post(...write, ownPasswordLimit(), json, changePassword)
    .all(methodNotAllowed('POST'));
  router
    .route('/sessions')
    .get(...known, listSessions)
    .all(methodNotAllowed('GET'));
  router.post('/sessions/:id/end', ...write, endSession);
  router.all('/sessions/:id/end', methodNotAllowed('POST'));
  return router;
}
