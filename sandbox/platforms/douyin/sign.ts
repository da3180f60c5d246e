import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
}

/** `event-sign` of a push: md5 hex of appKey + rawBody + appSecret. */
export function eventSign({ appKey, appSecret }: AppKeys, rawBody: string): string {
  return createHash('md5').update(appKey).update(rawBody).update(appSecret).digest('hex');
}

/** The second variant seen: the same text under HMAC-SHA256 with the secret as key. */
export function eventSignHmac({ appKey, appSecret }: AppKeys, rawBody: string): string {
  return createHmac('sha256', appSecret).update(appKey).update(rawBody).update(appSecret).digest('hex');
}

/** Gateway sign v2: HMAC-SHA256 over the named parts between two secrets. */
export function gatewaySign(keys: AppKeys, method: string, timestamp: string, paramJson: Buffer | string): string {
  const { appKey, appSecret } = keys;
  return createHmac('sha256', appSecret)
    .update(`${appSecret}app_key${appKey}method${method}param_json`)
    .update(paramJson)
    .update(`timestamp${timestamp}v2${appSecret}`)
    .digest('hex');
}

/** Whether the sign is right; constant time, any length. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The signed form of param_json: keys sorted at every level and no HTML escapes. The platform signs that form, so a body
 * in another form carries a sign it would not compute.
 */
export function isCanonicalParam(text: string): boolean {
  return !/\\u00(3c|3e|26)/i.test(text) && hasSortedKeys(JSON.parse(text));
}

function hasSortedKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  const sorted = keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') <= key);
  return sorted && Object.values(value).every(hasSortedKeys);
}
