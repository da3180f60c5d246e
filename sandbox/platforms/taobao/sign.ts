import { createHash, timingSafeEqual } from 'node:crypto';

/** The gateway's sign: every field but `sign`, sorted, between two secrets. */
export function topSign(form: URLSearchParams, secret: string): string {
  const names = [...form.keys()].filter((name) => name !== 'sign').sort();
  const text = names.map((name) => name + (form.get(name) ?? '')).join('');
  return md5(secret + text + secret);
}

/** The sign of CONNECT. */
export function connectSign(appKey: string, group: string, timestamp: string, secret: string): string {
  return md5(`${secret}app_key${appKey}group_name${group}timestamp${timestamp}${secret}`);
}

export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}
