import { join } from 'node:path';
import { type Services, startServices } from '../../src/embedded/services.js';
import { onRedis, statements } from './connections.js';
import { DemoFailed } from './demo-failed.js';
import { ownServers } from './own-servers.js';

/** An empty database and an empty Redis, and the folder of this run. */
export interface DemoServers {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** base64, 32 bytes */
  readonly secretKey: string;
  stop(): Promise<void>;
}

const FOLDERS = ['demo', ...Array.from({ length: 8 }, (_, i) => `demo-${i + 2}`)];

/**
 * Servers for one run: those that DATABASE_URL and REDIS_URL name, else embedded ones under `dataDir`/demo. A demo that
 * stays up keeps its folder; one beside it takes demo-2 and so on. Throws DemoFailed if only one of the two variables is set.
 * @param dataDir `.data` of the project
 */
export async function demoServers(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  onLog: (line: string) => void,
): Promise<DemoServers> {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = env;
  if (databaseUrl && redisUrl) return ownServers(dataDir, databaseUrl, redisUrl);
  if (databaseUrl || redisUrl) throw new DemoFailed('halfSet', { missing: databaseUrl ? 'REDIS_URL' : 'DATABASE_URL' });
  for (const name of FOLDERS) {
    const folder = join(dataDir, name);
    const services = await startServices({ dir: folder, onLog });
    if (services.owned) return emptied(folder, services);
  }
  throw new DemoFailed('tooMany', { count: FOLDERS.length });
}

/** Embedded servers belong to the demo: what an earlier run left goes away. */
async function emptied(folder: string, services: Services): Promise<DemoServers> {
  const { databaseUrl, redisUrl, secretKey } = services;
  try {
    const name = new URL(databaseUrl).pathname.slice(1);
    await statements(databaseUrl, `DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    await onRedis(redisUrl, (redis) => redis.flushall());
  } catch (error) {
    await services.stop();
    throw error;
  }
  return { folder, databaseUrl, redisUrl, secretKey, stop: () => services.stop() };
}
