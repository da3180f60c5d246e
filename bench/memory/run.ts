import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Database, type SqlValue } from '../../src/domain/store/database.js';
import { fillLanes } from '../../src/producers/dispatch.js';
import { Queues } from '../../src/producers/queues.js';
import { redisOptions } from '../../src/redis.js';
import type { Findings } from '../rig/report.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { ACCOUNT_ID, benchEnv, LANE_ID } from '../rig/settings.js';

const BACKLOGS = [1_000, 10_000, 100_000] as const;
/** Of a plain queue no more than this: a million jobs take 1.2 GB. */
const PLAIN_MOST = 100_000;
const LANES = [
  { name: 'Jiejian, 20 a second', rateLimit: { max: 20, perMs: 1_000 } },
  { name: 'Jiejian, no limit', rateLimit: null },
] as const;
/** What a plain queue carries with each job: the order to the courier. */
const PAYLOAD = 'x'.repeat(507);

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}

/** Rows that wait at the bench's lane, written straight into the table. */
async function backlog(db: Database, count: number): Promise<void> {
  const now = new Date();
  for (let from = 0; from < count; from += 2_000) {
    const rows = Array.from({ length: Math.min(2_000, count - from) }, (_, n): SqlValue[] => {
      const id = `m-${from + n}`;
      const deadline = new Date(now.getTime() + 86_400_000 + (from + n) * 10);
      const decided = ['queued', 'ready', 8_900, '{}', deadline, 'forecast', now, now, now];
      return [id, id, 1, 'shop', 'generic', 'zto', ACCOUNT_ID, LANE_ID, 'carrier', id, 'event', id, ...decided];
    });
    await db.run(
      `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, account_id, lane_id, channel, waybill_no,
         origin, request_id, state, reason, value_fen, decision, deadline_at, deadline_source, next_at, created_at, updated_at)
       VALUES ?`,
      [rows],
    );
  }
}

interface Held {
  readonly variant: string;
  readonly backlog: number;
  readonly jobs: number;
  readonly bytes: number;
}

async function plainQueue(redis: Redis, count: number): Promise<Held> {
  const before = await usedMemory(redis);
  const plain = new Queue('plain', { connection: redis });
  for (let from = 0; from < count; from += 500) {
    await plain.addBulk(
      Array.from({ length: 500 }, (_, n) => ({ name: 'send', data: { id: `p-${from + n}`, body: PAYLOAD } })),
    );
  }
  const bytes = (await usedMemory(redis)) - before;
  await plain.close();
  return { variant: 'BullMQ, a job a row', backlog: count, jobs: count, bytes };
}

/** Redis bytes for a backlog: of a plain queue, which holds all of it, and of Jiejian, which holds a window. */
export async function benchMemory(services: BenchServices, small: boolean, most: number | null): Promise<Findings> {
  const raw: Held[] = [];
  const redis = new Redis(redisOptions(services.redisUrl, 'worker'));
  for (const count of small ? BACKLOGS.slice(0, 2) : [...BACKLOGS, most ?? 1_000_000]) {
    await emptyServices(services, true);
    if (count <= PLAIN_MOST) raw.push(await plainQueue(redis, count));
    const db = await Database.open({ url: services.databaseUrl, statementTimeoutMs: 600_000 });
    await backlog(db, count);
    for (const { name, rateLimit } of LANES) {
      await redis.flushdb();
      await db.run('UPDATE intercept SET dispatched_at = NULL');
      const before = await usedMemory(redis);
      const env = benchEnv({ shops: ['shop'], rateLimit, concurrency: 10, baseUrl: null });
      const queues = new Queues(redis, () => undefined);
      const deps = {
        db,
        queues,
        settings: () => env.settings,
        book: env.book,
        now: () => new Date(),
        log: () => undefined,
      };
      for (let i = 0; i < 3; i += 1) await fillLanes(deps);
      const [handed] = await db.rows<{ n: number }>(
        'SELECT COUNT(*) AS n FROM intercept WHERE dispatched_at IS NOT NULL',
      );
      raw.push({ variant: name, backlog: count, jobs: handed?.n ?? 0, bytes: (await usedMemory(redis)) - before });
      await queues.close();
    }
    await db.close();
  }
  redis.disconnect();
  return {
    bench: 'memory',
    columns: ['variant', 'backlog', 'jobs in Redis', 'Redis KB', 'bytes per waiting intercept'],
    rows: raw.map((r) => [r.variant, r.backlog, r.jobs, r.bytes / 1_024, r.bytes / r.backlog]),
    notes: ['used_memory of a private Redis after the fill, less what it was before'],
    raw,
  };
}
