import { useQuery } from '@tanstack/react-query';
import { REFRESH_MS } from '../time/freshness.js';
import type { Page } from './answers.js';
import { call } from './client.js';

/** Reads an address now and then anew; what was read stays while a later reading fails. */
export function useLive<T>(key: readonly unknown[], path: string) {
  return useQuery({ queryKey: key, queryFn: () => call<T>('GET', path), refetchInterval: REFRESH_MS });
}

const SELDOM_MS = 60_000;

/** Reads a list that hardly ever changes; nothing where the server has none or this person may not see it. */
export function useSeldom<T>(key: readonly unknown[], path: string, enabled = true): readonly T[] {
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => call<Page<T>>('GET', path),
    staleTime: SELDOM_MS,
    retry: false,
    enabled,
  });
  return data?.items ?? [];
}
