import { useInfiniteQuery } from '@tanstack/react-query';
import { MATCH_CLASSES, type MatchClass } from '../../../domain/money/match.js';
import type { BillAnswer, MatchMonthAnswer, MatchRowAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { useLive } from '../http/live.js';
import { refreshEvery } from '../time/freshness.js';

/** What the page is about: one month of one biller, and the class whose rows are shown. */
export interface BillPlace {
  readonly source: string;
  readonly period: string;
  readonly class: MatchClass | null;
}

/** This month in China. */
const thisMonth = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

export function placeFrom(search: URLSearchParams, firstSource: string): BillPlace {
  const period = search.get('period') ?? '';
  return {
    source: search.get('source') ?? firstSource,
    period: /^20\d{2}-(0[1-9]|1[0-2])$/.test(period) ? period : thisMonth(),
    class: MATCH_CLASSES.find((name) => name === search.get('class')) ?? null,
  };
}

/** The page at that place. */
export function billsAddress({ source, period, class: name }: BillPlace): string {
  return `/bills?${new URLSearchParams({ source, period, ...(name === null ? {} : { class: name }) })}`;
}

export const monthQuery = ({ source, period }: BillPlace): string => String(new URLSearchParams({ source, period }));

export function useBills() {
  return useLive<Page<BillAnswer>>(['bills'], '/api/v1/bills?limit=50');
}

export function useMatch(place: BillPlace) {
  return useLive<MatchMonthAnswer>(
    ['bills', 'match', place.source, place.period],
    `/api/v1/bill-match?${monthQuery(place)}`,
  );
}

/** The rows behind a sum: lines of bills, or fees that nobody charged yet. */
export function useMatchRows(place: BillPlace, name: MatchClass) {
  const path =
    name === 'not_yet_charged'
      ? `/api/v1/bill-match/not-charged?${monthQuery(place)}`
      : `/api/v1/bill-match/lines?${monthQuery(place)}&class=${name}`;
  return useInfiniteQuery({
    queryKey: ['bills', 'rows', place.source, place.period, name],
    queryFn: ({ pageParam }) =>
      call<Page<MatchRowAnswer>>('GET', `${path}${pageParam === null ? '' : `&cursor=${pageParam}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}
