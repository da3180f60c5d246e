import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How one app is set up in ZTO's console. */
export interface DigestSetup {
  readonly digest: 'md5' | 'sha256' | 'hmac-sha256';
  readonly base64: boolean;
  readonly appSecret: string;
  /** Key of hmac-sha256 only. */
  readonly hmacKey: string;
}

/** `x-datadigest`: digest([timestamp] + body + appSecret) over the exact bytes, raw digest in base64 (or hex). */
export function ztoDigest(setup: DigestSetup, body: Buffer | string, timestamp = ''): string {
  const hash = setup.digest === 'hmac-sha256' ? createHmac('sha256', setup.hmacKey) : createHash(setup.digest);
  hash.update(timestamp).update(body).update(setup.appSecret);
  return hash.digest(setup.base64 ? 'base64' : 'hex');
}

/** `data_digest` of a push: base64(md5_raw(data + appSecret)). */
export function ztoPushDigest(appSecret: string, data: string): string {
  return createHash('md5').update(data).update(appSecret).digest('base64');
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameDigest(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
