import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callDouyin } from './running-douyin.js';
import { afterSale, type Json, startDouyin, type TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
const OTHER = '7000893114000949518';
const METHOD = 'afterSale.applyLogisticsIntercept';

const parcel = (trackingNo: string, intercept?: Json) => ({
  trackingNo,
  companyCode: 'zhongtong',
  companyName: '中通快递',
  ...(intercept && { intercept }),
});
const target = (trackingNo: string, code = 'zhongtong') => `{"company_code":"${code}","tracking_no":"${trackingNo}"}`;
const order = (trackingNo: string, more = {}) => {
  const { id = ID, from = '1', targets = `[${target(trackingNo)}]` } = more as Record<string, string>;
  return `{"after_sale_id":${id},"intercept_targets":${targets},"op_from":${from}}`;
};

let douyin: TwinUnderTest;
const apply = async (param: string) => (await callDouyin(douyin.baseUrl, METHOD, param)).json;
const results = (json: Json) => (json.data as Json).intercept_results as Json[];

describe('afterSale.applyLogisticsIntercept', () => {
  beforeEach(async () => {
    douyin = await startDouyin();
    await douyin.control('POST', '/after-sales', [
      afterSale(ID, {
        parcels: [
          parcel('75417914223203', { costFen: 450, settlementMode: 1 }),
          parcel('75417914223204', { refuseWith: { code: -10006, reason: '服务器开了小差，请稍后重试' } }),
          parcel('75417914223205', {
            otherProducts: [{ orderId: '4835804142146757009', productName: '奶瓶', productSpec: '240ml' }],
          }),
        ],
      }),
    ]);
  });
  afterEach(() => douyin.close());

  it('takes a parcel of the after-sale and says what it costs, with the fields of the documents', async () => {
    const json = await apply(order('75417914223203'));
    expect(json).toMatchObject({ code: 10000, data: { success_count: 1, failed_count: 0, refund_amount: 8900 } });
    expect(results(json)).toMatchObject([
      { tracking_no: '75417914223203', is_success: true, intercept_cost: 450, settlement_mode: 1, value_amount: 8900 },
    ]);
    expect((await douyin.ledger()).at(-1)).toMatchObject({
      verdict: 'accepted',
      waybillNo: '75417914223203',
      facts: { afterSaleId: ID },
    });
  });

  it('refuses as it was told to, in the result and above it', async () => {
    const json = await apply(order('75417914223204'));
    expect(json.data).toMatchObject({ success_count: 0, failed_count: 1, unavailable_reason_code: -10006 });
    expect(results(json)).toMatchObject([
      { is_success: false, unavailable_reason_code: -10006, unavailable_reason: '服务器开了小差，请稍后重试' },
    ]);
  });

  it('shows the goods of other orders', async () => {
    const [result] = results(await apply(order('75417914223205')));
    expect(result).toMatchObject({ other_products: [{ product_name: '奶瓶' }], other_product_amount: 1 });
  });

  it('counts a second order for a parcel as repeated and takes none', async () => {
    await apply(order('75417914223203'));
    expect(results(await apply(order('75417914223203')))).toMatchObject([{ is_success: false }]);
    expect(await douyin.summary()).toMatchObject({ intercepts: { asked: 2, accepted: 1, repeated: 1, refused: 0 } });
  });

  it('takes no parcel that is not in the after-sale, nor under another courier', async () => {
    expect(results(await apply(order('1')))).toMatchObject([{ is_success: false }]);
    const targets = `[${target('75417914223203', 'yuantong')}]`;
    expect(results(await apply(order('', { targets })))).toMatchObject([{ is_success: false }]);
  });

  it.each([
    ['an id as text', order('75417914223203', { id: `"${ID}"` })],
    ['nobody who asks', order('75417914223203', { from: '2' })],
    ['no target', order('', { targets: '[]' })],
    ['a target without a courier', order('', { targets: '[{"tracking_no":"75417914223203"}]' })],
    ['a field it does not know', `{"after_sale_id":${ID},"op_from":1,"reason":"x"}`],
  ])('refuses %s', async (_what, param) => {
    expect(await apply(param)).toMatchObject({ code: 40003, sub_code: 'isv.parameter-format-invalid' });
  });

  it('knows no after-sale that differs in its last digit', async () => {
    expect(await apply(order('75417914223203', { id: OTHER }))).toMatchObject({ code: 50002 });
  });
});

describe('afterSale.List', () => {
  const list = (fields: Json) =>
    callDouyin(douyin.baseUrl, 'afterSale.List', JSON.stringify(Object.fromEntries(Object.entries(fields).sort())));
  const now = () => Math.floor(Date.now() / 1000);
  const query = (more: Json = {}) => ({
    order_by: ['update_time asc'],
    page: 0,
    size: 100,
    update_start_time: now() - 600,
    update_end_time: now() + 600,
    ...more,
  });

  beforeAll(async () => {
    douyin = await startDouyin();
    const returns = parcel('75417914223203', { returnsAfterMs: 0 });
    await douyin.control('POST', '/after-sales', [
      afterSale(ID, { parcels: [returns] }),
      afterSale(OTHER),
      afterSale('7000893114000949519', { orderLogisticsState: 4 }),
    ]);
  });
  afterAll(() => douyin.close());

  it('pages over what changed in the window, from page 0', async () => {
    const [first, second] = [await list(query({ size: 2 })), await list(query({ page: 1, size: 2 }))];
    expect(first.json.data).toMatchObject({ total: 3, page: 0, size: 2, has_more: true });
    expect(second.json.data).toMatchObject({ total: 3, page: 1, size: 1, has_more: false });
    const ids = [first, second].flatMap(({ json }) =>
      ((json.data as Json).items as Json[]).map((item) => (item.aftersale_info as Json).aftersale_id),
    );
    expect(ids).toEqual([ID, OTHER, '7000893114000949519']);
  });

  it('finds what comes back, once an intercept was taken', async () => {
    const returning = async (state: number) =>
      (((await list(query({ order_logistics_state: state }))).json.data as Json).items as Json[]).length;
    expect(await returning(3)).toBe(0);
    await apply(order('75417914223203'));
    expect([await returning(3), await returning(4)]).toEqual([1, 1]);
  });

  it.each<[string, Json]>([
    ['a page of 101', { size: 101 }],
    ['a time as text', { update_start_time: '1630022518' }],
    ['another order', { order_by: ['create_time desc'] }],
    ['a state nobody documented', { order_logistics_state: 9 }],
    ['a field it does not know', { cursor: 'x' }],
  ])('refuses %s', async (_what, more) => {
    expect((await list(query(more))).json).toMatchObject({ code: 40003, sub_code: 'isv.parameter-format-invalid' });
  });

  it('refuses the sign of another method', async () => {
    const param = JSON.stringify(Object.fromEntries(Object.entries(query()).sort()));
    const { json } = await callDouyin(douyin.baseUrl, 'afterSale.List', param, { method: 'afterSale.Detail' });
    expect(json).toMatchObject({ code: 70000 });
  });
});
