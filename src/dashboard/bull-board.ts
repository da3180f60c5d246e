import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/typings/app';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import { type Express, type RequestHandler, Router } from 'express';
import { maskDeep, maskPhones } from './presenters/words.js';
import { methodNotAllowed } from './problem.js';

const BLANK = '***';
/** What job data may show: ids of ours. Everything else in it would be a mistake, and a mistake must not be shown (S18). */
const SHOWN: ReadonlySet<string> = new Set(['id', 'dispatch']);

/** Job data with nothing but our own ids readable. */
export function maskData(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data === undefined ? undefined : BLANK;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, SHOWN.has(key) && typeof value !== 'object' ? value : BLANK]),
  );
}

/** Results are for our own eyes; that there is one may be shown. */
function maskResult(value: unknown): unknown {
  return value === null || value === undefined ? value : BLANK;
}

/** The first line says what failed; stacks and phones stay inside. */
function maskFailure(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(maskFailure);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (key === 'stacktrace') return [key, []];
      if (key === 'failedReason' && typeof value === 'string') return [key, maskPhones(value.split('\n', 1)[0] ?? '')];
      return [key, maskFailure(value)];
    }),
  );
}

function adapterFor(queue: Queue): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false });
  adapter.setFormatter('data', maskData);
  adapter.setFormatter('returnValue', maskResult);
  adapter.setFormatter('progress', maskResult);
  return adapter;
}

/** `readOnlyMode` leaves some doors open (pausing all queues answers 200), so nothing but reading gets past here. */
const readsOnly: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') next();
  else methodNotAllowed('GET, HEAD')(req, res, next);
};

/** The Express adapter may bring a copy of `@bull-board/api` of its own, whose types are not ours: its methods are what counts. */
function isServerAdapter(adapter: unknown): adapter is IServerAdapter {
  return typeof adapter === 'object' && adapter !== null && 'setQueues' in adapter && 'setApiRoutes' in adapter;
}

/**
 * Bull Board below `basePath`, for whoever `guard` lets through. `queues` is asked with every request: lanes that come
 * and go with the configuration come and go here too, without a restart.
 */
export function bullBoard(basePath: string, queues: () => readonly Queue[], guard: readonly RequestHandler[]): Router {
  const server = new ExpressAdapter().setBasePath(basePath);
  const serverAdapter: unknown = server;
  if (!isServerAdapter(serverAdapter)) throw new Error('@bull-board/express does not fit @bull-board/api');
  const board = createBullBoard({
    queues: [],
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'Jiejian 截件', hideRedisDetails: true, hideDocsLink: true },
      handlerHooks: {
        after: (_context, { status, body }) => ({
          ...(status === undefined ? {} : { status }),
          body: maskDeep(maskFailure(body)) as typeof body,
        }),
      },
    },
  });
  // Its own handler would give the text of the error away.
  server.setErrorHandler(() => ({ status: 500, body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } } }));
  const app: Express = server.getRouter();
  app.disable('x-powered-by');

  const adapters = new Map<Queue, BullMQAdapter>();
  const refresh: RequestHandler = (_req, _res, next) => {
    const live = queues();
    for (const known of adapters.keys()) if (!live.includes(known)) adapters.delete(known);
    for (const queue of live) if (!adapters.has(queue)) adapters.set(queue, adapterFor(queue));
    board.replaceQueues([...adapters.values()]);
    next();
  };
  return Router().use(...guard, readsOnly, refresh, app);
}
