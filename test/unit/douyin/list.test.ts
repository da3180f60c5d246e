import { describe, expect, it } from '@jest/globals';
import type { CallContext, CarrierRequest } from '../../../src/domain/carrier/port.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { douyinPlugin } from '../../../src/producers/platforms/douyin/adapter.js';
import { CREDENTIALS } from './messages.js';

const adapter = douyinPlugin().create(CREDENTIALS);
const FROM_MS = 1_630_022_518_400;
const WINDOW = { fromMs: FROM_MS, toMs: FROM_MS + 1_800_000 };

/** A platform that gives these data, one after the other. */
function giving(...data: readonly string[]): CallContext & { readonly asked: CarrierRequest[] } {
  const asked: CarrierRequest[] = [];
  return {
    asked,
    send: async (request) => {
      const text = `{"code":10000,"msg":"success","data":${data[asked.length] ?? 'null'}}`;
      asked.push(request);
      return { status: 200, headers: {}, text };
    },
  };
}

function page(data: string, token: string | null = null) {
  return adapter.poll?.page(WINDOW, token, giving(data), 0);
}

const record = (id: string, at = 1_630_022_518) => `{"aftersale_info":{"aftersale_id":"${id}","update_time":${at}}}`;

describe('the back-stop afterSale.List', () => {
  it('asks for whole seconds that hold the window, 100 records, the oldest change first, from page 0', async () => {
    const ctx = giving('{"items":[],"total":0}');
    await adapter.poll?.page(WINDOW, null, ctx, 1_630_024_400_000);
    const [request] = ctx.asked;
    expect(request).toMatchObject({
      method: 'POST',
      effect: 'read',
      body: '{"order_by":["update_time asc"],"page":0,"size":100,"update_end_time":1630024319,"update_start_time":1630022518}',
    });
    expect(request?.path).toMatch(
      /^\/afterSale\/List\?app_key=7012345678901234567&method=afterSale\.List&timestamp=1630024400&/,
    );
  });

  it('goes on by what came: a short page does not end the window, an empty one does', async () => {
    expect(await page(`{"items":[${record('1')},${record('2')}],"total":5}`)).toMatchObject({ total: 5, next: '1:2' });
    expect(await page(`{"items":[${record('5')}],"total":5}`, '2:4')).toMatchObject({ total: 5, next: null });
    expect(await page('{"items":[],"total":5}', '2:4')).toMatchObject({ total: 5, next: null });
  });

  it('without a total the window ends with an empty page', async () => {
    expect(await page(`{"items":[${record('1')}]}`)).toMatchObject({ total: null, next: '1:1' });
    expect(await page('{"items":[]}', '1:1')).toMatchObject({ total: null, next: null, envelopes: [] });
  });

  it('trusts no name of the answer: the one list holds the records, a part of a record names the after-sale', async () => {
    const records = [
      '{"after_sale_id":7000893114000949517,"update_time":"2021-08-27T08:01:58+08:00"}',
      '{"after_sale_info":{"after_sale_id":7000893114000949518,"update_time":1630022518},"order_info":{"shop_order_id":1}}',
    ];
    const read = await page(`{"after_sales":[${records.join(',')}],"total":"2","has_more":false}`);
    expect(read?.envelopes.map(({ eventId }) => eventId)).toEqual([
      'list:7000893114000949517:1630022518',
      'list:7000893114000949518:1630022518',
    ]);
    expect(read?.envelopes.map(({ payload }) => adapter.read(payload))).toMatchObject([
      { afterSaleId: '7000893114000949517', update: { atMs: 1_630_022_518_000, facts: {} } },
      { afterSaleId: '7000893114000949518' },
    ]);
  });

  it.each([
    ['a record that names nothing', '{"update_time":1630022518}'],
    [
      'a record that names two after-sales',
      '{"after_sale_id":1,"aftersale_info":{"aftersale_id":2,"update_time":1630022518}}',
    ],
    ['a record without a moment', '{"aftersale_info":{"aftersale_id":"7000893114000949517"}}'],
    ['a record that is no object', '"七百万"'],
    ['no record at all', 'null'],
  ])('sets %s aside', async (_what, bad) => {
    const read = await page(`{"items":[${record('7000893114000949517')},${bad}],"total":2}`);
    const [, aside] = read?.envelopes ?? [];
    expect(aside?.eventId).toMatch(/^list:[0-9a-f]{64}$/);
    expect(() => adapter.read(aside?.payload ?? '')).toThrow(UnreadableEvent);
  });

  it.each([
    'null',
    '{}',
    '[]',
    '{"items":{}}',
    '{"items":[],"more":[]}',
    '{"items":null,"total":1}',
    '{"items":[],"total":"x"}',
  ])('takes %s for no page', async (data) => {
    await expect(page(data)).rejects.toBeInstanceOf(UnreadableEvent);
  });

  it('takes no list for an empty window if the total says so', async () => {
    expect(await page('{"items":null,"total":0}')).toEqual({ envelopes: [], total: 0, next: null });
  });

  it('refuses a token that it did not give', async () => {
    await expect(page('{"items":[],"total":0}', 'page-2')).rejects.toBeInstanceOf(UnreadableEvent);
  });
});
