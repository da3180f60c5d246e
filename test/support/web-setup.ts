import { Redis } from 'ioredis';
import type { SetupDeps } from '../../src/dashboard/api/setup-deps.js';
import type { Settings } from '../../src/domain/settings/settings.js';
import type { Database } from '../../src/domain/store/database.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { setupOf } from '../../src/web-setup.js';
import { workerRedis } from './redis.js';
import { RIG_SECRETS } from './test-key.js';

/** What the pages of the configuration are given, with this worker's own Redis, which is reached only when it is used. */
export function rigSetup(db: Database, settings: Settings): { readonly setup: SetupDeps; close(): void } {
  const redis = new Redis(workerRedis(), { lazyConnect: true, maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  const platformOf = (shopId: string) => {
    const shop = settings.shops.get(shopId);
    const plugin = shop && platformBySlug(shop.platform);
    const credentials = plugin?.manifest.credentials.safeParse(shop?.credentials);
    return plugin && credentials?.success ? plugin.create(credentials.data) : null;
  };
  const system = { db, secrets: RIG_SECRETS, redis, now: () => new Date(), settings: () => settings, platformOf };
  return { setup: setupOf(system), close: () => redis.disconnect() };
}
