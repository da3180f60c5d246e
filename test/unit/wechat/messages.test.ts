import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { wechatPlugin } from '../../../src/producers/platforms/wechat/adapter.js';
import { STATUS_CODES } from '../../../src/producers/platforms/wechat/codes.js';
import { CREDENTIALS, pushOf, signedPush, VECTOR } from './wire.js';

const adapter = wechatPlugin.create(CREDENTIALS);
const UPDATE = 'channels_ec_aftersale_update';
const event = (name: string, content: string) =>
  `{"ToUserName":"gh","FromUserName":"OPENID","CreateTime":1662480000,"MsgType":"event","Event":"${name}",${content}}`;
const update = (fields: string) => event(UPDATE, `"finder_shop_aftersale_status_update":${fields}`);
const afterSale = (fields: string) => {
  const read = adapter.read(update(fields));
  if (read.kind !== 'after_sale') throw new Error(read.why);
  return read;
};

describe('a message', () => {
  it('of the reference is one envelope, known by after-sale, status and moment', () => {
    expect(adapter.envelopes(signedPush(VECTOR.encrypt))).toEqual([
      { eventId: '1234567/MERCHANT_PROCESSING/1662480000', payload: VECTOR.text },
    ]);
    expect(adapter.read(VECTOR.text)).toEqual({
      kind: 'after_sale',
      afterSaleId: '1234567',
      update: { atMs: 1662480000000, facts: { orderId: '12345', status: 'open' } },
      arbitration: false,
    });
  });

  it('sent again is the same event although it is encrypted anew', () => {
    const [first] = adapter.envelopes(signedPush(VECTOR.encrypt));
    const [again] = adapter.envelopes(pushOf(VECTOR.text));
    expect(again).toEqual(first);
  });

  it.each(['"2000000000187654321"', '2000000000187654321'])('keeps the id %s to the letter', (id) => {
    expect(afterSale(`{"after_sale_order_id":${id},"status":"USER_CANCELD"}`).afterSaleId).toBe('2000000000187654321');
  });

  it('says of every documented status what the table says; the type is for the detail', () => {
    for (const [status, { means }] of Object.entries(STATUS_CODES)) {
      const { facts } = afterSale(`{"after_sale_order_id":"1","status":"${status}"}`).update;
      expect([status, facts]).toEqual([status, { status: means }]);
    }
  });

  it.each(['SOMETHING_NEW', 'toString', '__proto__', 'USER_CANCELED'])(
    'says unknown for the status %s (R70)',
    (status) => {
      expect(afterSale(`{"after_sale_order_id":"1","status":"${status}"}`).update.facts.status).toBe('unknown');
    },
  );

  it('about a dispute is a reason to read and no more, because its statuses are not documented', () => {
    const dispute = '"finder_shop_complaint":{"complaint_id":"9","after_sale_order_id":"1234567","status":1}';
    expect(adapter.read(event('channels_ec_complaint_update', dispute))).toEqual({
      kind: 'after_sale',
      afterSaleId: '1234567',
      update: { atMs: 0, facts: {} },
      arbitration: false,
    });
    expect(adapter.read(event('channels_ec_complaint_update', '"finder_shop_complaint":{"status":1}'))).toMatchObject({
      kind: 'ignored',
    });
  });

  it('of other topics is ignored by name', () => {
    expect(adapter.read(event('channels_ec_order_pay', '"order_info":{}'))).toEqual({
      kind: 'ignored',
      why: 'channels_ec_order_pay is not in the table',
    });
    expect(adapter.read(event('张三', '"x":1'))).toMatchObject({ why: expect.not.stringContaining('张三') });
  });
});

describe('odd input', () => {
  it.each([
    ['text that breaks off', '{"Event":"channels_ec', 'the message is not valid JSON'],
    ['a list', '[]', 'the message is not an object'],
    ['no Event', '{"MsgType":"event"}', 'the message names no Event'],
    ['no update', event(UPDATE, '"x":1'), `${UPDATE}: finder_shop_aftersale_status_update is not an object`],
    ['no id', update('{"status":"USER_CANCELD"}'), `${UPDATE}: after_sale_order_id is missing`],
    [
      'an id in words',
      update('{"after_sale_order_id":"十二"}'),
      `${UPDATE}: after_sale_order_id is not a whole number`,
    ],
    ['a status that is none', update('{"after_sale_order_id":"1","status":{}}'), `${UPDATE}: status is not text`],
    [
      'no moment',
      update('{"after_sale_order_id":"1"}').replace('"CreateTime":1662480000,', ''),
      `${UPDATE}: CreateTime is missing`,
    ],
    [
      'a moment in ms',
      update('{"after_sale_order_id":"1"}').replace('1662480000', '1662480000000'),
      `${UPDATE}: CreateTime is not a time`,
    ],
    ['a broken record of the poll', '{"polled":{"why":"x"}}', 'after_sale_order_id is missing'],
  ])('%s is refused, naming what is wrong', (_what, payload, why) => {
    expect(() => adapter.read(payload)).toThrow(UnreadableEvent);
    expect(() => adapter.read(payload)).toThrow(why);
  });

  it('with an object for an id, which may have a toString of its own, is kept under its hash', () => {
    for (const odd of ['{"toString":0}', '{"toString":"x","valueOf":1}', '[{"toString":0}]']) {
      const [envelope] = adapter.envelopes(pushOf(update(`{"after_sale_order_id":${odd},"status":${odd}}`)));
      expect(envelope?.eventId).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('that decrypts is kept and refused when read; it never throws anything else', () => {
    const fields = fc.record(
      {
        after_sale_order_id: fc.oneof(fc.nat(), fc.jsonValue()),
        order_id: fc.jsonValue(),
        status: fc.oneof(fc.constantFrom(...Object.keys(STATUS_CODES)), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json({ maxDepth: 3 }),
      fields.map((value) => update(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const push = pushOf(text);
        expect(adapter.verify(push)).toBe(true);
        const envelopes = adapter.envelopes(push);
        expect(envelopes).toHaveLength(1);
        for (const { eventId, payload } of envelopes) {
          expect(eventId).toMatch(/^[\x21-\x7e]+$/);
          try {
            adapter.read(payload);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableEvent);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
