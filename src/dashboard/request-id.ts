import type { RequestHandler } from 'express';
import { newId } from '../domain/ids.js';

declare global {
  namespace Express {
    interface Request {
      /** Stands in the logs, in every problem and in `X-Request-Id`. */
      requestId: string;
    }
  }
}

const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request its id: the proxy's own if it sends a sane one, else a new one. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  req.requestId = given !== undefined && ACCEPTED.test(given) ? given : newId();
  res.set('X-Request-Id', req.requestId);
  next();
};
