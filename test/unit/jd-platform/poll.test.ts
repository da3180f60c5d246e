import { describe, expect, it } from '@jest/globals';
import type { PollPage } from '../../../src/domain/platform/poll.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { jdPlugin } from '../../../src/producers/platforms/jd/adapter.js';
import { AT_MS, CREDENTIALS, contentOf, list, record, wayOf } from './wire.js';

const WINDOW = { fromMs: AT_MS - 60_500, toMs: AT_MS + 60_500 };
const { poll } = jdPlugin.create(CREDENTIALS);
if (!poll) throw new Error('JD is read by polling');

const id = (at: number) => `70008931140009495${at}`;
/** An application that was reviewed in the window; `applied` says when it was made. */
const reviewed = (at: number, applied: string) =>
  record(`,"checkTime":"2026-11-20 11:04:30","status":2`, id(at))
    .replace('"status":0,', '')
    .replace('"applyTime":"2026-11-20 11:04:05"', `"applyTime":"${applied}"`);
const OLD = '2026-11-17 09:00:00';

async function walk(...answers: readonly string[]) {
  const way = wayOf(...answers);
  const pages: PollPage[] = [];
  let token: string | null = null;
  do {
    const page: PollPage = await (poll?.page(WINDOW, token, way, AT_MS) ?? Promise.reject(new Error('no poll')));
    pages.push(page);
    token = page.next;
  } while (token !== null);
  const ids = pages.flatMap(({ envelopes }) => envelopes.map(({ eventId }) => eventId));
  return { way, pages, ids, total: pages.at(-1)?.total };
}

describe('a window', () => {
  it('is walked by the time of the application, then by that of the review, in whole seconds of China', async () => {
    const { way, pages } = await walk(list(1, record('', id(10))), list(1, reviewed(11, OLD)));
    expect(way.asked.map(contentOf)).toEqual([
      {
        applyTimeStart: '2026-11-20 11:03:04',
        applyTimeEnd: '2026-11-20 11:05:06',
        pageIndex: 1,
        pageSize: 50,
      },
      {
        checkTimeStart: '2026-11-20 11:03:04',
        checkTimeEnd: '2026-11-20 11:05:06',
        pageIndex: 1,
        pageSize: 50,
      },
    ]);
    expect(pages.map(({ total, next }) => [total, next])).toEqual([
      [null, 'check:1:0:1'],
      [2, null],
    ]);
  });

  it('counts a record once that both axes show, so that what is declared is what is found (R77)', async () => {
    const both = reviewed(10, '2026-11-20 11:04:05');
    const { ids, total } = await walk(list(2, both, record('', id(11))), list(2, both, reviewed(12, OLD)));
    expect([ids.length, new Set(ids).size, total]).toEqual([4, 3, 3]);
  });

  it('counts it once at the very ends of the window too', async () => {
    for (const applied of ['2026-11-20 11:03:04', '2026-11-20 11:05:06']) {
      const both = reviewed(10, applied);
      const { ids, total } = await walk(list(1, both), list(1, both));
      expect([new Set(ids).size, total]).toEqual([1, 1]);
    }
  });

  it('shows that a record is missing', async () => {
    const { ids, total } = await walk(list(3, record('', id(10))), list(3), list(0));
    expect([ids.length, total]).toEqual([1, 3]);
  });

  it('goes on page by page on each axis, by what came', async () => {
    const { way, total } = await walk(
      list(3, record('', id(10)), record('', id(11))),
      list(3, record('', id(12))),
      list(2, reviewed(13, OLD)),
      list(2, reviewed(14, OLD)),
    );
    expect(way.asked.map((one) => contentOf(one).pageIndex)).toEqual([1, 2, 1, 2]);
    expect(total).toBe(5);
  });

  it('asks the other axis at once when the first is empty', async () => {
    const { way, pages } = await walk(list(0), list(1, reviewed(10, OLD)));
    expect([way.asked.length, pages.length, pages[0]?.total]).toEqual([2, 1, 1]);
    const nothing = await walk(list(0), list(0));
    expect(nothing.pages).toEqual([{ envelopes: [], total: 0, next: null }]);
  });

  it('never declares more than there can be, whatever cannot be read on the second axis', async () => {
    const { total } = await walk(list(1, record('', id(10))), list(2, 'null', '{"id":1}'));
    expect(total).toBe(1);
  });

  it('of more pages than JD shows is an error, not a window that is done', async () => {
    const way = wayOf(list(9999, record('', id(10))));
    await expect(poll.page(WINDOW, 'apply:100:99:0', way, AT_MS)).rejects.toThrow('more records than JD pages out');
  });

  it.each(['', 'apply', 'apply:1:0', 'other:1:0:0', 'apply:1:0:0:0', 'check:x:0:0', 'apply:1:0:0\n'])(
    'does not go on from a token that is not ours: %j',
    async (token) => {
      const way = wayOf(list(0));
      await expect(poll.page(WINDOW, token, way, AT_MS)).rejects.toThrow(UnreadableEvent);
      expect(way.asked).toEqual([]);
    },
  );
});
