import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/** `sign` of a call over everything in the query but itself. */
export function callSign(query: URLSearchParams, signSecret: string): string {
  const names = [...query.keys()].filter((name) => name !== 'sign').sort();
  const pairs = names.map((name) => `${name}=${query.get(name) ?? ''}`);
  return createHmac('sha256', signSecret)
    .update(`${pairs.join('&')}&signSecret=${signSecret}`)
    .digest('base64');
}

/** Whether the sign is right; constant time, any length. */
export function sameSign(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A message as it travels: AES-CBC with sixteen zero bytes as IV, base64. */
export function encrypted(text: string, messageKey: string): string {
  const key = Buffer.from(messageKey, 'base64');
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(16));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}
