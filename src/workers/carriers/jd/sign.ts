import { createHash, createHmac } from 'node:crypto';

/** JD's names of the ways to sign a LOP call (sent as `algorithm`), and the hash behind each; null: plain md5 with the salt. */
const HMAC_OF = {
  'md5-salt': null,
  HMacMD5: 'md5',
  HMacSHA1: 'sha1',
  HMacSHA256: 'sha256',
  HMacSHA512: 'sha512',
} as const satisfies Record<string, string | null>;
type JdAlgorithm = keyof typeof HMAC_OF;
export const JD_ALGORITHMS = Object.keys(HMAC_OF) as [JdAlgorithm, ...JdAlgorithm[]];

/** What a LOP signature covers; `body` is the very text that is sent, `path` has no query. */
interface LopSigned {
  readonly accessToken: string;
  readonly appKey: string;
  readonly path: string;
  readonly body: string;
  readonly timestamp: string;
}

/**
 * `sign` of a LOP call, over names and values without separators between two secrets, UTF-8 (JD's Python and C# clients):
 * lower-case hex for `md5-salt`, base64 of the HMAC keyed with the secret for the others.
 */
export function signLop(parts: LopSigned, appSecret: string, algorithm: JdAlgorithm): string {
  const { accessToken, appKey, path, body, timestamp } = parts;
  const named = `access_token${accessToken}app_key${appKey}method${path}param_json${body}timestamp${timestamp}v2.0`;
  const text = `${appSecret}${named}${appSecret}`;
  const hash = HMAC_OF[algorithm];
  return hash === null
    ? createHash('md5').update(text, 'utf8').digest('hex')
    : createHmac(hash, appSecret).update(text, 'utf8').digest('base64');
}

/**
 * `sign` of a JOS call: upper-case hex of the md5 over all parameters but itself, in the order of their names, not
 * url-encoded, between two secrets.
 */
export function signJos(params: Readonly<Record<string, string>>, appSecret: string): string {
  const sorted = Object.keys(params).sort();
  const text = sorted.map((name) => `${name}${params[name]}`).join('');
  return createHash('md5').update(`${appSecret}${text}${appSecret}`, 'utf8').digest('hex').toUpperCase();
}
