import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';
/** The least key of Standard Webhooks 1.0.0, bytes: a shorter text is not taken for the base64 of one. */
const LEAST_KEY = 24;
/** A message older, or younger, than this is refused: somebody may have kept it. */
const TOLERANCE_MS = 300_000;
/** More signatures than anybody's keys in rotation. */
const MOST_SIGNATURES = 16;

/** What Standard Webhooks signs: two headers and the bytes of the body. */
export interface SignedMessage {
  readonly id: string;
  /** Unix seconds as text, as the header has it. */
  readonly timestamp: string;
  readonly body: Uint8Array;
}

/**
 * The keys a secret may stand for. `whsec_…`: its base64, decoded. Any other text: its UTF-8 bytes; if it also reads as
 * the base64 of a key, that key too, because libraries decode secrets without the prefix.
 */
function keysOf(secret: string): readonly Uint8Array[] {
  if (secret.startsWith(PREFIX)) return [Buffer.from(secret.slice(PREFIX.length), 'base64')];
  const decoded = Buffer.from(secret, 'base64');
  const isBase64 = decoded.length >= LEAST_KEY && decoded.toString('base64') === secret;
  return [Buffer.from(secret, 'utf8'), ...(isBase64 ? [decoded] : [])];
}

function digestOf(key: Uint8Array, { id, timestamp, body }: SignedMessage): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Is one of the signatures in `webhook-signature` (`v1,…`, space between) that of the message? Constant time. */
export function isSigned(secret: string, message: SignedMessage, signatures: string): boolean {
  const given = signatures
    .split(' ', MOST_SIGNATURES)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  const wanted = keysOf(secret).map((key) => digestOf(key, message));
  // Every pair is compared, so that the time tells nothing of which one fits.
  const fits = given.flatMap((one) =>
    wanted.map((digest) => one.length === digest.length && timingSafeEqual(one, digest)),
  );
  return fits.includes(true);
}

/** Was it made within the tolerance of now, either way? */
export function isRecent(timestamp: string, nowMs: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs - Number(timestamp) * 1000) <= TOLERANCE_MS;
}
