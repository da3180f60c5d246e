import { createHash, timingSafeEqual } from 'node:crypto';

/** `sign` of a call over everything in the form but itself. */
export function callSign(form: URLSearchParams, secret: string): string {
  const hash = createHash('md5').update(secret);
  for (const name of [...form.keys()].filter((key) => key !== 'sign').sort()) {
    hash.update(name).update(form.get(name) ?? '');
  }
  return hash.update(secret).digest('hex').toUpperCase();
}

/** Whether the sign is right; constant time, any length. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
