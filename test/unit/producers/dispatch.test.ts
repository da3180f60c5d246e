import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LaneState } from '../../../src/domain/store/lane-store.js';
import { windowNow, windowOf } from '../../../src/producers/dispatch.js';
import { priorityOf } from '../../../src/producers/queues.js';

const limit = (max: number, perMs = 1_000) => ({ max, perMs });
const lane = (over: Partial<LaneState> = {}): LaneState => ({
  id: 'zto-zto-main',
  paused: false,
  pausedReason: null,
  breaker: 'closed',
  breakerUntil: null,
  breakerReason: null,
  canaryAt: null,
  breakerTrips: 0,
  ...over,
});

describe('the window of a lane', () => {
  it.each([
    { concurrency: 10, rateLimit: limit(20), size: 40, why: 'two seconds of its rate' },
    { concurrency: 50, rateLimit: limit(20), size: 100, why: 'twice its concurrency, if that is more' },
    { concurrency: 1, rateLimit: limit(1, 60_000), size: 2, why: 'twice its concurrency for a slow one' },
    { concurrency: 1, rateLimit: limit(3, 1_000), size: 6, why: 'two seconds of its rate' },
    { concurrency: 1, rateLimit: limit(1, 700), size: 3, why: 'whole calls, rounded up' },
    { concurrency: 10, rateLimit: limit(10_000), size: 5_000, why: 'never more than 5000' },
    { concurrency: 4_000, rateLimit: limit(1), size: 5_000, why: 'never more than 5000' },
    { concurrency: 10, rateLimit: null, size: 200, why: 'twenty for each call without a limit' },
  ])('is $size: $why', ({ concurrency, rateLimit, size }) => {
    expect(windowOf({ concurrency, rateLimit, readRateLimit: limit(1) }, 'intercept')).toBe(size);
  });

  it('goes by the budget of its own kind: reads do not count against orders', () => {
    const account = { concurrency: 1, rateLimit: limit(5), readRateLimit: limit(50) };
    expect(windowOf(account, 'intercept')).toBe(10);
    expect(windowOf(account, 'probe')).toBe(100);
  });
});

describe('the window of this moment', () => {
  it.each([
    { state: undefined, kind: 'intercept', size: 40, why: 'a lane nobody knows anything of is open' },
    { state: lane(), kind: 'intercept', size: 40, why: 'an open road is used' },
    { state: lane({ breaker: 'open' }), kind: 'intercept', size: 0, why: 'a courier that is down is left alone' },
    { state: lane({ breaker: 'open' }), kind: 'probe', size: 0, why: 'a courier that is down is not asked either' },
    { state: lane({ breaker: 'half_open' }), kind: 'intercept', size: 1, why: 'one tries whether it is back' },
    { state: lane({ breaker: 'half_open' }), kind: 'probe', size: 1, why: 'one tries whether it is back' },
    { state: lane({ paused: true }), kind: 'intercept', size: 0, why: 'a paused lane sends nothing' },
    { state: lane({ paused: true }), kind: 'probe', size: 40, why: 'what was asked is followed on a paused lane' },
    { state: lane({ paused: true, breaker: 'half_open' }), kind: 'intercept', size: 0, why: 'a pause is not tried' },
  ] as const)('is $size of 40 for $kind: $why', ({ state, kind, size }) => {
    expect(windowNow(40, state, kind)).toBe(size);
  });
});

describe('the priority of a job', () => {
  const times = fc.date({ min: new Date('2026-01-01T00:10:00Z'), max: new Date('2040-01-01'), noInvalidDate: true });

  it('is what BullMQ takes: a whole number from 1 (0 would run before everything) to 2^21', () => {
    for (const at of ['1970-01-01', '2026-01-01', '2026-11-22', '2041-12-31', '2200-01-01', '9999-12-31']) {
      const priority = priorityOf(new Date(at));
      expect(Number.isInteger(priority)).toBe(true);
      expect(priority).toBeGreaterThanOrEqual(1);
      expect(priority).toBeLessThanOrEqual(2 ** 21);
    }
  });

  it('never puts a later deadline first', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const [sooner, later] = a < b ? [a, b] : [b, a];
        expect(priorityOf(sooner)).toBeLessThanOrEqual(priorityOf(later));
      }),
    );
  });

  it('tells deadlines apart that lie four minutes from each other', () => {
    fc.assert(
      fc.property(times, (at) => {
        expect(priorityOf(at)).toBeLessThan(priorityOf(new Date(at.getTime() + 4 * 60_000)));
      }),
    );
  });
});
