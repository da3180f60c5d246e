import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSecrets, SecretUnreadable } from '../../src/domain/secrets/secrets.js';

const KEY = randomBytes(32).toString('base64');
const PLACE = 'shops/dy-main';
const secrets = createSecrets(KEY);

function kindOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretUnreadable) return error.kind;
    throw error;
  }
  return 'opened';
}

describe('a sealed text', () => {
  it('opens to what was sealed, byte for byte', () => {
    const text = '{"appKey":"7012345678901234567","备注":"钥匙 🔑"}';
    expect(secrets.open(secrets.seal(text, PLACE), PLACE)).toBe(text);
  });

  it('opens with the same key in another process', () => {
    expect(createSecrets(KEY).open(secrets.seal('x', PLACE), PLACE)).toBe('x');
  });

  it('looks different each time, so that equal secrets cannot be told', () => {
    expect(secrets.seal('x', PLACE)).not.toBe(secrets.seal('x', PLACE));
  });

  it('names its version and its key in front, and holds nothing readable', () => {
    const sealed = secrets.seal('hunter2', PLACE);
    expect(sealed).toMatch(/^v1:[0-9a-f]{8}:[\w+/=]+:[\w+/=]+:[\w+/=]+$/);
    expect(sealed).not.toContain('hunter2');
  });

  it('does not open with another key, and says that it is the key', () => {
    const other = createSecrets(randomBytes(32).toString('base64'));
    expect(kindOf(() => other.open(secrets.seal('x', PLACE), PLACE))).toBe('other_key');
  });

  it('does not open in another row, or a shop could be given the key of another', () => {
    expect(kindOf(() => secrets.open(secrets.seal('x', PLACE), 'shops/dy-other'))).toBe('damaged');
  });

  it.each([2, 3, 4])('does not open after a change of its part %s', (part) => {
    const parts = secrets.seal('a long enough text', PLACE).split(':');
    const bytes = Buffer.from(parts[part] ?? '', 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    parts[part] = bytes.toString('base64');
    expect(kindOf(() => secrets.open(parts.join(':'), PLACE))).toBe('damaged');
  });

  it('does not open with a tag cut short, because a short tag can be guessed', () => {
    const parts = secrets.seal('x', PLACE).split(':');
    parts[3] = Buffer.from(parts[3] ?? '', 'base64')
      .subarray(0, 4)
      .toString('base64');
    expect(kindOf(() => secrets.open(parts.join(':'), PLACE))).toBe('damaged');
  });

  it.each(['', 'plain', 'v2:a:b:c:d', 'v1:only'])('does not open "%s"', (text) => {
    expect(kindOf(() => secrets.open(text, PLACE))).toBe('damaged');
  });

  it('tells of a failure without the text', () => {
    expect(() => secrets.open('hunter2', PLACE)).toThrow(/^(?!.*hunter2)/);
  });
});
