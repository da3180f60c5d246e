import { chinaDayStart } from '../../../domain/china-time.js';

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

export const FILTER_NAMES = ['q', 'state', 'carrier', 'shopId', 'reason', 'period'] as const;
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

/** What `GET /api/v1/intercepts` is asked. A period is counted from the moment of asking. */
export function questionOf(filters: Filters, cursor: string | null, now: Date): string {
  const { period, ...asked } = filters;
  const search = new URLSearchParams(asked);
  if (period !== undefined && isPeriod(period)) search.set('since', PERIODS[period](now).toISOString());
  if (cursor !== null) search.set('cursor', cursor);
  return search.toString();
}
