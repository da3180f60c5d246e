import type { ReplayFilter } from './replay-dialog.js';

export const REPLAY_FILTERS = ['state', 'carrier', 'shopId', 'reason', 'since', 'until'] as const;
export type ReplayFilterName = (typeof REPLAY_FILTERS)[number];
/** As they stand in the address; times are RFC 3339. */
export type ReplayFilters = Readonly<Partial<Record<ReplayFilterName, string>>>;

/** The filters that an address names. */
export function replayFiltersFrom(search: URLSearchParams): ReplayFilters {
  const named = REPLAY_FILTERS.flatMap((name) => {
    const value = search.get(name)?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}

/** The page with these filters. */
export function replaysAddress(filters: ReplayFilters): string {
  const search = new URLSearchParams();
  for (const name of REPLAY_FILTERS) if (filters[name]) search.set(name, filters[name]);
  const query = search.toString();
  return query === '' ? '/replays' : `/replays?${query}`;
}

/**
 * What a replay is asked for. Without an end it ends at the moment of the preview: what comes in later was never looked
 * at.
 */
export function replayFilterOf(filters: ReplayFilters, now: Date): ReplayFilter {
  return { ...filters, until: filters.until ?? now.toISOString() };
}

/** A moment for `<input type="datetime-local">`, on the clock of whoever looks; empty: none, or none that can be read. */
export function localMoment(at: string | undefined): string {
  const date = new Date(at ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What such a field says, as RFC 3339; empty: nothing. */
export function momentOf(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
