import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { parseSecretKey } from './secret-key.js';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must not be readable in a copy of the database: credentials and personal data. */
export interface Secrets {
  /** Name of the key, kept in front of every sealed text: tells "another key" from "damaged". */
  readonly keyId: string;
  /** Was this sealed with the present key? */
  isCurrent(sealed: string): boolean;
  /**
   * `v1:<key id>:<iv>:<tag>:<ciphertext>`, the last three base64. `place` says where the text belongs (`shop/dy-main`)
   * and is authenticated with it: a sealed text moved to another row does not open.
   */
  seal(plain: string, place: string): string;
  /** Throws SecretUnreadable. */
  open(sealed: string, place: string): string;
}

/** A sealed text that cannot be opened. `cause` is the kind; the message holds neither the text nor the key. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
  constructor(
    readonly kind: 'other_key' | 'damaged',
    place: string,
  ) {
    super(
      kind === 'other_key'
        ? `the secret of ${place} was encrypted with another SECRET_KEY; set that key, or apply the configuration again`
        : `the secret of ${place} is damaged, or was copied from another row; apply the configuration again`,
    );
  }
}

/** First 8 hex digits of the key's hash: enough to tell keys apart, useless to find one. */
function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('jiejian key id').update(key).digest('hex').slice(0, 8);
}

function readKey(secretKey: string, name: string): Buffer {
  const parsed = parseSecretKey(secretKey);
  if (!parsed.ok) throw new RangeError(`${name} ${parsed.why.en}`);
  return parsed.key;
}

/**
 * Secrets under SECRET_KEY (base64, 32 bytes). With `previous` (SECRET_KEY_PREVIOUS) what the key before sealed opens
 * too, while `jiejian secrets rotate` seals it anew. Throws a RangeError for a key that parseSecretKey refuses.
 */
export function createSecrets(secretKey: string, previous: string | null = null): Secrets {
  const key = readKey(secretKey, 'SECRET_KEY');
  const keyId = keyIdOf(key);
  const keys = new Map([[keyId, key]]);
  if (previous !== null) {
    const before = readKey(previous, 'SECRET_KEY_PREVIOUS');
    keys.set(keyIdOf(before), before);
  }
  return {
    keyId,
    isCurrent: (sealed) => sealed.startsWith(`v1:${keyId}:`),
    seal(plain, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return ['v1', keyId, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64'))].join(':');
    },
    open(sealed, place) {
      const [version, sealedWith, iv, tag, text] = sealed.split(':');
      if (version !== 'v1' || iv === undefined || tag === undefined || text === undefined) {
        throw new SecretUnreadable('damaged', place);
      }
      const opener = keys.get(sealedWith ?? '');
      if (!opener) throw new SecretUnreadable('other_key', place);
      try {
        const decipher = createDecipheriv(CIPHER, opener, Buffer.from(iv, 'base64'), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(place))
          .setAuthTag(Buffer.from(tag, 'base64'));
        return decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
      } catch {
        throw new SecretUnreadable('damaged', place);
      }
    },
  };
}
