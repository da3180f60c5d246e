import { describe, expect, it } from '@jest/globals';
import { parseChinaTime } from '../../../src/domain/china-time.js';
import { readRetryAfter } from '../../../src/workers/carriers/http-status.js';
import { CARRIERS, carrierBySlug, listCarriers } from '../../../src/workers/carriers/index.js';
import { lookUp } from '../../../src/workers/carriers/look-up.js';

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T00:00:00Z');
  const wait = (value: string | undefined, nowMs = now) => readRetryAfter({ 'retry-after': value }, nowMs);

  it('is read as seconds and as a date', () => {
    expect(wait('120')).toBe(120_000);
    expect(wait('0')).toBe(0);
    expect(wait('Sun, 22 Nov 2026 00:01:00 GMT')).toBe(60_000);
  });
  it('in the past is now, and beyond an hour is an hour: a slip must not stop a lane for a year', () => {
    expect(wait('Sat, 21 Nov 2026 00:00:00 GMT')).toBe(0);
    expect(wait('31536000')).toBe(3_600_000);
  });
  it('is undefined where it cannot be read, or a date has no clock to compare with', () => {
    for (const value of [undefined, '', 'soon', '-5s', '1.5x']) expect(wait(value)).toBeUndefined();
    expect(wait('Sun, 22 Nov 2026 00:01:00 GMT', Number.NaN)).toBeUndefined();
  });
});

describe("a courier's local time", () => {
  it('is UTC+8 all year', () => {
    expect(parseChinaTime('2025-01-01 10:00:00')).toEqual(new Date('2025-01-01T02:00:00Z'));
    expect(parseChinaTime('2025-07-01 07:59:59')).toEqual(new Date('2025-06-30T23:59:59Z'));
  });
  it('is null where no such moment exists, rather than another one', () => {
    const odd = [
      '2025-02-29 00:00:00',
      '2025-13-01 00:00:00',
      '2025-01-01 24:00:00',
      '2025-01-01T10:00:00',
      '2025-1-1 1:00:00',
      '',
    ];
    for (const text of odd) expect(parseChinaTime(text)).toBeNull();
  });
});

describe('a word from outside', () => {
  it('finds no row that the table does not have, though every object has a constructor', () => {
    const table: Readonly<Record<string, number>> = { GOT: 1 };
    expect(['GOT', 'constructor', '__proto__', 'toString', ''].map((word) => lookUp(table, word))).toEqual([
      1,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the list of couriers', () => {
  it('finds a courier by its slug, and none by another', () => {
    expect(carrierBySlug('zto')?.manifest.slug).toBe('zto');
    expect(carrierBySlug('ZTO')).toBeUndefined();
    expect(carrierBySlug('constructor')).toBeUndefined();
  });
  it('refuses two couriers of one slug: the second would be unreachable without a word', () => {
    expect(() => listCarriers([...CARRIERS, ...CARRIERS])).toThrow('two couriers are called "zto"');
  });
});
