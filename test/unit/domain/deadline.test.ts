import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type DeadlineInput,
  deadlineOf,
  FORECAST_AFTER_SCAN_MS,
  FORECAST_UNSEEN_MS,
  forecastAt,
  outcomeDueAt,
} from '../../../src/domain/intercept/deadline.js';
import { PARCEL_PHASES, type ParcelPhase } from '../../../src/domain/tracking/sighting.js';

const HEARD = new Date('2026-11-22T08:00:00Z');
const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(HEARD.getTime() + hours * HOUR_MS);
const scan = (phase: ParcelPhase, hours: number) => ({ at: later(hours), phase });

const input = (over: Partial<DeadlineInput> = {}): DeadlineInput => ({
  requestedAt: null,
  platformDeadlineMs: null,
  policyAfterMs: null,
  firstHeardAt: HEARD,
  sightings: [],
  ...over,
});

describe('the forecast of "out for delivery"', () => {
  it('is 48 h after we first heard of a parcel nobody has scanned', () => {
    expect(forecastAt(input())).toEqual(later(48));
    expect(forecastAt(input({ sightings: [scan('announced', 1)] }))).toEqual(later(48));
  });

  it('is 24 h after a pick-up', () => {
    expect(forecastAt(input({ sightings: [scan('picked_up', -2)] }))).toEqual(later(22));
  });

  it('moves with every scan on the road, because a parcel seen at a hub an hour ago has not been delivered', () => {
    expect(forecastAt(input({ sightings: [scan('picked_up', -2), scan('moving', 20)] }))).toEqual(later(44));
  });

  it('goes by the newest such scan, in whatever order they arrived', () => {
    expect(forecastAt(input({ sightings: [scan('moving', 20), scan('picked_up', -2)] }))).toEqual(later(44));
  });

  it.each(PARCEL_PHASES.filter((p) => p !== 'picked_up' && p !== 'moving'))(
    'is not put off by a scan that is %s: that parcel is not on the road to the buyer any more, or unclear',
    (phase) => {
      expect(forecastAt(input({ sightings: [scan('moving', 0), scan(phase, 20)] }))).toEqual(later(24));
    },
  );

  it('has the lengths that the design names', () => {
    expect([FORECAST_AFTER_SCAN_MS, FORECAST_UNSEEN_MS]).toEqual([24 * HOUR_MS, 48 * HOUR_MS]);
  });
});

describe('the last moment to send', () => {
  it.each<{ given: string; over: Partial<DeadlineInput>; at: Date; source: string }>([
    { given: 'the forecast, if nobody says anything', over: {}, at: later(48), source: 'forecast' },
    {
      given: 'what the request says, if that is sooner',
      over: { requestedAt: later(3) },
      at: later(3),
      source: 'request',
    },
    {
      given: 'the forecast, if the request says later',
      over: { requestedAt: later(49) },
      at: later(48),
      source: 'forecast',
    },
    {
      given: 'the platform’s clock, if it ends first',
      over: { platformDeadlineMs: later(2).getTime(), requestedAt: later(3) },
      at: later(2),
      source: 'platform',
    },
    {
      given: 'the policy’s, which stands in for the forecast',
      over: { policyAfterMs: 60 * HOUR_MS },
      at: later(60),
      source: 'policy',
    },
    {
      given: 'the platform’s clock also under a policy: it always counts',
      over: { policyAfterMs: 60 * HOUR_MS, platformDeadlineMs: later(5).getTime() },
      at: later(5),
      source: 'platform',
    },
    { given: 'a moment that is over already', over: { requestedAt: later(-1) }, at: later(-1), source: 'request' },
  ])('is $given', ({ over, at, source }) => {
    expect(deadlineOf(input(over))).toEqual({ at, source });
  });

  it('is never later than any that was named', () => {
    const moment = fc.integer({ min: -100, max: 100 }).map(later);
    fc.assert(
      fc.property(
        fc.option(moment),
        fc.option(moment),
        fc.option(fc.integer({ min: 1, max: 100 })),
        (request, platform, hours) => {
          const policyAfterMs = hours === null ? null : hours * HOUR_MS;
          const { at } = deadlineOf(
            input({ requestedAt: request, platformDeadlineMs: platform?.getTime() ?? null, policyAfterMs }),
          );
          const named = [request, platform, hours === null ? later(48) : later(hours)].filter((d) => d !== null);
          expect(at.getTime()).toBe(Math.min(...named.map((d) => d.getTime())));
        },
      ),
    );
  });
});

describe('the moment an order without an end becomes a task', () => {
  it('is 3 days after acceptance and 7 after the stop', () => {
    expect(outcomeDueAt('accepted', HEARD)).toEqual(later(3 * 24));
    expect(outcomeDueAt('intercepted', HEARD)).toEqual(later(7 * 24));
  });
});
