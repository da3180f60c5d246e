import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BookedLine, type ExpectedParcel, matchReturns, type Slip } from '../../../src/domain/returns/match.js';

const line = (sku: string, quantity = 1, condition: string | null = null): BookedLine => ({ sku, quantity, condition });
const parcel = (id: string, lines: readonly BookedLine[]): ExpectedParcel => ({ id, lines });
const slip = (parcelId: string, lines: readonly BookedLine[], id = `on ${parcelId}`): Slip => ({ id, parcelId, lines });
const outcomes = (parcels: readonly ExpectedParcel[], slips: readonly Slip[]) =>
  Object.fromEntries(matchReturns(parcels, slips).outcomes);

/** A (2 pieces) and B (3 pieces) share one parcel. */
const SHARED = parcel('W', [line('a', 2), line('b', 3)]);

describe('36: a combined return', () => {
  it('is exact when all five pieces are booked, over as many bookings as it takes', () => {
    expect(outcomes([SHARED], [slip('W', [line('a', 2), line('b', 3)])])).toEqual({ W: 'exact' });
    const two = [slip('W', [line('b', 1), line('a', 2)], '1'), slip('W', [line('b', 2)], '2')];
    expect(outcomes([SHARED], two)).toEqual({ W: 'exact' });
  });

  it('does not end with four of five', () => {
    expect(outcomes([SHARED], [slip('W', [line('a', 2), line('b', 2)])])).toEqual({ W: 'short' });
  });

  it('counts for it under a sibling’s number', () => {
    const sibling = parcel('V', [line('c')]);
    expect(outcomes([SHARED, sibling], [slip('V', [line('a', 2), line('b', 3)])])).toEqual({
      W: 'exact',
      V: 'waiting',
    });
  });

  it('ends two parcels that came back in one bag by their exact sum, and by nothing less', () => {
    const both = [parcel('1', [line('a', 2)]), parcel('2', [line('a', 3)])];
    expect(outcomes(both, [slip('2', [line('a', 5)])])).toEqual({ 1: 'exact', 2: 'exact' });
    expect(outcomes(both, [slip('2', [line('a', 4)])])).toEqual({ 1: 'waiting', 2: 'other' });
  });

  it('ends crossed parcels, each by what came under the other’s number', () => {
    const both = [parcel('1', [line('a')]), parcel('2', [line('b')])];
    expect(outcomes(both, [slip('1', [line('b')]), slip('2', [line('a')])])).toEqual({ 1: 'exact', 2: 'exact' });
  });

  it('ends parcels whose goods were mixed over their bags, when all of it is there', () => {
    const both = [parcel('1', [line('a', 2)]), parcel('2', [line('b', 2)])];
    const mixed = [slip('1', [line('a'), line('b')]), slip('2', [line('a'), line('b')])];
    expect(outcomes(both, mixed)).toEqual({ 1: 'exact', 2: 'exact' });
    expect(outcomes(both, mixed.slice(0, 1))).toEqual({ 1: 'other', 2: 'waiting' });
  });

  it('guesses nothing where two siblings would fit', () => {
    const three = [parcel('1', [line('a')]), parcel('2', [line('b')]), parcel('3', [line('b')])];
    expect(outcomes(three, [slip('1', [line('b')])])).toEqual({ 1: 'other', 2: 'waiting', 3: 'waiting' });
  });
});

describe('one parcel', () => {
  const one = [parcel('W', [line('a', 2)])];
  it.each([
    ['nothing booked waits', [], 'waiting'],
    ['a piece too few', [slip('W', [line('a')])], 'short'],
    ['a piece too many', [slip('W', [line('a', 3)])], 'other'],
    ['another thing', [slip('W', [line('z', 2)])], 'other'],
    ['an empty bag', [slip('W', [])], 'short'],
    ['one broken', [slip('W', [line('a', 1), line('a', 1, '破损')])], 'damaged'],
    ['said to be good', [slip('W', [line('a', 2, 'Good ')])], 'exact'],
    ['a word nobody knows', [slip('W', [line('a', 2, 'B')])], 'damaged'],
    ['something more after it was complete', [slip('W', [line('a', 2)]), slip('W', [line('a')], '2')], 'other'],
  ] as const)('%s', (_, slips, outcome) => {
    expect(outcomes(one, slips)).toEqual({ W: outcome });
  });

  it('of which nobody knows what was in it is received, not compared', () => {
    expect(outcomes([parcel('W', [])], [slip('W', [line('a')])])).toEqual({ W: 'unchecked' });
    expect(outcomes([parcel('W', [])], [slip('W', [line('a', 1, 'damaged')])])).toEqual({ W: 'damaged' });
    expect(outcomes([parcel('W', [])], [])).toEqual({ W: 'waiting' });
  });
});

describe('for any parcels and bookings', () => {
  const lines = fc.array(
    fc.record({
      sku: fc.constantFrom('a', 'b', 'c'),
      quantity: fc.integer({ min: 1, max: 3 }),
      condition: fc.constantFrom(null, 'damaged'),
    }),
    { maxLength: 3 },
  );
  const goods = fc.record({
    parcels: fc.array(lines, { minLength: 1, maxLength: 4 }),
    slips: fc.array(fc.record({ on: fc.nat(4), lines }), { maxLength: 4 }),
  });

  it('no booked piece is counted twice, and what is exact is exactly counted', () => {
    fc.assert(
      fc.property(goods, (made) => {
        const parcels = made.parcels.map((of, n) => parcel(`p${n}`, of));
        const slips = made.slips.map(({ on, lines: booked }, n) => slip(`p${on}`, booked, `s${n}`));
        const { outcomes: found, uses } = matchReturns(parcels, slips);
        for (const [n, { id, lines: booked }] of slips.entries()) {
          expect(id).toBe(`s${n}`);
          for (const [at, { quantity }] of booked.entries()) {
            const counted = uses.filter((use) => use.slipId === id && use.line === at);
            expect(counted.reduce((sum, use) => sum + use.quantity, 0)).toBeLessThanOrEqual(quantity);
          }
        }
        for (const { id, lines: wanted } of parcels) {
          if (found.get(id) !== 'exact') continue;
          const counted = uses.filter(({ parcelId }) => parcelId === id).reduce((sum, use) => sum + use.quantity, 0);
          expect(counted).toBe(wanted.reduce((sum, of) => sum + of.quantity, 0));
        }
      }),
    );
  });
});
