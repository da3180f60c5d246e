import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { afterSale, callDetail, type Json, startDouyin, type TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
const PARAM = `{"after_sale_id":"${ID}"}`;

let douyin: TwinUnderTest;
beforeAll(async () => {
  douyin = await startDouyin();
  await douyin.control('POST', '/after-sales', [
    afterSale(ID, {
      arbitrate: { arbitrateId: '77', status: 1 },
      lines: [{ skuOrderId: '4835804142146757003', paidFen: 1200 }],
    }),
  ]);
});
afterAll(() => douyin.close());

const code = async (param: string, query: Record<string, string> = {}) => {
  const { json } = await callDetail(douyin.baseUrl, param, query);
  return [json.code, json.sub_code];
};

describe('afterSale.Detail', () => {
  it('answers the documented tree', async () => {
    const { json } = await callDetail(douyin.baseUrl, PARAM);
    expect(json).toMatchObject({
      log_id: expect.any(String),
      code: 10000,
      msg: 'success',
      sub_code: '',
      data: {
        process_info: {
          after_sale_info: {
            after_sale_status: 6,
            after_sale_type: 1,
            refund_total_amount: 8900,
            part_type: 0,
            refund_status: 1,
          },
          logistics_info: {
            order: [{ tracking_no: '73100130019486', company_code: 'zhongtong', company_name: '中通快递' }],
          },
          arbitrate_info: { arbitrate_id: '77', arbitrate_status: 1 },
        },
        order_info: {
          sku_order_infos: [
            { pay_amount: 8900, after_sale_item_count: 1 },
            { pay_amount: 1200, after_sale_item_count: 0 },
          ],
        },
      },
    });
  });

  it('writes 19-digit ids as bare numbers with every digit, because JSON.parse would hide a rounding', async () => {
    const { text } = await callDetail(douyin.baseUrl, PARAM);
    expect(text).toContain(`"after_sale_id":${ID},`);
    expect(text).toContain('"shop_order_id":4835804142146757001,');
    expect(text).toContain('"sku_order_id":4835804142146757003,');
  });

  it('the ledger remembers which version was read', async () => {
    await callDetail(douyin.baseUrl, PARAM);
    const entry = (await douyin.ledger(`?afterSaleId=${ID}`)).at(-1);
    expect(entry).toMatchObject({
      kind: 'call',
      endpoint: 'afterSale/Detail',
      verdict: 'answered',
      facts: { status: 6 },
    });
  });
});

describe('the gateway is strict', () => {
  it.each<[string, Record<string, string>, unknown[]]>([
    ['a wrong sign', { sign: '00' }, [40003, 'isv.signature-invalid']],
    ['no sign', { sign: '' }, [40001, 'isv.signature-missing']],
    ['another version', { v: '1' }, [40003, 'isv.signature-invalid']],
    ['another sign method', { sign_method: 'md5' }, [40003, 'isv.signature-invalid']],
    ['a timestamp in milliseconds', { timestamp: '1735689600000' }, [40003, 'isv.timestamp-format-error']],
    ['another timestamp than signed', { timestamp: '1735689600' }, [40003, 'isv.signature-invalid']],
    ['another app', { app_key: '1' }, [40003, 'isv.app-id-invalid']],
    ['no token', { access_token: '' }, [40001, 'isv.access-token-missing']],
    ['an old token', { access_token: 'token-0' }, [40003, 'isv.access-token-no-existed']],
    ['the method of another path', { method: 'afterSale.List' }, [70000, 'isp.api-service-off']],
  ])('%s', async (_what, query, answer) => {
    expect(await code(PARAM, query)).toEqual(answer);
  });

  it('keys that are not sorted are not what the platform signs', async () => {
    expect(await code(`{"need_operation_record":true,"after_sale_id":"${ID}"}`)).toEqual([
      40003,
      'isv.signature-invalid',
    ]);
    expect(await code(`{"after_sale_id":"${ID}","need_operation_record":true}`)).toEqual([10000, '']);
  });

  it('an id as a number or of nobody is refused', async () => {
    expect(await code(`{"after_sale_id":${ID}}`)).toEqual([40003, 'isv.parameter-format-invalid']);
    expect(await code('{"after_sale_id":"1"}')).toEqual([50002, 'isv.business-failed:10000']);
  });

  it('an expired token and flow control can be switched on', async () => {
    await douyin.control('POST', '/config', { tokenExpired: true });
    const expired = await code(PARAM);
    await douyin.control('POST', '/config', { tokenExpired: false, rateLimit: { max: 1, perMs: 60_000 } });
    const limited = [await code(PARAM), await code(PARAM)];
    await douyin.control('POST', '/config', { rateLimit: null });
    expect([expired, ...limited]).toEqual([
      [40003, 'isv.access-token-expired'],
      [10000, ''],
      [60000, ''],
    ]);
  });

  it('a fault is aimed at one after-sale', async () => {
    await douyin.control('POST', '/faults', {
      endpoint: 'afterSale/Detail',
      kind: 'http_error',
      afterSaleId: ID,
      times: 1,
    });
    expect((await callDetail(douyin.baseUrl, '{"after_sale_id":"1"}')).status).toBe(200);
    expect((await callDetail(douyin.baseUrl, PARAM)).status).toBe(500);
  });
});

describe('after-sales are changed by the test', () => {
  it('a change shows in the detail and raises the version', async () => {
    const read = async () => {
      const { json } = await callDetail(douyin.baseUrl, PARAM);
      const { process_info: info } = json.data as { process_info: { after_sale_info: Json } };
      return info.after_sale_info;
    };
    const before = await read();
    await douyin.control('PATCH', `/after-sales/${ID}`, { type: 0, refundAmountFen: 100 });
    const after = await read();
    expect(after).toMatchObject({ after_sale_type: 0, refund_total_amount: 100, after_sale_status: 6 });
    expect(Number(after.update_time)).toBeGreaterThan(Number(before.update_time));
  });

  it.each([
    [{ status: 'open' }, 400],
    [{ afterSaleId: '1' }, 400],
    [{ refundAmountFen: 1.5 }, 400],
    [[], 400],
  ])('a change nobody understands is refused: %j', async (change, status) => {
    const answer = await douyin.control('PATCH', `/after-sales/${ID}`, change);
    expect([answer.status, typeof answer.json.error]).toEqual([status, 'string']);
  });

  it('a stranger is not found', async () => {
    expect((await douyin.control('PATCH', '/after-sales/1', { type: 0 })).status).toBe(404);
  });
});
