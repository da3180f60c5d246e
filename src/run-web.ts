import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LiveFeed } from './dashboard/live/live-feed.js';
import { createMetrics, createMetricsServer } from './dashboard/metrics.js';
import { createServer, createWebServer } from './dashboard/server.js';
import { sealMessage } from './domain/secrets/sealed-message.js';
import { storeEvents } from './domain/store/inbox-store.js';
import { requestIntercepts } from './domain/store/request-store.js';
import { Drain } from './drain.js';
import { createIntakeRouter } from './producers/http/app.js';
import { rebuildQueues } from './producers/rebuild.js';
import type { System } from './system.js';
import { VERSION } from './version.js';
import { setupOf } from './web-setup.js';

export interface RunningWeb {
  readonly url: string;
  stop(): Promise<void>;
}

/** The web role: webhooks, pushes, API, admin pages. It needs the database; Redis only for the pages that show queues. */
export async function runWeb(system: System, host: string, port: number, secretKey: string): Promise<RunningWeb> {
  const { db, secrets, bell, settings, env, now, note, config } = system;
  const metrics = createMetrics(db);
  const wake = () => {
    bell.ring('intake');
    bell.ring('judge');
    bell.ring('dispatch');
    bell.ring('details');
  };
  const live = new LiveFeed({
    sql: db,
    settings,
    book: system.book,
    report: (loop, error) => note('loop.failed', { loop, why: error instanceof Error ? error.message : String(error) }),
  });
  const app = createServer({
    live,
    db,
    setup: setupOf(system),
    settings,
    env,
    now,
    correctionLimitFen: config.correctionLimitFen,
    wake,
    log: note,
    metrics,
    queues: () => system.queues.all(),
    redis: {
      answers: () => system.queues.answers(),
      rebuild: (queues, dryRun) =>
        rebuildQueues({ db, queues: system.queues, settings, book: system.book, now, log: note }, dryRun, queues),
    },
    request: async (request, actor, at) => {
      const shop = settings().shops.get(request.shopId);
      if (!shop) throw new Error(`shop ${request.shopId} went away`);
      return requestIntercepts(db, env(), shop, request, actor, at);
    },
    intake: createIntakeRouter({
      platformFor: system.platformOf,
      carrierFor: system.carrierOf,
      former: { platformFor: system.former.platformOf, carrierFor: system.former.carrierOf },
      insert: (rows) =>
        storeEvents(
          db,
          rows.map((row) => sealMessage(secrets, row)),
        ),
      onStored: () => bell.ring('intake'),
      onBadSignature: (source) => metrics.badSignature(source),
      log: note,
    }),
    readiness: async () => ((await db.answers()) ? [] : ['database']),
    config: {
      publicUrl: config.publicUrl,
      environmentName: config.environmentName,
      trustProxy: config.trustProxy,
      secretKey: Buffer.from(secretKey, 'base64'),
      version: VERSION,
    },
  });
  const web = createWebServer(app);
  const drains = [await listen(web, host, port)];
  if (config.metricsPort !== null) drains.push(await listen(createMetricsServer(metrics), host, config.metricsPort));
  const { port: bound } = web.address() as AddressInfo;
  return {
    url: config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async stop() {
      await live.stop();
      await Promise.all(drains.map((drain) => drain.stop()));
    },
  };
}

/** What ends the server again. */
async function listen(server: Server, host: string, port: number): Promise<Drain> {
  const drain = new Drain(server);
  server.listen(port, host);
  await once(server, 'listening');
  return drain;
}
