import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Credentials, ServerKind } from './server-kind.js';

/**
 * Settings of the embedded Redis (names of redis.conf). Durable to within a second and never dropping a job: BullMQ
 * loses jobs under any eviction policy but noeviction. The process title is left alone because a later run recognises
 * a leftover by the folder on its command line.
 */
const REDIS_SETTINGS = {
  bind: '127.0.0.1',
  'protected-mode': 'yes',
  daemonize: 'no',
  databases: '64',
  appendonly: 'yes',
  appendfsync: 'everysec',
  'maxmemory-policy': 'noeviction',
  save: '""',
  'set-proc-title': 'no',
} as const satisfies Record<string, string>;

/** The Redis of a data folder. `overrides` adds to or replaces REDIS_SETTINGS. */
export function redisServer(
  program: string,
  dataDir: string,
  credentials: Pick<Credentials, 'redisPassword'>,
  overrides: Readonly<Record<string, string>> = {},
): ServerKind {
  const dir = join(dataDir, 'redis');
  const config = join(dir, 'redis.conf');
  const url = (port: number) => `redis://:${credentials.redisPassword}@127.0.0.1:${port}`;
  return {
    label: 'Redis',
    logFile: join(dir, 'redis.log'),
    async prepare() {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const settings = {
        ...REDIS_SETTINGS,
        dir: JSON.stringify(dir),
        requirepass: credentials.redisPassword,
        ...overrides,
      };
      const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
      writeFileSync(config, lines.join(''), { mode: 0o600 });
    },
    command: (port) => [program, config, '--port', String(port)],
    url,
    async ping(port) {
      const client = new Redis(url(port), {
        lazyConnect: true,
        retryStrategy: () => null,
        maxRetriesPerRequest: 0,
        connectTimeout: 2_000,
        commandTimeout: 2_000,
        disconnectTimeout: 100,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.ping();
      } finally {
        // On a client that has ended already, disconnect() would start a timer that nothing stops.
        if (client.status !== 'end') client.disconnect();
      }
    },
  };
}
