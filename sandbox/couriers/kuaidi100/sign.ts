import { createHash, timingSafeEqual } from 'node:crypto';

/** `sign` of a call: upper-case hex of md5(param + t + key + secret). */
export function callSign(param: string, t: string, key: string, secret: string): string {
  return createHash('md5').update(param).update(t).update(key).update(secret).digest('hex').toUpperCase();
}

/** `sign` of a callback: hex of md5(param + salt). Which case is not documented; calls are signed in upper case. */
export function callbackSign(param: string, salt: string): string {
  return createHash('md5').update(param).update(salt).digest('hex').toUpperCase();
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
