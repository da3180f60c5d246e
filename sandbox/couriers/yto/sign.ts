import { createHash, timingSafeEqual } from 'node:crypto';

/** `sign` of a request: base64(md5_raw(param + method + version + secret)). */
export function ytoSign(param: string, method: string, version: string, secret: string): string {
  return createHash('md5').update(param).update(method).update(version).update(secret).digest('base64');
}

/** `data_digest` of a push: base64(md5_raw(logistics_interface + secret)). */
export function ytoPushDigest(message: string, secret: string): string {
  return createHash('md5').update(message).update(secret).digest('base64');
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
