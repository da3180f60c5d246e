import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { wantDetail } from '../../src/domain/store/after-sale-store.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { detailsHanded, shopsWithDetails, takeDetailsForRedis } from '../../src/domain/store/detail-dispatch-store.js';
import { type DispatchDeps, fillDetails, fillLanes, findMissing } from '../../src/producers/dispatch.js';
import { Queues } from '../../src/producers/queues.js';
import { redisOptions } from '../../src/redis.js';
import { startQueueWorker } from '../../src/workers/queue-worker.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anAccount, anEnv, aPicture, REAL_BOOK } from '../support/picture.js';
import { freshRedis } from '../support/redis.js';
import { ACCEPTED, Erp } from '../support/requests.js';
import { touching } from '../support/touching.js';
import { until } from '../support/until.js';

/** Two seconds of 20 a second: a window of 40. */
const ACCOUNT = anAccount({ rateLimit: { max: 20, perMs: 1_000 }, readRateLimit: { max: 20, perMs: 1_000 } });
const SETTINGS = aPicture({ accounts: [ACCOUNT] });
const WINDOW = 40;

let made: MigratedDatabase;
let db: Database;
let redisUrl: string;
let redis: Redis;
let queues: Queues;
let erp: Erp;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db, anEnv({ accounts: [ACCOUNT] }));
});
afterAll(() => made.close());

beforeEach(async () => {
  redisUrl = await freshRedis();
  redis = new Redis({ ...redisOptions(redisUrl, 'producer'), enableOfflineQueue: true });
  queues = new Queues(redis, () => undefined);
  await db.run(`UPDATE intercept SET state = 'expired' WHERE state <> 'expired'`);
  await db.run('UPDATE after_sale SET enrich_at = NULL, enrich_dispatched_at = NULL');
  await db.run(`UPDATE lane SET paused = 0, breaker = 'closed', breaker_until = NULL`);
});
afterEach(async () => {
  await queues.close();
  redis.disconnect();
});

const deps = (laterMs = 0, over: Partial<DispatchDeps> = {}): DispatchDeps => ({
  db,
  queues,
  book: REAL_BOOK,
  settings: () => SETTINGS,
  now: () => new Date(Date.now() + laterMs),
  log: () => undefined,
  ...over,
});

/** Ids of the jobs that a queue holds, whatever their state. */
async function jobs(kind: 'intercept' | 'probe' | 'enrich', of = LANE): Promise<string[]> {
  const queue = queues.all().find((q) => q.name === `${kind}-${of}`);
  const held = await queue?.getJobs(['waiting', 'prioritized', 'active', 'delayed']);
  return (held ?? []).map((job) => job.id ?? '').sort();
}

const named = (ids: readonly string[], dispatch: number) => ids.map((id) => `ic-${id}-${dispatch}`).sort();

describe('the lanes', () => {
  it('get a job for every row that has room, with nothing about the parcel in it (I21)', async () => {
    const ids = await erp.askForMany(5);
    expect(await fillLanes(deps())).toBe(false);
    expect(await jobs('intercept')).toEqual(named(ids, 1));
    const [queue] = queues.all();
    const [job] = (await queue?.getJobs(['prioritized'])) ?? [];
    expect(Object.keys(job?.data).sort()).toEqual(['dispatch', 'id']);
    expect(job?.opts).toMatchObject({ attempts: 1 });
  });

  it('hold no more than two seconds of their rate, so that Redis stays small and reordering cheap', async () => {
    await erp.askForMany(WINDOW + 15);
    for (let i = 0; i < 3; i += 1) await fillLanes(deps());
    expect(await jobs('intercept')).toHaveLength(WINDOW);
    const handed = await db.rows<{ id: string }>('SELECT id FROM intercept WHERE dispatched_at IS NOT NULL LIMIT 10');
    expect(handed).toHaveLength(10);
    await db.run(`UPDATE intercept SET state = 'withdrawn', dispatched_at = NULL WHERE id IN (?)`, [
      handed.map((h) => h.id),
    ]);
    await fillLanes(deps());
    expect(await db.rows('SELECT id FROM intercept WHERE dispatched_at IS NOT NULL')).toHaveLength(WINDOW);
  });

  it('get the nearest deadline first, so that what can still be stopped is', async () => {
    const at = (minutes: number) => ({ deadlineAt: new Date(Date.now() + minutes * 60_000) });
    const far = await erp.askForMany(WINDOW, at(600));
    const near = await erp.askForOne(at(30));
    await fillLanes(deps());
    const held = await jobs('intercept');
    expect(held).toContain(`ic-${near.id}-1`);
    expect(held.filter((id) => far.some((f) => id.includes(f)))).toHaveLength(WINDOW - 1);
    const [queue] = queues.all();
    const [next] = (await queue?.getJobs(['prioritized'], 0, 0, true)) ?? [];
    expect(next?.data.id).toBe(near.id);
  });

  it.each([
    {
      given: 'paused by a person sends nothing, and still follows what was asked',
      set: 'paused = 1',
      orders: 0,
      reads: 3,
    },
    { given: 'with an open breaker sends and asks nothing', set: `breaker = 'open'`, orders: 0, reads: 0 },
    {
      given: 'with a half open breaker tries one order and one read',
      set: `breaker = 'half_open'`,
      orders: 1,
      reads: 1,
    },
  ])('one $given', async ({ set, orders, reads }) => {
    for (let i = 0; i < 3; i += 1) await erp.accepted();
    await erp.askForMany(3);
    await db.run(`UPDATE lane SET ${set} WHERE id = ?`, [LANE]);
    for (let i = 0; i < 3; i += 1) await fillLanes(deps(60_000));
    expect(await jobs('intercept')).toHaveLength(orders);
    expect(await jobs('probe')).toHaveLength(reads);
  });

  it('do not hand a row over twice when two schedulers fill at once', async () => {
    const ids = await erp.askForMany(20);
    await Promise.all(Array.from({ length: 6 }, () => fillLanes(deps())));
    expect(await jobs('intercept')).toEqual(named(ids, 1));
  });

  it('get nothing of a disabled account', async () => {
    await erp.askForMany(2);
    const settings = aPicture({ accounts: [{ ...ACCOUNT, enabled: false }] });
    await fillLanes(deps(0, { settings: () => settings }));
    expect(await jobs('intercept')).toEqual([]);
  });
});

describe('what Redis lost', () => {
  it('is handed over again under another number, all of it, without a restart (I4, F21)', async () => {
    const accepted = await erp.accepted();
    const ids = await erp.askForMany(30);
    await fillLanes(deps(60_000));
    expect(await jobs('intercept')).toEqual(named(ids, 1));
    await redis.flushdb();
    expect(await findMissing(deps(120_000))).toBe(31);
    await fillLanes(deps(120_000));
    expect(await jobs('intercept')).toEqual(named(ids, 2));
    const { dispatch } = await erp.row(accepted.id);
    expect(await jobs('probe')).toEqual([`ic-${accepted.id}-${dispatch}`]);
  });

  it('includes an add that never arrived: the row is marked, and found to have no job', async () => {
    const { id } = await erp.askForOne();
    const away = new Redis({ host: '127.0.0.1', port: 1, enableOfflineQueue: false, retryStrategy: () => null });
    away.on('error', () => undefined);
    const unreachable = new Queues(away, () => undefined);
    await expect(fillLanes(deps(0, { queues: unreachable }))).rejects.toThrow();
    away.disconnect();
    expect(await findMissing(deps(10_000))).toBe(1);
    await fillLanes(deps(10_000));
    expect(await jobs('intercept')).toEqual([`ic-${id}-2`]);
  });

  it('includes a job that failed: its row is handed over anew, since MySQL says that it is still owed', async () => {
    const { id } = await erp.askForOne();
    await fillLanes(deps());
    let failed = 0;
    const worker = startQueueWorker(
      `intercept-${LANE}`,
      1,
      async () => {
        failed += 1;
        throw new Error('planted');
      },
      { connect: () => new Redis(redisUrl, { maxRetriesPerRequest: null }), onError: () => undefined },
    );
    await until(() => failed === 1, { what: 'the job to fail' });
    await worker.stop();
    expect(await findMissing(deps(10_000))).toBe(1);
    expect(await erp.row(id)).toMatchObject({ state: 'queued', dispatchedAt: null });
  });

  it('does not include what still has a job, nor what was handed over a moment ago', async () => {
    await erp.askForMany(3);
    await fillLanes(deps());
    expect(await findMissing(deps(3_600_000))).toBe(0);
    await redis.flushdb();
    expect(await findMissing(deps(1_000))).toBe(0);
  });

  it('does not include a row whose order is under way: its lease decides', async () => {
    const { id } = await erp.askForOne();
    const claim = await erp.claim(id);
    expect(await findMissing(deps(10_000))).toBe(0);
    await recordAnswer(db, claim, ACCEPTED, new Date());
    expect(await erp.row(id)).toMatchObject({ state: 'accepted' });
  });

  it('is found in one go also for the thousands of a lane without a limit, by a client that gives up after a second', async () => {
    const account = anAccount({ rateLimit: null, concurrency: 100 });
    const settings = () => aPicture({ accounts: [account] });
    await erp.askForMany(1);
    await db.run(
      `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, account_id, lane_id, channel, waybill_no, origin,
         request_id, state, reason, decision, deadline_at, deadline_source, next_at, created_at, updated_at)
       SELECT CONCAT('full-', seq), CONCAT('full-', seq), 1, 'dy-main', 'douyin', 'zto', 'zto-main', ?, 'carrier', seq, 'event',
         seq, 'queued', 'ready', '{}', NOW(3) + INTERVAL 1 DAY, 'forecast', NOW(3), NOW(3), NOW(3) FROM seq_1_to_1999`,
      [LANE],
    );
    await fillLanes(deps(0, { settings }));
    await redis.flushdb();
    expect(await findMissing(deps(10_000, { settings }))).toBe(2_000);
  });
});

describe('the details to be read', () => {
  async function owed(count: number): Promise<void> {
    await erp.askForMany(count);
    await db.run('UPDATE after_sale SET enrich_at = NOW(3) - INTERVAL 1 SECOND ORDER BY id DESC LIMIT ?', [count]);
  }

  it('get a job each, and another one when Redis lost it', async () => {
    await owed(3);
    await fillDetails(deps());
    const before = await jobs('enrich', 'dy-main');
    expect(before).toHaveLength(3);
    await redis.flushdb();
    expect(await findMissing(deps(10_000))).toBe(3);
    await fillDetails(deps(10_000));
    const again = await jobs('enrich', 'dy-main');
    expect(again).toHaveLength(3);
    expect(again.filter((id) => before.includes(id))).toEqual([]);
  });

  it('are read anew after a new event, under another number', async () => {
    await owed(1);
    await fillDetails(deps());
    const [job = ''] = await jobs('enrich', 'dy-main');
    const [, id = ''] = /^as-(.+)-\d+$/.exec(job) ?? [];
    await wantDetail(db, id, new Date(Date.now() - 1));
    await fillDetails(deps());
    expect(await jobs('enrich', 'dy-main')).toHaveLength(2);
  });

  it('stay in MySQL but for a small window: Redis does not grow with the backlog (design.md step 4)', async () => {
    await owed(120);
    for (let i = 0; i < 5; i += 1) await fillDetails(deps());
    expect(await jobs('enrich', 'dy-main')).toHaveLength(50);
  });

  it('cost the same to find and to take, however many wait', async () => {
    await db.run(
      `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, origin, facts, known_at, enrich_at, created_at, updated_at)
       SELECT CONCAT('owed-', seq), CONCAT('shop-', seq MOD 3), 'douyin', CONCAT('owed-', seq), 'event', '{}', NOW(3),
         NOW(3) - INTERVAL seq SECOND, NOW(3), NOW(3) FROM seq_1_to_9000`,
    );
    await db.run('ANALYZE TABLE after_sale');
    const now = new Date();
    const shops = await touching(db, (same) => shopsWithDetails(same, now));
    expect(shops.result).toEqual(['shop-0', 'shop-1', 'shop-2']);
    expect(shops.touched).toBeLessThan(100);
    const taken = await touching(db, (same) => takeDetailsForRedis(same, 'shop-1', 50, now));
    expect(taken.result[0]).toEqual({ id: 'owed-8998', dispatch: 1 });
    expect(taken.result).toHaveLength(50);
    expect(taken.touched).toBeLessThan(400);
    expect(await detailsHanded(db)).toEqual(new Map([['shop-1', 50]]));
    await db.run(`DELETE FROM after_sale WHERE id LIKE 'owed-%'`);
  });
});
