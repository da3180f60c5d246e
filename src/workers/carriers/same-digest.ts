import { timingSafeEqual } from 'node:crypto';

/** Equal in constant time; only the length shows. */
export function sameDigest(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
