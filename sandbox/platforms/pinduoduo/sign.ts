import { createHash, timingSafeEqual } from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** The gateway's sign: every field but `sign`, sorted, between two secrets. */
export function callSign(form: URLSearchParams, secret: string): string {
  const names = [...form.keys()].filter((name) => name !== 'sign').sort();
  const text = names.map((name) => name + (form.get(name) ?? '')).join('');
  return md5(secret + text + secret).toUpperCase();
}

/** The sign in the address of the message service: the digits of the digest, as text, in base64. */
export function addressSign(clientId: string, timestamp: string, secret: string): string {
  return Buffer.from(md5(clientId + timestamp + secret)).toString('base64');
}

export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
