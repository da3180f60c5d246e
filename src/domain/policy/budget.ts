import { chinaDay } from '../china-time.js';

/** How much a policy may let go by itself; null or absent: no limit. Fen and numbers of parcels. */
export interface Budget {
  readonly perDayFen: number | null;
  readonly perHourFen?: number | null;
  readonly perDayCount?: number | null;
  readonly perHourCount: number | null;
  /** `off`, or how many times the usual number an hour may see before the automat stops. */
  readonly brake?: 'off' | number;
}

/** What was let go in the last hour, and since the day began in China. */
export interface Spent {
  readonly hourCount: number;
  readonly hourFen: number;
  readonly dayCount: number;
  readonly dayFen: number;
}

const LIMITS = [
  ['perHourCount', 'hourCount'],
  ['perHourFen', 'hourFen'],
  ['perDayCount', 'dayCount'],
  ['perDayFen', 'dayFen'],
] as const satisfies readonly (readonly [keyof Budget, keyof Spent])[];

/** Is what this policy lets go counted at all? */
export function isLimited(budget: Budget): boolean {
  return LIMITS.some(([limit]) => (budget[limit] ?? null) !== null);
}

/** May another one go after so much? */
export function leavesRoom(budget: Budget, spent: Spent): boolean {
  return LIMITS.every(([limit, used]) => spent[used] < (budget[limit] ?? Number.POSITIVE_INFINITY));
}

const HOUR_MS = 3_600_000;

/** Counts what goes under a budget, for moments that only move forward. */
export class BudgetBook {
  private day = '';
  private dayCount = 0;
  private dayFen = 0;
  private hourFen = 0;
  private readonly hour: { readonly atMs: number; readonly fen: number }[] = [];

  constructor(private readonly budget: Budget) {}

  /** Takes one of this fee out of the budget. false: nothing is left of it at that moment. */
  take(atMs: number, fen: number): boolean {
    const today = chinaDay(new Date(atMs));
    if (today !== this.day) {
      this.day = today;
      this.dayCount = 0;
      this.dayFen = 0;
    }
    while ((this.hour[0]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs - HOUR_MS)
      this.hourFen -= this.hour.shift()?.fen ?? 0;
    const { dayCount, dayFen, hourFen } = this;
    if (!leavesRoom(this.budget, { hourCount: this.hour.length, hourFen, dayCount, dayFen })) return false;
    this.hour.push({ atMs, fen });
    this.hourFen += fen;
    this.dayCount += 1;
    this.dayFen += fen;
    return true;
  }
}
