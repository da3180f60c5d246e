import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * The SECRET_KEY of the embedded mode: 32 random bytes as base64 in `<dir>/secret.key` (0600), made at the first call
 * and never changed. Throws if the file holds anything else: a new key would make stored credentials unreadable.
 */
export function loadSecretKey(dir: string): string {
  const file = join(dir, 'secret.key');
  try {
    // 'wx' fails if the file exists: of two processes that start at once one makes the key, the other reads it.
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = readFileSync(file, 'utf8').trim();
  if (Buffer.from(key, 'base64').length !== KEY_BYTES) {
    throw new Error(
      `${file} does not hold a base64 key of ${KEY_BYTES} bytes; restore it from a copy, or delete it and enter all credentials again`,
    );
  }
  return key;
}
