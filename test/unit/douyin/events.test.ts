import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutEnvelopes, readEvent } from '../../../src/producers/platforms/douyin/events.js';
import { bytes, CREATED, CREATED_OLD_FORM, message, URL_CHECK } from './messages.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const BASE = '"aftersale_id":7000893114000949517,"aftersale_type":1';

describe('envelopes', () => {
  it('cuts a body into its messages and keeps the text of each, because ids must not pass through a number', () => {
    const first = '{ "tag" : "200", "msg_id":"a",\t"data":"{\\"aftersale_id\\":7000893114000949517}" }';
    const second = '{"tag":207,"msgId":"b","data":{"aftersale_id":7000893114000949518.0,"note":"],[{\\"}"}}';
    expect(cutEnvelopes(bytes(` [\n ${first} ,\r\n${second}\t] `))).toEqual([
      { eventId: 'a', payload: `[${first}]` },
      { eventId: 'b', payload: `[${second}]` },
    ]);
  });

  it('keeps the address check out of the inbox, because it is nobody’s after-sale', () => {
    expect(cutEnvelopes(bytes(URL_CHECK))).toEqual([]);
    expect(cutEnvelopes(bytes('[{"tag":0}]'))).toEqual([]);
    const real = message('200', BASE);
    expect(cutEnvelopes(bytes(`[${URL_CHECK.slice(1, -1)},${real}]`))).toEqual([
      { eventId: 'm-200', payload: `[${real}]` },
    ]);
  });

  it.each([
    '{"tag":"200"}',
    '{"tag":"200","msg_id":""}',
    '{"tag":"200","msg_id":{}}',
    '{"tag":"200","msg_id":"有"}',
    `{"tag":"200","msg_id":"${'x'.repeat(129)}"}`,
    '17',
    '{"tag":}',
  ])('hashes the element where it has no usable id: %s', (element) => {
    expect(cutEnvelopes(bytes(`[${element}]`))).toEqual([{ eventId: sha256(element), payload: `[${element}]` }]);
  });

  it('keeps a numeric message id byte for byte, because it is the key against duplicates', () => {
    expect(cutEnvelopes(bytes('[{"tag":200,"msgId":7000893114000949517}]'))[0]?.eventId).toBe('7000893114000949517');
  });

  it('lets one broken message be refused alone, because the others are still true', () => {
    const good = message('207', `${BASE},"close_time":1630022518`);
    const [broken, whole] = cutEnvelopes(bytes(`[{"tag":"200",broken},${good}]`));
    expect(() => readEvent(broken?.payload ?? '')).toThrow('the body is not valid JSON at position 14');
    expect(readEvent(whole?.payload ?? '')).toMatchObject({ kind: 'after_sale' });
  });

  it('gives the same envelope for the same message in any body, because the platform sends duplicates', () => {
    const text = message('200', BASE);
    const [alone] = cutEnvelopes(bytes(`[${text}]`));
    const [, among] = cutEnvelopes(bytes(`[${message('207', BASE)} , ${text} ]`));
    expect(among).toEqual(alone);
  });
});

describe('both documented forms', () => {
  it('reads the form of the SDKs: data as text, numbers without loss', () => {
    expect(readEvent(CREATED)).toEqual({
      kind: 'after_sale',
      afterSaleId: '7000893114000949000',
      arbitration: false,
      update: {
        atMs: 1630022518000,
        facts: {
          orderId: '4835804142146757000',
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          refundPostFen: 0,
          appliedAtMs: 1630022518000,
        },
      },
    });
  });

  it('reads the older form of the doc samples: numeric tag, msgId, data as an object', () => {
    expect(cutEnvelopes(bytes(CREATED_OLD_FORM))[0]?.eventId).toBe(
      '04288XXXXXXX9348874::200:1618990587:68373744XXXXXXX9128',
    );
    expect(readEvent(CREATED_OLD_FORM)).toMatchObject({
      afterSaleId: '7000893114000949517',
      update: { facts: { orderId: '4835804142146757001', refundAmountFen: 8900, refundPostFen: 600 } },
    });
  });

  it('keeps every 19-digit id byte for byte in either form, because a rounded id is another buyer’s parcel', () => {
    const id = fc.bigInt({ min: 10n ** 18n, max: 2n ** 63n - 1n }).map(String);
    fc.assert(
      fc.property(id, id, fc.boolean(), fc.boolean(), (afterSaleId, orderId, quoted, asText) => {
        const quote = quoted ? '"' : '';
        const data = `{"aftersale_id":${quote}${afterSaleId}${quote},"p_id":${quote}${orderId}${quote},"aftersale_type":1}`;
        const body = `[{"tag":"200","msg_id":"1","data":${asText ? JSON.stringify(data) : data}}]`;
        const [envelope] = cutEnvelopes(bytes(body));
        const event = readEvent(envelope?.payload ?? '');
        expect(event).toMatchObject({ afterSaleId, update: { facts: { orderId } } });
      }),
    );
  });
});

describe('facts of a message', () => {
  const read = (tag: string, fields: string) => {
    const event = readEvent(`[${message(tag, `${BASE},${fields}`)}]`);
    if (event.kind !== 'after_sale') throw new Error(event.why);
    return event.update;
  };

  it('dates a message by its own field before update_time, because that is the time of this change', () => {
    expect(read('207', '"close_time":1630022600,"update_time":"2022-09-02T10:27:50+08:00"').atMs).toBe(1630022600000);
    expect(read('207', '"update_time":"2022-09-02T10:27:50+08:00"').atMs).toBe(Date.UTC(2022, 8, 2, 2, 27, 50));
    expect(read('207', '"close_time":0,"update_time":"1630022600"').atMs).toBe(1630022600000);
  });

  it('dates a message without a time 0, so that it can never overrule one that has a time', () => {
    expect(read('207', '"update_time":"0001-01-01T00:00:00Z"').atMs).toBe(0);
    expect(read('212', '"arbitrate_status":1').atMs).toBe(0);
  });

  it('leaves a missing amount out and keeps a stated 0, because unknown is neither zero nor full (R60)', () => {
    expect(read('200', '"apply_time":1630022518').facts).not.toHaveProperty('refundAmountFen');
    expect(read('200', '"refund_amount":null,"refund_post_amount":""').facts).not.toHaveProperty('refundPostFen');
    expect(read('200', '"refund_amount":0').facts.refundAmountFen).toBe(0);
  });

  it('calls an undocumented type other, because it is certainly not refund-only', () => {
    expect(readEvent(`[${message('200', '"aftersale_id":1,"aftersale_type":99')}]`)).toMatchObject({
      update: { facts: { type: 'other' } },
    });
  });

  it('calls an undocumented status, or one that contradicts the type, unknown (R70)', () => {
    expect(read('212', '"aftersale_status":99').facts.status).toBe('unknown');
    expect(read('212', '"aftersale_status":7').facts.status).toBe('unknown');
    expect(read('212', '"note":1').facts).not.toHaveProperty('status');
  });
});
