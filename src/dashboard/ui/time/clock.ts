import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const TICK_MS = 1_000;
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's clock less this machine's, ms; from the Date header, so within about a second. */
let serverAheadMs = 0;

/** One timer for all figures that age. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Deadlines are the server's: a desk whose clock is ten minutes slow must not believe it has ten minutes more. */
export function noteServerTime(dateHeader: string | null): void {
  const at = Date.parse(dateHeader ?? '');
  if (Number.isNaN(at)) return;
  const ahead = at - Date.now();
  // The header has whole seconds; less than two is noise.
  serverAheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead;
}

/** A moment of the server's clock on this machine's, ms since 1970: for ages of what the server read. */
export function onThisClock(at: string): number {
  return Date.parse(at) - serverAheadMs;
}

/** This machine's time, ms since 1970, renewed every `stepMs`. */
export function useNow(stepMs: number = TICK_MS): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / stepMs) * stepMs);
}

/** The server's time as far as it is known, ms since 1970, renewed every `stepMs`. */
export function useServerNow(stepMs: number): number {
  return useSyncExternalStore(subscribe, () => Math.floor((Date.now() + serverAheadMs) / stepMs) * stepMs);
}
