import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PlatformEvent, UnreadableEvent } from '../../../src/domain/platform/port.js';
import { messagePayload, readMessage } from '../../../src/producers/platforms/pinduoduo/messages.js';
import { IGNORED_TYPES, MESSAGE_TYPES } from '../../../src/producers/platforms/pinduoduo/topics.js';
import { CAPTURED, changed, RECORD } from './wire.js';

const CREATED = 'pdd_refund_RefundCreated';
const read = (type: string | null, content: string | null): PlatformEvent => readMessage(messagePayload(type, content));

function factsOf(event: PlatformEvent) {
  if (event.kind !== 'after_sale') throw new Error(event.why);
  return event.update.facts;
}

describe('a refund message', () => {
  it('that was captured is read with its fen, its order, and the second of its change', () => {
    expect(read(CREATED, CAPTURED)).toEqual({
      kind: 'after_sale',
      afterSaleId: '7381745730',
      arbitration: false,
      update: {
        atMs: 1625637425000,
        facts: { orderId: '210707-339507978993455', status: 'open', refundAmountFen: 1990 },
      },
    });
  });

  it('keeps every digit of a long id', () => {
    const content = changed(CAPTURED, ['7381745730', '7381745730114950123']);
    expect(read(CREATED, content)).toMatchObject({ afterSaleId: '7381745730114950123' });
  });

  it.each([
    ['pdd_refund_RefundCreated', 'open'],
    ['pdd_refund_RefundAgreeAgreement', 'agreed'],
    ['pdd_refund_RefundClosed', 'closed'],
  ])('%s brings the status %s', (type, status) => {
    expect(factsOf(read(type, CAPTURED)).status).toBe(status);
  });

  it('of returned goods contradicts a refund without goods, which is never a yes (R70)', () => {
    const type = 'pdd_refund_RefundBuyerReturnGoods';
    expect(factsOf(read(type, CAPTURED)).status).toBe('unknown');
    const returned = changed(CAPTURED, ['"bill_type":1', '"bill_type":2']);
    expect(factsOf(read(type, returned))).toMatchObject({ type: 'return_refund', status: 'agreed' });
  });

  it.each([
    ['1', undefined],
    ['2', 'return_refund'],
    ['3', 'other'],
    ['4', 'other'],
    ['5', 'other'],
    ['6', 'other'],
    ['99', 'other'],
  ])('of bill_type %s has the type %s: whether money-only was shipped is not in it', (code, type) => {
    expect(factsOf(read(CREATED, changed(CAPTURED, ['"bill_type":1', `"bill_type":${code}`]))).type).toBe(type);
  });

  it('without a moment fills gaps and never overrules', () => {
    expect(read(CREATED, changed(CAPTURED, ['"modified":1625637425016,', '']))).toMatchObject({ update: { atMs: 0 } });
  });

  it('without an amount states none', () => {
    expect(factsOf(read(CREATED, changed(CAPTURED, ['"refund_fee":1990,', '']))).refundAmountFen).toBeUndefined();
  });
});

describe('other messages', () => {
  it.each(Object.entries(IGNORED_TYPES))('%s is ignored for a reason', (type, why) => {
    expect(read(type, 'whatever')).toEqual({ kind: 'ignored', why });
  });

  it('of a type nobody listed are ignored by their name, odd names without it', () => {
    expect(read('pdd_refund_RefundModified', '{}')).toMatchObject({
      why: expect.stringContaining('pdd_refund_RefundModified'),
    });
    expect(read('退款 13912345678', '{}')).toEqual({
      kind: 'ignored',
      why: 'the message type of this name is not in the table',
    });
    expect(read('PDD_REFUND_REFUNDCREATED', '{}').kind).toBe('ignored');
    expect(read('constructor', '{}').kind).toBe('ignored');
  });
});

describe('what cannot be read', () => {
  it.each<[string, string, string]>([
    ['a truncated content', CAPTURED.slice(0, 60), 'content is not valid JSON'],
    ['a content that is a list', '[]', 'content is not an object'],
    ['no id', changed(CAPTURED, ['"refund_id":7381745730,', '']), 'refund_id is missing'],
    ['an id in words', changed(CAPTURED, ['7381745730', '"七三八一"']), 'refund_id is not a whole number'],
    ['an amount in yuan', changed(CAPTURED, ['1990', '19.9']), 'refund_fee is not a whole number'],
    ['a negative amount', changed(CAPTURED, ['1990', '-1990']), 'refund_fee is not a whole number'],
    [
      'a type in words',
      changed(CAPTURED, ['"bill_type":1', '"bill_type":"仅退款"']),
      'bill_type is not a whole number',
    ],
    ['a moment in words', changed(CAPTURED, ['1625637425016', '"昨天"']), 'modified is not a time'],
    ['a moment in microseconds', changed(CAPTURED, ['1625637425016', '1625637425016000']), 'modified is not a time'],
    ['an order that is an object', changed(CAPTURED, ['"210707-339507978993455"', '{}']), 'tid is not text'],
  ])('is refused with its reason and without its content: %s', (_what, content, why) => {
    expect(() => read(CREATED, content)).toThrow(new RegExp(`^${CREATED}: ${why}`));
  });

  it.each([null, ''])('is a message without a type (%j)', (type) => {
    expect(() => read(type, CAPTURED)).toThrow('the type of the message is missing');
  });

  it('is a message without a content', () => {
    expect(() => read(CREATED, null)).toThrow(`${CREATED}: content is not text`);
  });

  it('throws nothing but UnreadableEvent, whatever lies in the inbox', () => {
    const known = fc.constantFrom(...Object.keys(MESSAGE_TYPES), ...Object.keys(IGNORED_TYPES));
    const content = fc.oneof(
      fc.json(),
      fc.string(),
      fc.nat(CAPTURED.length).map((at) => CAPTURED.slice(0, at)),
    );
    const polled = fc.oneof(
      fc.json(),
      fc.nat(RECORD.length).map((at) => RECORD.slice(0, at)),
    );
    const payload = fc.oneof(
      fc.tuple(known, content).map(([type, text]) => messagePayload(type, text)),
      polled.map((text) => `{"polled":${text}}`),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(payload, (text) => {
        try {
          expect(['after_sale', 'ignored']).toContain(readMessage(text).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableEvent);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
