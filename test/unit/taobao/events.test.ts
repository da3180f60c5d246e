import { describe, expect, it } from '@jest/globals';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { messagePayload, readEvent, recordPayload } from '../../../src/producers/platforms/taobao/events.js';
import { IGNORED_TOPICS, TOPICS } from '../../../src/producers/platforms/taobao/topics.js';

const AT_MS = Date.UTC(2021, 7, 27, 0, 2, 10);
const BASE =
  '"refund_id":7000893114000949517,"tid":1234567890123456789,"oid":1234567890123456780,"modified":"2021-08-27 08:02:10"';

const refund = (topic: string, more = '"refund_fee":"100.00","bill_type":"refund_bill","refund_phase":"onsale"') =>
  readEvent(messagePayload(`taobao_refund_${topic}`, `{${BASE},${more}}`));
const dispute = (topic: string, more = '"biz_claim_type":1,"buyer_refund_fee":8900,"dispute_type":1') =>
  readEvent(messagePayload(`taobao_dispute_${topic}`, `{${BASE},${more}}`));

function why(payload: string): string {
  try {
    return JSON.stringify(readEvent(payload));
  } catch (error) {
    return error instanceof UnreadableEvent ? error.message : `not an UnreadableEvent: ${error}`;
  }
}

describe('taobao_refund_*', () => {
  it('says the amount in yuan as text, the order, and its moment in China; shipped or not is left to the detail', () => {
    expect(refund('RefundCreated')).toEqual({
      kind: 'after_sale',
      afterSaleId: '7000893114000949517',
      arbitration: false,
      update: {
        atMs: AT_MS,
        facts: { orderId: '1234567890123456789', status: 'open', refundAmountFen: 10_000 },
      },
    });
  });

  it.each([
    ['RefundCreated', 'open'],
    ['RefundBuyerModifyAgreement', 'open'],
    ['RefundSellerAgreeAgreement', 'agreed'],
    ['RefundSellerRefuseAgreement', 'refused'],
    ['RefundBuyerReturnGoods', 'agreed'],
    ['RefundClosed', 'closed'],
    ['RefundSuccess', 'paid'],
  ])('%s brings %s', (topic, status) => {
    expect(refund(topic)).toMatchObject({ arbitration: false, update: { facts: { status } } });
  });

  it.each(['TaobaoInterApplied', 'TaobaoIntervened'])(
    '%s is arbitration and says nothing of the status (R21)',
    (topic) => {
      const event = refund(topic);
      expect(event).toMatchObject({ arbitration: true, update: { facts: { arbitration: 'applied' } } });
      expect(event).not.toHaveProperty('update.facts.status');
    },
  );

  it.each([
    ['return_bill', 'return_refund'],
    ['replace_bill', 'other'],
    ['refund_bill', undefined],
    ['constructor', undefined],
  ])('bill_type %s is %s', (bill, type) => {
    const event = refund('RefundCreated', `"bill_type":"${bill}"`);
    expect(event.kind === 'after_sale' && event.update.facts.type).toBe(type);
  });

  it('a missing amount is unknown, never 0 (R60)', () => {
    const event = refund('RefundCreated', '"bill_type":"refund_bill"');
    expect(event).not.toHaveProperty('update.facts.refundAmountFen');
  });

  it('without a moment it is dated 0 and overrules nothing; milliseconds are read too', () => {
    const at = (modified: string) => {
      const event = readEvent(messagePayload('taobao_refund_RefundClosed', `{"refund_id":7${modified}}`));
      return event.kind === 'after_sale' && event.update.atMs;
    };
    expect([at(''), at(',"modified":""'), at(`,"modified":${AT_MS}`), at(`,"modified":"${AT_MS}"`)]).toEqual([
      0,
      0,
      AT_MS,
      AT_MS,
    ]);
  });
});

describe('taobao_dispute_* and AG', () => {
  it('no amount is read from a dispute message, because its unit is not documented', () => {
    expect(dispute('RefundCreated')).toMatchObject({
      update: { atMs: AT_MS, facts: { orderId: '1234567890123456789', status: 'open' } },
    });
    expect(dispute('RefundCreated')).not.toHaveProperty('update.facts.refundAmountFen');
  });

  it.each([
    ['1', undefined],
    ['2', undefined],
    ['3', 'return_refund'],
    ['4', 'other'],
    ['6', 'other'],
    ['10', 'other'],
    ['77', undefined],
  ])('biz_claim_type %s is %s', (claim, type) => {
    const event = dispute('RefundCreated', `"biz_claim_type":${claim}`);
    expect(event.kind === 'after_sale' && event.update.facts.type).toBe(type);
  });

  it('a success is paid, an appeal is arbitration, a negotiation only asks for a look at the detail', () => {
    expect(dispute('RefundSuccess', '"seller_open_uid":"A"')).toMatchObject({ update: { facts: { status: 'paid' } } });
    expect(dispute('TaobaoInterApplied')).toMatchObject({ arbitration: true });
    for (const topic of ['NegotiationApply', 'NegotiationAgreed', 'NegotiationRefused']) {
      expect(dispute(topic)).toMatchObject({ kind: 'after_sale', arbitration: false });
      expect(dispute(topic)).not.toHaveProperty('update.facts.status');
    }
  });

  it('AG states fen, no moment, and status words of its own', () => {
    const ag = (status: string) =>
      readEvent(
        messagePayload(
          'taobao_rdc_AgDealRefund',
          `{"refund_id":7000893114000949517,"parent_order_id":1234567890123456789,"refund_fee":8900,"refund_status":"${status}","refund_reason":"不想要了"}`,
        ),
      );
    expect(ag('WAIT_SELLER_AGREE')).toMatchObject({
      update: { atMs: 0, facts: { orderId: '1234567890123456789', status: 'open', refundAmountFen: 8_900 } },
    });
    expect(ag('1')).toMatchObject({ update: { facts: { status: 'unknown' } } });
  });
});

describe('what is left alone, and what cannot be read', () => {
  it('ignored topics say why, and a topic nobody listed is ignored by its name', () => {
    for (const topic of [...Object.keys(IGNORED_TOPICS), 'taobao_refund_OrderStatusSync', 'constructor']) {
      expect(readEvent(messagePayload(topic, 'not even JSON'))).toEqual({ kind: 'ignored', why: expect.any(String) });
    }
    expect(why(messagePayload('taobao_logistics_Accept', '{}'))).toContain('scans are read from the courier');
  });

  it('every understood topic refuses what has no id, is no object, or is no JSON', () => {
    for (const topic of Object.keys(TOPICS)) {
      expect(why(messagePayload(topic, '{"tid":1}'))).toBe(`${topic}: refund_id is missing`);
      expect(why(messagePayload(topic, '[]'))).toBe(`${topic}: content is not an object`);
      expect(why(messagePayload(topic, null))).toBe(`${topic}: content is not text`);
      expect(why(messagePayload(topic, '{"refund_id":7'))).toMatch(/content is not valid JSON/);
      expect(why(messagePayload(topic, '{"refund_id":"机密-id"}'))).toBe(`${topic}: refund_id is not a whole number`);
    }
  });

  it.each(['', '[]', 'null', '{}', '{"topic":7}', '{"topic":""}', '{"refund":null}', '{"refund":[]}', '{"refund":{}}'])(
    '%s is no message',
    (payload) => {
      expect(why(payload)).not.toMatch(/^\{|not an UnreadableEvent/);
    },
  );

  it.each([
    ['"refund_fee":"-1.00"', 'refund_fee is not an amount in yuan'],
    ['"refund_fee":"1.005"', 'refund_fee is not an amount in yuan'],
    ['"refund_fee":{"a":1}', 'refund_fee is not an amount in yuan'],
    ['"bill_type":[]', 'bill_type is not text'],
  ])('%s is refused by the name of the field', (field, message) => {
    expect(why(messagePayload('taobao_refund_RefundCreated', `{${BASE},${field}}`))).toContain(message);
  });

  it('a polled record is read like the detail, without its parcels', () => {
    const record = {
      refund_id: '7000893114000949517',
      tid: '1234567890123456789',
      status: 'SUCCESS',
      dispute_type: 'REFUND',
      order_status: 'TRADE_CLOSED',
      refund_fee: '89.00',
      total_fee: '89.00',
      modified: '2021-08-27 08:02:10',
      refund_version: 1_630_022_530_000,
    };
    expect(readEvent(recordPayload(record))).toEqual({
      kind: 'after_sale',
      afterSaleId: '7000893114000949517',
      arbitration: false,
      update: {
        atMs: AT_MS,
        // Closed orders were shipped or not: the detail tells.
        facts: {
          orderId: '1234567890123456789',
          status: 'paid',
          refundAmountFen: 8_900,
          paidAmountFen: 8_900,
          version: '1630022530000',
        },
      },
    });
  });
});
