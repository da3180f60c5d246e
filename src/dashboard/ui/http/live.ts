import { useQuery } from '@tanstack/react-query';
import { refreshEvery } from '../time/freshness.js';
import type { Page } from './answers.js';
import { call } from './client.js';

/**
 * Reads an address now and then anew, and when the server tells that it has changed: its first key word says what it
 * depends on (http/live-stream.ts). What was read stays while a later reading fails.
 */
export function useLive<T>(key: readonly unknown[], path: string) {
  return useQuery({ queryKey: key, queryFn: () => call<T>('GET', path), refetchInterval: () => refreshEvery() });
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
