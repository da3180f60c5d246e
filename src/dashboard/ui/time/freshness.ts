/** A figure older than this is not called normal any more (R79), ms. */
export const VERIFIED_FOR_MS = 90_000;

/** How often pages read anew, ms. */
export const REFRESH_MS = 5_000;

/** Each loaded page of a list is read again; a long list is read less often. ms. */
export function refreshEvery(pages: number): number {
  return REFRESH_MS * Math.max(1, Math.ceil(pages / 5));
}

export type Freshness = 'reading' | 'verified' | 'not_verified';

/** What may be said of a figure read at `readAt` (ms since 1970; 0: never). */
export function freshnessOf(readAt: number, now: number): Freshness {
  if (readAt === 0) return 'reading';
  return now - readAt > VERIFIED_FOR_MS ? 'not_verified' : 'verified';
}
