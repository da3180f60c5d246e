import { createDecipheriv } from 'node:crypto';

/** The length of an AES key in bytes tells the cipher; the console gives the key as base64. */
const CIPHER_OF_KEY: Readonly<Record<number, string>> = { 16: 'aes-128-cbc', 24: 'aes-192-cbc', 32: 'aes-256-cbc' };
const BLOCK_BYTES = 16;
/** Sixteen zero bytes for every message, as documented: the same text gives the same body. */
const ZERO_IV = Buffer.alloc(BLOCK_BYTES);
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Is this a key that messages can be decrypted with? Base64 of 16, 24 or 32 bytes. */
export function isMessageKey(messageKey: string): boolean {
  return BASE64.test(messageKey) && Buffer.from(messageKey, 'base64').length in CIPHER_OF_KEY;
}

/**
 * The text of a message: base64, AES-CBC with PKCS#5 padding, UTF-8 (reference/platforms.md 5.1). Null where the bytes
 * were not made with this key. Never throws: this runs on whatever anybody posts.
 */
export function decryptMessage(messageKey: string, body: Uint8Array): string | null {
  const key = Buffer.from(messageKey, 'base64');
  const cipher = CIPHER_OF_KEY[key.length];
  const sent = Buffer.from(body).toString('latin1').trim();
  if (cipher === undefined || !BASE64.test(sent)) return null;
  const encrypted = Buffer.from(sent, 'base64');
  if (encrypted.length === 0 || encrypted.length % BLOCK_BYTES !== 0) return null;
  try {
    const decipher = createDecipheriv(cipher, key, ZERO_IV);
    const plain = Buffer.concat([decipher.update(encrypted), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null;
  }
}
