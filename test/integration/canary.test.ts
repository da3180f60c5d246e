import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { laneStates } from '../../src/domain/store/lane-store.js';
import { Queues } from '../../src/producers/queues.js';
import { redisOptions } from '../../src/redis.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';
import { LaneWorkers } from '../../src/workers/start-workers.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anAccount, aPicture, REAL_BOOK } from '../support/picture.js';
import { freshRedis } from '../support/redis.js';
import { until } from '../support/until.js';

let database: MigratedDatabase;
let redis: Redis;
let queues: Queues;
let workers: LaneWorkers;
const failed: string[] = [];

beforeAll(async () => {
  database = await migratedDatabase();
  const url = await freshRedis();
  redis = new Redis(redisOptions(url, 'producer'));
  queues = new Queues(redis, () => undefined);
  const settings = aPicture({ shops: [], accounts: [anAccount({ rateLimit: { max: 1, perMs: 60_000 } })] });
  workers = new LaneWorkers({
    db: database.db,
    redis,
    settings: () => settings,
    book: REAL_BOOK,
    now: () => new Date(),
    safeMode: false,
    wake: () => undefined,
    log: () => undefined,
    adapterOf: ({ carrier, credentials }) => {
      const plugin = carrierBySlug(carrier);
      return plugin ? plugin.create(plugin.manifest.credentials.parse(credentials)) : null;
    },
    laneState: () => null,
    enrich: async () => undefined,
    connect: () => new Redis(redisOptions(url, 'worker')),
    onError: (_queue, error) => failed.push(error.message),
  });
});
afterAll(async () => {
  await workers.stop();
  await queues.close();
  redis.disconnect();
  await database.close();
});

const canaryAt = async () => (await laneStates(database.db)).find(({ id }) => id === LANE)?.canaryAt ?? null;
const waiting = () => redis.llen(`jj:intercept-${LANE}:wait`);

describe('the canary of a lane', () => {
  it('waits in Redis, never more than one, while the lane has no worker', async () => {
    for (let n = 0; n < 3; n += 1) await queues.addCanary(LANE);
    expect(await waiting()).toBe(1);
    expect(await canaryAt()).toBeNull();
  });

  it('says in MySQL that a worker took it, and can go again at once', async () => {
    await workers.follow();
    const first = await until(canaryAt, { what: 'the first canary' });
    await until(async () => (await waiting()) === 0, { what: 'the queue to be empty' });
    await until(
      async () => {
        await queues.addCanary(LANE);
        return ((await canaryAt()) ?? first) > first;
      },
      { what: 'the second canary' },
    );
    expect(failed).toEqual([]);
  });

  it('made no attempt; a limit of one order a minute would have stopped the second', async () => {
    expect(await database.db.rows('SELECT id FROM attempt')).toEqual([]);
  });
});
