import { Redis } from 'ioredis';
import { Loop } from '../../src/domain/loop.js';
import type { Database } from '../../src/domain/store/database.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { fillLanes } from '../../src/producers/dispatch.js';
import { Queues } from '../../src/producers/queues.js';
import { redisOptions } from '../../src/redis.js';
import { adapterOf } from '../../src/system.js';
import { LaneWorkers } from '../../src/workers/start-workers.js';

const DISPATCH_MS = 100;

/** The real dispatcher and the real workers of the bench's lane, in this process. */
export interface LaneRun {
  /** Like the bell after a judgement: the dispatcher looks at once. */
  wake(): void;
  /** What went wrong on the way; a run with any is not a result. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

export async function runLane(db: Database, redisUrl: string, env: JudgeEnv): Promise<LaneRun> {
  const failures: string[] = [];
  const fail = (where: string, error: unknown) => failures.push(`${where}: ${String(error)}`);
  const redis = new Redis({ ...redisOptions(redisUrl, 'producer'), enableOfflineQueue: true });
  const queues = new Queues(redis, fail);
  const settings = () => env.settings;
  const now = () => new Date();
  const lanes = new Loop(
    'lanes',
    DISPATCH_MS,
    () => fillLanes({ db, queues, settings, book: env.book, now, log: () => undefined }),
    fail,
  );
  const workers = new LaneWorkers({
    db,
    redis,
    settings,
    book: env.book,
    now,
    safeMode: false,
    wake: () => lanes.wake(),
    log: () => undefined,
    adapterOf,
    laneState: () => null,
    connect: () => new Redis(redisOptions(redisUrl, 'worker')),
    onError: fail,
    enrich: async () => undefined,
  });
  await workers.follow();
  return {
    wake: () => lanes.wake(),
    failures,
    async stop() {
      await lanes.stop();
      await workers.stop();
      await queues.close();
      redis.disconnect();
    },
  };
}
