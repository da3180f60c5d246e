import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { wechatPlugin } from '../../../src/producers/platforms/wechat/adapter.js';
import { AFTER_SALE, afterSaleAnswer, CREDENTIALS, changed, ID, ORDER, orderAnswer, store } from './wire.js';

const adapter = wechatPlugin.create(CREDENTIALS);
const wanted = { afterSaleId: ID, orderId: null };
const NOW = 1662480100_500;

const asked = (afterSale = AFTER_SALE, order = ORDER) =>
  store((endpoint) => (endpoint === 'get' ? orderAnswer(order) : afterSaleAnswer(afterSale)));
const read = (...texts: Parameters<typeof asked>) => adapter.fetchDetail(wanted, asked(...texts), NOW);
const factsOf = async (...texts: Parameters<typeof asked>) => (await read(...texts)).update.facts;
const without = (order: string) =>
  changed(order, /"delivery_product_info":\[.*\]/.exec(order)?.[0] ?? '', '"delivery_product_info":[]');
const TWO_LINES = changed(
  ORDER,
  '"product_infos":[',
  '"product_infos":[{"product_id":"77","sku_id":"78","real_price":3000},',
);

describe('the detail', () => {
  it('puts the after-sale and its order together, ids to the letter, the parcel to the buyer only', async () => {
    expect(await read()).toEqual({
      update: {
        atMs: 1662480060000,
        facts: {
          orderId: '3705115058471208928',
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          paidAmountFen: 8900,
          paidPostFen: 600,
          reason: '不想要了',
          platformDeadlineMs: 1662480100_000 + 172_800_000,
          appliedAtMs: 1662480000000,
        },
      },
      parcels: [{ rawCarrier: 'ZTO', rawCarrierName: '中通', waybillNo: '73100130019486', declaredValueFen: 8900 }],
    });
  });

  it('asks with the token in the address and the ids as text', async () => {
    const ctx = asked();
    await adapter.fetchDetail(wanted, ctx, NOW);
    expect(ctx.asked.map(({ path, body }) => [path, body])).toEqual([
      ['/channels/ec/aftersale/getaftersaleorder?access_token=token-of-the-shop', `{"after_sale_order_id":"${ID}"}`],
      ['/channels/ec/order/get?access_token=token-of-the-shop', '{"order_id":"3705115058471208928"}'],
    ]);
  });

  it.each([
    ['REFUND', 'refund_only'],
    ['RETURN', 'return_refund'],
    ['EXCHANGE', 'other'],
    ['SOMETHING_NEW', 'other'],
  ])('reads the type %s of a shipped order as %s', async (type, means) => {
    expect((await factsOf(changed(AFTER_SALE, '"REFUND"', `"${type}"`))).type).toBe(means);
  });

  it('reads money-only of goods in no shipment as before shipment, one without a waybill as shipped', async () => {
    expect((await factsOf(AFTER_SALE, without(ORDER))).type).toBe('refund_before_shipment');
    const byHand = changed(ORDER, '"waybill_id":" 73100130019486 "', '"waybill_id":""');
    expect(await read(AFTER_SALE, byHand)).toMatchObject({ update: { facts: { type: 'refund_only' } }, parcels: [] });
    const others = changed(ORDER, '"sku_id":"20000","product_cnt"', '"sku_id":"9","product_cnt"');
    expect(await read(AFTER_SALE, others)).toMatchObject({
      update: { facts: { type: 'refund_before_shipment' } },
      parcels: [],
    });
  });

  it.each(['USER_WAIT_RETURN', 'MERCHANT_WAIT_RECEIPT', 'MERCHANT_RETURN_SUCCESS', 'MERCHANT_REJECT_RETURN'])(
    'takes %s beside money-only for a contradiction (R70)',
    async (status) => {
      expect((await factsOf(changed(AFTER_SALE, 'MERCHANT_PROCESSING', status))).status).toBe('unknown');
    },
  );

  it('reads `deadline` as seconds left, and as an instant where it is one', async () => {
    expect((await factsOf(changed(AFTER_SALE, ':172800', ':"60"'))).platformDeadlineMs).toBe(1662480160_000);
    expect((await factsOf(changed(AFTER_SALE, ':172800', ':1662652800'))).platformDeadlineMs).toBe(1662652800_000);
    for (const none of ['0', '-1', 'null', '"soon"', '1.5']) {
      expect(await factsOf(changed(AFTER_SALE, ':172800', `:${none}`))).not.toHaveProperty('platformDeadlineMs');
    }
  });
});

describe('what the buyer paid (R60)', () => {
  const paid = async (order: string, afterSale = AFTER_SALE) => {
    const { paidAmountFen, paidPostFen } = await factsOf(afterSale, order);
    return [paidAmountFen, paidPostFen];
  };

  it('is the order’s total for its only line, gifts aside', async () => {
    expect(await paid(ORDER)).toEqual([8900, 600]);
  });

  it('is the total of the line where there are several, without the freight of the whole', async () => {
    expect(await paid(TWO_LINES)).toEqual([8300, undefined]);
  });

  it('is found by the product where one side names no sku', async () => {
    expect(
      await paid(changed(TWO_LINES, '"product_id":"10000","sku_id":"20000","sku_cnt"', '"product_id":10000,"sku_cnt"')),
    ).toEqual([8300, undefined]);
  });

  it.each([
    ['the line is not there', changed(ORDER, '"sku_id":"20000","sku_cnt"', '"sku_id":"3","sku_cnt"')],
    ['the line is there twice', changed(ORDER, '"product_infos":[', '"product_infos":[{"sku_id":"20000"},')],
    ['there are no lines', changed(ORDER, '"product_infos":[', '"product_infos":null,"x":[')],
    ['the line says nothing', changed(TWO_LINES, '"real_price":8300', '"y":1')],
    ['the price says nothing', changed(ORDER, '"order_price":8900,"freight":600', '"y":1')],
  ])('is unknown where %s', async (_what, order) => {
    expect(await paid(order)).toEqual([undefined, undefined]);
  });

  it('is unknown where the after-sale names no goods', async () => {
    expect(
      await paid(
        ORDER,
        changed(AFTER_SALE, '"product_info":{"product_id":"10000","sku_id":"20000","count":1}', '"product_info":null'),
      ),
    ).toEqual([undefined, undefined]);
  });
});

describe('an answer', () => {
  it.each([
    [
      'another after-sale',
      changed(AFTER_SALE, ID, '2000000000187654320'),
      ORDER,
      'the answer is about another after-sale',
    ],
    ['no order', changed(AFTER_SALE, '"order_id":"3705115058471208928",', ''), ORDER, 'order_id is missing'],
    ['another order', AFTER_SALE, changed(ORDER, '928', '929'), 'the answer is about another order'],
    ['no version', changed(AFTER_SALE, '"update_time":1662480060,', ''), ORDER, 'update_time is missing'],
    ['no order_detail', AFTER_SALE, '{"order_id":"3705115058471208928"}', 'order_detail is not an object'],
    ['an amount in yuan', changed(AFTER_SALE, ':8900', ':89.5'), ORDER, 'amount is not a whole number'],
    [
      'parcels that are no list',
      AFTER_SALE,
      changed(ORDER, '"delivery_product_info":[', '"delivery_product_info":{},"x":['),
      'delivery_product_info is not a list',
    ],
  ])('with %s is refused', async (_what, afterSale, order, why) => {
    await expect(read(afterSale, order)).rejects.toThrow(UnreadableEvent);
    await expect(read(afterSale, order)).rejects.toThrow(why);
  });

  const refusedWith = (text: string) =>
    adapter
      .fetchDetail(
        wanted,
        store(() => text),
        NOW,
      )
      .catch((error: unknown) => error);

  it.each([
    [40001, 'credentials'],
    [40014, 'credentials'],
    [42001, 'credentials'],
    [48001, 'credentials'],
    [45009, 'throttled'],
    [45011, 'throttled'],
    [-1, 'unavailable'],
    [47001, 'bad_request'],
    [10020004, 'bad_request'],
    [123456, 'contract_broken'],
  ])('that refuses with %d is %s', async (errcode, kind) => {
    const fault = await refusedWith(JSON.stringify({ errcode, errmsg: 'some words' }));
    expect(fault).toBeInstanceOf(CarrierFault);
    expect(fault).toMatchObject({ kind, rawCode: String(errcode), message: `WeChat answered ${errcode} some words` });
  });

  it.each(['{}', '{"errmsg":"ok"}', '{"errcode":"0"}', '{"errcode":null}', '{"errcode":0.5}', '{"errcode":0}'])(
    'of %s is no success, because silence is none',
    async (text) => {
      expect(await refusedWith(text)).toBeInstanceOf(UnreadableEvent);
    },
  );

  it('keeps our keys out of what it says', async () => {
    const fault = await refusedWith('{"errcode":40001,"errmsg":"token-of-the-shop of wx1234567890abcdef is bad"}');
    expect(fault).toMatchObject({ message: 'WeChat answered 40001 … of … is bad' });
  });
});
