import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CallContext, CarrierRequest, InterceptCommand } from '../../../src/domain/carrier/port.js';
import { douyinPlugin } from '../../../src/producers/platforms/douyin/adapter.js';
import { interceptRequest, statusRequest } from '../../../src/producers/platforms/douyin/intercept.js';
import type { DouyinCredentials } from '../../../src/producers/platforms/douyin/manifest.js';
import { commandOf } from '../../support/command.js';
import { CREDENTIALS } from './messages.js';

const WAYBILL = '75417914223203';
const wanted = (afterSaleId: string, version: string | null = null) => ({ afterSaleId, orderId: null, version });
const command = (asKnownThere: InterceptCommand['asKnownThere']) => commandOf({ waybillNo: WAYBILL, asKnownThere });
const KNOWN = command({ rawCarrier: 'zhongtong', wantedBy: [wanted('7000893114000949000', '1630022530')] });

/** The channel against one answer of the gateway, given as the data of a success or as the whole answer. */
function channelOf(
  data: string,
  more: Partial<DouyinCredentials> = {},
  whole = `{"code":10000,"msg":"success","data":${data}}`,
) {
  const asked: CarrierRequest[] = [];
  const ctx: CallContext = {
    send: async (request) => {
      asked.push(request);
      return { status: 200, headers: {}, text: whole };
    },
  };
  const adapter = douyinPlugin().channel?.create({ ...CREDENTIALS, ...more });
  if (!adapter) throw new Error('Douyin has its own intercept API');
  return { adapter, ctx, asked };
}

function create(data: string, more: Partial<DouyinCredentials> = {}, whole?: string) {
  const { adapter, ctx } = channelOf(data, more, whole);
  return adapter.create(KNOWN, ctx);
}

const result = (fields: string) => `{"intercept_results":[{"tracking_no":"${WAYBILL}",${fields}}]}`;
const refused = (code: number, reason: string) =>
  result(`"is_success":false,"unavailable_reason_code":${code},"unavailable_reason":"${reason}"`);

async function kindOf(call: Promise<unknown>): Promise<string> {
  const fault = await call.then(
    (answer) => new Error(JSON.stringify(answer)),
    (error: unknown) => error,
  );
  return fault instanceof CarrierFault ? fault.kind : String(fault);
}

describe('the order to intercept', () => {
  it('is signed as vector 4 of the reference', () => {
    const request = interceptRequest(CREDENTIALS, KNOWN, 1_630_022_518_000);
    expect(request.body).toBe(
      '{"after_sale_id":7000893114000949000,"intercept_targets":[{"company_code":"zhongtong","tracking_no":"75417914223203"}],"op_from":1}',
    );
    const url = new URL(request.path, 'https://openapi-fxg.jinritemai.com');
    expect(url.pathname).toBe('/afterSale/applyLogisticsIntercept');
    expect(url.searchParams.get('sign')).toBe('00a1857bc4c0b93bd808f33eeae3f680ea5823f780a6ca82d422badfd61944f3');
    expect(request).toMatchObject({ method: 'POST', effect: 'write' });
  });

  it('goes out under the oldest after-sale that the platform can know', () => {
    const wantedBy = [wanted('AS-of-an-erp'), wanted('7000893114000949001'), wanted('7000893114000949002')];
    const { body } = interceptRequest(CREDENTIALS, command({ rawCarrier: 'zhongtong', wantedBy }), 0);
    expect(body).toContain('"after_sale_id":7000893114000949001,');
  });

  it.each<[string, InterceptCommand['asKnownThere']]>([
    ['nothing known there', null],
    ['no after-sale', { rawCarrier: 'zhongtong', wantedBy: [] }],
    ['an after-sale of another system', { rawCarrier: 'zhongtong', wantedBy: [wanted('AS-1')] }],
    ['no word for the courier', { rawCarrier: '', wantedBy: [wanted('7000893114000949000')] }],
  ])('is not made of %s', async (_what, asKnownThere) => {
    const { adapter, ctx, asked } = channelOf('null');
    expect(await kindOf(adapter.create(command(asKnownThere), ctx))).toBe('bad_request');
    expect(asked).toEqual([]);
  });
});

describe('the answer to it', () => {
  it('tells the fee in fen, whoever settles it', async () => {
    expect(await create(result('"is_success":true,"intercept_cost":450,"settlement_mode":1'))).toEqual({
      kind: 'accepted',
      carrierRef: null,
      feeFen: 450,
      rawCode: '10000',
      rawText: 'success',
    });
  });

  it.each(['"intercept_cost":0', '"intercept_cost":null', '"intercept_cost":"4.50"', '"value_amount":1'])(
    'leaves the fee to the tariff where it says %s',
    async (cost) => {
      expect(await create(result(`"is_success":true,${cost}`))).not.toHaveProperty('feeFen');
    },
  );

  it('tells of goods of other orders in words for a person (R62)', async () => {
    const products =
      '{"order_id":4835804142146757001,"product_name":"奶瓶","product_spec":"240ml"},{"product_name":"围嘴"}';
    expect(
      await create(result(`"is_success":true,"other_products":[${products}],"other_product_amount":2`)),
    ).toMatchObject({
      otherGoods: '奶瓶（240ml，订单 4835804142146757001）；围嘴',
    });
    expect(await create(result('"is_success":true,"other_products":null,"other_product_amount":2'))).toMatchObject({
      otherGoods: expect.stringContaining('2'),
    });
    expect(await create(result('"is_success":true,"other_products":"?"'))).toMatchObject({
      otherGoods: expect.stringContaining('无法读取'),
    });
    expect(await create(result('"is_success":true,"other_products":[]'))).not.toHaveProperty('otherGoods');
  });

  it('is a refusal that nobody can explain, with the platform’s code and words kept (R41)', async () => {
    expect(await create(refused(-10006, '服务器开了小差，请稍后重试'))).toEqual({
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode: '-10006',
      rawText: '服务器开了小差，请稍后重试',
    });
  });

  it('means what the shop has learned, by code before words, by long words before short', async () => {
    const interceptMeanings = {
      '-10006': 'unavailable',
      派送: 'courier_too_late',
      已派送签收: 'courier_already_delivered',
      重复: 'duplicate',
    } as const;
    const said = (code: number, reason: string) => create(refused(code, reason), { interceptMeanings });
    expect(await kindOf(said(-10006, '派送中'))).toBe('unavailable');
    expect(await said(-1, '快件派送中')).toMatchObject({ refusal: 'courier_too_late' });
    expect(await said(-1, '快件已派送签收')).toMatchObject({ refusal: 'courier_already_delivered' });
    expect(await said(-1, '请勿重复申请')).toMatchObject({ kind: 'duplicate' });
    expect(await said(-110006, '其他')).toMatchObject({ refusal: 'courier_unknown_code' });
  });

  it('reads a single failure that has no result from above it', async () => {
    const top = '"unavailable_reason_code":-7,"unavailable_reason":"不支持"';
    expect(await create(`{"intercept_results":[],"failed_count":1,${top}}`)).toMatchObject({ rawCode: '-7' });
    expect(await kindOf(create(`{"intercept_results":[],"failed_count":2,${top}}`))).toBe('outcome_unknown');
    expect(await kindOf(create('{"intercept_results":null,"failed_count":1}'))).toBe('outcome_unknown');
  });

  it.each([
    ['50002', 'isv.business-failed:10000', 'unavailable'],
    ['20000', '', 'outcome_unknown'],
    ['20001', '', 'outcome_unknown'],
    ['90000', '', 'outcome_unknown'],
    ['12345', '', 'outcome_unknown'],
    ['40003', 'isv.access-token-expired', 'credentials'],
    ['50002', 'isv.flow-control', 'throttled'],
  ])('types the failure %s %s as %s', async (code, subCode, kind) => {
    const whole = `{"code":${code},"msg":"x","sub_code":"${subCode}","sub_msg":"","data":null}`;
    expect(await kindOf(create('', {}, whole))).toBe(kind);
  });

  it('takes a business failure for a no, which a shop may explain', async () => {
    const whole = '{"code":50002,"msg":"x","sub_code":"isv.business-failed:20001","sub_msg":"快件已签收","data":null}';
    expect(await create('', {}, whole)).toMatchObject({ refusal: 'courier_unknown_code' });
    const interceptMeanings = { 已签收: 'courier_already_delivered' } as const;
    expect(await create('', { interceptMeanings }, whole)).toMatchObject({
      refusal: 'courier_already_delivered',
      rawCode: '50002 isv.business-failed:20001',
    });
  });
});

describe('what became of it', () => {
  it('is looked for from the state in which the after-sale is known', () => {
    const { body, effect } = statusRequest(CREDENTIALS, KNOWN, 1_630_030_000_000);
    expect(effect).toBe('read');
    expect(JSON.parse(body)).toEqual({
      order_by: ['update_time asc'],
      order_logistics_state: 3,
      page: 0,
      size: 100,
      update_start_time: 1_630_022_529,
      update_end_time: 1_630_030_000,
    });
  });

  it('is looked for in the last week where that state is not known', () => {
    const unknown = command({ rawCarrier: 'zhongtong', wantedBy: [wanted('7000893114000949000')] });
    expect(JSON.parse(statusRequest(CREDENTIALS, unknown, 1_630_030_000_000).body)).toMatchObject({
      update_start_time: 1_630_030_000 - 604_800,
    });
  });

  it('is never "no record": the state comes late, and the list may hold more than a page', async () => {
    const { adapter, ctx } = channelOf('{"items":[],"total":0}');
    expect(await adapter.status(KNOWN, ctx)).toMatchObject({ kind: 'unclear' });
  });
});
