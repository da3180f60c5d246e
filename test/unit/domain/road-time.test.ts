import { describe, expect, it } from '@jest/globals';
import { deadlineOf, forecastAt } from '../../../src/domain/intercept/deadline.js';
import { type Journey, LEAST_PARCELS, learnRoadTimes } from '../../../src/domain/tracking/road-time.js';

const OUT = new Date('2026-11-22T08:00:00Z');
const HOUR_MS = 3_600_000;
const earlier = (hours: number) => new Date(OUT.getTime() - hours * HOUR_MS);

/** Journeys of 1, 2, … hours after the last scan, each picked up a day before that. */
const journeys = (count: number, carrier = 'zto'): Journey[] =>
  Array.from({ length: count }, (_, n) => ({
    carrier,
    outAt: OUT,
    lastScanAt: earlier(n + 1),
    firstScanAt: earlier(n + 25),
  }));

describe('what the past says of the road', () => {
  it('is the time of the quick tenth, of half, and of nine tenths of a courier’s parcels', () => {
    expect(learnRoadTimes(journeys(100)).get('zto')).toEqual({
      parcels: 100,
      times: [
        { share: 0.1, sinceFirstMs: 34 * HOUR_MS, sinceLastMs: 10 * HOUR_MS },
        { share: 0.5, sinceFirstMs: 74 * HOUR_MS, sinceLastMs: 50 * HOUR_MS },
        { share: 0.9, sinceFirstMs: 114 * HOUR_MS, sinceLastMs: 90 * HOUR_MS },
      ],
    });
  });

  it('is nothing before there are enough parcels, courier by courier', () => {
    const learnt = learnRoadTimes([...journeys(LEAST_PARCELS), ...journeys(LEAST_PARCELS - 1, 'yto')]);
    expect([...learnt.keys()]).toEqual(['zto']);
  });

  it('is never less than a quarter of an hour nor more than a week, whatever clocks say', () => {
    const odd = journeys(60).map((j, n) => ({
      ...j,
      lastScanAt: n < 30 ? OUT : earlier(9_000),
      firstScanAt: earlier(9_000),
    }));
    const times = learnRoadTimes(odd).get('zto')?.times ?? [];
    expect(times.map((t) => t.sinceLastMs / HOUR_MS)).toEqual([0.25, 0.25, 7 * 24]);
    expect(times.map((t) => t.sinceFirstMs / HOUR_MS)).toEqual([7 * 24, 7 * 24, 7 * 24]);
  });
});

describe('the forecast with history', () => {
  const roadTimes = learnRoadTimes(journeys(100)).get('zto') ?? null;
  const PICKED_UP = new Date('2026-11-22T08:00:00Z');
  const later = (hours: number) => new Date(PICKED_UP.getTime() + hours * HOUR_MS);
  const picked = { phase: 'picked_up', at: PICKED_UP } as const;
  const input = { firstHeardAt: PICKED_UP, roadTimes, sightings: [picked] };

  it('takes a parcel for a quick one at first, counted from its pick-up or from its last scan, whichever is later', () => {
    expect(forecastAt({ ...input, now: PICKED_UP })).toEqual(later(34));
    const sightings = [picked, { phase: 'moving', at: later(30) } as const];
    expect(forecastAt({ ...input, sightings, now: later(30) })).toEqual(later(40));
  });

  it.each([
    { now: 33, at: 34 },
    { now: 34, at: 74 },
    { now: 74, at: 114 },
    { now: 200, at: 114 },
  ])('after $now hours without news it is $at hours: a parcel that was not quick is a slower one', ({ now, at }) => {
    expect(forecastAt({ ...input, now: later(now) })).toEqual(later(at));
  });

  it('needs a scan: who was never seen has no road behind him', () => {
    expect(forecastAt({ ...input, sightings: [] })).toEqual(later(48));
  });

  it('is one of the clocks, and bears the same name as without history', () => {
    const clocks = { ...input, now: PICKED_UP, requestedAt: null, platformDeadlineMs: null, policyAfterMs: null };
    expect(deadlineOf(clocks)).toEqual({ at: later(34), source: 'forecast' });
    expect(deadlineOf({ ...clocks, requestedAt: later(5) })).toEqual({ at: later(5), source: 'request' });
  });
});
