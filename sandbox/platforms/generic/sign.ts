import { createHmac } from 'node:crypto';

/** The bytes of a secret: after `whsec_` their base64, else the text itself. */
export function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
}

/** A key of the same length that is another. */
export function anotherKey(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => byte ^ 0xff));
}

/** `v1,…` of Standard Webhooks over exactly this text. */
export function signature(key: Buffer, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
