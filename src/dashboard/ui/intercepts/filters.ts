import { chinaDayStart } from '../../../domain/china-time.js';
import { fenOf } from '../parts/money.js';

const DAY_MS = 86_400_000;
const before = (ms: number) => (now: Date) => new Date(now.getTime() - ms);

/** Periods people ask for; a day begins when it does in China. */
export const PERIODS = {
  today: chinaDayStart,
  day: before(DAY_MS),
  week: before(7 * DAY_MS),
  month: before(30 * DAY_MS),
} as const satisfies Record<string, (now: Date) => Date>;

export type Period = keyof typeof PERIODS;

export function isPeriod(word: string): word is Period {
  return Object.hasOwn(PERIODS, word);
}

/** Amounts stand in the address as people type them, `89` or `89.50`, yuan; `since` and `until` as RFC 3339. */
export const FILTER_NAMES = [
  'q',
  'state',
  'carrier',
  'shopId',
  'platform',
  'reason',
  'period',
  'since',
  'until',
  'minValue',
  'maxValue',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** The filters that an address names. */
export function filtersFrom(search: URLSearchParams): Filters {
  const named = FILTER_NAMES.flatMap((name) => {
    const value = search.get(name)?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}

/** The address of a list with these filters; one that is empty is left out. */
export function addressOf(path: string, filters: Filters): string {
  const search = new URLSearchParams();
  for (const name of FILTER_NAMES) if (filters[name]) search.set(name, filters[name]);
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The filters as the API names them; a period is counted from the moment of asking and wins over `since`. */
export function matchOf(filters: Filters, now: Date): Readonly<Record<string, string>> {
  const { period, minValue, maxValue, ...asked } = filters;
  const min = fenOf(minValue ?? '');
  const max = fenOf(maxValue ?? '');
  return {
    ...asked,
    ...(min === null ? {} : { minValueFen: String(min) }),
    ...(max === null ? {} : { maxValueFen: String(max) }),
    ...(period !== undefined && isPeriod(period) ? { since: PERIODS[period](now).toISOString() } : {}),
  };
}

/** What `GET /api/v1/intercepts` is asked. */
export function questionOf(filters: Filters, cursor: string | null, now: Date): string {
  const search = new URLSearchParams(matchOf(filters, now));
  if (cursor !== null) search.set('cursor', cursor);
  return search.toString();
}
