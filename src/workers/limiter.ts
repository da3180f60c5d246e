import type { Redis } from 'ioredis';
import { gapMs, limiterKey, slackMs } from '../domain/intercept/lane-rate.js';
import type { RateLimit } from '../domain/settings/settings.js';

/**
 * Reserves the next evenly spaced slot of one lane and kind of call, on Redis time, over all processes.
 * KEYS[1] the lane's hash. ARGV: gap µs, perMs µs, horizon µs.
 * Returns {wait µs until the slot, 1} or {wait µs until one may be asked for, 0} when the next is beyond the horizon.
 * A missing hash means that the limiter's memory is lost: nothing is sent for one whole period, so that whatever was
 * sent before the loss and what follows it together stay within the limit. The hash has no expiry, since a quiet hour
 * must not look like a loss; there are two of them a lane.
 */
const RESERVE = `
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000000 + tonumber(t[2])
local gap, period, horizon = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local h = redis.call('HMGET', KEYS[1], 'next', 'slow', 'slowed_at')
local nxt = tonumber(h[1])
if not nxt then nxt = now + period end
local slow, at = tonumber(h[2]) or 1, tonumber(h[3]) or now
if slow > 1 then slow = math.max(1, slow * math.pow(0.5, (now - at) / 60000000)) end
if nxt < now then nxt = now end
if nxt - now > horizon then
  redis.call('HSET', KEYS[1], 'next', string.format('%.0f', nxt))
  return {string.format('%.0f', nxt - now - horizon), 0}
end
redis.call('HSET', KEYS[1], 'next', string.format('%.0f', nxt + gap * slow))
return {string.format('%.0f', nxt - now), 1}
`;

/** The courier said "too fast": the gap doubles, and halves again with each quiet minute (intercept/lane-rate.ts). */
const SLOW_DOWN = `
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000000 + tonumber(t[2])
local h = redis.call('HMGET', KEYS[1], 'slow', 'slowed_at')
local slow, at = tonumber(h[1]) or 1, tonumber(h[2]) or now
if slow > 1 then slow = math.max(1, slow * math.pow(0.5, (now - at) / 60000000)) end
redis.call('HSET', KEYS[1], 'slow', tostring(math.min(16, slow * 2)), 'slowed_at', string.format('%.0f', now))
return 1
`;

/**
 * A call that may be later than this for its slot gives it up and takes another, ms. The slack must cover it and what the
 * machine does to the process between this look and the first byte, which nobody can see: half is left for that.
 */
function latestMs(limit: RateLimit): number {
  return slackMs(limit) / 2;
}

/** Slots are reserved at most this far ahead. */
const HORIZON_MS = 500;

export interface Slots {
  /** Waits for a slot and returns at its moment. false: none came before `untilMs` (performance.now()) or on abort. */
  take(untilMs: number): Promise<boolean>;
  /** The courier throttled us. */
  slowDown(): Promise<void>;
  /** Makes the limiter's memory if there is none, so that its first quiet period is over before the first call. */
  warm(): Promise<void>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function reserve(
  redis: Redis,
  key: string,
  limit: RateLimit,
  horizonMs = HORIZON_MS,
): Promise<{ waitMs: number; reserved: boolean }> {
  const gapUs = Math.ceil(gapMs(limit) * 1_000);
  const answer = await redis.eval(RESERVE, 1, key, gapUs, limit.perMs * 1_000, horizonMs * 1_000);
  const [wait, got] = Array.isArray(answer) ? answer : [];
  return { waitMs: Number(wait) / 1_000, reserved: Number(got) === 1 };
}

/**
 * The slots of one lane and kind of call (`orders` or `reads`). `limit` is asked for at every slot, so a change of the
 * configuration works at once. Redis being away is waited out; nothing is sent without a slot.
 */
export function slotsFor(redis: Redis, laneId: string, kind: 'orders' | 'reads', limit: () => RateLimit | null): Slots {
  const key = limiterKey(laneId, kind);
  // A Redis that comes back may have lost its last second: what was reserved in it counts against the next period.
  let quietUntil = 0;
  let lost = false;
  redis.on('close', () => {
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) quietUntil = performance.now() + (limit()?.perMs ?? 0);
    lost = false;
  });
  return {
    async take(untilMs) {
      for (;;) {
        const now = limit();
        if (!now) return true;
        if (performance.now() >= untilMs) return false;
        if (performance.now() < quietUntil) {
          await pause(Math.min(quietUntil, untilMs) - performance.now());
          continue;
        }
        const asked = performance.now();
        const slot = await reserve(redis, key, now).catch(() => ({ waitMs: 100, reserved: false }));
        if (!slot.reserved) {
          await pause(Math.min(slot.waitMs + 1, Math.max(0, untilMs - performance.now())));
          continue;
        }
        const answered = performance.now();
        // Redis counted from some moment between question and answer: never earlier than its own clock says.
        const at = answered + slot.waitMs;
        if (at > untilMs) return false;
        // Timers may fire a little early; a slot may not.
        while (performance.now() < at) await pause(Math.max(1, at - performance.now()));
        // The slot may have been as early as the question: lateness counts from there.
        if (performance.now() - (asked + slot.waitMs) <= latestMs(now)) return true;
      }
    },
    async slowDown() {
      await redis.eval(SLOW_DOWN, 1, key).catch(() => undefined);
    },
    async warm() {
      const now = limit();
      // A horizon before the present reserves nothing; it only makes the memory.
      if (now) await reserve(redis, key, now, -1).catch(() => undefined);
    },
  };
}
