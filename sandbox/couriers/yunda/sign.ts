import { createHash, timingSafeEqual } from 'node:crypto';

/** `sign`: lower-case hex of md5(body + "_" + secret), over the exact bytes. */
export function yundaSign(body: Buffer | string, secret: string): string {
  return createHash('md5').update(body).update('_').update(secret).digest('hex');
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
