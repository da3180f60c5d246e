import { describe, expect, it } from '@jest/globals';
import { fenOf, yuan } from '../../../src/dashboard/ui/parts/money.js';
import { fieldsOf, requestOf } from '../../../src/dashboard/ui/start/request.js';

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [305, '¥3.05'],
    [123_456_789, '¥1,234,567.89'],
    [-300, '-¥3.00'],
  ])('%d fen is shown as %s', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });

  it.each([
    ['89', 8_900],
    ['89.5', 8_950],
    [' 0.29 ', 29],
    ['1.005', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
  ])('"%s" is %p fen to the fen, as 0.29 times 100 is not in floating point', (text, fen) => {
    expect(fenOf(text)).toBe(fen);
  });
});

describe('the request of a form', () => {
  const parcel = { carrier: 'zto', waybillNo: ' W1 ', value: '89.00' };
  const fields = { shopId: 'dy-main', afterSaleId: '1 ', orderId: '2', refund: '', paid: '89', parcels: [parcel] };

  it('leaves an empty amount out: unknown is neither zero nor full (R60)', () => {
    expect(requestOf(fields)).toEqual({
      shopId: 'dy-main',
      afterSaleId: '1',
      orderId: '2',
      type: 'refund_only',
      paidAmountFen: 8_900,
      parcels: [{ carrier: 'zto', waybillNo: 'W1', declaredValueFen: 8_900 }],
    });
  });

  it('is filled from what is known, but guesses no values where the money is spread over parcels', () => {
    const known = {
      id: 'a',
      shopId: 'dy-main',
      platform: 'douyin',
      afterSaleId: '1',
      orderId: null,
      type: 'refund_only',
      status: 'open',
      category: null,
      refundAmountFen: null,
      paidAmountFen: 8_905,
      appliedAt: null,
      platformDeadlineAt: null,
      origin: 'event',
      whyNot: null,
      parcels: ['W1', 'W2'].map((waybillNo) => ({
        carrier: 'zto',
        waybillNo,
        interceptId: null,
        state: null,
        reason: null,
        reasonText: null,
        rule: null,
      })),
      createdAt: '2026-11-22T08:00:00Z',
      updatedAt: '2026-11-22T08:00:00Z',
    } as const;
    const two = { ...known, parcels: [...known.parcels] };
    expect(fieldsOf(two)).toMatchObject({ refund: '', paid: '89.05', parcels: [{ waybillNo: 'W1' }, {}] });
    expect(fieldsOf(two).parcels?.[0]).not.toHaveProperty('value');
    expect(fieldsOf({ ...two, parcels: two.parcels.slice(0, 1) }).parcels).toMatchObject([{ value: '89.05' }]);
  });
});
