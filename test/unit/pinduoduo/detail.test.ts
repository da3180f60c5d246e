import { describe, expect, it } from '@jest/globals';
import type { AfterSaleDetail } from '../../../src/domain/platform/port.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { pinduoduoPlugin } from '../../../src/producers/platforms/pinduoduo/adapter.js';
import { answering, CREDENTIALS, changed, ID, ORDER, ORDER_SN, REFUND } from './wire.js';

const NOW = 1_625_640_000_000;
const WANTED = { afterSaleId: ID, orderId: ORDER_SN };

async function read(refund = REFUND, order = ORDER, more: object = {}): Promise<AfterSaleDetail> {
  const ctx = answering({ 'pdd.refund.information.get': refund, 'pdd.order.information.get': order });
  const credentials = pinduoduoPlugin.manifest.credentials.parse({ ...CREDENTIALS, ...more });
  return pinduoduoPlugin.create(credentials).fetchDetail(WANTED, ctx, NOW);
}
const factsOf = async (...given: Parameters<typeof read>) => (await read(...given)).update.facts;

describe('a detail', () => {
  it('is two reads: the after-sale by both its numbers, then its order', async () => {
    const ctx = answering({ 'pdd.refund.information.get': REFUND, 'pdd.order.information.get': ORDER });
    await pinduoduoPlugin.create(CREDENTIALS).fetchDetail(WANTED, ctx, NOW);
    expect(ctx.forms.map((form) => [form.get('type'), form.get('after_sales_id'), form.get('order_sn')])).toEqual([
      ['pdd.refund.information.get', ID, ORDER_SN],
      ['pdd.order.information.get', null, ORDER_SN],
    ]);
    expect(ctx.forms.map((form) => form.get('timestamp'))).toEqual(['1625640000', '1625640000']);
  });

  it('says what both say together, without an amount of unknown unit', async () => {
    expect((await read()).update).toEqual({
      atMs: 1625637425000,
      facts: {
        orderId: ORDER_SN,
        type: 'refund_only',
        status: 'open',
        paidAmountFen: 1990,
        paidPostFen: 500,
        arbitration: 'none',
        reason: '不想要了',
        platformDeadlineMs: 1625810225000,
        appliedAtMs: 1625637425016,
      },
    });
  });

  it('takes the amount in the unit that the shop has set, and refuses one that is not in it', async () => {
    expect((await factsOf(REFUND, ORDER, { detailAmountUnit: 'fen' })).refundAmountFen).toBe(1990);
    expect((await factsOf(REFUND, ORDER, { detailAmountUnit: 'yuan' })).refundAmountFen).toBe(199_000);
    const odd = changed(REFUND, ['"refund_amount":1990', '"refund_amount":19.9']);
    expect((await factsOf(odd, ORDER, { detailAmountUnit: 'yuan' })).refundAmountFen).toBe(1990);
    await expect(read(odd, ORDER, { detailAmountUnit: 'fen' })).rejects.toThrow('refund_amount is not a whole number');
  });

  it('names the parcels on their way to the buyer: the order’s, further ones and those of gifts, each once', async () => {
    const parcels = (await read()).parcels.map((parcel) => Object.values(parcel));
    expect(parcels).toEqual([
      ['85', '圆通', 'YT2534891234567', 1990],
      ['384', '极兔', 'JT0001', 1990],
      ['', null, 'G1', 1990],
    ]);
  });

  it('has no value for a parcel where nobody says what was paid (R60)', async () => {
    const { update, parcels } = await read(REFUND, changed(ORDER, ['"pay_amount":19.9,', '']));
    expect(update.facts).not.toHaveProperty('paidAmountFen');
    for (const parcel of parcels) expect(parcel).not.toHaveProperty('declaredValueFen');
  });

  it.each([
    ['"1625637425"', 1625637425000],
    ['1625637425', 1625637425000],
    ['1625637425999', 1625637425000],
    ['"2021-07-07 13:57:05"', 1625637425000],
    ['"2021-07-07T13:57:05+08:00"', 1625637425000],
    ['null', NOW],
    ['""', NOW],
  ])('is dated by updated_time %s', async (text, atMs) => {
    expect((await read(changed(REFUND, ['"updated_time":"1625637425"', `"updated_time":${text}`]))).update.atMs).toBe(
      atMs,
    );
  });

  it.each(['"刚才"', '"1625637425.5"', '12345678901', '{}', '-1'])('is refused with the time %s', async (text) => {
    const odd = changed(REFUND, ['"updated_time":"1625637425"', `"updated_time":${text}`]);
    await expect(read(odd)).rejects.toThrow(UnreadableEvent);
  });

  it('has a clock only while the platform names one', async () => {
    const idle = changed(REFUND, ['"expire_time":1625810225000', '"expire_time":null']);
    expect(await factsOf(idle)).not.toHaveProperty('platformDeadlineMs');
  });
});

describe('type and shipment', () => {
  const NO_WAYBILL = changed(
    ORDER,
    ['" YT2534891234567 "', '""'],
    ['[{"logistics_id":384,"tracking_number":"JT0001"}]', 'null'],
    ['[{"logistics_id":85,"tracking_number":"YT2534891234567"},{"logistics_id":0,"tracking_number":"G1"}]', '[]'],
  );
  const shipping = (code: string) => changed(REFUND, ['"shipping_status":1', `"shipping_status":${code}`]);
  const ordered = (code: string) => changed(NO_WAYBILL, ['"order_status":2', `"order_status":${code}`]);

  it.each([
    ['1', '2', 'refund_only'],
    ['0', '1', 'refund_before_shipment'],
    ['0', '2', 'refund_only'],
    ['1', '1', 'refund_only'],
    ['null', '1', 'refund_before_shipment'],
    ['null', 'null', undefined],
    ['7', '9', undefined],
  ])('money-only with shipping_status %s and order_status %s is %s', async (code, order, type) => {
    expect((await factsOf(shipping(code), ordered(order))).type).toBe(type);
  });

  it('a waybill outweighs what still says "not shipped" (R70)', async () => {
    const order = changed(ORDER, ['"order_status":2', '"order_status":1']);
    expect((await factsOf(shipping('0'), order)).type).toBe('refund_only');
  });

  it.each([
    ['2', 'return_refund'],
    ['3', 'other'],
    ['4', 'other'],
    ['5', 'other'],
    ['77', 'other'],
  ])('type %s is %s, whatever was shipped', async (code, type) => {
    expect((await factsOf(changed(REFUND, ['"after_sales_type":1', `"after_sales_type":${code}`]))).type).toBe(type);
  });
});

describe('status', () => {
  const inStatus = (code: number | string, type = 1) =>
    changed(
      REFUND,
      ['"after_sales_status":2', `"after_sales_status":${code}`],
      ['"after_sales_type":1', `"after_sales_type":${type}`],
    );

  it.each([
    [2, 'open'],
    [4, 'agreed'],
    [5, 'agreed'],
    [6, 'refused'],
    [8, 'open'],
    [9, 'closed'],
    [10, 'paid'],
    [11, 'closed'],
    [12, 'closed'],
    [13, 'closed'],
    [31, 'agreed'],
    [33, 'agreed'],
    [0, 'unknown'],
    [1, 'unknown'],
    [14, 'unknown'],
    [25, 'unknown'],
    [99, 'unknown'],
    [3, 'unknown'],
    [7, 'unknown'],
    [32, 'unknown'],
  ])('%d of a refund without goods is %s', async (code, status) => {
    expect((await factsOf(inStatus(code))).status).toBe(status);
  });

  it.each([
    [3, 'open'],
    [7, 'agreed'],
    [10, 'paid'],
  ])('%d of a return is %s', async (code, status) => {
    expect((await factsOf(inStatus(code, 2))).status).toBe(status);
  });

  it('only "the platform is at it" is arbitration: that it joined once would make a refusal alive again (R21)', async () => {
    expect((await factsOf(inStatus(8))).arbitration).toBe('applied');
    const joined = changed(inStatus(6), ['"join_or_not":"0"', '"join_or_not":"1"']);
    expect((await factsOf(joined)).arbitration).toBeUndefined();
  });
});

describe('a detail that is none', () => {
  it('needs the number of the order', async () => {
    const ctx = answering({});
    const asked = pinduoduoPlugin.create(CREDENTIALS).fetchDetail({ afterSaleId: ID, orderId: null }, ctx, NOW);
    await expect(asked).rejects.toThrow(
      new UnreadableEvent("Pinduoduo is asked by the order's number, which no message of this after-sale has named"),
    );
    expect(ctx.asked).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    [
      'another after-sale',
      changed(REFUND, [ID, '7381745730114950124']),
      ORDER,
      'the answer is about another after-sale',
    ],
    ['a rounded id', changed(REFUND, [ID, '7381745730114950000']), ORDER, 'the answer is about another after-sale'],
    ['no id', changed(REFUND, [`"id":${ID},`, '']), ORDER, 'id is missing'],
    ['an after-sale of another order', changed(REFUND, [ORDER_SN, '210707-1']), ORDER, 'of another order'],
    ['another order', REFUND, changed(ORDER, [ORDER_SN, '210707-1']), 'the answer is about another order'],
    ['no order', REFUND, '{"order_info_get_response":{}}', 'order_info is not an object'],
    ['an order without its root', REFUND, '{"order_info":{}}', 'order_info_get_response is not an object'],
    [
      'parcels that are no list',
      REFUND,
      changed(
        ORDER,
        ['"resend_delivery_list"', '"x"'],
        ['"extra_delivery_list":[', '"extra_delivery_list":{"a":['],
        ['JT0001"}]', 'JT0001"}]}'],
      ),
      'extra_delivery_list is not a list',
    ],
    ['a waybill that is a list', REFUND, changed(ORDER, ['" YT2534891234567 "', '[]']), 'tracking_number is not text'],
    [
      'a courier in words',
      REFUND,
      changed(ORDER, ['"logistics_id":85', '"logistics_id":"圆通"']),
      'logistics_id is not a whole number',
    ],
    ['an amount in words', REFUND, changed(ORDER, ['19.9', '"十九元九"']), 'pay_amount is not an amount in yuan'],
    ['a part of a fen', REFUND, changed(ORDER, ['19.9', '19.905']), 'pay_amount is not an amount in yuan'],
    ['half an answer', REFUND, ORDER.slice(0, 200), 'the answer is not valid JSON'],
  ])('is refused: %s', async (_what, refund, order, why) => {
    const error = await read(refund, order).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableEvent);
    expect(String(error)).toContain(why);
    expect(String(error)).not.toContain('738174573');
  });
});
