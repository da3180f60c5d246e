import { describe, expect, it } from '@jest/globals';
import { Remembered } from '../../../src/dashboard/api/remembered.js';
import { COURIER_CHART } from '../../../src/dashboard/api/schemas/courier-chart.js';
import { presentCourierChart } from '../../../src/dashboard/presenters/courier-chart.js';
import { presentNotReady } from '../../../src/dashboard/presenters/not-ready.js';
import { type CourierPoint, stepStart } from '../../../src/domain/store/courier-chart-reader.js';

const NOW = new Date('2026-11-22T08:30:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('the beginning of a step', () => {
  it.each([
    ['hour', '2026-11-22T08:30:00Z', '2026-11-22T08:00:00.000Z'],
    ['day', '2026-11-22T08:30:00Z', '2026-11-21T16:00:00.000Z'],
    ['day', '2026-11-22T16:00:00Z', '2026-11-22T16:00:00.000Z'],
    ['day', '2026-11-22T15:59:59Z', '2026-11-21T16:00:00.000Z'],
  ] as const)('of a %s is on China’s clock: %s begins at %s', (by, at, start) => {
    expect(stepStart(new Date(at), by).toISOString()).toBe(start);
  });
});

describe('the chart of couriers', () => {
  const since = new Date('2026-11-22T06:00:00Z');
  const chart = { by: 'hour', since, until: NOW, shops: null } as const;
  const point = (over: Partial<CourierPoint>): CourierPoint => ({
    carrier: 'zto',
    at: since,
    asked: 4,
    succeeded: 3,
    refused: 1,
    missed: 0,
    taken: [],
    ...over,
  });

  it('has a point for every step, and none where nothing began', () => {
    const answer = presentCourierChart(chart, [point({}), point({ at: new Date('2026-11-22T08:00:00Z') })], NOW);
    expect(COURIER_CHART.parse(answer)).toEqual(answer);
    expect(answer.steps).toEqual(['2026-11-22T06:00:00.000Z', '2026-11-22T07:00:00.000Z', '2026-11-22T08:00:00.000Z']);
    expect(answer.couriers[0]?.points.map((one) => one?.share ?? null)).toEqual([0.75, null, 0.75]);
    expect(answer.couriers[0]).toMatchObject({ asked: 8, succeeded: 6, refused: 2, share: 0.75 });
  });

  it('says no share while nothing has ended, and leaves out a courier that was asked nothing', () => {
    const waiting = point({ succeeded: 0, refused: 0 });
    const silent = point({ carrier: 'yto', asked: 0, succeeded: 0, refused: 0 });
    const { couriers } = presentCourierChart(chart, [waiting, silent], NOW);
    expect(couriers).toMatchObject([{ carrier: 'zto', share: null, p50Ms: null }]);
  });

  it('says the median of the times, also over steps that come out of order', () => {
    // Up to 2^(28/4) = 128 ms, 2^(40/4) = 1024 ms, 2^(52/4) = 8192 ms.
    const first = point({
      taken: [
        [52, 1],
        [40, 2],
      ] as const,
    });
    const second = point({ at: new Date('2026-11-22T07:00:00Z'), taken: [[28, 4]] as const });
    const [zto] = presentCourierChart(chart, [first, second], NOW).couriers;
    expect(zto).toMatchObject({ taken: 7, p50Ms: 128, p95Ms: 8_192 });
    expect(zto?.points[0]).toMatchObject({ taken: 3, p50Ms: 1_024 });
  });
});

describe('what is not ready', () => {
  const well = { id: 'zto-zto-main', hasWorker: true, canaryAt: NOW.toISOString() };
  const dead = { id: 'yto-yto-main', hasWorker: false, canaryAt: ago(90_000).toISOString() };
  const named = (...args: Parameters<typeof presentNotReady>) =>
    presentNotReady(...args).map(({ component, subject }) => [component, subject]);

  it('is nothing while all works', () => {
    expect(named(true, null, [well], NOW)).toEqual([]);
    expect(named(true, ago(29_000), [well], NOW)).toEqual([]);
  });

  it('names a lane without a worker, and says it once when no lane has one', () => {
    expect(named(true, null, [well, dead], NOW)).toEqual([['worker', 'yto-yto-main']]);
    expect(named(true, null, [dead, { ...dead, id: 'x' }], NOW)).toEqual([['worker', null]]);
  });

  it('does not blame the workers while Redis is away', () => {
    expect(named(false, null, [dead], NOW)).toEqual([['redis', null]]);
  });

  it('says that messages are not read any more', () => {
    const [found] = presentNotReady(true, ago(31_000), [well], NOW);
    expect(found).toMatchObject({ component: 'intake', since: ago(31_000).toISOString() });
    expect(found?.text.en).toContain('scheduler');
  });
});

describe('what is remembered', () => {
  it('is read once for all who ask together or soon after, and anew later', async () => {
    let now = 0;
    let reads = 0;
    const kept = new Remembered<number>(() => now);
    const read = async () => {
      reads += 1;
      return reads;
    };
    const both = await Promise.all([kept.get('a', 100, read), kept.get('a', 100, read)]);
    expect(both).toEqual([1, 1]);
    now = 99;
    expect([await kept.get('a', 100, read), await kept.get('b', 100, read)]).toEqual([1, 2]);
    now = 100;
    expect(await kept.get('a', 100, read)).toBe(3);
  });

  it('is never a failure', async () => {
    const kept = new Remembered<number>();
    await expect(kept.get('a', 100, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await kept.get('a', 100, async () => 7)).toBe(7);
  });
});
