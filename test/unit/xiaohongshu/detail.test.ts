import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { xiaohongshuPlugin } from '../../../src/producers/platforms/xiaohongshu/adapter.js';
import { AFTER_SALE, answer, CREDENTIALS, changed, gateway, ID, ORDER } from './wire.js';

const wanted = { afterSaleId: ID, orderId: null };
const read = (afterSale = AFTER_SALE, order = ORDER) =>
  xiaohongshuPlugin
    .create(CREDENTIALS)
    .fetchDetail(wanted, gateway({ afterSale: answer(afterSale), order: answer(order) }), 1752812660000);
const factsOf = async (...args: Parameters<typeof read>) => (await read(...args)).update.facts;
const TWO_LINES = changed(
  ORDER,
  '{"skuId":"gift-1"',
  '{"skuId":"sku-2","totalPaidAmount":3000,"skuTag":0},{"skuId":"gift-1"',
);

describe('the detail', () => {
  it('puts the after-sale and its order together: yuan and fen, one parcel to the buyer', async () => {
    expect(await read()).toEqual({
      update: {
        atMs: 1752812658321,
        facts: {
          orderId: 'P768291112062421411',
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          refundPostFen: 600,
          paidAmountFen: 8900,
          paidPostFen: 600,
          arbitration: 'none',
          reason: '不想要了',
          platformDeadlineMs: 1752985458321,
          appliedAtMs: 1752812650000,
        },
      },
      parcels: [{ rawCarrier: 'zto', rawCarrierName: '中通', waybillNo: '73100130019486', declaredValueFen: 8900 }],
    });
  });

  it('asks for the after-sale, then for its order', async () => {
    const ctx = gateway({ afterSale: answer(AFTER_SALE), order: answer(ORDER) });
    await xiaohongshuPlugin.create(CREDENTIALS).fetchDetail(wanted, ctx, 1752812660000);
    expect(ctx.asked.map(({ body }) => JSON.parse(body))).toMatchObject([
      { method: 'afterSale.getAfterSaleInfo', returnsId: ID, needNegotiateRecord: false },
      { method: 'order.getOrderDetail', orderId: 'P768291112062421411' },
    ]);
  });

  it.each([
    [1, 'return_refund'],
    [2, 'other'],
    [3, 'refund_only'],
    [4, 'refund_only'],
    [5, 'refund_before_shipment'],
    [6, 'other'],
    [77, 'other'],
  ])('reads returnType %d of a parcel on the road as %s', async (returnType, type) => {
    expect((await factsOf(changed(AFTER_SALE, '"returnType":4', `"returnType":${returnType}`))).type).toBe(type);
  });

  it('says no type for the older money-only without a parcel, because its absence proves nothing (R70)', async () => {
    const order = changed(ORDER, '"expressTrackingNo":"73100130019486"', '"expressTrackingNo":""');
    const afterSale = changed(changed(AFTER_SALE, '"returnType":4', '"returnType":3'), '" 73100130019486 "', '""');
    expect(await factsOf(afterSale, order)).not.toHaveProperty('type');
  });

  it.each([
    [1, 101, 'open'],
    [1, 2, 'paid'],
    [4, 2, 'paid'],
    [4, 1, 'agreed'],
    [4, 3, 'agreed'],
    [4, 999, 'paid'],
    [5, 401, 'closed'],
    [6, 402, 'closed'],
    [9, 302, 'refused'],
    [14, 101, 'open'],
    [2, 101, 'unknown'],
    [9001, 101, 'unknown'],
    [12, 101, 'unknown'],
    [777, 2, 'unknown'],
  ])('reads status %d with refundStatus %d of a refund-only as %s', async (status, refund, means) => {
    const text = changed(changed(AFTER_SALE, '"status":1', `"status":${status}`), ':101', `:${refund}`);
    const facts = await factsOf(text);
    expect([facts.status, facts.arbitration]).toEqual([
      means,
      status === 777 ? undefined : status === 14 ? 'applied' : 'none',
    ]);
  });

  it.each([
    ['89', 8900],
    ['0.1', 10],
    ['1139.97', 113_997],
    ['"0.29"', 29],
  ])('reads %s yuan as %d fen', async (yuan, fen) => {
    expect((await factsOf(changed(AFTER_SALE, ':89.0', `:${yuan}`))).refundAmountFen).toBe(fen);
  });

  it.each(['-1', '0', '172800', 'null'])('has no clock where expireTime is %s', async (value) => {
    expect(await factsOf(changed(AFTER_SALE, '1752985458321', value))).not.toHaveProperty('platformDeadlineMs');
  });
});

describe('what the buyer paid (R60)', () => {
  const paid = async (...args: Parameters<typeof read>) => {
    const { paidAmountFen, paidPostFen } = await factsOf(...args);
    return [paidAmountFen, paidPostFen];
  };

  it('is the order’s total where all of it is asked back, gifts aside', async () => {
    expect(await paid()).toEqual([8900, 600]);
  });

  it('is the sum of the lines where some of it is, without the freight of the whole', async () => {
    expect(await paid(AFTER_SALE, TWO_LINES)).toEqual([8300, undefined]);
    const both = changed(AFTER_SALE, '[{"skuId":"sku-1"', '[{"skuId":"sku-2"},{"skuId":"sku-1"');
    expect(await paid(both, TWO_LINES)).toEqual([8900, 600]);
  });

  it('is unknown where the goods are not certain or a line says nothing', async () => {
    const unnamed = changed(AFTER_SALE, '"skus":[{"skuId":"sku-1","boughtCount":1,"appliedCount":1}]', '"skus":null');
    expect(await paid(unnamed)).toEqual([8900, 600]);
    expect(await paid(unnamed, TWO_LINES)).toEqual([undefined, undefined]);
    expect(await paid(changed(AFTER_SALE, '"sku-1"', '"sku-9"'))).toEqual([undefined, undefined]);
    expect(await paid(AFTER_SALE, changed(TWO_LINES, '"totalPaidAmount":8300,', ''))).toEqual([undefined, undefined]);
    expect(await paid(AFTER_SALE, changed(ORDER, '"totalPayAmount":8900,', ''))).toEqual([undefined, 600]);
    expect(await paid(AFTER_SALE, '{"orderId":"P768291112062421411","totalPayAmount":8900}')).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('the parcels of a split order (R18)', () => {
  const split = (...entries: readonly [waybill: string, code: string, ...goods: string[]][]) =>
    changed(
      ORDER,
      /"simpleDeliveryOrderList":\[.*\]/.exec(ORDER)?.[0] ?? '',
      `"simpleDeliveryOrderList":${JSON.stringify(entries.map(([expressTrackingNo, expressCompanyCode, ...skuIdList]) => ({ expressTrackingNo, expressCompanyCode, skuIdList })))}`,
    );
  const waybills = async (order: string) => (await read(AFTER_SALE, order)).parcels.map(({ waybillNo }) => waybillNo);

  it('are those with goods of this after-sale', async () => {
    const order = split(
      ['73100130019486', 'zto', 'sku-1'],
      ['YT1', 'yuantong', 'sku-1'],
      ['YT2', 'yuantong', 'sku-9'],
      ['', 'zto', 'sku-1'],
    );
    expect(await waybills(order)).toEqual(['73100130019486', 'YT1']);
  });

  it('leave out the one that the after-sale names if its goods are not in it', async () => {
    expect(await waybills(split(['73100130019486', 'zto', 'sku-9'], ['YT1', 'yuantong', 'sku-1']))).toEqual(['YT1']);
  });

  it('are all of them where nobody says what is inside', async () => {
    expect(await waybills(split(['73100130019486', 'zto'], ['YT1', 'yuantong']))).toEqual(['73100130019486', 'YT1']);
  });
});

describe('an answer', () => {
  it.each([
    ['another after-sale', changed(AFTER_SALE, ID, 'R1'), ORDER, 'the answer is about another after-sale'],
    ['no order', changed(AFTER_SALE, '"orderId":"P768291112062421411",', ''), ORDER, 'orderId is missing or not an id'],
    ['another order', AFTER_SALE, changed(ORDER, 'P768291112062421411', 'P1'), 'the answer is about another order'],
    ['no version', changed(AFTER_SALE, '"updatedAt":1752812658321,', ''), ORDER, 'updatedAt is missing'],
    [
      'an amount in words',
      changed(AFTER_SALE, ':89.0', ':"八十九"'),
      ORDER,
      'expectedRefundAmountYuan is not an amount in yuan',
    ],
    ['half a fen', changed(AFTER_SALE, ':89.0', ':89.005'), ORDER, 'expectedRefundAmountYuan is not an amount in yuan'],
    ['goods that are no list', changed(AFTER_SALE, '"skus":[', '"skus":{},"x":['), ORDER, 'skus is not a list'],
  ])('with %s is refused', async (_what, afterSale, order, why) => {
    await expect(read(afterSale, order)).rejects.toThrow(UnreadableEvent);
    await expect(read(afterSale, order)).rejects.toThrow(why);
  });

  const refusedWith = async (text: string, more: Partial<typeof CREDENTIALS> = {}) =>
    xiaohongshuPlugin
      .create({ ...CREDENTIALS, ...more })
      .fetchDetail(wanted, gateway({ afterSale: text }), 0)
      .catch((error: unknown) => error);

  it.each([
    [-1, '触发限流', 'throttled'],
    [-2, 'accessToken已过期', 'credentials'],
    [-3, '签名错误', 'credentials'],
    [-4, '系统繁忙，请稍后重试', 'unavailable'],
    [-5, '谁也不知道', 'contract_broken'],
  ])('that refuses with %d %s is %s', async (code, text, kind) => {
    const fault = await refusedWith(JSON.stringify({ success: false, error_code: code, error_msg: text }));
    expect(fault).toBeInstanceOf(CarrierFault);
    expect(fault).toMatchObject({ kind, rawCode: String(code) });
    const older = await refusedWith(JSON.stringify({ success: false, code, msg: text }));
    expect(older).toMatchObject({ kind, rawCode: String(code) });
  });

  it('is typed by the shop’s own codes before its words, because the platform publishes none', async () => {
    const text = JSON.stringify({ success: false, error_code: -77, error_msg: '谁也不知道' });
    expect(await refusedWith(text, { throttleCodes: ['-77'] })).toMatchObject({ kind: 'throttled' });
    expect(await refusedWith(text, { credentialCodes: ['-77'] })).toMatchObject({ kind: 'credentials' });
  });

  it.each([
    ['success beside a code', '{"success":true,"error_code":-1,"data":{}}', CarrierFault],
    ['success in words', '{"success":"true","error_code":0,"data":{}}', UnreadableEvent],
    ['a code alone', '{"error_code":0,"data":{}}', UnreadableEvent],
    ['nothing', '{}', UnreadableEvent],
    ['no data', '{"success":true,"error_code":0}', UnreadableEvent],
  ])('with %s is no success', async (_what, text, kind) => {
    expect(await refusedWith(text)).toBeInstanceOf(kind);
  });

  it('keeps our keys out of what it says', async () => {
    const fault = await refusedWith(
      JSON.stringify({ success: false, error_code: -2, error_msg: `token ${CREDENTIALS.accessToken} x` }),
    );
    expect(fault).toMatchObject({ message: 'Xiaohongshu answered -2 token … x' });
  });
});
