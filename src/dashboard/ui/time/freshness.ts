/** A figure older than this is not called normal any more (R79), ms. */
export const VERIFIED_FOR_MS = 90_000;

/** How often pages read anew by themselves, ms. */
export const REFRESH_MS = 5_000;

/** The same while the server tells of changes: often enough that a figure stays verified when nothing changes. ms. */
const REFRESH_WHEN_TOLD_MS = 30_000;

let told = false;

/** Does the server tell of changes at this moment (http/live-stream.ts)? */
export function noteTold(on: boolean): void {
  told = on;
}

/**
 * Until a query is read anew by itself, ms; for `refetchInterval`, as a function. Each loaded page of a list is read
 * again, so a long list is read less often.
 */
export function refreshEvery(pages = 1): number {
  const byItself = REFRESH_MS * Math.max(1, Math.ceil(pages / 5));
  return told ? Math.max(byItself, REFRESH_WHEN_TOLD_MS) : byItself;
}

export type Freshness = 'reading' | 'verified' | 'not_verified';

/** What may be said of a figure read at `readAt` (ms since 1970; 0: never). */
export function freshnessOf(readAt: number, now: number): Freshness {
  if (readAt === 0) return 'reading';
  return now - readAt > VERIFIED_FOR_MS ? 'not_verified' : 'verified';
}
