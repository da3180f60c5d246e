import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { envelopesOf, readMessage } from '../../../src/producers/platforms/generic/messages.js';
import { GENERIC_MESSAGE } from '../../../src/producers/platforms/generic/schema.js';

const WHOLE = {
  type: 'after_sale',
  afterSaleId: 'AS-20261128-0001',
  orderId: 'SO-20261126-0815',
  status: 'open',
  refundType: 'refund_only',
  refundAmountFen: 8900,
  paidAmountFen: 9900,
  category: 'normal',
  appliedAt: '2026-11-28T16:20:00+08:00',
  updatedAt: '2026-11-28T16:30:00+08:00',
  reason: '不想要了',
  deadlineAt: '2026-11-30T16:20:00Z',
  parcels: [
    {
      carrier: 'zto',
      carrierName: '中通',
      waybillNo: '73100130019486',
      declaredValueFen: 5000,
      pickedUpAt: '2026-11-27T09:00:00+08:00',
    },
    { carrier: 'yto', waybillNo: 'YT2534891234567' },
  ],
};
const read = (change: Record<string, unknown> = {}) => readMessage(JSON.stringify({ ...WHOLE, ...change }));
const afterSale = (change: Record<string, unknown> = {}) => {
  const event = read(change);
  if (event.kind !== 'after_sale') throw new Error(event.why);
  return event;
};

describe('a message', () => {
  it('says all there is to say, parcels included', () => {
    expect(read()).toEqual({
      kind: 'after_sale',
      afterSaleId: 'AS-20261128-0001',
      update: {
        atMs: Date.parse('2026-11-28T08:30:00Z'),
        facts: {
          orderId: 'SO-20261126-0815',
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          paidAmountFen: 9900,
          category: 'normal',
          reason: '不想要了',
          platformDeadlineMs: Date.parse('2026-11-30T16:20:00Z'),
          appliedAtMs: Date.parse('2026-11-28T08:20:00Z'),
        },
      },
      arbitration: false,
      parcels: [
        {
          rawCarrier: 'zto',
          rawCarrierName: '中通',
          waybillNo: '73100130019486',
          declaredValueFen: 5000,
          pickedUpAt: new Date('2026-11-27T01:00:00Z'),
        },
        { rawCarrier: 'yto', rawCarrierName: null, waybillNo: 'YT2534891234567', declaredValueFen: 9900 },
      ],
    });
  });

  it.each([undefined, null])('takes %s for left out: an amount is then unknown, never 0 (R60)', (none) => {
    const left = Object.fromEntries(
      ['refundAmountFen', 'paidAmountFen', 'category', 'appliedAt', 'reason', 'deadlineAt'].map((key) => [key, none]),
    );
    const event = afterSale({
      ...left,
      parcels: [{ carrier: 'zto', waybillNo: '1', declaredValueFen: none, pickedUpAt: none }],
    });
    expect(event.update.facts).toEqual({ orderId: 'SO-20261126-0815', type: 'refund_only', status: 'open' });
    expect(event.parcels).toEqual([{ rawCarrier: 'zto', rawCarrierName: null, waybillNo: '1' }]);
  });

  it('takes the freight out of the amounts, and what the price of a stop depends on (R31, R60)', () => {
    const freight = { weightGrams: 4_200, zone: '省外' };
    const event = afterSale({
      refundAmountFen: 8_300,
      refundPostFen: 0,
      paidPostFen: 600,
      parcels: [{ carrier: 'zto', waybillNo: '1', freight: { ...freight, service: null } }],
    });
    expect(event.update.facts).toMatchObject({ refundAmountFen: 8_300, refundPostFen: 0, paidPostFen: 600 });
    expect(event.parcels).toMatchObject([{ waybillNo: '1', freight }]);
  });

  it('keeps a stated 0, ids of any length and an order without parcels', () => {
    const event = afterSale({ refundAmountFen: 0, afterSaleId: '70008931140009495170001', parcels: [] });
    expect([event.afterSaleId, event.update.facts.refundAmountFen, event.parcels]).toEqual([
      '70008931140009495170001',
      0,
      [],
    ]);
  });

  it('is one envelope, known by its webhook-id', () => {
    const body = Buffer.from(JSON.stringify(WHOLE));
    expect(envelopesOf({ body, headers: { 'webhook-id': 'msg_1' } })).toEqual([
      { eventId: 'msg_1', payload: body.toString() },
    ]);
    for (const id of ['', 'a b', '张三', 'x'.repeat(129)]) {
      expect(envelopesOf({ body, headers: { 'webhook-id': id } })[0]?.eventId).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('of another type is ignored by name', () => {
    expect(read({ type: 'order.paid' })).toEqual({ kind: 'ignored', why: 'the type order.paid is not after_sale' });
    expect(read({ type: '张三' })).toMatchObject({ why: expect.not.stringContaining('张三') });
  });
});

describe('a message that is not valid is refused by the name of its field', () => {
  it.each<[string, Record<string, unknown>]>([
    ['type is missing', { type: undefined }],
    ['afterSaleId: Invalid input: expected string, received undefined', { afterSaleId: undefined }],
    ['afterSaleId: Invalid input: expected string, received number', { afterSaleId: 12 }],
    ['afterSaleId: is not text without white space around it', { afterSaleId: ' 12' }],
    ['afterSaleId: is not text without white space around it', { afterSaleId: '' }],
    ['orderId: Too big', { orderId: 'x'.repeat(192) }],
    ['status: Invalid option', { status: 'OPEN' }],
    ['refundType: Invalid option', { refundType: 'money' }],
    ['refundAmountFen: Invalid input: expected int, received number', { refundAmountFen: 89.5 }],
    ['refundAmountFen: Invalid input: expected number, received string', { refundAmountFen: '8900' }],
    ['paidAmountFen: Too small', { paidAmountFen: -1 }],
    ['refundPostFen: is not a part of refundAmountFen', { refundPostFen: 8_901 }],
    ['paidPostFen: is not a part of paidAmountFen', { paidPostFen: 9_901 }],
    [
      'parcels.0.freight.weight is not known',
      { parcels: [{ carrier: 'zto', waybillNo: '1', freight: { weight: 1 } }] },
    ],
    ['category: Invalid option', { category: 'food' }],
    ['updatedAt: is not a time like', { updatedAt: '2026-11-28 16:30:00' }],
    ['updatedAt: is not a time like', { updatedAt: '2026-11-28T16:30:00' }],
    ['updatedAt: is not a time between 2000 and 2100', { updatedAt: '2126-11-28T16:30:00Z' }],
    ['parcels: Invalid input: expected array, received undefined', { parcels: undefined }],
    ['parcels.0.waybillNo: Invalid input: expected string, received undefined', { parcels: [{ carrier: 'zto' }] }],
    ['parcels.1.carrier', { parcels: [{ carrier: 'zto', waybillNo: '1' }, { waybillNo: '2' }] }],
    ['parcels.0.declaredValue is not known', { parcels: [{ carrier: 'zto', waybillNo: '1', declaredValue: 1 }] }],
    ['refundAmount is not known', { refundAmount: 8900 }],
    ['a field is not known', { 张三的电话: '13800138000' }],
  ])('%s', (why, change) => {
    expect(() => read(change)).toThrow(UnreadableEvent);
    expect(() => read(change)).toThrow(why);
  });

  it.each(['', 'null', '[]', '{', '{"type":"after_sale","type":"after_sale"}'])('%j is no message', (text) => {
    expect(() => readMessage(text)).toThrow(UnreadableEvent);
  });

  it('whatever it is: read, ignored, or refused with UnreadableEvent only', () => {
    const keys = Object.keys(WHOLE) as (keyof typeof WHOLE)[];
    const odd = fc.record(
      Object.fromEntries(keys.map((key) => [key, fc.oneof(fc.constant(WHOLE[key]), fc.jsonValue())])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(odd, (value) => {
        try {
          readMessage(JSON.stringify(value));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableEvent);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('docs/generic-webhook.md', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../../docs/generic-webhook.md'), 'utf8');

  it('names every field of the message and none that is not one, because senders are written from it', () => {
    const { shape } = GENERIC_MESSAGE;
    const inside = Object.keys(shape.parcels.element.shape).map((key) => `parcels[].${key}`);
    const named = [...doc.matchAll(/^\| `([A-Za-z[\].]+)` \| (?:required)? ?\|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...Object.keys(shape), ...inside].sort());
  });

  it('marks as required what the message cannot do without', () => {
    const required = [...doc.matchAll(/^\| `([A-Za-z]+)` \| required \|/gm)].map(([, name]) => name);
    const needed = Object.entries(GENERIC_MESSAGE.shape).flatMap(([key, field]) =>
      field.safeParse(undefined).success ? [] : [key],
    );
    expect(required.sort()).toEqual(needed.sort());
  });

  it('shows an example that is valid', () => {
    const example = /\n(\{"type":"after_sale"[\s\S]*?\})\n```/.exec(doc)?.[1] ?? '';
    expect(readMessage(example)).toMatchObject({ kind: 'after_sale', afterSaleId: 'AS-20261128-0001' });
  });
});
