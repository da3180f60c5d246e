import { describe, expect, it } from '@jest/globals';
import { sameDigest } from '../../../src/workers/carriers/same-digest.js';

describe('the comparison of signatures (S3)', () => {
  it('is right for every length up to 200, and never throws over one that differs', () => {
    for (let length = 0; length <= 200; length += 1) {
      const right = 'a'.repeat(length);
      expect(sameDigest(right, right)).toBe(true);
      expect(sameDigest(`${right}b`, right)).toBe(false);
      expect(sameDigest(right, `${right}b`)).toBe(false);
      if (length > 0) expect(sameDigest(`${right.slice(1)}b`, right)).toBe(false);
    }
  });

  it('counts bytes and not letters: a letter of three bytes is not three of one', () => {
    expect(sameDigest('签', 'abc')).toBe(false);
    expect(sameDigest('签', '签')).toBe(true);
  });
});
