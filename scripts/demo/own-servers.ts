import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onRedis, statements } from './connections.js';
import { DemoFailed } from './demo-failed.js';
import type { DemoServers } from './servers.js';

const REDIS_NUMBERS = Array.from({ length: 15 }, (_, i) => 15 - i);
/** MySQL's and MariaDB's "access denied" to a database. */
const DENIED = 1044;

/** A place on somebody's server that is ours for one run. */
interface Place {
  readonly url: string;
  giveBack(): Promise<unknown>;
}

/** On the user's servers: an empty database and an empty Redis number, given back at the end. What is theirs stays. */
export async function ownServers(dataDir: string, databaseUrl: string, redisUrl: string): Promise<DemoServers> {
  const name = `jiejian_demo_${randomBytes(4).toString('hex')}`;
  const database = await takeDatabase(databaseUrl, name);
  const redis = await takeRedisNumber(redisUrl).catch(async (error: unknown) => {
    await database.giveBack();
    throw error;
  });
  const folder = join(dataDir, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    databaseUrl: database.url,
    redisUrl: redis.url,
    secretKey: randomBytes(32).toString('base64'),
    async stop() {
      await Promise.all([database.giveBack(), redis.giveBack()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && error.errno === DENIED;
}

/** A new database; where the user may not make one, the named one, if it is empty. */
async function takeDatabase(databaseUrl: string, name: string): Promise<Place> {
  const url = new URL(databaseUrl);
  const given = decodeURIComponent(url.pathname.slice(1));
  try {
    await statements(databaseUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    url.pathname = `/${name}`;
    return { url: url.href, giveBack: () => statements(databaseUrl, `DROP DATABASE ${name}`) };
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
  if ((await statements(databaseUrl, 'SHOW TABLES')) > 0) throw new DemoFailed('notEmpty', { name: given });
  const quoted = `\`${given.replaceAll('`', '``')}\``;
  const again = [`DROP DATABASE ${quoted}`, `CREATE DATABASE ${quoted} CHARACTER SET utf8mb4`];
  return { url: databaseUrl, giveBack: () => statements(databaseUrl, ...again) };
}

/** An empty numbered database of that Redis, marked as taken. */
async function takeRedisNumber(redisUrl: string): Promise<Place> {
  if (!/^rediss?:/.test(redisUrl)) throw new DemoFailed('redisForm');
  for (const number of REDIS_NUMBERS) {
    const url = new URL(redisUrl);
    url.pathname = `/${number}`;
    const isOurs = await onRedis(url.href, async (redis) => {
      if ((await redis.set('jiejian:demo', '1', 'NX')) === null) return false;
      if ((await redis.dbsize()) === 1) return true;
      await redis.del('jiejian:demo');
      return false;
    });
    if (isOurs) return { url: url.href, giveBack: () => onRedis(url.href, (redis) => redis.flushdb()) };
  }
  throw new DemoFailed('redisFull');
}
