import { describe, expect, it } from '@jest/globals';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { readEvent } from '../../../src/producers/platforms/taobao/events.js';
import { taobaoPoll } from '../../../src/producers/platforms/taobao/poll.js';
import { CREDENTIALS, changed, gateway, NOW_MS, REFUND, refusal } from './given.js';

const METHOD = 'taobao.refunds.receive.get';
const WINDOW = { fromMs: Date.UTC(2021, 7, 27, 0, 0, 0) + 250, toMs: Date.UTC(2021, 7, 27, 1, 0, 0) + 250 };

const record = (n: number): string => changed(REFUND, ['7000893114000949517', `70008931140009495${n}`]);
const answer = (total: number | string, ...records: readonly string[]): string =>
  `{"refunds_receive_get_response":{"total_results":${total},"refunds":{"refund":[${records}]}}}`;

async function page(text: string, token: string | null = null) {
  const ctx = gateway({ [METHOD]: text });
  return { ...(await taobaoPoll(CREDENTIALS).page(WINDOW, token, ctx, NOW_MS)), form: ctx.asked[0]?.form };
}

describe('a window of changed refunds', () => {
  it('asks for whole seconds around the window, in China, with the total declared', async () => {
    const { form } = await page(answer(0));
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      method: METHOD,
      start_modified: '2021-08-27 08:00:00',
      end_modified: '2021-08-27 09:00:01',
      page_no: '1',
      page_size: '100',
      use_has_next: 'false',
      sign_method: 'md5',
    });
    expect(form?.get('fields')).toContain('refund_version');
  });

  it('goes on until as many records were seen as are declared, however many a page holds', async () => {
    const first = await page(answer(3, record(17), record(18)));
    expect([first.total, first.next]).toEqual([3, '2:2']);
    const second = await page(answer(3, record(19)), first.next);
    expect([second.form?.get('page_no'), second.next]).toEqual(['2', null]);
    expect((await page(answer(3), first.next)).next).toBeNull();
  });

  it('a record is known by its refund and version: seen again it is the same event, changed it is another', async () => {
    const ids = async (text: string) => (await page(answer(1, text))).envelopes.map(({ eventId }) => eventId);
    expect(await ids(REFUND)).toEqual(['7000893114000949517:1630022530000']);
    const unversioned = changed(REFUND, ['"refund_version":1630022530000,', '']);
    expect(await ids(unversioned)).toEqual(['7000893114000949517:2021-08-27_08:02:10']);
  });

  it('what it puts into the inbox is read back with all digits', async () => {
    const [envelope] = (await page(answer(1, REFUND))).envelopes;
    expect(readEvent(envelope?.payload ?? '')).toMatchObject({
      afterSaleId: '7000893114000949517',
      update: { facts: { orderId: '1234567890123456789', type: 'refund_only', version: '1630022530000' } },
    });
  });

  it('a record that cannot be read is an envelope of its own, and the rest goes on (R77)', async () => {
    const { envelopes, total } = await page(answer(4, record(17), '{"refund_id":{}}', '7', record(18)));
    const read = envelopes.map(({ payload }) => {
      try {
        return readEvent(payload).kind;
      } catch (error) {
        return error instanceof UnreadableEvent ? 'unreadable' : error;
      }
    });
    expect([total, read]).toEqual([4, ['after_sale', 'unreadable', 'unreadable', 'after_sale']]);
    expect(new Set(envelopes.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it('bare lists and missing ones are lists', async () => {
    const bare = `{"refunds_receive_get_response":{"total_results":1,"refunds":[${REFUND}]}}`;
    expect((await page(bare)).envelopes.length).toBe(1);
    expect((await page('{"refunds_receive_get_response":{"total_results":0}}')).envelopes).toEqual([]);
  });

  it.each([
    '',
    '{}',
    '{"refunds_receive_get_response":{"refunds":{"refund":[]}}}',
    answer('"many"'),
    answer(1).replace('[]', '7'),
  ])('%s is no page', async (text) => {
    await expect(page(text)).rejects.toThrow(UnreadableEvent);
  });

  it('a refusal of the gateway is typed', async () => {
    await expect(page(refusal(7))).rejects.toMatchObject({ kind: 'throttled' });
  });
});
