import { Webhook } from 'standardwebhooks';

const PREFIX = 'whsec_';
/** The least key of Standard Webhooks 1.0.0, bytes. */
const LEAST_KEY = 24;

/**
 * The keys a secret may stand for. `whsec_…`: its base64, decoded. Any other text: its UTF-8 bytes; if it also reads as
 * the base64 of a key, that key too, because receivers that take secrets without the prefix decode them.
 */
function keysOf(secret: string): Uint8Array[] {
  if (secret.startsWith(PREFIX)) return [Buffer.from(secret.slice(PREFIX.length), 'base64')];
  const decoded = Buffer.from(secret, 'base64');
  const isBase64 = decoded.length >= LEAST_KEY && decoded.toString('base64') === secret;
  return [Buffer.from(secret, 'utf8'), ...(isBase64 ? [decoded] : [])];
}

/** The three headers of Standard Webhooks 1.0.0 for exactly these bytes. `at` is the time of this try. */
export function signatureHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const signatures = keysOf(secret).map((key) => new Webhook(key, { format: 'raw' }).sign(id, at, body));
  return { ...plainHeaders(id, at), 'webhook-signature': signatures.join(' ') };
}

/** The headers of a message that nobody signs: a plain webhook has no secret. */
export function plainHeaders(id: string, at: Date): Record<string, string> {
  return { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)) };
}
