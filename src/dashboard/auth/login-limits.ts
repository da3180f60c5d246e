import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sha256 } from '../../domain/ids.js';
import { sendProblem } from '../problem.js';

const WINDOW_MS = 5 * 60_000;
/** Failed logins from one address; for one account from one address; for one account from anywhere. */
const PER_ADDRESS = 30;
const PER_ADDRESS_AND_ACCOUNT = 10;
const PER_ACCOUNT = 100;

function limited(limit: number, keyOf: (req: Parameters<RequestHandler>[0]) => string): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    keyGenerator: keyOf,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // Which proxy to believe is configuration (TRUST_PROXY); a stranger's header is no reason to complain.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_req, res) => sendProblem(res, 'too_many_logins'),
  });
}

/** Whoever found an open page must not guess the password of its owner from there. */
export function ownPasswordLimit(): RequestHandler {
  return limited(PER_ADDRESS_AND_ACCOUNT, (req) => sha256(req.session.email ?? ''));
}

/** How one email is counted, however it is written. */
function accountOf(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : '';
  return sha256(String(email).trim().toLowerCase());
}

/**
 * Guessing is slowed down by address and by account; only failures count. A stranger at one address runs into his own
 * limit long before the account's, so he cannot lock its owner out (S13). Kept in memory: several web processes count
 * each for themselves. `byAccount` needs the parsed body.
 */
export function loginLimits(): { readonly byAddress: RequestHandler; readonly byAccount: readonly RequestHandler[] } {
  const addressOf = (req: Parameters<RequestHandler>[0]) => ipKeyGenerator(req.ip ?? '');
  return {
    byAddress: limited(PER_ADDRESS, addressOf),
    byAccount: [
      limited(PER_ADDRESS_AND_ACCOUNT, (req) => `${addressOf(req)} ${accountOf(req.body)}`),
      limited(PER_ACCOUNT, (req) => accountOf(req.body)),
    ],
  };
}
