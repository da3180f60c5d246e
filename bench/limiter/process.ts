import { Redis } from 'ioredis';
import { slotsFor } from '../../src/workers/limiter.js';
import { given } from '../rig/child.js';

export interface LimiterRun {
  readonly redisUrl: string;
  readonly lane: string;
  readonly max: number;
  readonly perMs: number;
  /** All processes start at this moment, ms since 1970. */
  readonly startAt: number;
  readonly forMs: number;
  readonly takers: number;
}

/** Takes slots of one lane as fast as they are given; prints the moment of each, µs of the clock that processes share. */
const run = given<LimiterRun>();
const redis = new Redis(run.redisUrl, { maxRetriesPerRequest: null });
await redis.ping();
const slots = slotsFor(redis, run.lane, 'orders', () => ({ max: run.max, perMs: run.perMs }));
await new Promise((resolve) => setTimeout(resolve, Math.max(0, run.startAt - Date.now())));
const endAt = performance.now() + run.forMs;
const moments: number[] = [];
const take = async () => {
  while (await slots.take(endAt)) moments.push(Number(process.hrtime.bigint() / 1_000n));
};
await Promise.all(Array.from({ length: run.takers }, take));
redis.disconnect();
process.stdout.write(JSON.stringify(moments));
