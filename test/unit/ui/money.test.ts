import { describe, expect, it } from '@jest/globals';
import { fenOf, yuan } from '../../../src/dashboard/ui/parts/money.js';
import { requestOf } from '../../../src/dashboard/ui/start/request.js';

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
      release: true,
      paidAmountFen: 8_900,
      parcels: [{ carrier: 'zto', waybillNo: 'W1', declaredValueFen: 8_900 }],
    });
  });
});
