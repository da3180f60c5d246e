import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gapsIn } from '../../../src/producers/step-gaps.js';

describe('the numbers that are not there', () => {
  it.each([
    [{ after: 0, upTo: 3 }, [1, 2, 3], []],
    [{ after: 0, upTo: 3 }, [], [{ after: 0, upTo: 3 }]],
    [{ after: 4, upTo: 9 }, [5, 8, 9], [{ after: 5, upTo: 7 }]],
    [
      { after: 4, upTo: 9 },
      [6],
      [
        { after: 4, upTo: 5 },
        { after: 6, upTo: 9 },
      ],
    ],
    [{ after: 4, upTo: 4 }, [], []],
  ])('of %j with %j are %j', (range, numbers, gaps) => {
    expect(gapsIn(range, numbers)).toEqual(gaps);
  });

  it('and those that are make up the range, none twice', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (after, offsets) => {
        const upTo = after + 60;
        const numbers = offsets.map((offset) => after + offset).sort((a, b) => a - b);
        const missing = gapsIn({ after, upTo }, numbers).flatMap((gap) =>
          Array.from({ length: gap.upTo - gap.after }, (_, n) => gap.after + 1 + n),
        );
        const all = Array.from({ length: 60 }, (_, n) => after + 1 + n);
        expect([...numbers, ...missing].sort((a, b) => a - b)).toEqual(all);
      }),
    );
  });
});
