import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRunaway, usualCount } from '../../../src/domain/policy/brake.js';
import { type Budget, BudgetBook, isLimited, leavesRoom } from '../../../src/domain/policy/budget.js';

const NONE: Budget = { perDayFen: null, perHourCount: null };
const HOUR_MS = 3_600_000;
/** 23:30 in China. */
const LATE = Date.parse('2026-11-22T15:30:00Z');

describe('a budget', () => {
  it('without limits counts nothing', () => {
    expect(isLimited(NONE)).toBe(false);
    expect(isLimited({ ...NONE, perHourFen: 1 })).toBe(true);
  });

  it.each([
    [{ perHourCount: 3 }, false],
    [{ perDayCount: 3 }, true],
    [{ perHourFen: 900 }, false],
    [{ perDayFen: 900 }, true],
  ])('%j: the fourth within the hour, after midnight in China, goes: %s', (limit, goes) => {
    const book = new BudgetBook({ ...NONE, ...limit });
    expect([0, 1, 2].map((n) => book.take(LATE + n * 60_000, 300))).toEqual([true, true, true]);
    expect(book.take(LATE + 40 * 60_000, 300)).toBe(goes);
    expect(book.take(LATE + HOUR_MS + 10 * 60_000, 300)).toBe(true);
  });

  it('is never overdrawn, and what it refuses costs nothing of it', () => {
    const moments = fc.array(fc.tuple(fc.nat(3 * HOUR_MS), fc.integer({ min: 1, max: 500 })), { maxLength: 80 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 100, max: 900 }), (given, count, fen) => {
        const book = new BudgetBook({ perDayFen: null, perHourCount: count, perHourFen: fen });
        const gone: { atMs: number; fen: number }[] = [];
        for (const [ms, fee] of given.sort(([a], [b]) => a - b)) {
          const atMs = LATE + ms;
          const within = gone.filter((one) => one.atMs > atMs - HOUR_MS);
          const hourFen = within.reduce((sum, one) => sum + one.fen, 0);
          const room = leavesRoom(
            { perDayFen: null, perHourCount: count, perHourFen: fen },
            { hourCount: within.length, hourFen, dayCount: 0, dayFen: 0 },
          );
          expect(book.take(atMs, fee)).toBe(room);
          if (room) gone.push({ atMs, fen: fee });
        }
      }),
    );
  });
});

describe('the brake', () => {
  const usual = { beforeCount: 1_680, beforeHours: 168 };

  it.each([
    ['a tenfold hour', { ...usual, hourCount: 100 }, 10, true],
    ['a ninefold hour', { ...usual, hourCount: 99 }, 10, false],
    ['a tenfold hour of few', { beforeCount: 168, beforeHours: 168, hourCount: 49 }, 10, false],
    ['a policy of yesterday', { beforeCount: 10, beforeHours: 23, hourCount: 5_000 }, 10, false],
    ['a hundredfold hour of a policy without it', { ...usual, hourCount: 1_000 }, 'off', false],
  ] as const)('%s', (_what, pace, times, pulled) => {
    expect(isRunaway(pace, times)).toBe(pulled);
  });

  it('knows what is usual', () => {
    expect(usualCount({ ...usual, hourCount: 0 })).toBe(10);
    expect(usualCount({ beforeCount: 0, beforeHours: 0, hourCount: 3 })).toBe(0);
  });
});
