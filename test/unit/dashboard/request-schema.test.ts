import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { check } from '../../../src/dashboard/api/field-errors.js';
import { INTERCEPT_REQUEST } from '../../../src/dashboard/api/schemas/intercept-request.js';

const LEAST = {
  shopId: 'dy-main',
  afterSaleId: '7000893114000949517',
  orderId: '4835804142146757001',
  type: 'refund_only',
  parcels: [{ carrier: 'zto', waybillNo: '73100130019486', declaredValueFen: 8900 }],
};

const read = (body: unknown) => check(INTERCEPT_REQUEST, body, 'body');

function fieldsRefused(body: unknown): string[] {
  const result = read(body);
  return result.ok ? [] : result.errors.map((e) => e.field);
}

describe('a request for intercepts', () => {
  it('needs no more than the contract says', () => {
    expect(read(LEAST)).toMatchObject({ ok: true });
  });

  it('takes null for absent in every optional field, as ERPs send it', () => {
    const nothing = { category: null, refundAmountFen: null, paidAmountFen: null, reason: null, ownerRef: null };
    const parcel = { ...LEAST.parcels[0], pickedUpAt: null, items: null, orders: null };
    const result = read({ ...LEAST, ...nothing, appliedAt: null, deadlineAt: null, parcels: [parcel] });
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(result.value.refundAmountFen).toBeUndefined();
  });

  it('reads times with any offset as the moment they mean', () => {
    const result = read({ ...LEAST, deadlineAt: '2026-11-23T08:00:00+08:00' });
    expect(result.ok && result.value.deadlineAt?.toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });

  it.each([
    [
      'a number as an id, which has lost its last digits already',
      { afterSaleId: Number('7000893114000949517') },
      'afterSaleId',
    ],
    ['a mistyped amount, which would otherwise be lost in silence', { refundAmountFn: 1 }, 'refundAmountFn'],
    ['yuan with decimals', { refundAmountFen: 89.5 }, 'refundAmountFen'],
    ['a negative amount', { paidAmountFen: -1 }, 'paidAmountFen'],
    ['money as text', { paidAmountFen: '8900' }, 'paidAmountFen'],
    ['a time without its offset', { appliedAt: '2026-11-22T08:00:00' }, 'appliedAt'],
    ['a year the database cannot hold', { appliedAt: '0001-01-01T00:00:00Z' }, 'appliedAt'],
    ['an unknown type', { type: 'exchange' }, 'type'],
    ['no parcel', { parcels: [] }, 'parcels'],
    ['an object where SQL expects a value', { orderId: { $ne: '' } }, 'orderId'],
    ['a control character in an id', { orderId: 'a\u0000b' }, 'orderId'],
    ['an id of nothing but spaces', { orderId: '   ' }, 'orderId'],
    ['an id longer than its column', { orderId: '1'.repeat(192) }, 'orderId'],
  ])('refuses %s', (_, over, field) => {
    expect(fieldsRefused({ ...LEAST, ...over })).toEqual([field]);
  });

  it('names a field deep inside by its path', () => {
    const parcels = [LEAST.parcels[0], { carrier: 'zto', waybillNo: 12, declaredValueFen: 1 }];
    expect(fieldsRefused({ ...LEAST, parcels })).toEqual(['parcels.1.waybillNo']);
  });

  it('says what is wrong in both languages and never repeats what was sent', () => {
    const result = read({ ...LEAST, type: 'secret-4711' });
    expect(result).toMatchObject({ ok: false, errors: [{ in: 'body', code: 'invalid_value' }] });
    if (result.ok) return;
    const [error] = result.errors;
    expect(error?.text.zh).toMatch(/[一-龥]/);
    expect(JSON.stringify(result.errors)).not.toContain('4711');
  });

  it('refuses a prototype in disguise', () => {
    const body: unknown = JSON.parse(`{"__proto__":{"admin":true},${JSON.stringify(LEAST).slice(1)}`);
    expect(fieldsRefused(body)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(typeof read(body).ok).toBe('boolean');
      }),
    );
  });
});
