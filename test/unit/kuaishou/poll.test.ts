import { describe, expect, it } from '@jest/globals';
import type { CarrierRequest } from '../../../src/domain/carrier/port.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { kuaishouPlugin } from '../../../src/producers/platforms/kuaishou/adapter.js';
import { answer, CREDENTIALS, ok, REFUND } from './wire.js';

const WINDOW = { fromMs: 1591274000000, toMs: 1591275000000 };
const adapter = kuaishouPlugin.create(CREDENTIALS);
const page = (cursor: string, ...records: readonly string[]) =>
  answer(`{"totalSize":7,"pcursor":"${cursor}","refundOrderInfoList":[${records.join(',')}]}`);

async function readPage(text: string, token: string | null = null) {
  const asked: CarrierRequest[] = [];
  const send = async (request: CarrierRequest) => {
    asked.push(request);
    return ok(text);
  };
  if (!adapter.poll) throw new Error('no poll');
  return { asked, page: await adapter.poll.page(WINDOW, token, { send }, 1591275000000) };
}

describe('the list', () => {
  it('is asked by the time of the change, a whole page, from the cursor', async () => {
    const { asked } = await readPage(page('nomore'), 'next-1');
    const url = new URL(asked[0]?.path ?? '', 'https://k');
    expect(url.pathname).toBe('/open/seller/order/refund/pcursor/list');
    expect(JSON.parse(url.searchParams.get('param') ?? '')).toEqual({
      beginTime: WINDOW.fromMs,
      endTime: WINDOW.toMs,
      type: 9,
      queryType: 2,
      sort: 2,
      pageSize: 100,
      currentPage: 1,
      pcursor: 'next-1',
    });
  });

  it('keeps of a record what decides, without the buyer, and reads it with its amount', async () => {
    const { page: read } = await readPage(page('nomore', REFUND));
    const [envelope] = read.envelopes;
    expect(envelope?.eventId).toBe('poll/2015600256209850123/1591274071333/10/1');
    expect(envelope?.payload).not.toContain('buyer');
    expect(adapter.read(envelope?.payload ?? '')).toMatchObject({
      afterSaleId: '2015600256209850123',
      arbitration: false,
      update: { atMs: 1591274071333, facts: { orderId: '2015600256209857777', status: 'open', refundAmountFen: 8900 } },
    });
  });

  it('tells the total on the first page only, because the document promises it for no other', async () => {
    expect((await readPage(page('2', REFUND))).page).toMatchObject({ total: 7, next: '2' });
    expect((await readPage(page('nomore', REFUND), '2')).page).toMatchObject({ total: null, next: null });
  });

  it('gives each record that cannot be read an envelope of its own', async () => {
    const { page: read } = await readPage(
      page('nomore', 'null', '{"refundId":"张三"}', '[]', '{"refundId":{"toString":0},"updateTime":1}', REFUND),
    );
    expect(new Set(read.envelopes.map(({ eventId }) => eventId)).size).toBe(5);
    for (const { payload } of read.envelopes.slice(0, 4)) expect(() => adapter.read(payload)).toThrow(UnreadableEvent);
  });

  it.each([
    ['a cursor that stands still', page('2', REFUND), '2'],
    ['records without a cursor', answer(`{"refundOrderInfoList":[${REFUND}]}`), null],
    ['a list that is none', answer('{"pcursor":"nomore","refundOrderInfoList":"x"}'), null],
    ['a total in words', answer('{"pcursor":"nomore","totalSize":"many","refundOrderInfoList":[]}'), null],
    ['no data', answer('null'), null],
  ])('refuses %s, because a window must not seem done', async (_what, text, token) => {
    await expect(readPage(text, token)).rejects.toThrow(UnreadableEvent);
  });

  it('takes an empty window without a cursor for done', async () => {
    expect((await readPage(answer('{"totalSize":0,"refundOrderInfoList":null}'))).page).toEqual({
      envelopes: [],
      total: 0,
      next: null,
    });
  });
});
