import { createDecipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;
/** The platform pads to 32 bytes, not to the 16 of AES: Node's own unpadding would refuse half of its messages. */
const PADDED_TO = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The 43 characters of an EncodingAESKey as its 32 bytes; null where it is none. */
function keyOf(encodingAesKey: string): Buffer | null {
  return isAesKey(encodingAesKey) ? Buffer.from(`${encodingAesKey}=`, 'base64') : null;
}

export function isAesKey(encodingAesKey: string): boolean {
  return /^[A-Za-z0-9+/]{43}$/.test(encodingAesKey);
}

/** Without the padding of 1 to 32 equal bytes; null where it is none. */
function unpadded(plain: Buffer): Buffer | null {
  const count = plain.at(-1) ?? 0;
  if (count < 1 || count > PADDED_TO || count > plain.length) return null;
  const padding = plain.subarray(plain.length - count);
  return padding.every((byte) => byte === count) ? plain.subarray(0, plain.length - count) : null;
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What a message holds: its JSON text, and whom it was made for. */
export interface Opened {
  readonly text: string;
  readonly appId: string;
}

/** 16 random bytes, the length of the text (big-endian), the text, the app id. */
function openedOf(plain: Buffer): Opened | null {
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (plain.length < start) return null;
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) return null;
  const [text, appId] = [textOf(plain.subarray(start, end)), textOf(plain.subarray(end))];
  return text === null || appId === null ? null : { text, appId };
}

/**
 * Decrypts `Encrypt`: AES-256-CBC, IV = the first 16 bytes of the key (7.1). Null where the bytes were not made with this
 * key. Never throws: this runs on whatever anybody posts.
 */
export function decryptMessage(encodingAesKey: string, encrypt: string): Opened | null {
  const key = keyOf(encodingAesKey);
  if (key === null || !BASE64.test(encrypt)) return null;
  const encrypted = Buffer.from(encrypt, 'base64');
  if (encrypted.length === 0 || encrypted.length % BLOCK_BYTES !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, BLOCK_BYTES));
  decipher.setAutoPadding(false);
  const plain = unpadded(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  return plain === null ? null : openedOf(plain);
}
