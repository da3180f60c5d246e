import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from '../../../src/workers/backoff.js';

const tries = fc.integer({ min: 1, max: 10_000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause before another try', () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [3, 1_000, 2_000],
    [7, 15_000, 30_000],
    [100, 15_000, 30_000],
  ])('after %d tries lies between %d and %d ms', (n, least, most) => {
    expect(backoffMs(n, () => 0)).toBe(least);
    expect(backoffMs(n, () => 1)).toBe(most);
  });

  it('is never shorter than a quarter of a second nor longer than half a minute', () => {
    fc.assert(
      fc.property(tries, chance, (n, random) => {
        const ms = backoffMs(n, () => random);
        expect(ms).toBeGreaterThanOrEqual(250);
        expect(ms).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  it('never shrinks with more tries of the same luck', () => {
    fc.assert(
      fc.property(tries, tries, chance, (a, b, random) => {
        expect(backoffMs(Math.min(a, b), () => random)).toBeLessThanOrEqual(backoffMs(Math.max(a, b), () => random));
      }),
    );
  });

  it('is that of a first try for a number that makes no sense', () => {
    expect(backoffMs(0, () => 0)).toBe(250);
    expect(backoffMs(-3, () => 0)).toBe(250);
  });

  it('differs between rows that failed together, so that they do not come back together', () => {
    expect(new Set(Array.from({ length: 50 }, () => backoffMs(8))).size).toBeGreaterThan(10);
  });
});
