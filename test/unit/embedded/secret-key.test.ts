import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSecretKey } from '../../../src/embedded/secret-key.js';

describe('the key of the embedded mode', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'jj-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once and read ever after, or stored credentials could not be read', () => {
    const key = loadSecretKey(dir);
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(loadSecretKey(dir)).toBe(key);
    expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  it('is another one in another folder', () => {
    const other = mkdtempSync(join(tmpdir(), 'jj-key-'));
    expect(loadSecretKey(other)).not.toBe(loadSecretKey(dir));
    rmSync(other, { recursive: true, force: true });
  });

  it.each(['', 'c2hvcnQ=\n'])('is never replaced when the file is damaged (%j)', (content) => {
    writeFileSync(join(dir, 'secret.key'), content);
    expect(() => loadSecretKey(dir)).toThrow(/restore it/);
  });
});
