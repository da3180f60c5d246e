import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sha256 } from '../../domain/ids.js';
import { sendProblem } from '../problem.js';

const WINDOW_MS = 5 * 60_000;
/** Failed logins from one address, and for one account from anywhere. */
const PER_ADDRESS = 30;
const PER_ACCOUNT = 10;

function limited(limit: number, keyOf: (req: Parameters<RequestHandler>[0]) => string): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    keyGenerator: keyOf,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    handler: (_req, res) => sendProblem(res, 'too_many_logins'),
  });
}

/** How one email is counted, however it is written. */
function accountOf(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : '';
  return sha256(String(email).trim().toLowerCase());
}

/**
 * Guessing is slowed down by address and by account; only failures count. Both windows end by themselves, so that nobody
 * can be locked out for good by a stranger (S13). Kept in memory: with several web processes each counts for itself.
 */
export function loginLimits(): { readonly byAddress: RequestHandler; readonly byAccount: RequestHandler } {
  return {
    byAddress: limited(PER_ADDRESS, (req) => ipKeyGenerator(req.ip ?? '')),
    byAccount: limited(PER_ACCOUNT, (req) => accountOf(req.body)),
  };
}
