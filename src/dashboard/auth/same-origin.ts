import type { Request, RequestHandler } from 'express';
import { sendProblem } from '../problem.js';

/** Says the browser itself that the request comes from a page of ours, or from no page at all? */
function isSameOrigin(req: Request, publicOrigin: string | null): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('origin');
  if (origin === undefined) return true;
  return origin === (publicOrigin ?? `${req.protocol}://${req.get('host')}`);
}

/** Second guard beside the CSRF token, and the only one of the login, which has no session yet. Scripts send neither header. */
export function sameOriginOnly(publicOrigin: string | null): RequestHandler {
  return (req, res, next) => {
    const reads = req.method === 'GET' || req.method === 'HEAD';
    if (reads || isSameOrigin(req, publicOrigin)) next();
    else sendProblem(res, 'cross_site_request');
  };
}
