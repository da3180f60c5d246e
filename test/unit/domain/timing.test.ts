import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdsLookAfterMs, nextAskMs, nextPollMs, waitsForTrack } from '../../../src/domain/intercept/timing.js';
import { REASONS, type Reason } from '../../../src/domain/reasons.js';

const MINUTE_MS = 60_000;
const ages = fc.integer({ min: 0, max: 30 * 24 * 60 * MINUTE_MS });

describe('the polls of an accepted order', () => {
  it.each([
    [0, 30_000],
    [10 * MINUTE_MS - 1, 30_000],
    [10 * MINUTE_MS, 2 * MINUTE_MS],
    [60 * MINUTE_MS - 1, 2 * MINUTE_MS],
    [60 * MINUTE_MS, 10 * MINUTE_MS],
    [6 * 60 * MINUTE_MS - 1, 10 * MINUTE_MS],
    [6 * 60 * MINUTE_MS, 30 * MINUTE_MS],
    [30 * 24 * 60 * MINUTE_MS, 30 * MINUTE_MS],
  ])('at %d ms of age come again after %d ms', (age, next) => {
    expect(nextPollMs(age)).toBe(next);
  });

  it('become ever rarer, never more frequent', () => {
    fc.assert(fc.property(ages, ages, (a, b) => nextPollMs(Math.min(a, b)) <= nextPollMs(Math.max(a, b))));
  });

  it('come every 30 s also for a clock that runs ahead: an age below zero is young', () => {
    expect(nextPollMs(-5_000)).toBe(30_000);
  });
});

describe('a lost answer', () => {
  it.each([
    { settleMs: 0, askedForMs: 0, next: 1_000, why: 'soon, but not in a rush' },
    { settleMs: 4_000, askedForMs: 0, next: 4_000, why: 'when the courier has settled' },
    { settleMs: 60_000, askedForMs: 0, next: 10_000, why: 'no courier makes us wait longer than 10 s' },
    { settleMs: 4_000, askedForMs: MINUTE_MS + 1, next: 8_000, why: 'half as often after a minute' },
  ])('is asked for again after $next ms: $why', ({ settleMs, askedForMs, next }) => {
    expect(nextAskMs(settleMs, askedForMs)).toBe(next);
  });

  it('is asked for within 15 s of the last time during its first minute (contract section 6)', () => {
    fc.assert(fc.property(fc.nat(), fc.nat({ max: MINUTE_MS }), (settle, asked) => nextAskMs(settle, asked) <= 15_000));
  });
});

describe('a hold', () => {
  const looking = (Object.keys(REASONS) as Reason[]).filter(waitsForTrack);

  it('looks at the track only where a look can end it', () => {
    expect(looking.sort()).toEqual(['checking', 'not_picked_up', 'track_unclear']);
  });

  it('looks at once for the first decision, later for what nobody has scanned', () => {
    expect(holdsLookAfterMs('checking')).toBe(0);
    expect(holdsLookAfterMs('not_picked_up')).toBe(30_000);
    expect(holdsLookAfterMs('track_unclear')).toBe(MINUTE_MS);
  });

  it('waits for facts, a person or its deadline otherwise', () => {
    for (const reason of ['approval', 'value_unknown', 'budget_used_up', 'observe_only'] as const) {
      expect(holdsLookAfterMs(reason)).toBeNull();
    }
  });
});
