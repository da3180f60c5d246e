import { createHash } from 'node:crypto';

/**
 * `sign` of a call: upper-case hex of the md5 over secret + names and values of all parameters, sorted by name, without
 * separators and not url-encoded, + secret (reference/platforms.md 4.1).
 */
export function josSign(params: Readonly<Record<string, string>>, appSecret: string): string {
  const pairs = Object.keys(params)
    .sort()
    .map((name) => `${name}${params[name]}`);
  return createHash('md5')
    .update(`${appSecret}${pairs.join('')}${appSecret}`, 'utf8')
    .digest('hex')
    .toUpperCase();
}
