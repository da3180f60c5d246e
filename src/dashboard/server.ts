import { createServer as createHttpServer, type Server } from 'node:http';
import type { Queue } from 'bullmq';
import express, { type Express, type Request, Router } from 'express';
import type { EnvironmentName } from '../domain/environment-names.js';
import { appendAudit } from '../domain/store/audit-store.js';
import { findToken, findUser } from '../domain/store/people-store.js';
import { tokenUses } from '../domain/store/token-use-store.js';
import { apiRouter } from './api/mount.js';
import { openApiDocument } from './api/openapi.js';
import type { ApiDeps } from './api/route.js';
import { ROUTES } from './api/routes.js';
import { apiDocs, apiDocsStyle } from './api-docs.js';
import { authenticate, requireCaller, sessionLogin } from './auth/authenticate.js';
import { csrfProtection } from './auth/csrf.js';
import { loginRouter } from './auth/login.js';
import { isLoopback } from './auth/loopback.js';
import { ownAccountRouter } from './auth/own-account.js';
import { sessions } from './auth/session.js';
import { bullBoard } from './bull-board.js';
import { healthRouter, type Readiness } from './health.js';
import type { Metrics } from './metrics.js';
import { type Log, notFound, problemHandler } from './problem.js';
import { requestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';
import { uiFiles } from './ui-files.js';

export interface DashboardConfig {
  /** Where people reach us; null: on this machine only. */
  readonly publicUrl: string | null;
  /** Which installation this is, for the badge on every page. */
  readonly environmentName: EnvironmentName;
  /** Express' `trust proxy`: a number of proxies or a list of their addresses, never `true` (S8). */
  readonly trustProxy: false | number | readonly string[];
  /** 32 bytes. */
  readonly secretKey: Uint8Array;
  readonly version: string;
}

export interface ServerDeps extends ApiDeps {
  readonly config: DashboardConfig;
  /** The doors for events, made by producers/http. */
  readonly intake: Router;
  /** The live queues; asked with every request to Bull Board. */
  readonly queues: () => readonly Queue[];
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** May this request log in without TLS? Only on this machine, by its address or by what PUBLIC_URL says of us. */
function mayLogIn(publicUrl: URL | null): (req: Request) => boolean {
  if (publicUrl === null) return (req) => isLoopback(req.ip ?? '');
  const may = publicUrl.protocol === 'https:' || isLoopback(publicUrl.hostname);
  return () => may;
}

/** Everything the web process says, as one Express app. */
export function createServer(deps: ServerDeps): Express {
  const { config, db } = deps;
  const publicUrl = config.publicUrl === null ? null : new URL(config.publicUrl);
  const https = publicUrl?.protocol === 'https:';
  const csrf = csrfProtection(config.secretKey, https);
  const noteUse = tokenUses(db, deps.now);
  const auth = {
    findUser: (email: string) => findUser(db, email),
    findToken: async (text: string) => {
      const token = await findToken(db, text);
      // A use that could not be noted is no reason to turn the caller away.
      if (token) noteUse(token.id).catch((error: unknown) => deps.log('token.use_unwritten', { why: String(error) }));
      return token;
    },
    sessions: sessions({ db, secretKey: config.secretKey, https, now: deps.now }),
    csrf,
    publicOrigin: publicUrl?.origin ?? null,
    now: deps.now,
  };
  const record = (action: 'login' | 'logout', email: string) =>
    db.transaction((tx) =>
      appendAudit(tx, { at: deps.now(), actor: `user:${email}`, action, subject: email, detail: {} }),
    );
  const openApi = openApiDocument(ROUTES, config.version);

  const api = Router();
  api.get('/openapi.json', (_req, res) => void res.json(openApi));
  api.get('/docs', apiDocs(ROUTES, openApi));
  api.get('/docs.css', apiDocsStyle);
  const environment = config.environmentName;
  const failed = (account: string, address: string) => deps.log('login.failed', { account, address });
  api.use('/auth', loginRouter({ ...auth, https, environment, record, failed, mayLogIn: mayLogIn(publicUrl) }));
  api.use('/auth', ownAccountRouter({ ...auth, db }));
  api.use('/v1', apiRouter(ROUTES, deps, authenticate(auth)));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.use(requestId, deps.metrics.timed, securityHeaders(https));
  app.use(deps.intake);
  app.use(healthRouter(deps.readiness));
  app.use('/api', api);
  app.use('/queues', bullBoard('/queues', deps.queues, [...sessionLogin(auth), requireCaller]));
  app.use(uiFiles());
  app.use(notFound);
  app.use(problemHandler(deps.log));
  return app;
}

/** Node's own limits against slow and endless senders (S7); its defaults are minutes. The caller lets it listen. */
export function createWebServer(app: Express): Server {
  const server = createHttpServer(
    {
      requestTimeout: 10_000,
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  server.maxConnections = 10_000;
  return server;
}
