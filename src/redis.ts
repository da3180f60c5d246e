import type { RedisOptions } from 'ioredis';
import type { Text } from './domain/text.js';

const SLOWEST_RETRY_MS = 1_000;
const REDIS_PORT = 6379;
const SENTINEL_PORT = 26379;

type Address = Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls' | 'sentinels' | 'name'>;
export type ParsedRedisUrl =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly why: Text };

const wrong = (zh: string, en: string): ParsedRedisUrl => ({ ok: false, why: { zh, en } });
/** How REDIS_URL may look. */
export const REDIS_URL_FORMS = 'redis://, rediss://, redis+sentinel://host:26379,host2:26379/master';

/** `redis+sentinel://[[user]:password@]host[:port],…/master[/db]`: several hosts, so no URL parser reads it. */
const SENTINEL = /^redis\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/?#]+)\/([^/?#]+)(?:\/(\d{1,4}))?$/;

function signIn(username: string | undefined, password: string | undefined): Pick<Address, 'username' | 'password'> {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}

function parseSentinel(url: string): ParsedRedisUrl {
  const match = SENTINEL.exec(url);
  if (!match)
    return wrong(
      '哨兵地址的写法是 redis+sentinel://host:26379,host2:26379/master',
      `must look like ${REDIS_URL_FORMS}`,
    );
  const [, username, password, hosts = '', name = '', db = '0'] = match;
  const sentinels = hosts.split(',').map((part) => {
    const [, host = '', port] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(part) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? SENTINEL_PORT : Number(port) };
  });
  if (sentinels.some(({ host, port }) => host === '' || port < 1 || port > 65_535)) {
    return wrong('哨兵主机列表有误', 'has a sentinel without a host name or with a port out of range');
  }
  return {
    ok: true,
    address: { sentinels, name: decodeURIComponent(name), db: Number(db), ...signIn(username, password) },
  };
}

/** Reads REDIS_URL. The sentinels themselves are asked without a password. */
export function parseRedisUrl(url: string): ParsedRedisUrl {
  if (url.startsWith('redis+sentinel:')) return parseSentinel(url);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    return wrong(`地址格式不对，应为 ${REDIS_URL_FORMS}`, `must be one of ${REDIS_URL_FORMS}`);
  }
  const db = parsed.pathname.replace(/^\//, '') || '0';
  if (!/^\d{1,4}$/.test(db))
    return wrong('路径必须是数据库编号', 'must end with the number of a database, if with anything');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return {
    ok: true,
    address: {
      host,
      port: parsed.port === '' ? REDIS_PORT : Number(parsed.port),
      db: Number(db),
      ...signIn(parsed.username, parsed.password),
      ...(parsed.protocol === 'rediss:' ? { tls: { servername: host } } : {}),
    },
  };
}

/** 50, 100, 200, … 1000 ms: work goes on soon after Redis is back, without a storm of connections before. */
export function retryAfterMs(times: number): number {
  return Math.min(50 * 2 ** Math.min(times - 1, 10), SLOWEST_RETRY_MS);
}

/**
 * A connection that owes us an answer for so long is half open: its other end is gone and nobody said so. It is replaced,
 * else its worker would stay deaf for ever. Longer than any blocking read.
 */
const SILENT_MS = 5_000;

const PROFILES = {
  /** Fails at once while Redis is away: MySQL holds the truth, and the sweeper adds the job later. */
  producer: { enableOfflineQueue: false, commandTimeout: 1_000, maxRetriesPerRequest: 1, socketTimeout: SILENT_MS },
  /** Waits for Redis as long as it takes; BullMQ's blocking reads allow no limit, but they ask again every two seconds. */
  worker: { maxRetriesPerRequest: null, socketTimeout: SILENT_MS },
} as const satisfies Record<string, RedisOptions>;

export type RedisProfile = keyof typeof PROFILES;

/** Options of ioredis for one side of the queues. Throws a RangeError for a URL that parseRedisUrl refuses. */
export function redisOptions(url: string, profile: RedisProfile): RedisOptions {
  const parsed = parseRedisUrl(url);
  if (!parsed.ok) throw new RangeError(`REDIS_URL ${parsed.why.en}`);
  return {
    ...parsed.address,
    ...PROFILES[profile],
    connectTimeout: 3_000,
    retryStrategy: retryAfterMs,
    sentinelRetryStrategy: retryAfterMs,
    // After a failover the old master answers READONLY: reconnect to the new one and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
  };
}
