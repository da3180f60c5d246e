import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InterceptAnswer, InterceptDetailAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { useLive } from '../http/live.js';
import { refreshEvery } from '../time/freshness.js';
import { type Filters, questionOf } from './filters.js';

const pathOf = (id: string) => `/api/v1/intercepts/${id}`;

/** The list, page by page; all that is shown is read anew together, so rows never show different moments. */
export function useInterceptList(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['intercepts', filters],
    queryFn: ({ pageParam }) =>
      call<Page<InterceptAnswer>>('GET', `/api/v1/intercepts?${questionOf(filters, pageParam, new Date())}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}

export function useIntercept(id: string) {
  return useLive<InterceptDetailAnswer>(['intercept', id], pathOf(id));
}

/** Reasons that are the courier's own answer; its code stands beside them (R41). */
export function isCouriersWord({ state, reason }: Pick<InterceptAnswer, 'state' | 'reason'>): boolean {
  return state === 'refused' || /^courier_(?!accepted|stopped|unavailable)/.test(reason);
}

/** The code of the last answer in which the courier gave one. */
export function lastCode(detail: Pick<InterceptDetailAnswer, 'attempts'>): string | null {
  return detail.attempts.findLast((attempt) => attempt.rawCode !== null)?.rawCode ?? null;
}

/** The courier's code of a row in a list. It stands in the attempts, so it is read once for each version of the row. */
export function useCourierCode(row: InterceptAnswer): string | null {
  const { data } = useQuery({
    queryKey: ['courier-code', row.id, row.version],
    queryFn: async () => lastCode(await call<InterceptDetailAnswer>('GET', pathOf(row.id))),
    enabled: isCouriersWord(row),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return data ?? null;
}
