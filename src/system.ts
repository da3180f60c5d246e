import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { CarrierBook } from './domain/carrier/book.js';
import type { CarrierAdapter } from './domain/carrier/port.js';
import type { PlatformAdapter } from './domain/platform/port.js';
import { Chances } from './domain/scorecard/chance.js';
import { createSecrets, type Secrets } from './domain/secrets/secrets.js';
import type { Features } from './domain/settings/features.js';
import type { AccountSettings, Settings, ShopSettings } from './domain/settings/settings.js';
import { type SettingsWatch, watchSettings } from './domain/settings/watch.js';
import { loadChances } from './domain/store/chance-store.js';
import { Database } from './domain/store/database.js';
import { databaseClock } from './domain/store/database-clock.js';
import type { HandOver } from './domain/store/hand-over.js';
import type { JudgeEnv } from './domain/store/judgement.js';
import { loadRoadTimes } from './domain/store/road-time-store.js';
import { configVersion, loadSettings } from './domain/store/settings-store.js';
import type { RoadTimes } from './domain/tracking/road-time.js';
import { createLog } from './log.js';
import { LogOutput } from './log-output.js';
import { channelBySlug, PLATFORMS, platformBySlug } from './producers/platforms/index.js';
import { Queues } from './producers/queues.js';
import { QuietLanes } from './producers/quiet-lanes.js';
import { redisOptions } from './redis.js';
import { CARRIERS, carrierBySlug } from './workers/carriers/index.js';

/** What a process was given to run with. */
export interface StartOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly secretKey: string;
}

/** The parts that every role shares: connections, settings, adapters, log, clock, and the bell that wakes loops. */
export interface System {
  readonly config: Config;
  readonly db: Database;
  readonly secrets: Secrets;
  /** Commands only; fails fast. */
  readonly redis: Redis;
  readonly queues: Queues;
  /** Where rows may go straight to Redis; only a process that also fills lanes learns it. */
  readonly quiet: QuietLanes;
  readonly settings: () => Settings;
  readonly env: () => JudgeEnv;
  /** The same for judgements that give away what they make ready. */
  readonly handOver: HandOver;
  readonly book: CarrierBook;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  readonly carrierOf: (accountId: string) => CarrierAdapter | null;
  /** The same with the credentials before, while these count: to verify what comes in, never to call (S5). */
  readonly former: {
    readonly platformOf: (shopId: string) => PlatformAdapter | null;
    readonly carrierOf: (accountId: string) => CarrierAdapter | null;
  };
  readonly connectWorker: () => Redis;
  readonly now: () => Date;
  readonly log: Logger;
  readonly note: (event: string, fields: Record<string, unknown>) => void;
  readonly bell: Bell;
  close(): Promise<void>;
}

export type Call = 'intake' | 'judge' | 'dispatch' | 'details' | 'settings';

/** Wakes whoever listens in this process. A call that nobody hears is lost, and costs only the listener's own interval. */
export class Bell {
  private readonly listeners = new Map<Call, Set<() => void>>();

  on(call: Call, listener: () => void): void {
    const set = this.listeners.get(call) ?? new Set();
    this.listeners.set(call, set.add(listener));
  }

  ring(call: Call): void {
    for (const listener of this.listeners.get(call) ?? []) listener();
  }
}

/** The facts of what is plugged in, as the domain reads them. */
export const BOOK: CarrierBook = {
  manifest: (slug) => (carrierBySlug(slug) ?? channelBySlug(slug))?.manifest ?? null,
  slugs: new Set(
    CARRIERS.flatMap(({ manifest: { slug, serves } }) => (serves === undefined ? [slug] : Object.keys(serves))),
  ),
  canReread: (platform) => platformBySlug(platform)?.manifest.doors.detail ?? false,
  channelOf: (platform) => platformBySlug(platform)?.channel?.manifest.slug ?? null,
  platformAliases: (platform) => platformBySlug(platform)?.manifest.carrierAliases ?? {},
};

/** Adapters by id, made once per version of the settings: their credentials are parsed, not asked for again. */
function adaptersBy<T>(
  settings: () => Settings,
  make: (settings: Settings, id: string) => T | null,
): (id: string) => T | null {
  let version = Number.NaN;
  let made = new Map<string, T>();
  return (id) => {
    const now = settings();
    if (now.version !== version) {
      version = now.version;
      made = new Map();
    }
    const known = made.get(id);
    if (known !== undefined) return known;
    const fresh = make(now, id);
    // Only what exists is kept: ids that strangers make up must not fill the memory.
    if (fresh !== null) made.set(id, fresh);
    return fresh;
  };
}

function platformAdapter(shop: ShopSettings | undefined): PlatformAdapter | null {
  const plugin = shop?.enabled ? platformBySlug(shop.platform) : undefined;
  const credentials = plugin?.manifest.credentials.safeParse(shop?.credentials);
  return plugin && credentials?.success ? plugin.create(credentials.data) : null;
}

const carrierAdapter = (account: AccountSettings | undefined) => (account?.enabled ? adapterOf(account) : null);

type WithCredentials = Pick<ShopSettings, 'credentials' | 'former'>;

/** A row as it was before its credentials were replaced; undefined: they never were, or their time is over. */
function asBefore<T extends WithCredentials>(row: T | undefined, now: Date): T | undefined {
  return row?.former && row.former.until > now ? { ...row, credentials: row.former.credentials } : undefined;
}

/** The adapter of a courier account or of a platform's channel; null: its credentials do not fit. */
export function adapterOf(account: AccountSettings): CarrierAdapter | null {
  const plugin = carrierBySlug(account.carrier) ?? channelBySlug(account.carrier);
  const credentials = plugin?.manifest.credentials.safeParse(account.credentials);
  return plugin && credentials?.success ? plugin.create(credentials.data) : null;
}

const LEARNT_MS = 60_000;
const STANDARD_OUTPUT = 1;

/** What was learnt, read anew each minute; what cannot be read stays as it was. */
async function follow<T>(load: () => Promise<T>, nothing: T): Promise<{ now(): T; stop(): void }> {
  let known: T = await load().catch(() => nothing);
  const timer = setInterval(() => {
    load().then(
      (fresh) => {
        known = fresh;
      },
      () => undefined,
    );
  }, LEARNT_MS);
  timer.unref();
  return { now: () => known, stop: () => clearInterval(timer) };
}

/** Opens connections and reads the settings. Throws when the database cannot be reached. */
export async function openSystem(options: StartOptions): Promise<System> {
  const { config } = options;
  const output = new LogOutput(STANDARD_OUTPUT);
  process.once('exit', () => output.flush());
  const log = createLog(config.logLevel, output);
  const note = (event: string, fields: Record<string, unknown>) => log.info({ event, ...fields }, event);
  const db = await Database.open({ url: options.databaseUrl, poolSize: 24 });
  const clock = await databaseClock(db);
  const secrets = createSecrets(options.secretKey, config.previousSecretKey);
  const bell = new Bell();
  const watch: SettingsWatch = await watchSettings({
    load: () => loadSettings(db, secrets),
    version: () => configVersion(db),
    everyMs: 500,
    onChange: () => bell.ring('settings'),
    onError: (error) => log.warn({ event: 'settings.unread', why: String(error) }, 'settings could not be read'),
  });
  const roads = await follow<ReadonlyMap<string, RoadTimes>>(() => loadRoadTimes(db), new Map());
  const chances = await follow(async () => new Chances(await loadChances(db)), new Chances([]));
  const book: CarrierBook = {
    ...BOOK,
    roadTimes: (carrier) => roads.now().get(carrier) ?? null,
    chance: (carrier, hour, station) => chances.now().of(carrier, hour, station),
  };
  const redis = new Redis(redisOptions(options.redisUrl, 'producer'));
  redis.on('error', (error) => log.debug({ event: 'redis.error', why: error.message }, 'redis'));
  const settings = () => watch.current();
  const queues = new Queues(redis, (queue, error) =>
    log.debug({ event: 'queue.error', queue, why: error.message }, 'queue'),
  );
  const env = () => ({ settings: settings(), book });
  const quiet = new QuietLanes({ queues, now: () => clock.now(), log: note });
  return {
    config,
    db,
    secrets,
    redis,
    queues,
    quiet,
    settings,
    env,
    handOver: {
      env: () => ({ ...env(), mayGoStraight: quiet.take }),
      async onReady({ straight, waits }) {
        if (waits) bell.ring('dispatch');
        await quiet.add(straight);
      },
    },
    book,
    platformOf: adaptersBy(settings, ({ shops }, id) => platformAdapter(shops.get(id))),
    carrierOf: adaptersBy(settings, ({ accounts }, id) => carrierAdapter(accounts.get(id))),
    // Made for the few messages that the present ones refuse: a picture of the settings outlives the time of a key.
    former: {
      platformOf: (id) => platformAdapter(asBefore(settings().shops.get(id), clock.now())),
      carrierOf: (id) => carrierAdapter(asBefore(settings().accounts.get(id), clock.now())),
    },
    connectWorker: () => new Redis(redisOptions(options.redisUrl, 'worker')),
    now: () => clock.now(),
    log,
    note,
    bell,
    async close() {
      watch.stop();
      clock.stop();
      roads.stop();
      chances.stop();
      await queues.close().catch(() => undefined);
      redis.disconnect();
      await db.close();
    },
  };
}

/** The credential schemas that `apply` and `doctor` check against. */
export const CREDENTIALS = {
  platforms: Object.fromEntries(PLATFORMS.map((p) => [p.manifest.slug, p.manifest.credentials])),
  carriers: Object.fromEntries(CARRIERS.map((c) => [c.manifest.slug, c.manifest.credentials])),
};

/** What a row of the configuration may ask of them. */
export const FEATURES: Features = {
  platforms: Object.fromEntries(
    PLATFORMS.map(({ manifest: { slug, doors }, channel }) => [slug, { doors, hasChannel: channel !== undefined }]),
  ),
  carriers: Object.fromEntries(CARRIERS.map(({ manifest }) => [manifest.slug, manifest])),
};
