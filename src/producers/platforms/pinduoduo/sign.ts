import { createHash } from 'node:crypto';

export interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
}

const md5Hex = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/**
 * The sign in the address of the message service: base64 of the 32 hex digits of an MD5, as text, not of its 16 bytes
 * (reference/platforms.md 3.1, DigestUtil of the official SDK). `timestampMs` is unix milliseconds as text.
 */
export function socketSign({ appKey, appSecret }: AppKeys, timestampMs: string): string {
  return Buffer.from(md5Hex(`${appKey}${timestampMs}${appSecret}`), 'latin1').toString('base64');
}

/** The gateway's sign over all other parameters, by their names in byte order, upper-case hex (reference/platforms.md 3.3). */
export function gatewaySign(params: Readonly<Record<string, string>>, appSecret: string): string {
  const pairs = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = pairs.map(([name, value]) => `${name}${value}`).join('');
  return md5Hex(`${appSecret}${text}${appSecret}`).toUpperCase();
}
