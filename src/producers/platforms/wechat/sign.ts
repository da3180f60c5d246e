import { createHash, timingSafeEqual } from 'node:crypto';

/** sha1 of the parts in alphabetical order, one behind the other: how the platform signs everything it sends (reference 7.1). */
export function pushSign(...parts: readonly string[]): string {
  const sorted = [...parts].sort();
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** Is this the signature of those parts? Constant time. */
export function isSigned(sign: string, ...parts: readonly string[]): boolean {
  if (!/^[0-9a-f]{40}$/i.test(sign)) return false;
  return timingSafeEqual(Buffer.from(pushSign(...parts), 'hex'), Buffer.from(sign, 'hex'));
}
