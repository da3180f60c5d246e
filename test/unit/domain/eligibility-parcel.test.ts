import { describe, expect, it } from '@jest/globals';
import type { EligibilityCase, ParcelOrder } from '../../../src/domain/eligibility/case.js';
import { r16OnTheRoad, r17Connected, r19WholeParcel } from '../../../src/domain/eligibility/parcel-rules.js';
import { failingRules } from '../../../src/domain/eligibility/rules.js';
import type { LookResult } from '../../../src/domain/tracking/sighting.js';
import type { Whereabouts } from '../../../src/domain/tracking/whereabouts.js';
import { aCase, anAfterSale, OPEN_REFUND } from '../../support/eligibility-case.js';

describe('R16: picked up and not yet out for delivery', () => {
  it.each<[Whereabouts, string | null, string | null]>([
    ['unseen', 'hold', 'not_picked_up'],
    ['moving', null, null],
    ['at_branch', null, null],
    ['out_for_delivery', 'missed', 'phone_branch'],
    ['delivered', 'missed', 'delivered'],
    ['returning', 'skip', 'already_returning'],
    ['returned', 'skip', 'already_returning'],
    ['lost', 'review', 'parcel_lost'],
    ['unclear', 'hold', 'track_unclear'],
  ])('a parcel that is %s: %s %s', (whereabouts, verdict, reason) => {
    const finding = r16OnTheRoad(aCase({ parcel: { whereabouts, lastLook: 'found' } }));
    expect(finding?.verdict ?? null).toBe(verdict);
    expect(finding?.reason ?? null).toBe(reason);
  });

  it.each<[LookResult | null, string]>([
    ['empty', 'not_picked_up'],
    ['found', 'not_picked_up'],
    ['failed', 'checking'],
    ['not_asked', 'checking'],
    [null, 'checking'],
  ])(
    'an unseen parcel whose last look gave %s is %s: only a look that came back says "no trace" (R67)',
    (lastLook, reason) => {
      expect(r16OnTheRoad(aCase({ parcel: { whereabouts: 'unseen', lastLook } }))?.reason).toBe(reason);
    },
  );

  it('keeps what was seen though the last look failed: a failed look erases nothing (R67)', () => {
    expect(r16OnTheRoad(aCase({ parcel: { whereabouts: 'moving', lastLook: 'failed' } }))).toBeNull();
    expect(r16OnTheRoad(aCase({ parcel: { whereabouts: 'delivered', lastLook: null } }))?.reason).toBe('delivered');
  });
});

describe('R17: a courier that is connected and has an account', () => {
  it.each([
    { given: 'connected with an account passes', parcel: {}, reason: null },
    {
      given: 'an unmapped courier is skipped',
      parcel: { carrier: null, hasAccount: false },
      reason: 'carrier_not_connected',
    },
    { given: 'one without an account for this shop is skipped', parcel: { hasAccount: false }, reason: 'no_account' },
    {
      given: 'an account is no help to a courier nobody knows',
      parcel: { carrier: null },
      reason: 'carrier_not_connected',
    },
  ])('$given', ({ parcel, reason }) => {
    expect(r17Connected(aCase({ parcel }))?.reason ?? null).toBe(reason);
  });
});

const SIBLING = '4835804142146757002';
const order = (refund: ParcelOrder['refund'], orderId = SIBLING): ParcelOrder => ({
  shopId: 'dy-main',
  orderId,
  paidFen: 100,
  refund,
});
const own = (refund: ParcelOrder['refund']) => order(refund, OPEN_REFUND.orderId);
const holding = (...orders: readonly ParcelOrder[]): EligibilityCase => aCase({ parcel: { orders } });

describe('R19, R61, R62: what else the parcel holds', () => {
  it.each([
    { given: 'nothing said of its contents passes', orders: [], expected: null },
    { given: 'every order refunded in full passes', orders: [own('full'), order('full')], expected: null },
    { given: 'an own order counts as refunded by its own after-sale', orders: [own('none')], expected: null },
    {
      given: 'another order without a refund goes to a person',
      orders: [own('full'), order('none')],
      expected: ['R19', 'review', 'sibling_not_refunding'],
    },
    {
      given: 'another order refunded in part goes to a person',
      orders: [own('full'), order('partial')],
      expected: ['R19', 'review', 'sibling_not_refunding'],
    },
    {
      given: 'another order nobody knows of is held, never "the other did not apply"',
      orders: [own('full'), order('unknown')],
      expected: ['R62', 'hold', 'contents_unknown'],
    },
    {
      given: 'lines of the own order that are not refunded are held and release themselves',
      orders: [own('partial')],
      expected: ['R61', 'hold', 'parcel_not_whole'],
    },
  ] as const)('$given', ({ orders, expected }) => {
    const finding = r19WholeParcel(holding(...orders));
    expect(finding && [finding.rule, finding.verdict, finding.reason]).toEqual(expected);
  });

  it('is held where the shop wants the contents known and they are not: nothing is sent on a guess (R62)', () => {
    const finding = r19WholeParcel(aCase({ parcel: { contentsMissing: true, orders: [own('full')] } }));
    expect(finding).toEqual({ rule: 'R62', verdict: 'hold', reason: 'contents_unknown' });
  });

  it.each([
    { refunded: 8_900, paid: 8_900, expected: undefined, why: 'to the fen all that was paid for it' },
    { refunded: 8_899, paid: 8_900, expected: 'parcel_not_whole', why: 'one fen is missing' },
  ])('an order counts as refunded by $refunded of $paid: $why', ({ refunded, paid, expected }) => {
    const afterSales = [anAfterSale({ refundAmountFen: refunded, paidAmountFen: refunded })];
    const orders = [{ ...own('none'), paidFen: paid }];
    expect(r19WholeParcel(aCase({ afterSales, parcel: { orders } }))?.reason).toBe(expected);
  });

  it('an order of several after-sales is refunded by their sum (R61)', () => {
    const half = anAfterSale({ refundAmountFen: 4_450, paidAmountFen: 4_450 });
    const orders = [{ ...own('none'), paidFen: 8_900 }];
    expect(r19WholeParcel(aCase({ afterSales: [half, half], parcel: { orders } }))).toBeNull();
    expect(r19WholeParcel(aCase({ afterSales: [half], parcel: { orders } }))?.reason).toBe('parcel_not_whole');
  });

  it('passes a sibling whose own after-sale is valid or paid here, whatever the source said before', () => {
    for (const status of ['open', 'agreed', 'paid'] as const) {
      const afterSales = [anAfterSale(), anAfterSale({ orderId: SIBLING, status })];
      expect(r19WholeParcel({ ...holding(order('none')), afterSales })).toBeNull();
    }
  });

  it.each(['closed', 'refused', 'unknown'] as const)('does not pass a sibling whose own after-sale is %s', (status) => {
    const afterSales = [anAfterSale(), anAfterSale({ orderId: SIBLING, status })];
    expect(r19WholeParcel({ ...holding(order('none')), afterSales })).not.toBeNull();
  });

  it('does not take the same number in another shop for the same order', () => {
    const afterSales = [anAfterSale(), anAfterSale({ orderId: SIBLING, shopId: 'tb-main' })];
    expect(r19WholeParcel({ ...holding(order('none')), afterSales })?.rule).toBe('R19');
  });

  it('says the same in whatever order the source lists the orders', () => {
    const said = [order('unknown', 'a'), order('none', 'b')];
    expect(r19WholeParcel(holding(...said))).toEqual(r19WholeParcel(holding(...said.toReversed())));
  });
});

describe('orders that the parcel is known to hold by their own after-sales', () => {
  const failed = (...others: Parameters<typeof anAfterSale>[0][]) =>
    failingRules(aCase({ afterSales: [anAfterSale(), ...others.map((over) => anAfterSale(over))] })).map(
      (f) => f.reason,
    );

  it('are no obstacle while they are refunded too', () => {
    expect(failed({ orderId: SIBLING })).toEqual([]);
  });

  it('send it to a person when that buyer took his refund back: he wants his goods (R19, R61)', () => {
    expect(failed({ orderId: SIBLING, status: 'closed' })).toEqual(['sibling_not_refunding']);
  });

  it('send it to a person when that buyer will return what he receives (R19, R61)', () => {
    expect(failed({ orderId: SIBLING, type: 'return_refund' })).toEqual(['sibling_not_refunding']);
  });

  it('are waited for while nobody knows where that after-sale stands: unknown is never a yes (R62, R70)', () => {
    expect(failed({ orderId: SIBLING, status: 'unknown' })).toEqual(['contents_unknown']);
  });

  it('are no obstacle when the buyer withdrew and applied again for the same order', () => {
    expect(failed({ status: 'closed' })).toEqual([]);
  });
});
