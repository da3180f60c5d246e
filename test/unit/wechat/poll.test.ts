import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { wechatPlugin } from '../../../src/producers/platforms/wechat/adapter.js';
import { AFTER_SALE, afterSaleAnswer, CREDENTIALS, changed, ID, store } from './wire.js';

const adapter = wechatPlugin.create(CREDENTIALS);
const WINDOW = { fromMs: 1662480000_400, toMs: 1662483600_600 };
const list = (ids: string, more = '"has_more":false') =>
  `{"errcode":0,"errmsg":"ok","after_sale_order_id_list":${ids},${more}}`;

async function pageOf(
  listed: string,
  shown: (id: string) => string = () => afterSaleAnswer(AFTER_SALE),
  token: string | null = null,
) {
  const ctx = store((endpoint, body) =>
    endpoint === 'getaftersalelist' ? listed : shown(String(JSON.parse(body).after_sale_order_id)),
  );
  if (!adapter.poll) throw new Error('no poll');
  return { asked: ctx.asked, page: await adapter.poll.page(WINDOW, token, ctx, 1662483601_000) };
}

describe('the list', () => {
  it('is asked by the time of the change in whole seconds that hold the window', async () => {
    const first = await pageOf(list('[]'));
    const second = await pageOf(list('[]'), undefined, 'KEY');
    expect(first.asked[0]?.path).toBe('/channels/ec/aftersale/getaftersalelist?access_token=token-of-the-shop');
    expect(JSON.parse(first.asked[0]?.body ?? '')).toEqual({
      begin_update_time: 1662480000,
      end_update_time: 1662483601,
    });
    expect(JSON.parse(second.asked[0]?.body ?? '')).toMatchObject({ next_key: 'KEY' });
  });

  it('gives ids only, so each is read: its version is its time and its status', async () => {
    const { page, asked } = await pageOf(list(`["${ID}"]`));
    expect(asked).toHaveLength(2);
    expect(page).toMatchObject({ total: null, next: null });
    const [envelope] = page.envelopes;
    expect(envelope?.eventId).toBe(`poll/${ID}/1662480060/MERCHANT_PROCESSING`);
    expect(envelope?.payload).not.toContain('13800138000');
    expect(adapter.read(envelope?.payload ?? '')).toEqual({
      kind: 'after_sale',
      afterSaleId: ID,
      update: {
        atMs: 1662480060000,
        facts: {
          orderId: '3705115058471208928',
          status: 'open',
          refundAmountFen: 8900,
          reason: '不想要了',
          platformDeadlineMs: 1662483601_000 + 172_800_000,
          appliedAtMs: 1662480000000,
        },
      },
      arbitration: false,
    });
  });

  it('reads an id of 19 digits that came as a number', async () => {
    const { asked } = await pageOf(list(`[${ID}]`));
    expect(asked[1]?.body).toBe(`{"after_sale_order_id":"${ID}"}`);
  });

  it('sets a record aside that the platform cannot show, and goes on (R77)', async () => {
    const other = '2000000000187654320';
    const shown = (id: string) =>
      afterSaleAnswer(id === ID ? AFTER_SALE : changed(AFTER_SALE, '"update_time":1662480060,', '').replace(ID, other));
    const { page } = await pageOf(list(`["张三",{"toString":0},"${other}","${ID}"]`), shown);
    const outcomes = page.envelopes.map(({ payload }) => {
      try {
        return adapter.read(payload).kind;
      } catch (error) {
        return error instanceof UnreadableEvent;
      }
    });
    expect(outcomes).toEqual([true, true, true, 'after_sale']);
    expect(new Set(page.envelopes.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it('does not go on where the platform refuses: the page is asked for again', async () => {
    const refused = () => '{"errcode":45011,"errmsg":"too fast"}';
    await expect(pageOf(list(`["${ID}"]`), refused)).rejects.toBeInstanceOf(CarrierFault);
  });

  it('goes on by the platform’s key', async () => {
    expect((await pageOf(list('[]', '"has_more":true,"next_key":"K2"'))).page.next).toBe('K2');
    expect((await pageOf('{"errcode":0,"errmsg":"ok","has_more":false}')).page).toEqual({
      envelopes: [],
      total: null,
      next: null,
    });
  });

  it.each([
    ['no list', '{"errcode":0,"has_more":true,"next_key":"K2"}', null],
    ['a list that is none', list('{}'), null],
    ['no word about more', list('[]', '"x":1'), null],
    ['more without a key', list('[]', '"has_more":true'), null],
    ['a key that stands still', list('[]', '"has_more":true,"next_key":"K2"'), 'K2'],
  ])('with %s is refused, because a window must not seem done', async (_what, listed, token) => {
    await expect(pageOf(listed, undefined, token)).rejects.toThrow(UnreadableEvent);
  });
});
