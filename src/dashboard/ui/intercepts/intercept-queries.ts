import { useInfiniteQuery } from '@tanstack/react-query';
import type { InterceptAnswer, Page, StoryAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { useLive } from '../http/live.js';
import { refreshEvery } from '../time/freshness.js';
import { type Filters, questionOf } from './filters.js';

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
  return useLive<StoryAnswer>(['intercept', id], `/api/v1/intercepts/${id}`);
}

/** Reasons that are the courier's own answer; its code stands beside them (R41). */
function isCouriersWord({ state, reason }: Pick<InterceptAnswer, 'state' | 'reason'>): boolean {
  return state === 'refused' || /^courier_(?!accepted|stopped|unavailable)/.test(reason);
}

/** The courier's code where the reason is its own answer; null: the reason is ours. */
export function courierCodeOf(row: Pick<InterceptAnswer, 'state' | 'reason' | 'courierCode'>): string | null {
  return isCouriersWord(row) ? row.courierCode : null;
}
