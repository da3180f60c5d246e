import { describe, expect, it } from '@jest/globals';
import type { AfterSaleStatus } from '../../../src/domain/aftersale/after-sale.js';
import { r15RefundOnly, r60FullRefund, refundShare, standing } from '../../../src/domain/eligibility/refund-rules.js';
import { aCase, anAfterSale, withoutFact } from '../../support/eligibility-case.js';

describe('where an after-sale stands', () => {
  it.each<[AfterSaleStatus, ReturnType<typeof standing>]>([
    ['open', 'valid'],
    ['agreed', 'valid'],
    ['paid', 'paid'],
    ['refused', 'over'],
    ['closed', 'over'],
    ['unknown', 'unknown'],
  ])('a refund-only that is %s is %s', (status, expected) => {
    expect(standing(anAfterSale({ status }))).toBe(expected);
  });

  it.each(['return_refund', 'refund_before_shipment', 'other'] as const)(
    'a %s is of another type, whatever its status',
    (type) => {
      for (const status of ['open', 'paid', 'closed', 'unknown'] as const) {
        expect(standing(anAfterSale({ type, status }))).toBe('other_type');
      }
    },
  );

  it.each([
    ['applied', 'valid'],
    ['none', 'over'],
    ['ended', 'over'],
    ['cancelled', 'over'],
  ] as const)('one that the seller refused is, with an arbitration that is %s, %s (R21)', (arbitration, expected) => {
    expect(standing(anAfterSale({ status: 'refused', arbitration }))).toBe(expected);
  });

  it('is unknown without a type, but over is over: what is closed needs no type', () => {
    expect(standing(withoutFact('type'))).toBe('unknown');
    expect(standing(withoutFact('type', { status: 'paid' }))).toBe('unknown');
    expect(standing(withoutFact('type', { status: 'closed' }))).toBe('over');
  });

  it('is unknown without a status, and never "open" for want of a word (R70)', () => {
    expect(standing(withoutFact('status'))).toBe('unknown');
  });
});

describe('R15: refund-only on a shipped order, open or paid', () => {
  const inState = (...statuses: readonly AfterSaleStatus[]) => statuses.map((status) => anAfterSale({ status }));
  const returned = anAfterSale({ type: 'return_refund' });

  it.each([
    { given: 'an open one passes', afterSales: inState('open'), reason: null },
    { given: 'an agreed one passes: the money is as good as gone', afterSales: inState('agreed'), reason: null },
    { given: 'a paid one passes: that parcel has the most to lose', afterSales: inState('paid'), reason: null },
    { given: 'a refused one is nothing to stop', afterSales: inState('refused'), reason: 'after_sale_not_open' },
    { given: 'a closed one is nothing to stop', afterSales: inState('closed'), reason: 'after_sale_not_open' },
    { given: 'a return travels on', afterSales: [returned], reason: 'not_refund_only' },
    { given: 'an unknown one waits', afterSales: inState('unknown'), reason: 'after_sale_unknown' },
    { given: 'one open beside a closed one is enough (R64)', afterSales: inState('closed', 'open'), reason: null },
    {
      given: 'an unknown one beside a closed one may still be open',
      afterSales: inState('closed', 'unknown'),
      reason: 'after_sale_unknown',
    },
    {
      given: 'closed beside a return is over',
      afterSales: [returned, ...inState('closed')],
      reason: 'after_sale_not_open',
    },
    { given: 'no after-sale at all is no reason to stop', afterSales: [], reason: 'not_refund_only' },
  ])('$given', ({ afterSales, reason }) => {
    expect(r15RefundOnly(aCase({ afterSales }))?.reason ?? null).toBe(reason);
  });

  it('skips a paid one only where the policy says so (afterRefundPaid)', () => {
    const policy = { afterRefundPaid: 'skip' } as const;
    expect(r15RefundOnly(aCase({ afterSales: inState('paid'), policy }))).toEqual({
      rule: 'R15',
      verdict: 'skip',
      reason: 'refund_already_paid',
    });
    expect(r15RefundOnly(aCase({ afterSales: inState('paid', 'open'), policy }))).toBeNull();
  });

  it('waits for an unknown one and skips the others', () => {
    expect(r15RefundOnly(aCase({ afterSales: inState('unknown') }))?.verdict).toBe('hold');
    expect(r15RefundOnly(aCase({ afterSales: [returned] }))?.verdict).toBe('skip');
  });
});

describe('R60: the share of a refund', () => {
  const freight = { refundPostFen: 600, paidPostFen: 600 };

  it.each([
    { given: 'to the fen what was paid is full', over: {}, share: 'full' },
    { given: 'one fen less is a part', over: { refundAmountFen: 8_899 }, share: 'partial' },
    { given: 'more than was paid is full', over: { refundAmountFen: 8_901 }, share: 'full' },
    { given: 'nothing at all is a part', over: { refundAmountFen: 0 }, share: 'partial' },
    {
      given: 'everything but the freight is full: the goods are all refunded',
      over: { refundAmountFen: 8_300, refundPostFen: 0, paidPostFen: 600 },
      share: 'full',
    },
    {
      given: 'one fen less than the goods is a part',
      over: { refundAmountFen: 8_299, refundPostFen: 0, paidPostFen: 600 },
      share: 'partial',
    },
    {
      given: 'freight alone is a part, though it is all of the freight',
      over: { refundAmountFen: 600, ...freight },
      share: 'partial',
    },
    {
      given: 'freight in the refund does not make up for goods',
      over: { refundAmountFen: 8_600, ...freight },
      share: 'partial',
    },
    {
      given: 'a freight of more than the whole makes nothing full',
      over: { refundAmountFen: 100, refundPostFen: 0, paidPostFen: 8_901 },
      share: 'partial',
    },
    {
      given: 'less without word of the freight is a part: nothing is assumed',
      over: { refundAmountFen: 8_300, paidPostFen: 600 },
      share: 'partial',
    },
  ] as const)('$given', ({ over, share }) => {
    expect(refundShare(anAfterSale(over))).toBe(share);
  });

  it.each(['refundAmountFen', 'paidAmountFen'] as const)('without %s is unknown, never zero and never full', (fact) => {
    expect(refundShare(withoutFact(fact))).toBe('unknown');
  });

  it('of a parcel that cost nothing is full: a gift of 0.00 refunded with 0.00', () => {
    expect(refundShare(anAfterSale({ refundAmountFen: 0, paidAmountFen: 0 }))).toBe('full');
  });
});

describe('R60: full refund only', () => {
  const part = anAfterSale({ refundAmountFen: 2_000 });
  const silent = withoutFact('paidAmountFen');

  it('passes a full one', () => {
    expect(r60FullRefund(aCase())).toBeNull();
  });

  it('skips a part by default, and asks a person where the policy says so', () => {
    expect(r60FullRefund(aCase({ afterSales: [part] }))).toEqual({
      rule: 'R60',
      verdict: 'skip',
      reason: 'partial_refund',
    });
    expect(r60FullRefund(aCase({ afterSales: [part], policy: { partialRefund: 'ask' } }))).toEqual({
      rule: 'R60',
      verdict: 'review',
      reason: 'partial_refund_ask',
    });
  });

  it('holds a missing amount, even beside one that is a part: the parcel is not known yet', () => {
    for (const afterSales of [[silent], [part, silent], [silent, anAfterSale()]]) {
      expect(r60FullRefund(aCase({ afterSales }))).toEqual({ rule: 'R60', verdict: 'hold', reason: 'amount_unknown' });
    }
  });

  it('judges the parcel by its smallest refund: one part spoils the whole (R61)', () => {
    expect(r60FullRefund(aCase({ afterSales: [anAfterSale(), part] }))?.reason).toBe('partial_refund');
  });

  it('looks at a paid one as at an open one, and not at one that is over', () => {
    expect(r60FullRefund(aCase({ afterSales: [anAfterSale({ ...part, status: 'paid' })] }))?.reason).toBe(
      'partial_refund',
    );
    expect(
      r60FullRefund(aCase({ afterSales: [anAfterSale(), anAfterSale({ ...part, status: 'closed' })] })),
    ).toBeNull();
  });
});
