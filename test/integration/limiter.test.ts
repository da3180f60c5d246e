import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { RateLimit } from '../../src/domain/settings/settings.js';
import { type Slots, slotsFor } from '../../src/workers/limiter.js';
import { freshRedis } from '../support/redis.js';
import { until } from '../support/until.js';

const PROGRAM = join(import.meta.dirname, '../support/limiter-process.mjs');
/** How far ahead slots are reserved, and how late a slot may be used: what was reserved before a loss may still go. */
const RESERVED_MS = 500 + 15 + 10;

let url: string;
let redis: Redis;
let lane: string;
let n = 0;

beforeAll(async () => {
  url = await freshRedis();
  redis = new Redis(url);
});
afterAll(() => redis.disconnect());
beforeEach(() => {
  n += 1;
  lane = `zto-limited-${n}`;
});

/** Moments of the slots that one process took, ms of the machine's clock. */
async function takenByAProcess(limit: RateLimit, forMs: number): Promise<number[]> {
  const args = [PROGRAM, url, lane, limit.max, limit.perMs, forMs, 5].map(String);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(code).toBe(0);
  return out
    .trim()
    .split('\n')
    .map((ns) => Number(BigInt(ns) / 1_000n) / 1_000);
}

async function takenByTwo(limit: RateLimit, forMs: number): Promise<number[]> {
  const both = await Promise.all([takenByAProcess(limit, forMs), takenByAProcess(limit, forMs)]);
  for (const moments of both) expect(moments.length).toBeGreaterThan(0);
  return both.flat().sort((a, b) => a - b);
}

const nowMs = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;

/** The most moments in any sliding window of that length. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  moments.forEach((at, i) => {
    while (at - (moments[first] ?? at) >= windowMs) first += 1;
    most = Math.max(most, i - first + 1);
  });
  return most;
}

/** The share of the limit used in the best stretch of three seconds: what else the machine does is not the limiter's. */
function bestUseOf(moments: readonly number[], limit: RateLimit): number {
  const fullest = mostWithin(moments, 3_000);
  return fullest / ((3_000 / limit.perMs) * limit.max);
}

describe('the count of a sliding window', () => {
  it('finds the fullest one, wherever it begins', () => {
    expect(mostWithin([0, 100, 900, 950, 999, 1_500], 1_000)).toBe(5);
    expect(mostWithin([0, 1_000, 2_000], 1_000)).toBe(1);
  });
});

describe('the slots of a lane, taken by two processes', () => {
  const limit = { max: 20, perMs: 1_000 };

  it('are never more than the limit in any sliding second, and nearly all of it is used (I19)', async () => {
    // The bound holds always; a machine that is busy with other things may keep a run from its full use, not three.
    let use = 0;
    for (let run = 0; run < 3 && use < 0.95; run += 1) {
      const moments = await takenByTwo(limit, 7_000);
      expect(mostWithin(moments, limit.perMs)).toBeLessThanOrEqual(limit.max);
      use = Math.max(use, bestUseOf(moments, limit));
    }
    expect(use).toBeGreaterThanOrEqual(0.95);
  });

  it('stay within the limit when Redis forgets them in the middle: one period passes before the next (F21)', async () => {
    const taking = takenByTwo(limit, 6_500);
    await until(async () => (await redis.exists(`jj:{${lane}}:orders`)) === 1, { what: 'the first reservation' });
    await delay(2_500);
    // The moment before: the loss itself is somewhere between question and answer.
    const lostAt = nowMs();
    await redis.flushdb();
    const moments = await taking;
    expect(mostWithin(moments, limit.perMs)).toBeLessThanOrEqual(limit.max);
    const since = moments.map((at) => at - lostAt).filter((ms) => ms > RESERVED_MS);
    expect(moments.some((at) => at < lostAt)).toBe(true);
    expect(Math.min(...since)).toBeGreaterThanOrEqual(limit.perMs);
  });

  it('stay within a limit of a tenth of a second as well: the configuration allows it', async () => {
    const short = { max: 10, perMs: 100 };
    const moments = await takenByTwo(short, 3_000);
    expect(mostWithin(moments, short.perMs)).toBeLessThanOrEqual(short.max);
  });
});

describe('the slots of a lane', () => {
  const fast = { max: 20, perMs: 400 };
  let limit: RateLimit | null = fast;
  let slots: Slots;

  beforeEach(async () => {
    limit = fast;
    slots = slotsFor(redis, lane, 'orders', () => limit);
    await slots.take(performance.now() + 5_000);
  });

  /** How long it takes to get so many slots, ms. */
  async function timeOf(count: number): Promise<number> {
    const from = performance.now();
    for (let i = 0; i < count; i += 1) expect(await slots.take(performance.now() + 5_000)).toBe(true);
    return performance.now() - from;
  }

  /** So many slots are got that quickly, if not at once: a busy machine makes a run longer, never shorter. */
  function comeWithin(ms: number, count: number): Promise<unknown> {
    return until(async () => (await timeOf(count)) < ms, { what: `${count} slots within ${ms} ms` });
  }

  it('are spaced evenly, not given in a bunch at the start of each period', async () => {
    await delay(1_000);
    expect(await timeOf(10)).toBeGreaterThan((9 * fast.perMs) / fast.max);
  });

  it('come half as often after the courier said "too fast", and as often as before when it has been quiet', async () => {
    const slowedMs = (9 * 2 * fast.perMs) / fast.max;
    await comeWithin(slowedMs, 10);
    await slots.slowDown();
    expect(await timeOf(10)).toBeGreaterThan(slowedMs);
    await redis.hincrby(`jj:{${lane}}:orders`, 'slowed_at', -60_000_000);
    await comeWithin(slowedMs, 10);
  });

  it('are slowed for each lane and kind alone', async () => {
    await slots.slowDown();
    expect(await redis.hget(`jj:{${lane}}:orders`, 'slow')).toBe('2');
    expect(await redis.exists(`jj:{${lane}}:reads`)).toBe(0);
  });

  it('are never slowed to less than a sixteenth, however often the courier complains', async () => {
    for (let i = 0; i < 10; i += 1) await slots.slowDown();
    expect(Number(await redis.hget(`jj:{${lane}}:orders`, 'slow'))).toBeLessThanOrEqual(16);
  });

  it('follow a changed limit at once, in both directions', async () => {
    limit = { max: 4, perMs: 400 };
    expect(await timeOf(5)).toBeGreaterThan(3 * 100);
    limit = { max: 100, perMs: 400 };
    await slots.take(performance.now() + 5_000);
    await comeWithin(20 * 20, 20);
  });

  it('have no end without a limit', async () => {
    limit = { max: 1, perMs: 60_000 };
    await slots.take(performance.now() + 100);
    expect(await slots.take(performance.now() + 100)).toBe(false);
    limit = null;
    for (let i = 0; i < 1_000; i += 1) expect(await slots.take(performance.now() + 100)).toBe(true);
  });

  it('are not waited for longer than was said', async () => {
    limit = { max: 1, perMs: 60_000 };
    await slots.take(performance.now() + 100);
    const from = performance.now();
    expect(await slots.take(from + 150)).toBe(false);
    // The next one would be a minute away.
    expect(performance.now() - from).toBeLessThan(30_000);
  });

  it('are not given while Redis is away: without a slot nothing is sent', async () => {
    const away = new Redis({ host: '127.0.0.1', port: 1, enableOfflineQueue: false, retryStrategy: () => null });
    away.on('error', () => undefined);
    const none = slotsFor(away, lane, 'orders', () => fast);
    expect(await none.take(performance.now() + 300)).toBe(false);
    away.disconnect();
  });

  it('pause for one period after the connection was lost: Redis may have forgotten its last second', async () => {
    const mine = new Redis(url);
    const own = slotsFor(mine, lane, 'orders', () => fast);
    expect(await own.take(performance.now() + 5_000)).toBe(true);
    const lost = once(mine, 'close');
    await redis.client('KILL', 'ID', await mine.client('ID'));
    await lost;
    await once(mine, 'ready');
    const from = performance.now();
    expect(await own.take(from + 5_000)).toBe(true);
    expect(performance.now() - from).toBeGreaterThan(fast.perMs * 0.9);
    mine.disconnect();
  });
});
