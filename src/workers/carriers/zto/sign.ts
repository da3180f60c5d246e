import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The three digests of the ZTO console ("签名算法"); the default there is md5, base64. */
export const DIGESTS = ['md5', 'sha256', 'hmac-sha256'] as const;
export type Digest = (typeof DIGESTS)[number];

export interface SigningKeys {
  readonly appSecret: string;
  /** Only for `hmac-sha256`, which has a key of its own beside the secret. */
  readonly secretKey?: string | undefined;
}

/**
 * `x-dataDigest`: base64 over the raw digest of `[timestamp] + body + appSecret`, UTF-8 (ZTO's Java SDK, ZopDigestUtil).
 * `body` is the text sent, to the byte; `timestamp` the `x-timestamp` header, if that is sent.
 */
export function signZto(body: string, digest: Digest, keys: SigningKeys, timestamp = ''): string {
  const message = timestamp + body + keys.appSecret;
  const hash = digest === 'hmac-sha256' ? createHmac('sha256', keys.secretKey ?? '') : createHash(digest);
  return hash.update(message, 'utf8').digest('base64');
}

/** Equal in constant time; only the length shows. */
export function sameDigest(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
