import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
}

/** JSON as the gateway signs it; `bigint` is for int64 ids, which a number would round. */
export type SignableJson =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly SignableJson[]
  | { readonly [key: string]: SignableJson };

/** The two digests seen in the wild, told apart by their length in hex digits: no header names them reliably. */
const DIGEST_OF_LENGTH: Readonly<Record<number, 'md5' | 'hmac-sha256'>> = { 32: 'md5', 64: 'hmac-sha256' };

/** The hex digest of a webhook body: over appKey + the bytes as they came + appSecret (reference/platforms.md 1.1). */
function eventDigest(digest: 'md5' | 'hmac-sha256', keys: AppKeys, body: Uint8Array): Buffer {
  const hash = digest === 'md5' ? createHash('md5') : createHmac('sha256', keys.appSecret);
  return hash.update(keys.appKey).update(body).update(keys.appSecret).digest();
}

/** Does the header `event-sign` belong to these bytes? Constant time; upper case is accepted, as one SDK does. */
export function isEventSigned(keys: AppKeys, body: Uint8Array, eventSign: string): boolean {
  const digest = DIGEST_OF_LENGTH[eventSign.length];
  if (!digest || !/^[0-9a-f]+$/i.test(eventSign)) return false;
  return timingSafeEqual(eventDigest(digest, keys, body), Buffer.from(eventSign, 'hex'));
}

/**
 * JSON with the keys of every object sorted and nothing escaped for HTML: the gateway signs these very characters.
 * Throws RangeError on a number that a double does not hold exactly.
 */
export function canonicalJson(value: SignableJson): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError('only exact integers can be signed');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: SignableJson): value is readonly SignableJson[] {
  return Array.isArray(value);
}

/** Gateway sign v2, hex. `timestampS` is unix seconds as text, `paramJson` what `canonicalJson` gave (reference 1.4). */
export function gatewaySign(keys: AppKeys, call: { method: string; paramJson: string; timestampS: string }): string {
  const signed = `app_key${keys.appKey}method${call.method}param_json${call.paramJson}timestamp${call.timestampS}v2`;
  return createHmac('sha256', keys.appSecret).update(`${keys.appSecret}${signed}${keys.appSecret}`).digest('hex');
}
