import { createHash, timingSafeEqual } from 'node:crypto';

/** Header `digest`: base64 of the 16 bytes of md5(content + key). */
export function jtexpressDigest(content: string, privateKey: string): string {
  return createHash('md5').update(content).update(privateKey).digest('base64');
}

/** `digest` in the content of an order: it proves the customer's password. */
export function customerDigest(code: string, password: string, privateKey: string): string {
  const hashed = createHash('md5').update(`${password}jadada236t2`).digest('hex').toUpperCase();
  return createHash('md5').update(`${code}${hashed}${privateKey}`).digest('base64');
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameDigest(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
