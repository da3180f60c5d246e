import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { cutEnvelopes, readMessage } from '../../../src/producers/platforms/xiaohongshu/messages.js';
import { AFTER_SALE_TAGS } from '../../../src/producers/platforms/xiaohongshu/tags.js';
import { bytes, element, ID, INFO, SAMPLE } from './wire.js';

const cut = (text: string) => cutEnvelopes({ body: bytes(text) });
const readFirst = (text: string) => readMessage(cut(text)[0]?.payload ?? '');

describe('a push', () => {
  it.each(Object.keys(AFTER_SALE_TAGS))('%s names its after-sale and states nothing more', (tag) => {
    expect(readFirst(`[${element(tag, SAMPLE)}]`)).toEqual({
      kind: 'after_sale',
      afterSaleId: ID,
      update: { atMs: 0, facts: { orderId: 'P768291112062421411' } },
      arbitration: false,
    });
  });

  it('is cut into its messages, each known by seller, tag, after-sale and time', () => {
    const later = SAMPLE.replace('1752812658321', '1752812658999');
    const envelopes = cut(
      `[${element('msg_after_sale_create', SAMPLE)}, ${element('msg_after_sale_update', SAMPLE)},${element('msg_after_sale_update', later)}]`,
    );
    expect(envelopes.map(({ eventId }) => eventId)).toEqual([
      `seller-1/msg_after_sale_create/${ID}/1752812658321`,
      `seller-1/msg_after_sale_update/${ID}/1752812658321`,
      `seller-1/msg_after_sale_update/${ID}/1752812658999`,
    ]);
  });

  it('with a broken message keeps the others', () => {
    const envelopes = cut(`[${element('msg_after_sale_create', SAMPLE)},{"tag":1},{"data":}]`);
    expect(envelopes).toHaveLength(3);
    const outcomes = envelopes.map(({ payload }) => {
      try {
        return readMessage(payload).kind;
      } catch (error) {
        return error instanceof UnreadableEvent;
      }
    });
    expect(outcomes).toEqual(['after_sale', true, true]);
  });

  it('cannot pass for a record of the poll, whatever stands in it, because its body is not signed', () => {
    const record = `{"polled":${INFO}}`;
    for (const text of [
      `[${record}]`,
      record,
      `1,"polled":${INFO}`,
      `[{"msgTag":"msg_after_sale_create","data":"{}"},"polled",${INFO}]`,
      `"}${record}`,
    ]) {
      for (const { payload } of cut(text)) {
        expect(() => readMessage(payload)).toThrow(UnreadableEvent);
      }
    }
  });

  it('of other topics is ignored by name, and the address check leaves nothing', () => {
    expect(readFirst(`[${element('msg_item_buyable', '{}')}]`)).toEqual({
      kind: 'ignored',
      why: 'msg_item_buyable is not in the table',
    });
    expect(readFirst(`[${element('张三', '{}')}]`)).toMatchObject({ why: expect.not.stringContaining('张三') });
    expect(cut('{"test":true}')).toEqual([]);
    expect(cut(' { "test" : true } ')).toEqual([]);
    expect(cut('{"test":true,"x":1}')).toHaveLength(1);
  });

  it.each([
    ['no array', '{"tag":"msg_after_sale_create"}', 'the message has no msgTag'],
    ['a list in the list', '[[]]', 'the message is not an object'],
    ['no tag', '[{"data":"{}"}]', 'the message has no msgTag'],
    ['data in words', `[${element('msg_after_sale_closed', '张三')}]`, 'data is not valid JSON at position 0'],
    [
      'no id',
      `[${element('msg_after_sale_closed', '{}')}]`,
      'msg_after_sale_closed: returnsId is missing or not an id',
    ],
    [
      'a numeric id',
      `[${element('msg_after_sale_closed', '{"returnsId":7}')}]`,
      'msg_after_sale_closed: returnsId is missing or not an id',
    ],
  ])('%s is refused, naming what is wrong', (_what, text, why) => {
    expect(() => readFirst(text)).toThrow(UnreadableEvent);
    expect(() => readFirst(text)).toThrow(why);
  });

  it('with an object for an id, which may have a toString of its own, is kept under its hash', () => {
    for (const odd of ['{"toString":0}', '{"toString":"x","valueOf":1}', '[{"toString":0}]']) {
      const data = `{"returnsId":${odd},"updateTime":${odd}}`;
      const [envelope] = cut(`[${element('msg_after_sale_update', data).replace('"seller-1"', odd)}]`);
      expect(envelope?.eventId).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('never throws while it is cut, and reads or throws UnreadableEvent only', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json({ maxDepth: 3 }).map((text) => `[${text}]`),
      fc
        .record(
          { returnsId: fc.jsonValue(), orderId: fc.jsonValue(), updateTime: fc.jsonValue() },
          { requiredKeys: [] },
        )
        .map((data) => `[${element('msg_after_sale_update', JSON.stringify(data))}]`),
    );
    fc.assert(
      fc.property(odd, (text) => {
        for (const { eventId, payload } of cut(text)) {
          expect(eventId).toMatch(/^[\x21-\x7e]+$/);
          try {
            readMessage(payload);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableEvent);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
