import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AFTER_SALE_STATUSES,
  AFTER_SALE_TYPES,
  type AfterSaleFacts,
  type DatedFacts,
  GOODS_CATEGORIES,
} from '../../src/domain/aftersale/after-sale.js';
import { currentFacts, type MergedFacts, mergeFacts } from '../../src/domain/aftersale/merge.js';

const fen = fc.nat({ max: 3 });
const facts: fc.Arbitrary<AfterSaleFacts> = fc.record(
  {
    orderId: fc.constantFrom('4835804142146757001', '4835804142146757002'),
    type: fc.constantFrom(...AFTER_SALE_TYPES),
    status: fc.constantFrom(...AFTER_SALE_STATUSES),
    refundAmountFen: fen,
    refundPostFen: fen,
    paidAmountFen: fen,
    paidPostFen: fen,
    category: fc.constantFrom(...GOODS_CATEGORIES),
    arbitration: fc.constantFrom('none', 'applied', 'ended', 'cancelled'),
    reason: fc.string({ maxLength: 2 }),
    platformDeadlineMs: fen,
    appliedAtMs: fen,
  },
  { requiredKeys: [] },
);
/** Few moments, so that ties within the platform's one-second clock happen all the time. */
const update: fc.Arbitrary<DatedFacts> = fc.record({ atMs: fc.nat({ max: 2 }), facts });
const updates = fc.array(update, { maxLength: 6 });

const merged = (list: readonly DatedFacts[], start: MergedFacts = {}) => list.reduce(mergeFacts, start);

/** Merged facts taken apart again, so that two of them can be joined. */
function parts(known: MergedFacts): readonly DatedFacts[] {
  return Object.entries(known).map(([key, entry]) => ({ atMs: entry?.atMs ?? 0, facts: { [key]: entry?.value } }));
}
const join = (a: MergedFacts, b: MergedFacts) => merged(parts(b), a);

describe('merging facts (I14)', () => {
  it('does not depend on the order, because events arrive in any', () => {
    fc.assert(
      fc.property(
        updates.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(merged(shuffled)).toEqual(merged(list));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does not depend on what was merged with what first, because sources are read apart', () => {
    fc.assert(
      fc.property(updates, updates, updates, (x, y, z) => {
        const [a, b, c] = [merged(x), merged(y), merged(z)];
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, b)).toEqual(join(b, a));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing when the same comes again, because delivery is at least once', () => {
    fc.assert(
      fc.property(updates, update, (list, again) => {
        const once = merged([...list, again]);
        expect(mergeFacts(once, again)).toEqual(once);
        expect(merged(list, once)).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the newest word on each fact by itself, because no source says everything', () => {
    const known = merged([
      { atMs: 2, facts: { status: 'closed' } },
      { atMs: 1, facts: { status: 'open', refundAmountFen: 8900, type: 'refund_only' } },
    ]);
    expect(currentFacts(known)).toEqual({ status: 'closed', refundAmountFen: 8900, type: 'refund_only' });
  });

  it('lets the further status win within one second, because a life runs one way', () => {
    const at = (status: AfterSaleFacts['status']): DatedFacts => ({ atMs: 1, facts: status ? { status } : {} });
    for (const [i, earlier] of AFTER_SALE_STATUSES.entries()) {
      for (const later of AFTER_SALE_STATUSES.slice(i)) {
        expect(currentFacts(merged([at(later), at(earlier)])).status).toBe(later);
      }
    }
  });

  it('leaves what it was given untouched, because others hold on to it', () => {
    const known = Object.freeze(merged([{ atMs: 1, facts: { status: 'open' } }]));
    expect(currentFacts(mergeFacts(known, { atMs: 2, facts: { status: 'paid' } })).status).toBe('paid');
    expect(currentFacts(known).status).toBe('open');
  });
});
