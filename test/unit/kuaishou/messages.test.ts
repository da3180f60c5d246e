import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { STATUS_CODES } from '../../../src/producers/platforms/kuaishou/codes.js';
import { envelopesOf, isGenuine, readMessage } from '../../../src/producers/platforms/kuaishou/messages.js';
import { bytes, CREDENTIALS, encrypted, message, VECTOR } from './wire.js';

const ADD = 'kwaishop_aftersales_addRefund';
const UPDATE = 'kwaishop_aftersales_updateRefund';
const genuine = (body: Uint8Array) => isGenuine(CREDENTIALS, { body });
const cut = (body: Uint8Array) => envelopesOf(CREDENTIALS, { body });
const readInfo = (info: string, event = UPDATE) => readMessage(message(event, info));

describe('a message', () => {
  it('of the reference becomes one envelope under the platform’s message id, its text untouched', () => {
    expect(genuine(bytes(VECTOR.body))).toBe(true);
    expect(cut(bytes(VECTOR.body))).toEqual([{ eventId: '267_2345_147402', payload: VECTOR.plain }]);
    expect(readMessage(VECTOR.plain)).toEqual({
      kind: 'after_sale',
      afterSaleId: '2015600256209850',
      update: {
        atMs: 1591274070333,
        facts: { orderId: '201560025620985', status: 'open', arbitration: 'none', appliedAtMs: 1591274070333 },
      },
      arbitration: false,
    });
  });

  it('says no type for money-only, because only the order tells whether it was shipped', () => {
    const { update } = afterSale('{"refundId":1,"handlingWay":10,"status":10,"updateTime":1591274070333}');
    expect(update.facts).not.toHaveProperty('type');
  });

  it.each([
    [1, 0, 'return_refund'],
    [3, 0, 'other'],
    [4, 0, 'other'],
    [5, 0, 'other'],
    [99, 0, 'other'],
    [10, 1, 'other'],
  ])('reads handlingWay %d with specialRefundType %d as %s', (way, special, type) => {
    const info = `{"refundId":1,"handlingWay":${way},"specialRefundType":${special},"status":10,"updateTime":1591274070333}`;
    expect(afterSale(info).update.facts.type).toBe(type);
  });

  it.each([
    [10, 'open', 'none'],
    [12, 'refused', 'none'],
    [20, 'open', 'applied'],
    [30, 'unknown', 'none'],
    [40, 'unknown', 'none'],
    [45, 'unknown', 'none'],
    [50, 'agreed', 'none'],
    [60, 'paid', 'none'],
    [70, 'closed', 'none'],
    [999, 'unknown', undefined],
  ])(
    'reads status %d of money-only as %s: a step of returned goods contradicts it (R70)',
    (code, status, arbitration) => {
      const event = afterSale(`{"refundId":1,"handlingWay":10,"status":${code},"updateTime":1591274070333}`);
      expect([event.update.facts.status, event.update.facts.arbitration]).toEqual([status, arbitration]);
      expect(event.arbitration).toBe(arbitration === 'applied');
    },
  );

  it('reads every documented status of a return as the table has it', () => {
    for (const [code, { means }] of Object.entries(STATUS_CODES)) {
      const event = afterSale(`{"refundId":1,"handlingWay":1,"status":${code},"updateTime":1591274070333}`);
      expect([code, event.update.facts.status]).toEqual([code, means]);
    }
  });

  it('keeps ids of 19 digits to the letter', () => {
    const ids = '"refundId":2015600256209850123,"orderId":2015600256209857777';
    const event = afterSale(`{${ids},"handlingWay":10,"status":60,"updateTime":1591274070333}`);
    expect([event.afterSaleId, event.update.facts.orderId]).toEqual(['2015600256209850123', '2015600256209857777']);
  });

  it('of other topics is ignored by its name', () => {
    expect(readMessage(message('kwaishop_order_paySuccess', '{"oid":1}'))).toEqual({
      kind: 'ignored',
      why: 'the event kwaishop_order_paySuccess is not in the table',
    });
    expect(readMessage(message('张三 13800138000', '{}'))).toMatchObject({ why: expect.not.stringContaining('张三') });
  });

  function afterSale(info: string) {
    const event = readInfo(info);
    if (event.kind !== 'after_sale') throw new Error(event.why);
    return event;
  }
});

describe('the heart-beat', () => {
  it.each([
    ['plain', bytes('{"test":true}')],
    ['plain with white space', bytes(' {"test" : true}\n')],
    ['encrypted', encrypted('{"test":true}')],
    ['encrypted with everything else', encrypted(message(ADD, '{"refundId":1}', ',"test":true'))],
  ])('%s is acknowledged and kept out of the inbox', (_what, body) => {
    expect(genuine(body)).toBe(true);
    expect(cut(body)).toEqual([]);
  });

  it('opens no door: a plain body that says anything more is not from the platform', () => {
    for (const text of [
      '{"test":true,"event":"x"}',
      '{"test":false}',
      '{"test":true}{"test":true}',
      VECTOR.plain,
      '',
    ]) {
      expect([text, genuine(bytes(text)), cut(bytes(text))]).toEqual([text, false, []]);
    }
  });
});

describe('odd input', () => {
  it('of another app is refused although the key fits', () => {
    expect(genuine(encrypted(VECTOR.plain.replace('ks669064233797003102', 'ks000000000000000000')))).toBe(false);
    expect(genuine(encrypted(VECTOR.plain.replace('"ks669064233797003102"', '1')))).toBe(false);
  });

  it('without a usable message id is known by its hash', () => {
    for (const id of ['', '张三', 'a b', 'x'.repeat(200)]) {
      const [envelope] = cut(encrypted(JSON.stringify({ eventId: id, event: ADD })));
      expect(envelope?.eventId).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it.each([
    ['a list', '[]', 'the message is not an object'],
    ['no event', '{"eventId":"1"}', 'the message names no event'],
    ['info that breaks off', message(UPDATE, '{"refundId":1'), `${UPDATE}: info is not valid JSON at position 13`],
    ['info that is a list', message(UPDATE, '[]'), `${UPDATE}: info is not an object`],
    ['no refundId', message(ADD, '{"createTime":1591274070333}'), `${ADD}: refundId is missing`],
    [
      'a refundId in words',
      message(ADD, '{"refundId":"九","createTime":1591274070333}'),
      `${ADD}: refundId is not a whole number`,
    ],
    [
      'seconds where ms belong',
      message(UPDATE, '{"refundId":1,"updateTime":1591274070}'),
      `${UPDATE}: updateTime is not a time between 2000 and 2100`,
    ],
    [
      'no time at all',
      message(UPDATE, '{"refundId":1}').replace(',"createTime":1591274070333', ''),
      `${UPDATE}: updateTime is missing`,
    ],
    ['a record of the list that is none', '{"polled":null}', 'the record is not an object'],
  ])('%s is refused, naming what is wrong', (_what, payload, why) => {
    expect(() => readMessage(payload)).toThrow(UnreadableEvent);
    expect(() => readMessage(payload)).toThrow(why);
  });

  it('never throws while it is checked and cut, and reads or throws UnreadableEvent only', () => {
    const info = fc.record(
      {
        refundId: fc.oneof(fc.nat(), fc.jsonValue()),
        orderId: fc.jsonValue(),
        handlingWay: fc.oneof(fc.constantFrom(1, 10), fc.jsonValue()),
        status: fc.jsonValue(),
        updateTime: fc.oneof(fc.constant(1591274070333), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encrypted(text)),
      fc.json({ maxDepth: 3 }).map((text) => encrypted(text)),
      info.map((value) => encrypted(message(UPDATE, JSON.stringify(value)))),
    );
    fc.assert(
      fc.property(body, (one) => {
        genuine(one);
        for (const { eventId, payload } of cut(one)) {
          expect(eventId).toMatch(/^[\x21-\x7e]{1,128}$/);
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
