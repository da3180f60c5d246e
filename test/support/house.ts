import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { stringify } from 'yaml';
import { Database } from '../../src/domain/store/database.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { freePort } from './free-port.js';
import { freshRedis } from './redis.js';
import { startTwinProcess, type TwinProcess } from './twin-process.js';
import { until } from './until.js';

const CLI = resolve(__dirname, '../../dist/src/cli.js');
/** What both twins sign with, and expect. */
export const KEYS = {
  zto: { appKey: 'zk', appSecret: 'zs' },
  douyin: { appKey: 'dk', appSecret: 'ds', accessToken: 'dt' },
};

/** Servers of its own, under whose owner the house migrates and under whose lesser accounts it then lives. */
export interface HouseServices {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Makes the lesser accounts once there are tables. */
  readonly restrict: (grants: string) => Promise<{ readonly databaseUrl: string; readonly redisUrl: string }>;
}

/** What we call a house's shop, by its index. */
export const shopId = (index: number): string => (index === 0 ? 'dy-main' : `dy-${index + 1}`);
/** What the platform calls it. */
export const platformShopId = (index: number): string => String(10_437_917 + index);

export interface HouseOptions {
  readonly services?: HouseServices;
  /** More of the environment of every process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: Record<string, unknown>;
  readonly policy?: Record<string, unknown>;
  readonly shop?: Record<string, unknown>;
  /** Shops of the same seller, all alike; default one. */
  readonly shops?: number;
  /** How many of the shops, from the first, let their refunds be agreed when the policy says so; default none (R76). */
  readonly agreeing?: number;
  /** Servers other than those of the run. The house looks at them directly, its processes go through what stands between. */
  readonly servers?: {
    readonly direct: { readonly databaseUrl: string; readonly redisUrl: string };
    readonly between: { readonly databaseUrl: string; readonly redisUrl: string };
  };
  /** Where the processes find the courier whose twin is at this address; default: there. */
  readonly courierBehind?: (baseUrl: string) => Promise<string>;
}

/** One process of Jiejian, started by its command. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * The whole product as its users run it: the command line, processes by role, the twins of Douyin and ZTO, a database
 * and a Redis of its own. Nothing in it is replaced. `close` ends everything by pid.
 */
export class House {
  private readonly processes: Running[] = [];
  /** The command line that everything from now on is run by; a test that deploys another version sets it. */
  program = CLI;

  private constructor(
    readonly db: Database,
    readonly redis: Redis,
    readonly zto: TwinProcess,
    readonly douyin: TwinProcess,
    readonly url: string,
    private readonly dir: string,
    private readonly fresh: Pick<FreshDatabase, 'drop'>,
    private readonly env: Record<string, string>,
    private token: string,
    private readonly ztoUrl: string,
  ) {}

  static async open(options: HouseOptions = {}): Promise<House> {
    const dir = await mkdtemp(join(tmpdir(), 'jiejian-house-'));
    const { services } = options;
    const { databaseUrl, redisUrl, between, drop } = services
      ? { ...services, between: services, drop: async () => undefined }
      : await servicesOf(options);
    const twin = (program: string, keys: Record<string, string>) =>
      startTwinProcess(program, [
        '--port',
        '0',
        '--ledger',
        join(dir, `${program.replace('/', '-')}.jsonl`),
        '--end-with-parent',
        ...Object.entries(keys).flatMap(([name, value]) => [
          `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
          value,
        ]),
      ]);
    const [zto, douyin] = await Promise.all([twin('couriers/zto', KEYS.zto), twin('platforms/douyin', KEYS.douyin)]);
    const port = await freePort();
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      LANG: 'en',
      DATABASE_URL: between.databaseUrl,
      REDIS_URL: between.redisUrl,
      SECRET_KEY: randomBytes(32).toString('base64'),
      PORT: String(port),
      LOG_LEVEL: 'info',
      ...options.env,
    };
    const db = await Database.open({ url: databaseUrl, poolSize: 4 });
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    const ztoUrl = (await options.courierBehind?.(zto.baseUrl)) ?? zto.baseUrl;
    const house = new House(db, redis, zto, douyin, `http://127.0.0.1:${port}`, dir, { drop }, env, '', ztoUrl);
    await house.cli(['migrate']);
    if (services) {
      const lesser = await services.restrict(await house.cli(['grants', '--app', 'jiejian_app@127.0.0.1']));
      env.DATABASE_URL = lesser.databaseUrl;
      env.REDIS_URL = lesser.redisUrl;
    }
    await house.apply(options);
    const made = await house.cli([
      'token',
      'create',
      '--name',
      'erp',
      '--scopes',
      'intercepts:read,intercepts:write,money:read,config:read',
      '--json',
    ]);
    house.token = (JSON.parse(made) as { token: string }).token;
    await house.control(zto, 'config', { callbackUrl: `${house.url}/callbacks/zto/zto-main`, pushTracks: 'all' });
    return house;
  }

  /** Applies the configuration that these options mean. */
  async apply(options: HouseOptions): Promise<void> {
    const file = join(this.dir, 'jiejian.yaml');
    await writeFile(file, this.configuration(options));
    await this.cli(['apply', file]);
  }

  private configuration({ account, policy, shop, shops = 1, agreeing = 0 }: HouseOptions): string {
    const signed = { crossBorder: false, status: 'active', agreementSignedAt: '2024-11-18T00:00:00+08:00' };
    return stringify({
      shops: Array.from({ length: shops }, (_, index) => ({
        id: shopId(index),
        platform: 'douyin',
        platformShopId: platformShopId(index),
        name: '示例旗舰店',
        ...signed,
        baseUrl: this.douyin.baseUrl,
        credentials: KEYS.douyin,
        policy: 'default',
        mode: 'auto',
        autoFrom: '2020-01-01T00:00:00Z',
        carrierAliases: { zhongtong: 'zto' },
        refundMode: index < agreeing ? 'auto' : 'off',
        ...shop,
      })),
      carrierAccounts: [
        {
          id: 'zto-main',
          carrier: 'zto',
          shops: '*',
          baseUrl: this.ztoUrl,
          credentials: { ...KEYS.zto, noInterceptCodes: ['E23102'] },
          rateLimit: null,
          readRateLimit: null,
          timeoutMs: 1_000,
          ...account,
        },
      ],
      tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
      policies: [{ id: 'default', auto: true, ...policy }],
    });
  }

  /** Runs one command to its end; its standard output. Rejects when it fails. */
  async cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const child = spawn(process.execPath, [this.program, ...args], { env: { ...this.env, ...env }, cwd: this.dir });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    const text = Buffer.concat(out).toString();
    if (code !== 0)
      throw new Error(`jiejian ${args.join(' ')} ended with ${code}: ${text}${Buffer.concat(complaints)}`);
    return text;
  }

  /** Starts a process with these roles; resolves when it says that it has started. */
  async start(roles = 'web,worker,scheduler', env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const child = spawn(process.execPath, [this.program, 'start', '--roles', roles], {
      env: { ...this.env, ...env },
      cwd: this.dir,
    });
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.length > 400_000) said = said.slice(-200_000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const ended = once(child, 'close');
    const running: Running = {
      child,
      output: () => said,
      async end(signal) {
        if (child.exitCode === null && child.signalCode === null) child.kill(signal);
        await ended;
      },
    };
    this.processes.push(running);
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    await until(() => said.includes('"started"') || hasEnded(), { what: `${roles} to start`, timeoutMs: 60_000 }).catch(
      (error: unknown) => {
        throw new Error(`${roles} did not start: ${said.slice(-2_000)}`, { cause: error });
      },
    );
    if (hasEnded()) throw new Error(`${roles} ended at its start with ${child.exitCode}: ${said.slice(-2_000)}`);
    return running;
  }

  /** A call to a twin's control API. */
  async control<T>(twin: TwinProcess, path: string, body?: unknown): Promise<T> {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${twin.baseUrl}/_twin/${path}`, body === undefined ? {} : post);
    if (!response.ok) throw new Error(`twin ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A call to the product's own API. */
  async api<T>(path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}${path}`, body === undefined ? { headers } : post);
    return { status: response.status, body: (await response.json()) as T };
  }

  /** How many orders the courier really took, and whether any was taken twice: its own fsynced ledger says. */
  ztoSummary(): Promise<{
    creates: number;
    accepted: number;
    repeated: number;
    duplicateAccepts: number;
    interceptedWaybills: number;
    cancelled: number;
  }> {
    return this.control(this.zto, 'summary');
  }

  /** Every invariant over the database, as users check them. */
  async verify(): Promise<void> {
    const { violations } = JSON.parse(await this.cli(['verify', '--json'])) as { violations: unknown[] };
    if (violations.length > 0) throw new Error(`invariants broken: ${JSON.stringify(violations)}`);
  }

  /** Kills every process of the product. */
  async endAll(): Promise<void> {
    await Promise.all(this.processes.splice(0).map((running) => running.end('SIGKILL')));
  }

  async close(): Promise<void> {
    await this.endAll();
    await Promise.all([this.zto.end('SIGTERM'), this.douyin.end('SIGTERM')]);
    this.redis.disconnect();
    await this.db.close();
    await this.fresh.drop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Servers as they were given, or a database and a Redis of the run's. */
async function servicesOf({ servers }: HouseOptions): Promise<{
  databaseUrl: string;
  redisUrl: string;
  between: { databaseUrl: string; redisUrl: string };
  drop: () => Promise<void>;
}> {
  if (servers) return { ...servers.direct, between: servers.between, drop: async () => undefined };
  const fresh = await freshDatabase();
  const urls = { databaseUrl: fresh.url, redisUrl: await freshRedis() };
  return { ...urls, between: urls, drop: () => fresh.drop() };
}
