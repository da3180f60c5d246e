import { createHash, timingSafeEqual } from 'node:crypto';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** `sign` of a push to `url`: its path, its own parameters and two headers in order of name, then the secret. No body. */
export function pushSign(url: URL, appKey: string, timestamp: string, appSecret: string): string {
  const all = new Map([...url.searchParams, ['app-key', appKey], ['timestamp', timestamp]] as [string, string][]);
  const parts = [...all.keys()].sort().map((name) => `${name}=${all.get(name)}`);
  return md5(`${url.pathname}?${parts.join('&')}${appSecret}`);
}

/** `sign` of a call: neither the token nor the content is signed. */
export function callSign(method: string, appId: string, timestamp: string, appSecret: string): string {
  return md5(`${method}?appId=${appId}&timestamp=${timestamp}&version=2.0${appSecret}`);
}

/** Whether the sign is right; constant time, any length. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
