import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { SetupDeps } from '../../src/dashboard/api/setup-deps.js';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import type { Settings } from '../../src/domain/settings/settings.js';
import type { Database } from '../../src/domain/store/database.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { setupOf } from '../../src/web-setup.js';
import { workerRedis } from './redis.js';

/** SECRET_KEY of every web rig, as bytes and as the environment has it. */
export const RIG_KEY = createHash('sha256').update('the key of a web rig').digest();
const RIG_SECRET_KEY = RIG_KEY.toString('base64');
/** What seals and opens the secrets that a web rig stores. */
export const RIG_SECRETS = createSecrets(RIG_SECRET_KEY);

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
  const system = { db, redis, now: () => new Date(), settings: () => settings, platformOf };
  return { setup: setupOf(system, RIG_SECRET_KEY), close: () => redis.disconnect() };
}
