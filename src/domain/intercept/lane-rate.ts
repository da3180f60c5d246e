import type { RateLimit } from '../settings/settings.js';

/** Slots are spread over a little more than the period, so that lateness at its ends cannot add a call to any window. */
const SLACK_SHARE = 0.03;
const LEAST_SLACK_MS = 20;

/** How much longer than `perMs` the `max` slots of a period take, ms (design.md "Limits": ×1.03). */
export function slackMs(limit: RateLimit): number {
  return Math.max(limit.perMs * SLACK_SHARE, LEAST_SLACK_MS);
}

/**
 * Time between two sends of a lane, ms: what its limiter really does. `slow`: how many times slower it goes at present,
 * because the courier complained. 0: no limit.
 */
export function gapMs(limit: RateLimit | null, slow = 1): number {
  return limit ? ((limit.perMs + slackMs(limit)) / limit.max) * slow : 0;
}

/** The courier said "too fast": the gap doubles each time, up to 16 times, and halves again with each quiet minute. */
export const SLOWNESS_HALVES_MS = 60_000;

/** What is left at `nowMs` of a slowness noted at `atMs`; 1: nothing. */
export function slownessAt(slow: number, atMs: number, nowMs: number): number {
  return Math.max(1, slow * 0.5 ** (Math.max(0, nowMs - atMs) / SLOWNESS_HALVES_MS));
}

/** The limiter's memory of one lane and kind of call in Redis: a hash of `next`, `slow` and `slowed_at` (µs). */
export function limiterKey(laneId: string, kind: 'orders' | 'reads'): string {
  return `jj:{${laneId}}:${kind}`;
}
