import { createHash } from 'node:crypto';

export interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
}

/** MD5 of secret + text + secret, hex in upper case: the form of both signatures. */
function sealed(text: string, secret: string): string {
  return createHash('md5').update(`${secret}${text}${secret}`).digest('hex').toUpperCase();
}

/** The sign of CONNECT (reference/platforms.md 2.1). `timestampMs` is unix milliseconds as text. */
export function connectSign({ appKey, appSecret }: AppKeys, group: string, timestampMs: string): string {
  return sealed(`app_key${appKey}group_name${group}timestamp${timestampMs}`, appSecret);
}

/** The gateway's `sign_method=md5` over all other parameters, by their names in byte order (reference/platforms.md 2.3). */
export function gatewaySign(params: Readonly<Record<string, string>>, appSecret: string): string {
  const pairs = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return sealed(pairs.map(([name, value]) => `${name}${value}`).join(''), appSecret);
}
