import { createHash, timingSafeEqual } from 'node:crypto';

/** `data_digest`: base64(md5_raw(content + secret)), over the text before it is url-encoded. */
export function stoDigest(content: string, secret: string): string {
  return createHash('md5').update(content).update(secret).digest('base64');
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameDigest(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
