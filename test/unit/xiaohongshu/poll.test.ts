import { describe, expect, it } from '@jest/globals';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { xiaohongshuPlugin } from '../../../src/producers/platforms/xiaohongshu/adapter.js';
import { answer, CREDENTIALS, gateway, ID, INFO } from './wire.js';

const adapter = xiaohongshuPlugin.create(CREDENTIALS);
const WINDOW = { fromMs: 1752811000000, toMs: 1752812800000 };
const list = (total: number | string, ...records: readonly string[]) =>
  answer(`{"afterSaleBasicInfos":[${records.join(',')}],"totalCount":${total},"pageNo":1,"pageSize":100}`);

async function pageOf(text: string, token: string | null = null) {
  const ctx = gateway({ list: text });
  if (!adapter.poll) throw new Error('no poll');
  return { asked: ctx.asked, page: await adapter.poll.page(WINDOW, token, ctx, WINDOW.toMs) };
}

describe('the list', () => {
  it('is asked by the time of the change, in windows of 30 minutes whose end is not included', async () => {
    const { asked } = await pageOf(list(0));
    expect(adapter.poll).toMatchObject({ windowMs: 1_800_000, everyMs: 300_000 });
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
      method: 'afterSale.listAfterSaleInfos',
      pageNo: 1,
      pageSize: 100,
      timeType: 2,
      startTime: 1752811000000,
      endTime: 1752812799999,
    });
  });

  it('may be believed, unlike a push: a record states type, status, amount and moment', async () => {
    const { page } = await pageOf(list(1, INFO));
    const [envelope] = page.envelopes;
    expect(envelope?.eventId).toBe(`poll/${ID}/1752812658321/1`);
    expect(envelope?.payload).not.toContain('buyer-1');
    expect(adapter.read(envelope?.payload ?? '')).toMatchObject({
      afterSaleId: ID,
      update: { atMs: 1752812658321, facts: { type: 'refund_only', status: 'open', refundAmountFen: 8900 } },
    });
  });

  it('goes on until all declared records were seen, though pages are shorter than asked for', async () => {
    const first = await pageOf(list(3, INFO, INFO));
    expect(first.page).toMatchObject({ total: 3, next: '2+2' });
    const second = await pageOf(list(3, INFO), '2+2');
    expect(second.page).toMatchObject({ total: 3, next: null });
    expect(JSON.parse(second.asked[0]?.body ?? '')).toMatchObject({ pageNo: 2 });
  });

  it('ends at an empty page, and leaves it to the runner to see that the total was not reached (R77)', async () => {
    expect((await pageOf(list(3), '2+2')).page).toEqual({ envelopes: [], total: 3, next: null });
  });

  it('gives each record that cannot be read an envelope of its own', async () => {
    const { page } = await pageOf(
      list(
        5,
        'null',
        '{"returnsId":"张三"}',
        '[]',
        '{"returnsId":{"toString":0},"expireTime":{"toString":0},"updatedAt":1}',
        INFO,
      ),
    );
    expect(new Set(page.envelopes.map(({ eventId }) => eventId)).size).toBe(5);
    for (const { payload } of page.envelopes.slice(0, 4)) expect(() => adapter.read(payload)).toThrow(UnreadableEvent);
  });

  it.each([
    ['no list', answer('{"totalCount":0}')],
    ['a list that is none', answer('{"afterSaleBasicInfos":"x","totalCount":0}')],
    ['no total', answer('{"afterSaleBasicInfos":[]}')],
    ['a total in words', list('"many"')],
  ])('with %s is refused, because a window must not seem done', async (_what, text) => {
    await expect(pageOf(text)).rejects.toThrow(UnreadableEvent);
  });
});
