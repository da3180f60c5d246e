import { describe, expect, it } from '@jest/globals';
import { freshnessOf, REFRESH_MS, refreshEvery, VERIFIED_FOR_MS } from '../../../src/dashboard/ui/time/freshness.js';
import { durationText, spanText } from '../../../src/dashboard/ui/time/span.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a length of time', () => {
  it.each([
    [0, '0秒', '0 sec'],
    [59_999, '59秒', '59 sec'],
    [MINUTE, '1分钟', '1 min'],
    [MINUTE + 30_000, '1分钟', '1 min'],
    [-(2 * HOUR + 15 * MINUTE), '2小时15分钟', '2 hr 15 min'],
    [HOUR, '1小时', '1 hr'],
    [25 * HOUR, '1天1小时', '1 day 1 hr'],
    [48 * HOUR + 59 * MINUTE, '2天', '2 days'],
  ])('of %d ms is "%s" and "%s"', (ms, zh, en) => {
    expect([spanText(ms, 'zh'), spanText(ms, 'en')]).toEqual([zh, en]);
  });

  it('keeps its fractions where they are what is compared', () => {
    expect([84.4, 2_440, 90_000].map((ms) => durationText(ms, 'zh'))).toEqual(['84 ms', '2.4 s', '1分钟']);
  });
});

describe('a figure', () => {
  it('is called verified for 90 s and not a moment longer (R79)', () => {
    expect(VERIFIED_FOR_MS).toBe(90_000);
    expect(freshnessOf(1_000, 91_000)).toBe('verified');
    expect(freshnessOf(1_000, 91_001)).toBe('not_verified');
  });

  it('that was never read is not called old', () => {
    expect(freshnessOf(0, Date.now())).toBe('reading');
  });

  it('is read anew often enough to stay verified, however long its list is', () => {
    expect(refreshEvery(1)).toBe(REFRESH_MS);
    expect(refreshEvery(50)).toBeLessThan(VERIFIED_FOR_MS);
    expect(refreshEvery(50)).toBeGreaterThan(REFRESH_MS);
  });
});
