import { createHash } from 'node:crypto';

/**
 * `sign` of a request: lower-case hex of `md5(body + "_" + appSecret)`, UTF-8, over the very text that is sent (Yunda's
 * authentication page). The `req-time` header is not signed.
 */
export function signYunda(body: string, appSecret: string): string {
  return createHash('md5').update(`${body}_${appSecret}`, 'utf8').digest('hex');
}
