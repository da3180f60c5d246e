import { describe, expect, it } from '@jest/globals';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { DOUYIN_SETTINGS, dataOfAnswer } from '../../../src/producers/platforms/douyin/answers.js';
import { detailRequest, readDetail } from '../../../src/producers/platforms/douyin/detail.js';
import { DETAIL, detailWith } from './answers.js';
import { CREDENTIALS } from './messages.js';

const ID = '7000893114000949517';
const read = (text: string) => readDetail(dataOfAnswer({ status: 200, headers: {}, text }, DOUYIN_SETTINGS), ID);
const LINE_TWO_PAY = '"pay_amount":3000,';

describe('afterSale.Detail request', () => {
  it('asks by text id with sorted, signed parameters', () => {
    const request = detailRequest(CREDENTIALS, ID, 1630022518999);
    const url = new URL(request.path, 'https://example.com');
    expect(request).toMatchObject({
      method: 'POST',
      effect: 'read',
      body: `{"after_sale_id":"${ID}","need_operation_record":false}`,
    });
    expect(url.pathname).toBe('/afterSale/Detail');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_key: CREDENTIALS.appKey,
      method: 'afterSale.Detail',
      timestamp: '1630022518',
      v: '2',
      sign_method: 'hmac-sha256',
      // Computed with openssl from the text app_key…v2 between the secrets, not by our code.
      sign: '72e3317bd9209ebb6d9d756a08bec12d086616cead1c09ca59075dedbd2dc97b',
      access_token: CREDENTIALS.accessToken,
    });
  });
});

describe('afterSale.Detail answer', () => {
  it('reads every fact a decision needs, 19-digit ids as sent', () => {
    expect(read(DETAIL)).toEqual({
      update: {
        atMs: 1630022530000,
        facts: {
          orderId: '4835804142146757001',
          type: 'refund_only',
          version: '1630022530',
          status: 'open',
          refundAmountFen: 8900,
          refundPostFen: 600,
          paidAmountFen: 8900,
          paidPostFen: 600,
          arbitration: 'none',
          reason: '不想要了',
          platformDeadlineMs: 1630195318000,
          appliedAtMs: 1630022518000,
        },
      },
      parcels: [
        { rawCarrier: 'zhongtong', rawCarrierName: '中通快递', waybillNo: '75417914223203', declaredValueFen: 8900 },
        { rawCarrier: 'yuantong', rawCarrierName: '圆通快递', waybillNo: 'YT2534891234567', declaredValueFen: 8900 },
      ],
    });
  });

  it.each(['"update_time":"1630022530"', '"update_time":"2021-08-27T08:02:10+08:00"'])(
    'reads %s as well as the number, because messages write the same field as text',
    (field) => {
      expect(read(detailWith(['"update_time":1630022530', field])).update.atMs).toBe(1630022530000);
    },
  );

  it('leaves the paid amount and the value out as soon as one line does not say, because a part is not the sum (R60)', () => {
    const { update, parcels } = read(detailWith([LINE_TWO_PAY, '']));
    expect(update.facts).not.toHaveProperty('paidAmountFen');
    expect(update.facts.paidPostFen).toBe(600);
    expect(parcels[0]).not.toHaveProperty('declaredValueFen');
  });

  it.each(['null', '[]'])('says nothing of what was paid where the order has lines %s', (lines) => {
    const text = DETAIL.replace(/"sku_order_infos":\[[^\]]*\]/, `"sku_order_infos":${lines}`);
    expect(read(text).update.facts).not.toHaveProperty('paidAmountFen');
  });

  it('leaves missing amounts and times out and keeps a stated 0', () => {
    const { facts } = read(
      detailWith(
        ['"refund_total_amount":8900,', ''],
        ['"refund_post_amount":600', '"refund_post_amount":0'],
        ['"status_deadline":1630195318', '"status_deadline":0'],
      ),
    ).update;
    expect(facts).not.toHaveProperty('refundAmountFen');
    expect(facts.refundPostFen).toBe(0);
    expect(facts).not.toHaveProperty('platformDeadlineMs');
  });

  it.each([
    [6, 1, 'open'],
    [6, 3, 'paid'],
    [12, 3, 'paid'],
    [12, 2, 'agreed'],
    [12, 4, 'agreed'],
    [12, 0, 'paid'],
    [27, 0, 'refused'],
    [28, 0, 'closed'],
    [29, 0, 'refused'],
    [51, 3, 'paid'],
    [53, 3, 'paid'],
    [0, 0, 'unknown'],
    [7, 0, 'unknown'],
    [99, 3, 'unknown'],
  ])('reads status %d with refund_status %d of a refund-only as %s', (status, refund, means) => {
    const text = detailWith(
      ['"after_sale_status":6', `"after_sale_status":${status}`],
      ['"refund_status":1', `"refund_status":${refund}`],
    );
    expect(read(text).update.facts.status).toBe(means);
  });

  it.each([
    [0, 'return_refund', 7, 'agreed'],
    [0, 'return_refund', 11, 'open'],
    [2, 'refund_before_shipment', 6, 'open'],
    [3, 'other', 13, 'agreed'],
    [3, 'other', 14, 'agreed'],
    [7, 'other', 8, 'agreed'],
    [77, 'other', 6, 'open'],
  ])('reads type %d as %s, in status %d %s', (type, kind, status, means) => {
    const text = detailWith(
      ['"after_sale_type":1', `"after_sale_type":${type}`],
      ['"after_sale_status":6', `"after_sale_status":${status}`],
    );
    expect(read(text).update.facts).toMatchObject({ type: kind, status: means });
  });

  it.each([
    [0, 'none'],
    [1, 'applied'],
    [2, 'ended'],
    [3, 'ended'],
    [4, 'applied'],
    [5, 'applied'],
    [6, 'ended'],
    [255, 'cancelled'],
    [77, undefined],
  ] as const)('reads arbitrate_status %d as %s', (code, means) => {
    expect(read(detailWith(['"arbitrate_status":0', `"arbitrate_status":${code}`])).update.facts.arbitration).toBe(
      means,
    );
  });

  it('counts a parcel once, trims its number and passes over lines that were never shipped', () => {
    const line = (no: string) => `{"tracking_no":"${no}","company_name":"中通快递","company_code":"zhongtong"}`;
    const text = DETAIL.replace(
      /"order":\[[\s\S]*?\]\}\}/,
      `"order":[${[line(''), line(' 75417914223203 '), line('75417914223203')].join(',')}]}}`,
    );
    expect(read(text).parcels.map(({ waybillNo }) => waybillNo)).toEqual(['75417914223203']);
  });

  it('names the courier by its name where it has no code, because an exact name is mapped too (R66)', () => {
    expect(read(detailWith(['"company_code":"zhongtong"', '"company_code":""'])).parcels[0]).toMatchObject({
      rawCarrier: '中通快递',
      rawCarrierName: '中通快递',
    });
  });

  it('has no parcels before shipment, which is an answer and no error', () => {
    expect(read(DETAIL.replace(/"logistics_info":\{[\s\S]*?\]\}\}/, '"logistics_info":null}')).parcels).toEqual([]);
  });

  it.each([
    [
      'another after-sale',
      detailWith(['7000893114000949517', '7000893114000949518']),
      'the answer is about another after-sale',
    ],
    [
      'an id rounded by a proxy',
      detailWith(['7000893114000949517', '7000893114000949000']),
      'the answer is about another after-sale',
    ],
    ['no update_time', detailWith(['"update_time":1630022530,', '']), 'update_time is missing'],
    ['no process_info', detailWith(['"process_info"', '"process"']), 'process_info is not an object'],
    ['no data', '{"code":10000,"data":null}', 'the data of the answer is not an object'],
    [
      'a list of parcels that is none',
      detailWith(['"order":[', '"order":"x","o":[']),
      'logistics_info.order is not a list',
    ],
    ['an amount in yuan', detailWith(['"pay_amount":5900', '"pay_amount":59.5']), 'pay_amount is not a whole number'],
    ['a page of HTML', '<html>', 'the answer is not valid JSON at position 0'],
    ['an empty answer', '', 'the answer is not valid JSON at position 0'],
    ['no code', '{"data":{}}', 'the answer has no code'],
  ])('refuses an answer with %s', (_what, text, why) => {
    expect(() => read(text)).toThrow(UnreadableEvent);
    expect(() => read(text)).toThrow(why);
  });
});
