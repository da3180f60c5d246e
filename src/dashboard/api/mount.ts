import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { requireScope } from '../auth/authenticate.js';
import { methodNotAllowed, sendProblem } from '../problem.js';
import type { Answer, ApiDeps, Route } from './route.js';

/** Contract section 5. */
const BODY_LIMIT_BYTES = 1024 * 1024;

const parseJson = express.json({ limit: BODY_LIMIT_BYTES, inflate: false });

/** A body of another kind would be left unread and look like none at all. */
const json: RequestHandler = (req, res, next) => {
  const empty = req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined;
  if (!empty && !req.is('application/json')) sendProblem(res, 'unsupported_media_type');
  else parseJson(req, res, next);
};

function perSecond(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 1_000,
    limit,
    keyGenerator: (req) => req.caller?.id ?? '',
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_req, res) => sendProblem(res, 'too_many_requests'),
  });
}

/** Sends a text as fast as its reader takes it. One that breaks in the middle is cut off: it must not look whole. */
async function sendStream(res: Response, answer: Extract<Answer, { stream: unknown }>): Promise<void> {
  res.status(answer.status).set({ 'Cache-Control': 'no-store', ...answer.headers });
  try {
    await pipeline(Readable.from(answer.stream), res);
  } catch (error) {
    // The reader left: there is nobody to tell.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

async function send(res: Response, answer: Answer): Promise<void> {
  if ('problem' in answer) {
    sendProblem(res, answer.problem, answer.errors, answer.facts);
    return;
  }
  if ('stream' in answer) return sendStream(res, answer);
  res
    .status(answer.status)
    .set({ 'Cache-Control': 'no-store', ...answer.headers })
    .json(answer.body);
}

function run(route: Route, deps: ApiDeps): RequestHandler {
  return async (req: Request, res: Response): Promise<void> => {
    // requireScope has turned away whoever is not known.
    if (!req.caller) throw new Error(`${route.path} is mounted without authentication`);
    const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
    const { caller, query, body } = req;
    await send(res, await route.run({ deps, caller, params, query, body, header: (name) => req.get(name) }));
  };
}

/** The table as a router: who it is, may he, how often, then the fields, then the work. */
export function apiRouter(routes: readonly Route[], deps: ApiDeps, authenticate: RequestHandler): Router {
  const router = Router();
  for (const route of routes) {
    const limits = route.perSecond === undefined ? [] : [perSecond(route.perSecond)];
    const body = route.body === null ? [] : [json];
    router[route.method](route.path, authenticate, requireScope(route.scope), ...limits, ...body, run(route, deps));
  }
  for (const path of new Set(routes.map((r) => r.path))) {
    const methods = routes.filter((r) => r.path === path).map((r) => r.method.toUpperCase());
    router.all(path, methodNotAllowed([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')));
  }
  return router;
}
