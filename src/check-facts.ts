import { Redis } from 'ioredis';
import { chinaDay } from './domain/china-time.js';
import { feeOn } from './domain/money/tariff.js';
import { type Secrets, SecretUnreadable } from './domain/secrets/secrets.js';
import type { CredentialSchemas } from './domain/settings/read-file.js';
import type { Settings } from './domain/settings/settings.js';
import type { Database } from './domain/store/database.js';
import { type SchemaStatus, schemaStatus } from './domain/store/schema.js';
import { type ServerFacts, serverFacts } from './domain/store/server-facts.js';
import { loadSettings } from './domain/store/settings-store.js';
import { redisOptions } from './redis.js';

export interface RedisFacts {
  readonly version: string;
  readonly evictionPolicy: string;
  readonly appendOnly: boolean;
  /** The server's clock minus ours, ms. */
  readonly clockAheadMs: number;
}

/** A fact, or why it could not be had. */
export type Known<T> = { readonly is: T } | { readonly unknown: string };

export interface SettingsFacts {
  readonly shops: number;
  readonly accounts: number;
  /** Enabled shops and accounts whose credentials their plug-in refuses, `shops/dy-main`. */
  readonly badCredentials: readonly string[];
  /** Couriers with an enabled account and no tariff today: their fees could not be booked. */
  readonly withoutTariff: readonly string[];
}

/** A password that is missing, or one that everybody knows. */
export interface WeakPassword {
  readonly service: 'database' | 'redis';
  readonly is: 'default' | 'none';
  /** `machine`: this one, or a neighbour in a composed network, whose name has no dot. */
  readonly reach: 'machine' | 'network';
}

export interface CheckFacts {
  readonly node: string;
  readonly runsAsRoot: boolean;
  readonly weakPasswords: readonly WeakPassword[];
  readonly secretKey: 'set' | 'unset';
  readonly redis: Known<RedisFacts>;
  readonly database: Known<ServerFacts>;
  readonly schema: Known<SchemaStatus>;
  /** `other_key`: stored secrets were sealed with another SECRET_KEY. */
  readonly settings: Known<SettingsFacts> | { readonly unreadable: string };
}

/** Why something failed, without credentials: URLs in messages lose their user and password. */
export function reasonOf(error: unknown): string {
  const text =
    error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\/\/[^@/\s]*@/g, '//');
}

const known = async <T>(ask: () => Promise<T>): Promise<Known<T>> => {
  try {
    return { is: await ask() };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
};

/** Asks a Redis for what matters. INFO only: managed services often forbid CONFIG. */
async function redisFacts(url: string): Promise<RedisFacts> {
  const client = new Redis({ ...redisOptions(url, 'producer'), lazyConnect: true, retryStrategy: () => null });
  // The event says why; the failed command only that the connection is closed.
  let reason: Error | undefined;
  client.on('error', (error) => {
    reason = error;
  });
  try {
    await client.connect();
    const info = await client.info();
    const before = Date.now();
    const [seconds, micros] = await client.time();
    const ours = (before + Date.now()) / 2;
    const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
    return {
      version: field('redis_version'),
      evictionPolicy: field('maxmemory_policy'),
      appendOnly: field('aof_enabled') === '1',
      clockAheadMs: Math.round(Number(seconds) * 1_000 + Number(micros) / 1_000 - ours),
    };
  } catch (error) {
    throw reason ?? error;
  } finally {
    // One that never connected has ended by itself; to disconnect it would leave a timer behind.
    if (client.status !== 'end') client.disconnect();
  }
}

function settingsFacts(settings: Settings, schemas: CredentialSchemas, now: Date): SettingsFacts {
  const shops = [...settings.shops.values()].filter((shop) => shop.enabled);
  const accounts = [...settings.accounts.values()].filter((account) => account.enabled);
  const bad = [
    ...shops
      .filter((s) => !schemas.platforms[s.platform]?.safeParse(s.credentials).success)
      .map((s) => `shops/${s.id}`),
    ...accounts
      .filter((a) => !schemas.carriers[a.carrier]?.safeParse(a.credentials).success)
      .map((a) => `carrierAccounts/${a.id}`),
  ];
  const carriers = [...new Set(accounts.map((account) => account.carrier))];
  const withoutTariff = carriers.filter((carrier) => feeOn(settings.tariffs, carrier, chinaDay(now)) === null);
  return { shops: shops.length, accounts: accounts.length, badCredentials: bad, withoutTariff };
}

/** Passwords of examples, images and habits. */
const DEFAULTS = /^(|root|admin|password|passwd|secret|mysql|mariadb|redis|jiejian|jj|test|change-?me|123456\d*)$/i;
const HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What anybody could guess of the two services' passwords. */
export function weakPasswords(databaseUrl: string, redisUrl: string): WeakPassword[] {
  return (
    [
      ['database', databaseUrl],
      ['redis', redisUrl],
    ] as const
  ).flatMap(([service, text]): WeakPassword[] => {
    // Several sentinels are no URL to URL; the password stands before the first host all the same.
    const { hostname, password } = new URL(text.replace(/,[^/]*/, '').replace('redis+sentinel:', 'redis:'));
    const given = decodeURIComponent(password);
    const reach = HERE.test(hostname) || !/[.:]/.test(hostname) ? 'machine' : 'network';
    if (given === '') return service === 'redis' && reach === 'machine' ? [] : [{ service, is: 'none', reach }];
    return DEFAULTS.test(given) ? [{ service, is: 'default', reach }] : [];
  });
}

export interface AskOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly openDatabase: () => Promise<Database>;
  readonly secrets: Secrets | null;
  readonly credentials: CredentialSchemas;
  readonly now: Date;
}

/** Gathers all facts; what cannot be asked is a fact too, never an exception. */
export async function gatherFacts(options: AskOptions): Promise<CheckFacts> {
  const base = {
    node: process.versions.node,
    runsAsRoot: process.getuid?.() === 0,
    weakPasswords: weakPasswords(options.databaseUrl, options.redisUrl),
    secretKey: options.secrets === null ? ('unset' as const) : ('set' as const),
  };
  const redis = await known(() => redisFacts(options.redisUrl));
  const opened = await known(options.openDatabase);
  if ('unknown' in opened) return { ...base, redis, database: opened, schema: opened, settings: opened };
  const db = opened.is;
  try {
    const database = await known(() => serverFacts(db));
    const schema = await known(() => schemaStatus(db));
    return { ...base, redis, database, schema, settings: await askSettings(db, schema, options) };
  } finally {
    await db.close();
  }
}

async function askSettings(
  db: Database,
  schema: Known<SchemaStatus>,
  options: AskOptions,
): Promise<CheckFacts['settings']> {
  if ('unknown' in schema) return schema;
  if (schema.is.missing.length > 0 || schema.is.newer.length > 0) return { unknown: 'the schema does not fit' };
  const { secrets } = options;
  if (secrets === null) return { unknown: 'SECRET_KEY is not set' };
  try {
    const settings = await loadSettings(db, secrets);
    return { is: settingsFacts(settings, options.credentials, options.now) };
  } catch (error) {
    return error instanceof SecretUnreadable ? { unreadable: error.message } : { unknown: reasonOf(error) };
  }
}
