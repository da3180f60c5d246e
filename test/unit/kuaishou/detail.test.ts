import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CallContext, CarrierRequest } from '../../../src/domain/carrier/port.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { kuaishouPlugin } from '../../../src/producers/platforms/kuaishou/adapter.js';
import { answer, CREDENTIALS, ORDER, ok, REFUND } from './wire.js';

const ID = '2015600256209850123';

/** A platform that answers the refund and its order; `order` null: it must not be asked. */
function platform(refund: string, order: string = answer(ORDER)): CallContext & { readonly asked: CarrierRequest[] } {
  const asked: CarrierRequest[] = [];
  return {
    asked,
    send: async (request) => {
      asked.push(request);
      return ok(request.path.startsWith('/open/order/detail') ? order : refund);
    },
  };
}

const read = (refund = REFUND, order = ORDER, credentials: Partial<typeof CREDENTIALS> = {}) =>
  kuaishouPlugin
    .create({ ...CREDENTIALS, ...credentials })
    .fetchDetail({ afterSaleId: ID, orderId: null }, platform(answer(refund), answer(order)), 1591274072000);
const factsOf = async (...args: Parameters<typeof read>) => (await read(...args)).update.facts;
const changed = (text: string, from: string, to: string) => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
};

describe('the detail', () => {
  it('puts the refund and its order together, ids to the letter, forward parcels only and each once', async () => {
    expect(await read()).toEqual({
      update: {
        atMs: 1591274071333,
        facts: {
          orderId: '2015600256209857777',
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          paidAmountFen: 8900,
          arbitration: 'none',
          reason: '不想要了',
          platformDeadlineMs: 1591446870333,
          appliedAtMs: 1591274070333,
        },
      },
      parcels: [
        { rawCarrier: '9', rawCarrierName: '中通快递', waybillNo: '73100130019486', declaredValueFen: 8900 },
        { rawCarrier: '6', rawCarrierName: '圆通速递', waybillNo: 'YT2534891234567', declaredValueFen: 8900 },
      ],
    });
  });

  it('asks for the refund and then for its order, with every digit', async () => {
    const ctx = platform(answer(REFUND));
    await kuaishouPlugin.create(CREDENTIALS).fetchDetail({ afterSaleId: ID, orderId: 'not used' }, ctx, 1591274072000);
    const params = ctx.asked.map(({ path }) => new URL(path, 'https://k').searchParams.get('param'));
    expect(params).toEqual([`{"refundId":${ID}}`, '{"oid":2015600256209857777}']);
  });

  it.each([
    [40, 'refund_only'],
    [50, 'refund_only'],
    [70, 'refund_only'],
    [30, 'refund_before_shipment'],
    [10, 'refund_before_shipment'],
  ])('reads an order in status %d without a parcel as %s', async (status, type) => {
    const order = `{"orderBaseInfo":{"oid":2015600256209857777,"status":${status}},"orderLogisticsInfo":null}`;
    expect((await factsOf(REFUND, order)).type).toBe(type);
  });

  it.each([0, 80, 77])(
    'says no type for order status %d without parcel and without a time of shipment',
    async (status) => {
      const order = `{"orderBaseInfo":{"oid":2015600256209857777,"status":${status},"sendTime":0}}`;
      expect(await factsOf(REFUND, order)).not.toHaveProperty('type');
      expect((await factsOf(REFUND, changed(order, '"sendTime":0', '"sendTime":1591270000000'))).type).toBe(
        'refund_only',
      );
    },
  );

  it('takes a waybill for shipped although the status still says paid, because scans decide (R70)', async () => {
    expect((await factsOf(REFUND, changed(ORDER, '"status":40', '"status":30'))).type).toBe('refund_only');
  });

  it('keeps price protection out although it is money-only on a shipped order', async () => {
    expect((await factsOf(changed(REFUND, '"specialRefundType":0', '"specialRefundType":1'))).type).toBe('other');
  });

  it.each([
    [10, 1, 'open'],
    [10, 2, 'agreed'],
    [10, 3, 'refused'],
    [20, 3, 'open'],
    [50, 2, 'agreed'],
    [60, 3, 'paid'],
    [11, 1, 'unknown'],
    [21, 1, 'unknown'],
  ])('reads status %d with negotiateStatus %d as %s', async (status, negotiated, means) => {
    const refund = changed(changed(REFUND, '"status":10', `"status":${status}`), 'Status":1', `Status":${negotiated}`);
    expect((await factsOf(refund)).status).toBe(means);
  });

  it.each([
    ['totalFee', 8900],
    ['totalFee+expressFee', 9500],
    ['unknown', undefined],
  ] as const)('takes %s for what the buyer paid, as the shop has set it', async (paidAmount, fen) => {
    const { update, parcels } = await read(REFUND, ORDER, { paidAmount });
    expect([update.facts.paidAmountFen, parcels[0]?.declaredValueFen]).toEqual([fen, fen]);
  });

  it('leaves missing amounts unknown and a clock of another unit out', async () => {
    const order = changed(ORDER, '"expressFee":600,', '');
    expect(await factsOf(REFUND, order, { paidAmount: 'totalFee+expressFee' })).not.toHaveProperty('paidAmountFen');
    expect(await factsOf(REFUND, changed(ORDER, '"totalFee":8900,', ''))).not.toHaveProperty('paidAmountFen');
    expect(await factsOf(changed(REFUND, '"refundFee":8900,', ''))).not.toHaveProperty('refundAmountFen');
    expect(await factsOf(changed(REFUND, '1591446870333', '172800'))).not.toHaveProperty('platformDeadlineMs');
  });

  it.each([
    ['another refund', changed(REFUND, '0123', '0124'), ORDER, 'the answer is about another after-sale'],
    ['another order', REFUND, changed(ORDER, '7777', '7778'), 'the answer is about another order'],
    ['no order id', changed(REFUND, '"oid":2015600256209857777,', ''), ORDER, 'oid is missing'],
    ['no version', changed(REFUND, '"updateTime":1591274071333,', ''), ORDER, 'updateTime is missing'],
    ['no base', REFUND, '{}', 'orderBaseInfo is not an object'],
    [
      'parcels that are no list',
      REFUND,
      changed(ORDER, /"orderLogisticsInfo":\[.*\]/.exec(ORDER)?.[0] ?? '', '"orderLogisticsInfo":{}'),
      'orderLogisticsInfo is not a list',
    ],
    [
      'a parcel that is none',
      REFUND,
      changed(ORDER, '[{', '[null,{'),
      'an entry of orderLogisticsInfo is not an object',
    ],
  ])('refuses %s', async (_what, refund, order, why) => {
    await expect(read(refund, order)).rejects.toThrow(UnreadableEvent);
    await expect(read(refund, order)).rejects.toThrow(why);
  });
});

describe('refusals of the gateway', () => {
  const refusedWith = async (text: string) =>
    kuaishouPlugin
      .create(CREDENTIALS)
      .fetchDetail({ afterSaleId: ID, orderId: null }, platform(text), 0)
      .catch((error: unknown) => error);

  it.each([
    [24, 'AUTHORIZATION_REVOKED', 'credentials'],
    [28, '签名校验失败', 'credentials'],
    [21, '鉴权失败', 'credentials'],
    [22, 'TOKEN过期', 'credentials'],
    [23, 'token中无scope权限', 'credentials'],
    [1017, '', 'throttled'],
    [9, 'Exceed quota limit, KEY [appkey:x]', 'throttled'],
    [9, 'Exceed qps limit, KEY [apiId:x], MAX_QPS [300.0]', 'throttled'],
    [300_006, 'REFUND ID IS BLANK', 'bad_request'],
    [4711, '谁也不知道', 'contract_broken'],
    [0, '', 'contract_broken'],
  ])('types %d %j as %s', async (result, errorMsg, kind) => {
    const fault = await refusedWith(JSON.stringify({ result, error_msg: errorMsg }));
    expect(fault).toBeInstanceOf(CarrierFault);
    expect(fault).toMatchObject({ kind, rawCode: String(result) });
  });

  it.each([300_011, 300_012])('takes %d for an after-sale that is not this shop’s', async (result) => {
    expect(await refusedWith(JSON.stringify({ result, error_msg: 'x' }))).toBeInstanceOf(UnreadableEvent);
  });

  it('keeps our keys out of what it says, although the platform quotes them', async () => {
    const text = `Exceed quota limit, KEY [appkey:${CREDENTIALS.appKey};user:${CREDENTIALS.accessToken}]`;
    const fault = await refusedWith(JSON.stringify({ result: 9, error_msg: text, sub_code: 'a.b' }));
    expect(fault).toMatchObject({ message: 'Kuaishou answered 9 a.b Exceed quota limit, KEY [appkey:…;user:…]' });
  });
});
