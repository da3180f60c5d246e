import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimAmountFen, MOST_CLAIM_FEN } from '../../../src/domain/claims/amount.js';
import { CLAIM_STATES, CLAIM_TRANSITIONS, claimStep } from '../../../src/domain/claims/machine.js';

const LINES = [
  { sku: 'a', quantity: 3, paidFen: 1_000 },
  { sku: 'b', quantity: 1, paidFen: null },
];

describe('the amount of a claim', () => {
  it.each([
    ['the whole parcel', 8_900, null, 8_900],
    ['more than a courier pays', 250_000, null, MOST_CLAIM_FEN],
    ['of no known value', null, null, null],
    ['one piece of three, rounded down', 8_900, new Map([['a', 1]]), 333],
    ['all three pieces', 8_900, new Map([['a', 3]]), 1_000],
    ['a piece of no known price', 8_900, new Map([['b', 1]]), null],
    ['a piece that was never sent', 8_900, new Map([['z', 1]]), null],
    ['nothing', 8_900, new Map<string, number>(), null],
  ])('of %s', (_, valueFen, missing, amountFen) => {
    expect(claimAmountFen(valueFen, LINES, missing)).toBe(amountFen);
  });

  it('is whole fen, at least 1, at most 1000.00, and never more than was paid', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        (paidFen, n, k) => {
          const amount = claimAmountFen(null, [{ sku: 'a', quantity: n, paidFen }], new Map([['a', k]]));
          if (amount === null) return;
          expect(Number.isInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(1);
          expect(amount).toBeLessThanOrEqual(Math.min(paidFen, MOST_CLAIM_FEN));
        },
      ),
    );
  });
});

describe('the states of a claim', () => {
  it('end in paid or dropped from everywhere, and nothing is paid that was not accepted', () => {
    for (const state of CLAIM_STATES) {
      expect(claimStep(state, 'pay')).toBe(state === 'accepted' ? 'paid' : null);
      const reached = new Set<string>([state]);
      for (const at of reached) for (const to of Object.values(CLAIM_TRANSITIONS[at as typeof state])) reached.add(to);
      expect(reached.has('paid') || reached.has('dropped')).toBe(true);
    }
    expect(claimStep('draft', 'accept')).toBeNull();
  });
});
