import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformAdapter } from '../../src/domain/platform/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { storeEvents } from '../../src/domain/store/inbox-store.js';
import { intakeStates } from '../../src/domain/store/intake-state-store.js';
import { GroupCommit } from '../../src/producers/http/group-commit.js';
import { runIntake } from '../../src/producers/intake.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { SocketIntake } from '../../src/producers/socket-intake.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPicture, aShop } from '../support/picture.js';
import { RIG_SECRETS } from '../support/test-key.js';
import { until } from '../support/until.js';
import { PINDUODUO_KEYS, pinduoduoRefund, startPinduoduo } from '../unit/sandbox/running-pinduoduo.js';
import { startTaobao, TAOBAO_KEYS, taobaoRefund } from '../unit/sandbox/running-taobao.js';
import type { Json, TwinUnderTest } from '../unit/sandbox/running-twins.js';

interface Platform {
  readonly slug: string;
  readonly platformShopId: string;
  readonly start: () => Promise<TwinUnderTest>;
  readonly refund: (refundId: string) => Json;
  readonly credentials: (baseUrl: string) => Readonly<Record<string, unknown>>;
}

const PLATFORMS: readonly Platform[] = [
  {
    slug: 'taobao',
    platformShopId: TAOBAO_KEYS.seller,
    start: () => startTaobao({ timeScale: 0.01 }),
    refund: taobaoRefund,
    credentials: (baseUrl) => {
      const { appKey, appSecret, accessToken } = TAOBAO_KEYS;
      return { appKey, appSecret, accessToken, messageUrl: `${baseUrl.replace('http', 'ws')}/` };
    },
  },
  {
    slug: 'pinduoduo',
    platformShopId: PINDUODUO_KEYS.mallId,
    start: () => startPinduoduo({ timeScale: 0.05 }),
    refund: pinduoduoRefund,
    credentials: (baseUrl) => {
      const { appKey, appSecret, accessToken } = PINDUODUO_KEYS;
      return { appKey, appSecret, accessToken, messageUrl: baseUrl.replace('http', 'ws') };
    },
  },
];

const EVENTS = 1_000;
const COUNT_WAIT_MS = 60_000;

describe.each(PLATFORMS)('the socket of $slug', ({ slug, platformShopId, start, refund, credentials }) => {
  let made: MigratedDatabase;
  let db: Database;
  let twin: TwinUnderTest;
  let running: SocketIntake[] = [];

  beforeEach(async () => {
    made = await migratedDatabase();
    db = made.db;
    twin = await start();
  });
  afterEach(async () => {
    for (const intake of running.splice(0)) await intake.stop();
    await twin.close();
    await made.close();
  });

  const shop = () => aShop({ platform: slug, platformShopId, credentials: credentials(twin.baseUrl) });
  const picture = () => aPicture({ shops: [shop()] });
  function platformOf(): PlatformAdapter | null {
    const plugin = platformBySlug(slug);
    return plugin?.create(plugin.manifest.credentials.parse(shop().credentials)) ?? null;
  }

  /** One process's part of the intake; `store` may refuse. */
  function process(holder: string, store = commit()): SocketIntake {
    const intake = new SocketIntake({
      db,
      settings: picture,
      platformOf,
      store: (rows) => store.store(rows),
      holder,
      backoffMs: () => 20,
      now: () => new Date(),
      log: () => undefined,
    });
    running.push(intake);
    return intake;
  }
  const commit = () => new GroupCommit({ insert: (rows) => storeEvents(db, rows) });

  async function emit(count: number, ratePerSecond: number): Promise<string> {
    const ids = Array.from({ length: count }, (_, i) => `70008931140${String(i + 1).padStart(7, '0')}7`);
    expect((await twin.control('POST', '/refunds', ids.map(refund))).status).toBe(201);
    const events = ids.map((refundId) => ({ refundId }));
    const { json } = await twin.control('POST', '/emit', { events, ratePerSecond, duplicates: 0.05 });
    return String(json.emitId);
  }
  const progress = async (emitId: string) => (await twin.control('GET', `/emit/${emitId}`)).json;
  const clients = async () => (await twin.control('GET', '/clients')).json.clients as readonly unknown[];
  const connected = (count: number) =>
    until(async () => (await clients()).length === count, { what: `${count} connections` });
  const countOf = async (table: string) =>
    Number((await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
  async function drained(): Promise<void> {
    const secrets = RIG_SECRETS;
    const deps = {
      db,
      secrets,
      settings: picture,
      env: () => anEnv({ shops: [shop()] }),
      platformOf,
      carrierOf: () => null,
    };
    // A message told again that is just being kept a second time is locked, and passed over.
    const isEmpty = async () => {
      await runIntake({ ...deps, now: () => new Date(), log: () => undefined });
      return (await db.rows(`SELECT id FROM inbox WHERE status = 'new' LIMIT 1`)).length === 0;
    };
    await until(isEmpty, { what: 'the inbox to be drained' });
  }

  it('cut in the middle of 1,000 events loses none and doubles none', async () => {
    await process('a').follow();
    await connected(1);
    const emitId = await emit(EVENTS, 2_000);
    for (const share of [0.25, 0.5, 0.75]) {
      const reached = async () => Number((await progress(emitId)).sent) >= EVENTS * share;
      await until(reached, { what: `${share} of the events`, timeoutMs: COUNT_WAIT_MS });
      await twin.control('POST', '/disconnect', { how: share === 0.5 ? 'close' : 'reset' });
    }
    const done = async () => (await progress(emitId)).done === true;
    await until(done, { what: 'every message to be confirmed', timeoutMs: COUNT_WAIT_MS });
    expect((await progress(emitId)).acknowledged).toBe((await progress(emitId)).deliveries);
    await drained();
    expect(await countOf('after_sale')).toBe(EVENTS);
    expect(await db.rows('SELECT event_id FROM inbox GROUP BY source, event_id HAVING COUNT(*) > 1')).toEqual([]);
    expect(await db.rows(`SELECT id, reason FROM inbox WHERE status <> 'done'`)).toEqual([]);
  });

  it('confirms nothing that is not durable: what the database refused comes again, to whoever can keep it', async () => {
    let refusing = true;
    const away = new GroupCommit({
      insert: (rows) => (refusing ? Promise.reject(new Error('the database is away')) : storeEvents(db, rows)),
    });
    await process('a', away).follow();
    await connected(1);
    const emitId = await emit(20, 1_000);
    await until(async () => Number((await progress(emitId)).sent) >= 20, { what: 'the messages to be told' });
    expect((await progress(emitId)).acknowledged).toBe(0);
    refusing = false;
    const done = async () => (await progress(emitId)).done === true;
    await until(done, { what: 'the messages to be confirmed', timeoutMs: COUNT_WAIT_MS });
    await drained();
    expect(await countOf('after_sale')).toBe(20);
  });

  it('is open once over all processes, and is another’s when its holder stops', async () => {
    const [first, second] = [process('a'), process('b')];
    await first.follow();
    await second.follow();
    await connected(1);
    await first.stop();
    await second.follow();
    await connected(1);
    const emitId = await emit(10, 1_000);
    await until(async () => (await progress(emitId)).done === true, { what: 'the messages over the second' });
    expect(await countOf('inbox')).toBeGreaterThanOrEqual(10);
  });

  it('tells for each shop whether it is up, and since when it is not', async () => {
    await process('a').follow();
    const state = async () => (await intakeStates(db)).find(({ door }) => door === 'socket');
    await until(async () => (await state())?.lastOkAt != null, { what: 'the connection to be noted' });
    await twin.control('POST', '/disconnect', { refuseForMs: 60_000 });
    await until(async () => (await state())?.failedSince != null, { what: 'the cut to be noted' });
    expect((await state())?.lastError).toBeTruthy();
  });

  it('keeps the message of a seller nobody has configured, dead with its reason, and reads it once he is', async () => {
    const settings = aPicture({ shops: [{ ...shop(), platformShopId: '1' }] });
    const intake = new SocketIntake({
      db,
      settings: () => settings,
      platformOf,
      store: (rows) => commit().store(rows),
      holder: 'a',
      backoffMs: () => 20,
      now: () => new Date(),
      log: () => undefined,
    });
    running = [...running, intake];
    await intake.follow();
    await connected(1);
    const emitId = await emit(1, 10);
    await until(async () => (await progress(emitId)).done === true, { what: 'the message to be confirmed' });
    const deps = {
      db,
      secrets: RIG_SECRETS,
      env: () => anEnv(),
      platformOf,
      carrierOf: () => null,
      now: () => new Date(),
      log: () => undefined,
    };
    await runIntake({ ...deps, settings: () => settings });
    expect(await db.rows('SELECT DISTINCT status, reason FROM inbox')).toEqual([
      { status: 'dead', reason: `no shop is configured for seller ${platformShopId}; add it, then replay` },
    ]);
    await db.run(`UPDATE inbox SET status = 'new', due_at = NOW(3)`);
    await drained();
    expect(await countOf('after_sale')).toBe(1);
  });
});
