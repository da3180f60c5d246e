import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The ways to sign a LOP call that JD names, HMACs with their digest. */
const HMACS: ReadonlyMap<string, string> = new Map([
  ['HMacMD5', 'md5'],
  ['HMacSHA1', 'sha1'],
  ['HMacSHA256', 'sha256'],
  ['HMacSHA512', 'sha512'],
]);

export interface LopCall {
  readonly token: string;
  readonly appKey: string;
  readonly path: string;
  readonly timestamp: string;
  readonly raw: Buffer;
}

/** `sign` of a LOP call over the exact bytes of its body; undefined: JD knows no such algorithm. */
export function lopSign(call: LopCall, secret: string, algorithm: string): string | undefined {
  const parts = [
    secret,
    `access_token${call.token}`,
    `app_key${call.appKey}`,
    `method${call.path}`,
    'param_json',
    call.raw,
    `timestamp${call.timestamp}`,
    'v2.0',
    secret,
  ];
  if (algorithm === 'md5-salt') return fed(createHash('md5'), parts).digest('hex');
  const digest = HMACS.get(algorithm);
  return digest === undefined ? undefined : fed(createHmac(digest, secret), parts).digest('base64');
}

/** `sign` of a JOS call: upper-case hex over all parameters but `sign`, sorted by name. */
export function josSign(params: ReadonlyMap<string, string>, secret: string): string {
  const names = [...params.keys()].filter((name) => name !== 'sign').sort();
  const hash = fed(createHash('md5'), [secret, ...names.flatMap((name) => [name, params.get(name) ?? '']), secret]);
  return hash.digest('hex').toUpperCase();
}

/** Compares byte by byte in constant time; lengths may differ. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function fed<H extends { update(part: string | Buffer): unknown }>(hash: H, parts: readonly (string | Buffer)[]): H {
  for (const part of parts) hash.update(part);
  return hash;
}
