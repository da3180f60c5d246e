import { doubleCsrf } from 'csrf-csrf';
import type { Request, RequestHandler, Response } from 'express';
import { derivedKey } from './session.js';

export interface Csrf {
  /** The token of this session; `fresh` after a login, when the session's id is new. */
  token(req: Request, res: Response, fresh: boolean): string;
  /** Refuses a write without the session's token in `X-CSRF-Token`. */
  readonly guard: RequestHandler;
}

/** Tokens tied by HMAC to the session's id and doubled in a cookie (S15). */
export function csrfProtection(secretKey: Uint8Array, https: boolean): Csrf {
  const secret = derivedKey(secretKey, 'csrf');
  const { generateCsrfToken, doubleCsrfProtection } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => req.session.id,
    cookieName: https ? '__Host-jj-csrf' : 'jj-csrf',
    cookieOptions: { path: '/', httpOnly: true, sameSite: 'lax', secure: https },
  });
  return {
    token: (req, res, fresh) => generateCsrfToken(req, res, { overwrite: fresh }),
    guard: doubleCsrfProtection,
  };
}
