import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PARCEL_PHASES, type ParcelPhase } from '../../../src/domain/tracking/sighting.js';
import { firstScanAt, type Whereabouts, whereaboutsOf } from '../../../src/domain/tracking/whereabouts.js';

const scan = (phase: ParcelPhase, minute: number) => ({ phase, at: new Date(Date.UTC(2026, 10, 22, 8, minute)) });

/** Scans one minute apart, in the order of the words. */
const track = (...phases: readonly ParcelPhase[]) => phases.map(scan);

describe('where a parcel is', () => {
  it.each<[readonly ParcelPhase[], Whereabouts, string]>([
    [[], 'unseen', 'nobody has scanned it'],
    [['announced'], 'unseen', 'a printed label is no scan'],
    [['announced', 'picked_up'], 'moving', 'it is on its way'],
    [['picked_up', 'moving'], 'moving', 'it may still be stopped'],
    [['moving', 'at_branch'], 'at_branch', 'the newest scan counts'],
    [['moving', 'out_for_delivery'], 'out_for_delivery', 'the newest scan counts'],
    [['out_for_delivery', 'delivered'], 'delivered', 'the newest scan counts'],
    [['out_for_delivery', 'moving'], 'moving', 'taken from the station, out again (case 7)'],
    [['delivered', 'out_for_delivery'], 'out_for_delivery', 'scans decide, not a signature that was taken back'],
    [['moving', 'lost'], 'lost', 'the courier says so'],
    [['lost', 'moving'], 'moving', 'it was found again'],
    [['moving', 'unknown'], 'unclear', 'a scan that nobody explained never passes for moving (R70)'],
    [['unknown', 'moving'], 'moving', 'a clear scan clears it up'],
  ])('%j: %s, because %s', (phases, expected) => {
    expect(whereaboutsOf(track(...phases))).toBe(expected);
  });

  it('is not "unseen" once it was picked up, though a label is printed or announced again (R70)', () => {
    expect(whereaboutsOf(track('picked_up', 'announced'))).toBe('moving');
  });
});

describe('a parcel on its way back (R68)', () => {
  it.each<[readonly ParcelPhase[], Whereabouts]>([
    [['moving', 'returning'], 'returning'],
    [['returning', 'out_for_delivery'], 'returning'],
    [['returning', 'moving', 'at_branch'], 'returning'],
    [['returning', 'unknown'], 'returning'],
    [['returning', 'delivered'], 'returned'],
    [['returning', 'out_for_delivery', 'delivered'], 'returned'],
    [['returned'], 'returned'],
    [['moving', 'returned', 'moving'], 'returned'],
  ])('%j: %s', (phases, expected) => {
    expect(whereaboutsOf(track(...phases))).toBe(expected);
  });

  it('is not back by a signature from before it turned round', () => {
    expect(whereaboutsOf(track('delivered', 'returning'))).toBe('returning');
  });
});

describe('the order in which scans arrive', () => {
  const scans = fc.array(
    fc
      .record({ phase: fc.constantFrom(...PARCEL_PHASES), minute: fc.nat({ max: 9 }) })
      .map((s) => scan(s.phase, s.minute)),
    { maxLength: 6 },
  );
  const shuffled = scans.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  const apart = (list: readonly { at: Date }[]) => new Set(list.map((s) => s.at.getTime())).size === list.length;

  it('says nothing: pushes overtake each other', () => {
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        fc.pre(apart(list));
        expect(whereaboutsOf(other)).toBe(whereaboutsOf(list));
      }),
    );
  });

  it('says nothing for scans of the same moment either: couriers’ clocks have seconds, some only minutes', () => {
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(whereaboutsOf(other)).toBe(whereaboutsOf(list));
      }),
    );
  });

  it('says nothing about the first scan', () => {
    fc.assert(fc.property(shuffled, ([list, other]) => expect(firstScanAt(other)).toEqual(firstScanAt(list))));
  });

  it('leaves what it was given untouched', () => {
    const list = Object.freeze(track('moving', 'picked_up').toReversed());
    expect(whereaboutsOf(list)).toBe('moving');
  });
});

describe('the first scan', () => {
  it('is not the announcement', () => {
    expect(firstScanAt(track('announced', 'picked_up', 'moving'))).toEqual(scan('picked_up', 1).at);
    expect(firstScanAt(track('announced'))).toBeNull();
  });
});
