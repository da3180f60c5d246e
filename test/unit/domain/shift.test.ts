import { describe, expect, it } from '@jest/globals';
import { lastShift } from '../../../src/domain/tasks/shift.js';

const at = (text: string) => new Date(`${text}+08:00`);

describe('the shift that ended last', () => {
  it.each([
    [['09:00'], '2026-11-22T09:00', '2026-11-21T09:00', '2026-11-22T09:00'],
    [['09:00'], '2026-11-22T08:59', '2026-11-20T09:00', '2026-11-21T09:00'],
    [['21:00', '09:00'], '2026-11-22T23:10', '2026-11-22T09:00', '2026-11-22T21:00'],
    [['21:00', '09:00'], '2026-11-22T03:00', '2026-11-21T09:00', '2026-11-21T21:00'],
    [['00:00'], '2026-11-22T00:30', '2026-11-21T00:00', '2026-11-22T00:00'],
  ])('of %j at %s began %s and ended %s', (ends, now, since, until) => {
    expect(lastShift(ends, at(now))).toEqual({ since: at(since), until: at(until) });
  });
});
