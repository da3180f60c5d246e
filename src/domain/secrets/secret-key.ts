import type { Text } from '../text.js';

const KEY_BYTES = 32;
/** 32 random bytes hold about 30 different values; fewer than 8 happens to nobody's random key. */
const FEWEST_DISTINCT = 8;
/** Words of keys that people paste from examples. */
const PASTED = /change.?me|secret|password|example|default|jiejian|replace|your.?key|1234567890/i;

export type ParsedKey = { readonly ok: true; readonly key: Buffer } | { readonly ok: false; readonly why: Text };

const refused = (zh: string, en: string): ParsedKey => ({ ok: false, why: { zh, en } });

function isWeak(key: Buffer): boolean {
  const steps = new Set(key.subarray(1).map((byte, i) => byte - (key[i] ?? 0)));
  return new Set(key).size < FEWEST_DISTINCT || steps.size === 1 || PASTED.test(key.toString('latin1'));
}

/**
 * The key that encrypts credentials and personal data: 32 bytes as base64, as `openssl rand -base64 32` makes it.
 * Refuses keys of another length and keys that were never random (all zeros, counted up, a pasted example).
 */
export function parseSecretKey(text: string): ParsedKey {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) {
    return refused(
      '必须是 32 字节的 base64，可用 openssl rand -base64 32 生成',
      'must be 32 bytes as base64; make one with: openssl rand -base64 32',
    );
  }
  if (isWeak(key)) {
    return refused(
      '是默认或弱密钥，请用 openssl rand -base64 32 生成随机密钥',
      'is a default or weak key; make a random one with: openssl rand -base64 32',
    );
  }
  return { ok: true, key };
}
