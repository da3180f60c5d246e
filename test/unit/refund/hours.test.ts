import { describe, expect, it } from '@jest/globals';
import { nextOpening, openedAt, withinHours } from '../../../src/domain/hours.js';

/** A moment of 28 November in China. */
const at = (clock: string) => new Date(`2026-11-28T${clock}+08:00`);

describe('hours in China', () => {
  it.each([
    ['09:00-21:00', '08:59:59.999', false],
    ['09:00-21:00', '09:00:00', true],
    ['09:00-21:00', '20:59:59.999', true],
    ['09:00-21:00', '21:00:00', false],
    ['22:00-06:00', '23:30:00', true],
    ['22:00-06:00', '05:59:59', true],
    ['22:00-06:00', '06:00:00', false],
    ['00:00-24:00', '23:59:59', true],
  ])('%s at %s: %s', (hours, clock, inside) => {
    expect(withinHours(hours, at(clock))).toBe(inside);
  });

  it.each([
    ['09:00-21:00', '08:00:00', '2026-11-28T09:00:00+08:00'],
    ['09:00-21:00', '09:00:00', '2026-11-29T09:00:00+08:00'],
    ['09:00-21:00', '21:00:00', '2026-11-29T09:00:00+08:00'],
    ['22:00-06:00', '07:00:00', '2026-11-28T22:00:00+08:00'],
  ])('%s opens after %s at %s', (hours, clock, opening) => {
    expect(nextOpening(hours, at(clock))).toEqual(new Date(opening));
  });

  it('says when the window that is open opened, over midnight too', () => {
    expect(openedAt('09:00-21:00', at('09:00:00'))).toEqual(at('09:00:00'));
    expect(openedAt('22:00-06:00', at('05:00:00'))).toEqual(new Date('2026-11-27T22:00:00+08:00'));
  });
});
