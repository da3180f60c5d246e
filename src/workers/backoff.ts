const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before try `tries + 1`, ms: doubling from half a second to half a minute, the later half of it at
 * random, so that what failed together does not come back together.
 */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries, 1) - 1, 16));
  return Math.round(full / 2 + (full / 2) * random());
}
