import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { findServers } from './binaries.js';
import { mariadbServer } from './mariadb.js';
import { endLeftover, processIdentity } from './process-table.js';
import { redisServer } from './redis.js';
import { type Registry, type RunningServer, readRegistry, withRegistryLock, writeRegistry } from './registry.js';
import { loadSecretKey } from './secret-key.js';
import type { ServerKind } from './server-kind.js';
import { type SupervisedServer, superviseServer } from './supervised-server.js';

/** How long a second command waits for servers whose owner lives but which do not answer (they may be restarting). */
const ATTACH_PATIENCE_MS = 20_000;

export interface ServiceOptions {
  /** Data folder, for example `.data/main`; made if absent. */
  dir: string;
  /** Additions to REDIS_SETTINGS and MYSQL_SETTINGS; without effect on servers that already run. */
  settings?: {
    redis?: Readonly<Record<string, string>>;
    mysql?: Readonly<Record<string, string>>;
  };
  /** One line of plain text for each thing that takes time or went wrong. */
  onLog?: (line: string) => void;
}

export interface Services {
  databaseUrl: string;
  redisUrl: string;
  /** base64, 32 bytes */
  secretKey: string;
  /** False: another process started these servers, and stop() leaves them running. */
  owned: boolean;
  stop(): Promise<void>;
}

type Kinds = Record<'redis' | 'mysql', ServerKind>;

const secret = () => randomBytes(18).toString('base64url');

function newRegistry(): Registry {
  const nobody = { owner: null, redis: null, mysql: null, databaseUrl: null, redisUrl: null };
  return { version: 1, ...nobody, user: 'jiejian', password: secret(), redisPassword: secret() };
}

async function answer(kinds: Kinds, redis: RunningServer, mysql: RunningServer): Promise<boolean> {
  const pings = await Promise.allSettled([kinds.redis.ping(redis.port), kinds.mysql.ping(mysql.port)]);
  return pings.every(({ status }) => status === 'fulfilled');
}

function ownerLives({ owner }: Pick<Registry, 'owner'>): boolean {
  return owner !== null && processIdentity(Number.parseInt(owner, 10)) === owner;
}

/** The servers of a living owner, once they answer. Servers without a living owner are ending, whatever they answer. */
async function attach(kinds: Kinds, { redis, mysql, ...registry }: Registry) {
  const giveUpAt = Date.now() + ATTACH_PATIENCE_MS;
  while (redis !== null && mysql !== null && ownerLives(registry) && Date.now() < giveUpAt) {
    if (await answer(kinds, redis, mysql)) return { redis, mysql };
    await delay(200);
  }
  return undefined;
}

async function endLeftovers(dir: string, registry: Registry): Promise<void> {
  const servers = [registry.redis, registry.mysql].filter((server) => server !== null);
  // The server first: its guard then ends by itself, while a guard that is killed would leave its server behind.
  await Promise.all(servers.map(({ pid }) => endLeftover(pid, dir)));
  await Promise.all(servers.map(({ guardPid }) => endLeftover(guardPid, dir)));
}

async function startBoth(dir: string, kinds: Kinds, registry: Registry, onLog: (line: string) => void) {
  const record = (name: 'redis' | 'mysql') => (running: RunningServer) =>
    withRegistryLock(dir, async () => writeRegistry(dir, { ...(readRegistry(dir) ?? registry), [name]: running }));
  const starts = await Promise.allSettled([
    superviseServer(kinds.redis, registry.redis?.port, record('redis'), onLog),
    superviseServer(kinds.mysql, registry.mysql?.port, record('mysql'), onLog),
  ]);
  const [redis, mysql] = starts;
  if (redis.status === 'fulfilled' && mysql.status === 'fulfilled') return { redis: redis.value, mysql: mysql.value };
  await Promise.all(starts.map((start) => (start.status === 'fulfilled' ? start.value.stop() : undefined)));
  throw redis.status === 'rejected' ? redis.reason : mysql.status === 'rejected' ? mysql.reason : undefined;
}

function stopOnce(dir: string, servers: Record<'redis' | 'mysql', SupervisedServer>): () => Promise<void> {
  const stop = async () => {
    await Promise.all([servers.redis.stop(), servers.mysql.stop()]);
    await withRegistryLock(dir, async () => {
      const registry = readRegistry(dir);
      const isMine = registry?.owner === processIdentity(process.pid);
      if (registry !== undefined && isMine) writeRegistry(dir, { ...registry, owner: null });
    });
  };
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

/**
 * The embedded Redis and MariaDB of a data folder, on 127.0.0.1. Attaches to the ones that already run, else starts
 * them; the process that started them owns them, and they end with it even if it is killed. Data, passwords and ports
 * are kept in the folder.
 * Throws MissingServerError if a program is not installed, an Error with the end of the log if one does not start.
 */
export async function startServices(options: ServiceOptions): Promise<Services> {
  const programs = findServers();
  const onLog = options.onLog ?? (() => undefined);
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const dir = realpathSync(options.dir);

  return withRegistryLock(dir, async () => {
    const secretKey = loadSecretKey(dir);
    const registry = readRegistry(dir) ?? newRegistry();
    const kinds = {
      redis: redisServer(programs.redis, dir, registry, options.settings?.redis),
      mysql: mariadbServer(programs.mysql, dir, registry, options.settings?.mysql),
    };
    const urls = (redis: RunningServer, mysql: RunningServer) => ({
      databaseUrl: kinds.mysql.url(mysql.port),
      redisUrl: kinds.redis.url(redis.port),
    });

    const attached = await attach(kinds, registry);
    if (attached !== undefined) {
      return { ...urls(attached.redis, attached.mysql), secretKey, owned: false, stop: async () => undefined };
    }
    await endLeftovers(dir, registry);
    // Written before the servers start: their passwords must outlive a start that is cut short.
    writeRegistry(dir, { ...registry, owner: null });
    onLog('starting Redis and MariaDB');
    const servers = await startBoth(dir, kinds, registry, onLog);
    const redis = servers.redis.running();
    const mysql = servers.mysql.running();
    writeRegistry(dir, {
      ...registry,
      ...urls(redis, mysql),
      owner: processIdentity(process.pid) ?? null,
      redis,
      mysql,
    });
    return { ...urls(redis, mysql), secretKey, owned: true, stop: stopOnce(dir, servers) };
  });
}
