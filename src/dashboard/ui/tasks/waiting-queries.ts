import { useInfiniteQuery } from '@tanstack/react-query';
import type { WaitingPageAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { refreshEvery } from '../time/freshness.js';

/** Filters of the page as they stand in its address; an owner `-` is nobody. */
export const WAITING_FILTERS = ['kind', 'shopId', 'owner'] as const;
export type WaitingFilters = Readonly<Partial<Record<(typeof WAITING_FILTERS)[number], string>>>;

export function waitingFiltersFrom(search: URLSearchParams): WaitingFilters {
  return Object.fromEntries(
    WAITING_FILTERS.flatMap((name) => {
      const value = search.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

export function waitingAddress(filters: WaitingFilters): string {
  const search = new URLSearchParams();
  for (const name of WAITING_FILTERS) if (filters[name]) search.set(name, filters[name]);
  const query = search.toString();
  return query === '' ? '/tasks' : `/tasks?${query}`;
}

/** What waits, page by page; all that is shown is read anew together. */
export function useWaiting(filters: WaitingFilters) {
  return useInfiniteQuery({
    queryKey: ['tasks', 'waiting', filters],
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams({ ...filters, ...(pageParam === null ? {} : { cursor: pageParam }) });
      return call<WaitingPageAnswer>('GET', `/api/v1/waiting?${search}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}
