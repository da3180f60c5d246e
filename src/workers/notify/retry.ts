const FIRST_MS = 5_000;
const FACTOR = 3;
const LONGEST_MS = 3_600_000;

/**
 * When the next try of a message may start: 5 s, 15 s, 45 s … to once an hour, the later half of each at random, never
 * before the receiver's `Retry-After`. null: that would be after `giveUpAt`. `tries` counts those made.
 */
export function nextTry(
  tries: number,
  retryAfterMs: number | null,
  giveUpAt: Date,
  now: Date,
  random: () => number = Math.random,
): Date | null {
  const full = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** Math.min(Math.max(tries, 1) - 1, 10));
  const waitMs = Math.max(full / 2 + (full / 2) * random(), retryAfterMs ?? 0);
  const at = new Date(now.getTime() + Math.round(waitMs));
  return at < giveUpAt ? at : null;
}
