import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Queue } from 'bullmq';
import type { QueueDrift } from '../../src/dashboard/api/route.js';
import { LiveFeed } from '../../src/dashboard/live/live-feed.js';
import { createMetrics, type Metrics } from '../../src/dashboard/metrics.js';
import { createServer, createWebServer, type DashboardConfig } from '../../src/dashboard/server.js';
import { newId } from '../../src/domain/ids.js';
import { hashPassword } from '../../src/domain/people/password.js';
import type { Scope, UserRole } from '../../src/domain/people/scopes.js';
import { sealMessage } from '../../src/domain/secrets/sealed-message.js';
import type { Settings } from '../../src/domain/settings/settings.js';
import { appendAudit } from '../../src/domain/store/audit-store.js';
import { Database } from '../../src/domain/store/database.js';
import { storeEvents } from '../../src/domain/store/inbox-store.js';
import { createToken } from '../../src/domain/store/people-store.js';
import { requestIntercepts } from '../../src/domain/store/request-store.js';
import { createIntakeRouter } from '../../src/producers/http/app.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';
import { freshDatabase } from './database.js';
import { anAccount, aPicture, aShop, REAL_BOOK } from './picture.js';
import { type TcpProxy, tcpProxy } from './tcp-proxy.js';
import { RIG_KEY, RIG_SECRETS } from './test-key.js';
import { rigSetup } from './web-setup.js';

export const DOUYIN_KEYS = { appKey: '7012345678901234567', appSecret: 'secret-of-the-app', accessToken: 't' };
export const ZTO_KEYS = { appKey: 'zto-key', appSecret: 'secret-of-zto' };
export const PASSWORD = 'correct horse battery';

/** Two shops of one company and the courier account that serves both. */
export const TWO_SHOPS = aPicture({
  shops: [
    aShop({ credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-two', platformShopId: '10437918', credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-off', platformShopId: '10437919', credentials: DOUYIN_KEYS, enabled: false }),
  ],
  accounts: [anAccount({ credentials: ZTO_KEYS, rateLimit: { max: 20, perMs: 1_000 } })],
});

export interface Session {
  readonly cookie: string;
  readonly csrfToken: string;
}

export interface WebRig {
  readonly url: string;
  /** What answers, for tests that walk over its routes. */
  readonly app: ReturnType<typeof createServer>;
  readonly db: Database;
  /** Between the web process and MySQL. */
  readonly proxy: TcpProxy;
  readonly metrics: Metrics;
  /** What was logged: event names with their fields. */
  readonly logged: { readonly event: string; readonly fields: Record<string, unknown> }[];
  /** How often the intake was woken, and the judges. */
  readonly woken: { stored: number; decided: number };
  readonly notReady: string[];
  /** What Redis and MySQL disagree about; rebuilding mends it. */
  readonly drift: QueueDrift[];
  /** `Authorization` of a new token. */
  token(scopes: readonly Scope[], shops?: readonly string[] | null): Promise<string>;
  addUser(email: string, role: UserRole, shops?: readonly string[] | null): Promise<void>;
  logIn(email: string): Promise<Session>;
  close(): Promise<void>;
}

interface RigOptions {
  readonly settings?: Settings;
  readonly queues?: () => readonly Queue[];
  /** Where a test is about Redis; else one that answers and agrees with MySQL. */
  readonly redis?: Parameters<typeof createServer>[0]['redis'];
  readonly config?: Partial<DashboardConfig>;
  /** How long a statement may take, ms. */
  readonly statementTimeoutMs?: number;
}

const BY = { actor: 'cli:test', now: new Date('2026-11-22T08:00:00Z') };

let hash: Promise<string> | undefined;

/** As `addUser` does, with one hash for all: every user of a rig has the same password, and a hash costs a quarter of a second. */
async function addUserQuickly(db: Database, email: string, role: UserRole, shops: readonly string[] | null) {
  hash ??= hashPassword(PASSWORD);
  const [id, passwordHash] = [newId(), await hash];
  await db.transaction(async (tx) => {
    await tx.run('INSERT INTO user_account (id, email, password_hash, role, shops, created_at) VALUES (?)', [
      [id, email, passwordHash, role, shops === null ? null : JSON.stringify(shops), BY.now],
    ]);
    const detail = { id, role, shops };
    await appendAudit(tx, { at: BY.now, actor: BY.actor, action: 'user.add', subject: email, detail });
  });
}

/** `name=value` pairs of an answer's cookies, as a browser sends them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
}

function requestOn(db: Database, settings: Settings): Parameters<typeof createServer>[0]['request'] {
  return (request, actor, now) => {
    const shop = settings.shops.get(request.shopId);
    if (!shop) throw new Error(`the API let the unknown shop ${request.shopId} through`);
    return requestIntercepts(db, { settings, book: REAL_BOOK }, shop, request, actor, now);
  };
}

function intakeOn(db: Database, settings: Settings, rig: Pick<WebRig, 'woken' | 'logged' | 'metrics'>) {
  return createIntakeRouter({
    platformFor(shopId) {
      const shop = settings.shops.get(shopId);
      const plugin = shop?.enabled ? platformBySlug(shop.platform) : undefined;
      return plugin && shop ? plugin.create(plugin.manifest.credentials.parse(shop.credentials)) : null;
    },
    carrierFor(accountId) {
      const account = settings.accounts.get(accountId);
      const plugin = account && carrierBySlug(account.carrier);
      return plugin ? plugin.create(plugin.manifest.credentials.parse(account.credentials)) : null;
    },
    former: { platformFor: () => null, carrierFor: () => null },
    insert: (rows) => {
      const sealed = rows.map((row) => sealMessage(RIG_SECRETS, row));
      return storeEvents(db, sealed);
    },
    onStored: () => {
      rig.woken.stored += 1;
    },
    onBadSignature: rig.metrics.badSignature,
    log: (event, fields) => rig.logged.push({ event, fields }),
  });
}

/** The web process on a real socket with a database of its own, real adapters, and a proxy before the database. */
export async function webRig(options: RigOptions = {}): Promise<WebRig> {
  const fresh = await freshDatabase();
  const direct = new URL(fresh.url);
  const proxy = await tcpProxy({ host: direct.hostname, port: Number(direct.port) });
  const url = new URL(fresh.url);
  url.host = `127.0.0.1:${proxy.port}`;
  const { statementTimeoutMs } = options;
  const db = await Database.open({
    url: url.href,
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  });
  await db.migrate();
  const settings = options.settings ?? TWO_SHOPS;
  const rig = { woken: { stored: 0, decided: 0 }, logged: [] as WebRig['logged'], metrics: createMetrics(db) };
  const notReady: string[] = [];
  const drift: QueueDrift[] = [];
  const live = new LiveFeed({ sql: db, settings: () => settings, book: REAL_BOOK, report: () => undefined });
  const { setup, close: closeSetup } = rigSetup(db, settings);
  const app = createServer({
    live,
    db,
    setup,
    settings: () => settings,
    request: requestOn(db, settings),
    env: () => ({ settings, book: REAL_BOOK }),
    wake: () => {
      rig.woken.decided += 1;
    },
    now: () => new Date(),
    correctionLimitFen: 1_000,
    intake: intakeOn(db, settings, rig),
    queues: options.queues ?? (() => []),
    redis: options.redis ?? {
      answers: async () => true,
      async rebuild(only, dryRun) {
        const found = drift.filter(({ queue }) => only.includes(queue));
        if (!dryRun) drift.length = 0;
        return found;
      },
    },
    readiness: async () => notReady,
    metrics: rig.metrics,
    log: (event, fields) => rig.logged.push({ event, fields }),
    config: {
      publicUrl: null,
      environmentName: 'local',
      trustProxy: false,
      secretKey: RIG_KEY,
      version: '0.1.0',
      ...options.config,
    },
  });
  const server = createWebServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...rig,
    url: base,
    app,
    db,
    proxy,
    notReady,
    drift,
    async token(scopes, shops = null) {
      const { token } = await createToken(db, { name: 'erp', scopes, shops }, BY);
      return `Bearer ${token}`;
    },
    async addUser(email, role, shops = null) {
      await addUserQuickly(db, email, role, shops);
    },
    async logIn(email) {
      const answer = await fetch(`${base}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      if (answer.status !== 200) throw new Error(`login of ${email} gave ${answer.status}: ${await answer.text()}`);
      const { csrfToken } = (await answer.json()) as { csrfToken: string };
      return { cookie: cookiesOf(answer), csrfToken };
    },
    async close() {
      await live.stop();
      closeSetup();
      server.close();
      server.closeAllConnections();
      proxy.thaw();
      await db.close().catch(() => undefined);
      await proxy.close();
      await fresh.drop();
    },
  };
}
