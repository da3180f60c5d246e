import { createHash, timingSafeEqual } from 'node:crypto';

/** What of a webhook the platform signs: where it was posted to, and two of its headers. The body is not among it. */
export interface SignedWebhook {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly appKey: string;
  /** Unix seconds as text, as the header has it. */
  readonly timestamp: string;
}

function md5Hex(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * The header `sign`: md5 of path, `?`, all parameters of the address together with `app-key` and `timestamp` in the order
 * of their names, and the app secret (reference/platforms.md 6.1). Parameters are signed as they read, not as encoded.
 */
export function pushSign({ path, query, appKey, timestamp }: SignedWebhook, appSecret: string): string {
  const named = { ...query, 'app-key': appKey, timestamp };
  const pairs = Object.entries(named).filter(([, value]) => value !== undefined);
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  return md5Hex(`${path}?${sorted.join('&')}${appSecret}`);
}

/** Is this the header `sign` of that webhook? Constant time. */
export function isPushSigned(webhook: SignedWebhook, appSecret: string, sign: string): boolean {
  if (!/^[0-9a-f]{32}$/i.test(sign)) return false;
  return timingSafeEqual(Buffer.from(pushSign(webhook, appSecret), 'hex'), Buffer.from(sign, 'hex'));
}

/** The gateway's `sign`: md5 of the method, three parameters and the secret; neither token nor content (6.3). */
export function gatewaySign(call: { method: string; appId: string; timestampS: string; appSecret: string }): string {
  const { method, appId, timestampS, appSecret } = call;
  return md5Hex(`${method}?appId=${appId}&timestamp=${timestampS}&version=2.0${appSecret}`);
}
