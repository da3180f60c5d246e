import { useInfiniteQuery } from '@tanstack/react-query';
import { refreshEvery } from '../time/freshness.js';
import type { Page } from './answers.js';
import { call } from './client.js';

/** A list of the API page by page; all that is shown is read anew together, so rows never show different moments. */
export function useList<T>(key: readonly unknown[], path: string, match: Readonly<Record<string, string>>) {
  const query = useInfiniteQuery({
    queryKey: [...key, match],
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams({ ...match, ...(pageParam === null ? {} : { cursor: pageParam }) });
      return call<Page<T>>('GET', `${path}?${search}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (found) => refreshEvery(found.state.data?.pages.length ?? 1),
  });
  return { query, rows: query.data?.pages.flatMap((page) => page.items) ?? [] };
}
