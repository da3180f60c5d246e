import { createCipheriv, createHash } from 'node:crypto';

const BLOCK = 32;

/** sha1 of the parts, sorted. */
export function signature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** A message as it travels: random, length, text, app id, padded to 32 bytes, AES-256-CBC, base64. */
export function encrypted(text: string, appId: string, encodingAesKey: string, random: Buffer): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(appId)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const bytes = [cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()];
  return Buffer.concat(bytes).toString('base64');
}
