import { describe, expect, it } from '@jest/globals';
import { currentFacts, mergeFacts } from '../../../src/domain/aftersale/merge.js';
import type { CarrierRequest } from '../../../src/domain/carrier/port.js';
import { type PlatformEvent, UnreadableEvent } from '../../../src/domain/platform/port.js';
import { pinduoduoPlugin } from '../../../src/producers/platforms/pinduoduo/adapter.js';
import { STATUS_CODES } from '../../../src/producers/platforms/pinduoduo/codes.js';
import { POLL_STATUSES } from '../../../src/producers/platforms/pinduoduo/credentials.js';
import { messagePayload, readMessage } from '../../../src/producers/platforms/pinduoduo/messages.js';
import { CAPTURED, CREDENTIALS, changed, ID, ORDER_SN, RECORD } from './wire.js';

const WINDOW = { fromMs: 1_625_637_000_500, toMs: 1_625_638_000_500 };

function pollOf(more: object = {}) {
  const { poll } = pinduoduoPlugin.create(pinduoduoPlugin.manifest.credentials.parse({ ...CREDENTIALS, ...more }));
  if (!poll) throw new Error('no poll');
  return poll;
}

const answer = (total: number | string, ...records: readonly string[]) =>
  `{"refund_increment_get_response":{"refund_list":[${records.join(',')}],"total_count":${total}}}`;

/** Answers by status and page; everything else has no record. */
function listing(texts: Readonly<Record<string, string>>) {
  const asked: URLSearchParams[] = [];
  const send = async ({ body }: CarrierRequest) => {
    const form = new URLSearchParams(body);
    asked.push(form);
    const key = `${form.get('after_sales_status')}/${form.get('page')}`;
    return { status: 200, headers: {}, text: texts[key] ?? answer(0) };
  };
  return { asked, send };
}

const statusesOf = (asked: readonly URLSearchParams[]) => asked.map((form) => Number(form.get('after_sales_status')));

function updateOf(event: PlatformEvent) {
  if (event.kind !== 'after_sale') throw new Error(event.why);
  return event.update;
}

async function envelopeOf(record: string) {
  const { envelopes } = await pollOf().page(WINDOW, null, listing({ '2/1': answer(1, record) }), 0);
  const [envelope] = envelopes;
  if (!envelope) throw new Error('no envelope');
  return envelope;
}

describe('the list', () => {
  it('asks a window of whole seconds, outwards, for one status after the other, all types, whole pages', async () => {
    const ctx = listing({});
    const page = await pollOf().page(WINDOW, null, ctx, 1_625_638_000_500);
    expect(page).toEqual({ envelopes: [], total: 0, next: null });
    expect(statusesOf(ctx.asked)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 31, 33]);
    expect(Object.fromEntries(ctx.asked[0] ?? [])).toMatchObject({
      type: 'pdd.refund.list.increment.get',
      after_sales_status: '2',
      after_sales_type: '1',
      start_updated_at: '1625637000',
      end_updated_at: '1625638001',
      page: '1',
      page_size: '100',
    });
  });

  it('never asks for more than the documented half hour', () => {
    const { windowMs, overlapMs } = pollOf();
    const [from, to] = [999, 999 + windowMs];
    expect(Math.ceil(to / 1000) - Math.floor(from / 1000)).toBeLessThanOrEqual(1_800);
    expect(overlapMs).toBeLessThan(windowMs);
  });

  it('asks for the statuses that the shop has set', async () => {
    const ctx = listing({ '1/1': answer(1, RECORD) });
    const page = await pollOf({ pollStatuses: [1] }).page(WINDOW, null, ctx, 0);
    expect(page).toMatchObject({ total: 1, next: null });
    expect(statusesOf(ctx.asked)).toEqual([1]);
    for (const pollStatuses of [[], [-1], ['2'], [2.5]]) {
      expect(pinduoduoPlugin.manifest.credentials.safeParse({ ...CREDENTIALS, pollStatuses }).success).toBe(false);
    }
  });

  it('asks for no status that the table does not know', () => {
    for (const status of POLL_STATUSES) expect(Object.keys(STATUS_CODES)).toContain(String(status));
  });

  it('goes on from page to page and from status to status, and declares the sum at the end', async () => {
    const other = changed(RECORD, [ID, '7381745730114950124']);
    const ctx = listing({
      '2/1': answer(3, RECORD, other),
      '2/2': answer(3, changed(RECORD, [ID, '7381745730114950125'])),
      '10/1': answer(1, changed(RECORD, ['"after_sales_status":2', '"after_sales_status":10'])),
    });
    const found: string[] = [];
    const totals: (number | null)[] = [];
    let token: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof pollOf>['page']>> = await pollOf().page(WINDOW, token, ctx, 0);
      found.push(...page.envelopes.map(({ eventId }) => eventId));
      totals.push(page.total);
      token = page.next;
    } while (token !== null);
    expect(found).toEqual([
      `poll:${ID}:1625637425000:2`,
      'poll:7381745730114950124:1625637425000:2',
      'poll:7381745730114950125:1625637425000:2',
      `poll:${ID}:1625637425000:10`,
    ]);
    expect(totals).toEqual([null, null, null, 4]);
    expect(statusesOf(ctx.asked)).toEqual([2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 31, 33]);
  });

  it('declares records that a status owes, so that the window is read again (R77)', async () => {
    const ctx = listing({ '33/1': answer(5, RECORD), '33/2': answer(5) });
    const first = await pollOf().page(WINDOW, null, ctx, 0);
    const last = await pollOf().page(WINDOW, first.next, ctx, 0);
    expect([first.envelopes.length, first.total, last.envelopes.length, last.total]).toEqual([1, null, 0, 5]);
  });

  it.each(['x', '1:2', '99:1:0:0', '0:1:0:0:0', '0:-1:0:0'])(
    'refuses the token %s, which it never gave',
    async (token) => {
      await expect(pollOf().page(WINDOW, token, listing({}), 0)).rejects.toThrow(
        'the token of the next page is not ours',
      );
    },
  );

  it.each([
    ['no root', '{"refund_list":[],"total_count":0}', 'refund_increment_get_response is not an object'],
    ['no total', '{"refund_increment_get_response":{"refund_list":[]}}', 'total_count is missing'],
    ['a total in words', answer('"很多"'), 'total_count is not a whole number'],
    [
      'a list that is none',
      '{"refund_increment_get_response":{"refund_list":{},"total_count":1}}',
      'refund_list is not a list',
    ],
    ['half a page', answer(1, RECORD).slice(0, 90), 'the answer is not valid JSON'],
  ])('refuses %s, because a window must not seem done', async (_what, text, why) => {
    const page = pollOf().page(WINDOW, null, listing({ '2/1': text }), 0);
    await expect(page).rejects.toThrow(UnreadableEvent);
    await expect(pollOf().page(WINDOW, null, listing({ '2/1': text }), 0)).rejects.toThrow(why);
  });
});

describe('a record', () => {
  it('is read with its amount in yuan to the fen, and says nothing of goods or of the way back', async () => {
    const { payload } = await envelopeOf(RECORD);
    expect(payload).not.toMatch(/测试商品|R1|申通/);
    expect(readMessage(payload)).toEqual({
      kind: 'after_sale',
      afterSaleId: ID,
      arbitration: false,
      update: {
        atMs: 1625637425000,
        facts: {
          orderId: ORDER_SN,
          status: 'open',
          refundAmountFen: 1990,
          reason: '不想要了',
          appliedAtMs: 1625637425000,
        },
      },
    });
  });

  it.each([
    ['1', undefined],
    ['2', undefined],
    ['3', 'return_refund'],
    ['4', 'other'],
    ['5', 'other'],
    ['6', 'other'],
    ['9', 'other'],
  ])('of list type %s is %s: the numbers are not those of the detail', async (code, type) => {
    const { payload } = await envelopeOf(changed(RECORD, ['"after_sales_type":2', `"after_sales_type":${code}`]));
    expect(updateOf(readMessage(payload)).facts.type).toBe(type);
  });

  it('in which a refund without goods waits for goods is unknown, a return in it is open', async () => {
    const waiting = changed(RECORD, ['"after_sales_status":2', '"after_sales_status":3']);
    expect(updateOf(readMessage((await envelopeOf(waiting)).payload)).facts.status).toBe('unknown');
    const returned = changed(waiting, ['"after_sales_type":2', '"after_sales_type":3']);
    expect(updateOf(readMessage((await envelopeOf(returned)).payload)).facts.status).toBe('open');
  });

  it('of the platform at work is arbitration', async () => {
    const { payload } = await envelopeOf(changed(RECORD, ['"after_sales_status":2', '"after_sales_status":8']));
    expect(readMessage(payload)).toMatchObject({ arbitration: true, update: { facts: { arbitration: 'applied' } } });
  });

  it('is another event when its status changes within the same second', async () => {
    const paid = changed(RECORD, ['"after_sales_status":2', '"after_sales_status":10']);
    expect((await envelopeOf(paid)).eventId).not.toBe((await envelopeOf(RECORD)).eventId);
  });

  it.each([
    ['null', 'the record is not an object'],
    ['[]', 'the record is not an object'],
    ['"x"', 'the record is not an object'],
    ['{}', 'updated_time is missing'],
    [changed(RECORD, [`"id":${ID}`, '"id":"张三"']), 'id is not a whole number'],
    [changed(RECORD, ['"19.90"', '"19.905"']), 'refund_amount is not an amount in yuan'],
    [changed(RECORD, ['"updated_time":"1625637425"', '"updated_time":"昨天"']), 'updated_time is not a time'],
  ])('that cannot be read has an envelope of its own, and a reason: %s', async (record, why) => {
    const { eventId, payload } = await envelopeOf(record);
    expect(eventId).toMatch(/^poll:[0-9a-f]{64}$/);
    expect(() => readMessage(payload)).toThrow(why);
  });
});

describe('a message and a record of the same second', () => {
  it('tie, and the status further along wins in any order: a refund is paid at once where the platform pays fast', () => {
    const created = updateOf(readMessage(messagePayload('pdd_refund_RefundCreated', CAPTURED)));
    const record = changed(
      RECORD,
      ['"after_sales_status":2', '"after_sales_status":10'],
      [`"id":${ID}`, '"id":7381745730'],
    );
    const paid = updateOf(readMessage(`{"polled":${record}}`));
    for (const updates of [
      [created, paid],
      [paid, created],
    ]) {
      const merged = updates.reduce((known, update) => mergeFacts(known, update), {});
      expect(currentFacts(merged)).toMatchObject({ status: 'paid', refundAmountFen: 1990 });
    }
  });
});
