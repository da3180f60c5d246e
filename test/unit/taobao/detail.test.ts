import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { fetchDetail } from '../../../src/producers/platforms/taobao/detail.js';
import {
  CREDENTIALS,
  changed,
  gateway,
  NOW_MS,
  REFUND,
  REFUND_ID,
  refundAnswer,
  refusal,
  SHIPPING,
  shippingsAnswer,
} from './given.js';

type Script = Parameters<typeof gateway>[0];
const [GET, ORDERS] = ['taobao.refund.get', 'taobao.logistics.orders.get'];

async function fetch(refund = REFUND, shippings: readonly string[] = [SHIPPING], more: Script = {}) {
  const ctx = gateway({ [GET]: refundAnswer(refund), [ORDERS]: shippingsAnswer(...shippings), ...more });
  const detail = await fetchDetail(CREDENTIALS, { afterSaleId: REFUND_ID, orderId: null }, ctx, NOW_MS);
  return { ...detail, asked: ctx.asked };
}

async function failure(...given: Parameters<typeof fetch>): Promise<string> {
  const error: unknown = await fetch(...given).then(
    () => 'no failure',
    (cause: unknown) => cause,
  );
  if (error instanceof CarrierFault) return `${error.kind} ${error.rawCode}`;
  return error instanceof UnreadableEvent ? error.message : `unexpected: ${error}`;
}

const factsOf = async (...changes: readonly (readonly [string, string])[]) =>
  (await fetch(changed(REFUND, ...changes))).update.facts;

describe('a refund with its parcels', () => {
  it('reads every fact a decision needs, and the forward parcel, not the return one', async () => {
    const { update, parcels, asked } = await fetch();
    expect(update).toEqual({
      atMs: Date.UTC(2021, 7, 27, 0, 2, 10),
      facts: {
        orderId: '1234567890123456789',
        type: 'refund_only',
        status: 'open',
        refundAmountFen: 8_900,
        paidAmountFen: 8_900,
        arbitration: 'none',
        reason: '不想要了',
        platformDeadlineMs: Date.UTC(2021, 7, 29, 0, 1, 58),
        appliedAtMs: Date.UTC(2021, 7, 27, 0, 1, 58),
        version: '1630022530000',
      },
    });
    expect(parcels).toEqual([
      { rawCarrier: '中通快递', rawCarrierName: '中通快递', waybillNo: '75417914223203', declaredValueFen: 8_900 },
    ]);
    expect(asked.map(({ method, form }) => [method, form.get('refund_id') ?? form.get('tid')])).toEqual([
      [GET, REFUND_ID],
      [ORDERS, '1234567890123456789'],
    ]);
    expect(asked.every(({ request }) => request.effect === 'read')).toBe(true);
    expect(asked[0]?.form.get('fields')).not.toMatch(/nick|address|alipay/);
  });

  it('an order that waits for its shipment is refunded before shipment, and its parcels are not asked for', async () => {
    const { update, parcels, asked } = await fetch(
      changed(REFUND, ['WAIT_BUYER_CONFIRM_GOODS', 'WAIT_SELLER_SEND_GOODS']),
    );
    expect([update.facts.type, parcels, asked.length]).toEqual(['refund_before_shipment', [], 1]);
  });

  it('a closed order was shipped if it has a waybill; without one nobody knows (R70)', async () => {
    const closed = changed(REFUND, ['WAIT_BUYER_CONFIRM_GOODS', 'TRADE_CLOSED'], ['WAIT_SELLER_AGREE', 'SUCCESS']);
    expect((await fetch(closed)).update.facts).toMatchObject({ type: 'refund_only', status: 'paid' });
    expect((await fetch(closed, [])).update.facts).not.toHaveProperty('type');
  });

  it.each([
    ['REFUND_AND_RETURN', 'return_refund'],
    ['TMALL_EXCHANGE', 'other'],
    ['RESHIPPING', 'other'],
    ['SOMETHING_NEW', 'other'],
    ['constructor', 'other'],
  ])('dispute_type %s is %s', async (word, type) => {
    expect((await factsOf(['"dispute_type":"REFUND"', `"dispute_type":"${word}"`])).type).toBe(type);
  });

  it.each([
    ['WAIT_SELLER_AGREE', 'open'],
    ['SELLER_REFUSE_BUYER', 'refused'],
    ['CLOSED', 'closed'],
    ['SUCCESS', 'paid'],
    ['EXCHANGE_TRANSFORM_TO_REFUND', 'unknown'],
    ['SOMETHING_NEW', 'unknown'],
    ['toString', 'unknown'],
    // A step that only goods on their way back can be in contradicts a refund-only.
    ['WAIT_BUYER_RETURN_GOODS', 'unknown'],
    ['WAIT_SELLER_CONFIRM_GOODS', 'unknown'],
  ])('status %s of a refund-only is %s', async (word, status) => {
    expect((await factsOf(['WAIT_SELLER_AGREE', word])).status).toBe(status);
  });

  it('with goods those steps are agreed', async () => {
    const facts = await factsOf(['"REFUND"', '"REFUND_AND_RETURN"'], ['WAIT_SELLER_AGREE', 'WAIT_BUYER_RETURN_GOODS']);
    expect(facts.status).toBe('agreed');
  });

  it.each([
    ['1', 'none'],
    ['2', 'applied'],
    ['6', 'ended'],
    ['7', 'cancelled'],
    ['9', 'ended'],
    ['10', 'applied'],
    ['99', undefined],
  ])('cs_status %s is %s', async (code, arbitration) => {
    expect((await factsOf(['"cs_status":1', `"cs_status":${code}`])).arbitration).toBe(arbitration);
  });

  it('what is not said stays unsaid: amounts (R60), clock, version', async () => {
    const bare = changed(
      REFUND,
      ['"refund_fee":"89.00",', ''],
      ['"total_fee":"89.00",', ''],
      ['"exist_timeout":true', '"exist_timeout":false'],
      ['"refund_version":1630022530000,', ''],
    );
    const { update, parcels } = await fetch(bare);
    for (const fact of ['refundAmountFen', 'paidAmountFen', 'platformDeadlineMs', 'version']) {
      expect(update.facts).not.toHaveProperty(fact);
    }
    expect(parcels[0]).not.toHaveProperty('declaredValueFen');
  });

  it('the version dates a refund whose last change is left out', async () => {
    const { update } = await fetch(changed(REFUND, ['"modified":"2021-08-27 08:02:10",', '']));
    expect(update.atMs).toBe(1_630_022_530_000);
  });
});

describe('parcels of a split order', () => {
  const split = (waybill: string, lines: string) =>
    changed(SHIPPING, ['75417914223203', waybill], ['"is_split":0', `"is_split":1,"sub_tids":${lines}`]);

  it('only those that carry the line under refund are named, whichever form their list has', async () => {
    const { parcels } = await fetch(REFUND, [
      split('A1', '{"number":[1234567890123456780,1234567890123456781]}'),
      split('A2', '[1234567890123456780]'),
      split('B1', '{"number":[1234567890123456781]}'),
      changed(SHIPPING, ['"out_sid":"75417914223203",', '']),
    ]);
    expect(parcels.map(({ waybillNo }) => waybillNo)).toEqual(['A1', 'A2']);
  });

  it('one that does not say what it carries is not guessed at', async () => {
    const message = 'a parcel of a split order does not say which lines it carries';
    expect(await failure(REFUND, [split('A1', '{"number":[]}')])).toBe(message);
    expect(await failure(changed(REFUND, ['"oid":1234567890123456780,', '']), [split('A1', '[1]')])).toBe(message);
  });
});

describe('answers that are refusals, or none', () => {
  it.each([
    [refusal(7), 'throttled 7'],
    [refusal(27), 'credentials 27'],
    [refusal(25), 'credentials 25'],
    [refusal(11, 'isv.permission-api-package-limit'), 'credentials 11 isv.permission-api-package-limit'],
    [refusal(41, 'isv.invalid-parameter:fields'), 'bad_request 41 isv.invalid-parameter:fields'],
    [refusal(10), 'unavailable 10'],
    [refusal(15, 'isp.remote-service-timeout'), 'unavailable 15 isp.remote-service-timeout'],
    [refusal(15, 'isv.refund-not-exist'), 'taobao.refund.get: 15 isv.refund-not-exist'],
    [refusal(9999), 'contract_broken 9999'],
    ['', 'the answer is not valid JSON at position 0'],
    ['[]', 'the answer is not an object'],
    ['{}', 'refund_get_response of the answer is not an object'],
    ['{"refund_get_response":{}}', 'refund is not an object'],
    [refundAnswer(changed(REFUND, [REFUND_ID, '7000893114000949518'])), 'the answer is about another after-sale'],
    [
      refundAnswer(changed(REFUND, ['2021-08-27 08:02:10', '2021-02-31 08:02:10'])),
      'modified is not a time like 2026-11-28 08:00:00',
    ],
  ])('%#', async (text, expected) => {
    expect(await failure(REFUND, [], { [GET]: text })).toBe(expected);
  });

  it.each([
    [503, 'unavailable 503'],
    [429, 'throttled 429'],
    [401, 'credentials 401'],
    [302, 'contract_broken 302'],
  ])('HTTP %s', async (status, expected) => {
    expect(await failure(REFUND, [], { [GET]: { status, text: 'x' } })).toBe(expected);
  });

  it('words of the platform that may quote us are not repeated', async () => {
    const text = refusal(15, 'isv.denied for session sess', 'abcdef0123456789abcdef0123456789');
    const error: unknown = await fetch(REFUND, [], { [GET]: text }).catch((cause: unknown) => cause);
    expect(String(error)).toContain('Taobao answered 15 to taobao.refund.get');
    expect(String(error)).not.toMatch(/abcdef|denied/);
  });

  it('parcels of another order are not taken for ours', async () => {
    const other = changed(SHIPPING, ['1234567890123456789', '1234567890123456788']);
    expect(await failure(REFUND, [other])).toBe('the parcels are of another order');
  });
});
