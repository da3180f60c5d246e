import { expect } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CallContext } from '../../src/domain/carrier/port.js';
import type { PollPage, PollWindow } from '../../src/domain/platform/poll.js';
import { type EventEnvelope, type PlatformAdapter, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { PlatformHarness, Told } from './platform-harness.js';
import {
  AT_MS,
  anotherId,
  attempt,
  errorOf,
  expectRefused,
  expectTold,
  NOW_MS,
  type PlatformCase,
  type PlatformRig,
  partOf,
  toldOf,
  variants,
  withPlatform,
} from './platform-rig.js';

const polls = (h: PlatformHarness): boolean => h.poll !== undefined;
/** More than any window of these tests has. */
const MOST_PAGES = 60;

const pollStates = (h: PlatformHarness) => partOf(h, 'poll').states ?? h.states;

/** A window that holds everything told. */
function windowOf(adapter: PlatformAdapter): PollWindow {
  const spanMs = Math.min(adapter.poll?.windowMs ?? 0, 1_200_000);
  return { fromMs: AT_MS - spanMs / 4, toMs: AT_MS - spanMs / 4 + spanMs };
}

function pageOf(adapter: PlatformAdapter, token: string | null, ctx: CallContext): Promise<PollPage> {
  if (!adapter.poll) throw new Error('the adapter has no poll');
  return adapter.poll.page(windowOf(adapter), token, ctx, NOW_MS);
}

/** All pages of the window, as the runner joins them. */
async function allPages({ adapter, ctx }: PlatformRig): Promise<readonly PollPage[]> {
  const pages: PollPage[] = [];
  let token: string | null = null;
  do {
    const page: PollPage = await pageOf(adapter, token, ctx);
    pages.push(page);
    token = page.next;
    if (pages.length > MOST_PAGES) throw new Error('the pages do not end');
  } while (token !== null);
  return pages;
}

const joined = (pages: readonly PollPage[]): readonly EventEnvelope[] => pages.flatMap(({ envelopes }) => envelopes);

async function envelopesOf(
  h: PlatformHarness,
  told: readonly Told[],
  perPage = 100,
): Promise<readonly EventEnvelope[]> {
  let envelopes: readonly EventEnvelope[] = [];
  await withPlatform(h, partOf(h, 'poll').window(told, perPage), async (rig) => {
    envelopes = joined(await allPages(rig));
  });
  return envelopes;
}

/** Several after-sales of one window, a second apart. */
function several(h: PlatformHarness, count: number): readonly Told[] {
  return Array.from({ length: count }, (_, at) => {
    const digits = String(at).padStart(3, '0');
    return toldOf(h, { afterSaleId: `${h.longId.slice(0, -3)}${digits}`, atMs: AT_MS + at * 1_000 });
  });
}

export const POLL_CASES: readonly PlatformCase[] = [
  {
    name: 'the pages of a window give every record once, as many as the platform declares, though it cuts pages short',
    applies: polls,
    run: async (h) => {
      for (const [count, perPage] of [
        [1, 3],
        [3, 3],
        [7, 3],
      ] as const) {
        const told = several(h, count);
        await withPlatform(h, partOf(h, 'poll').window(told, perPage), async (rig) => {
          const pages = await allPages(rig);
          const events = joined(pages).map(({ payload }) => rig.adapter.read(payload));
          const ids = events.map((event) => (event.kind === 'after_sale' ? event.afterSaleId : event.why));
          expect([...ids].sort()).toEqual(told.map(({ afterSaleId }) => afterSaleId).sort());
          for (const { total } of pages) expect([null, count]).toContain(total);
          expect(rig.asked.every(({ effect }) => effect === 'read')).toBe(true);
        });
      }
    },
  },
  {
    name: 'a window without records is one page that is the last',
    applies: polls,
    run: (h) =>
      withPlatform(h, partOf(h, 'poll').window([], 3), async (rig) => {
        const page = await pageOf(rig.adapter, null, rig.ctx);
        expect(page).toMatchObject({ envelopes: [], next: null });
        expect([null, 0]).toContain(page.total);
      }),
  },
  {
    name: 'a record of a window is read as it is told',
    applies: polls,
    run: async (h) => {
      for (const told of variants(h, pollStates(h))) {
        await withPlatform(h, partOf(h, 'poll').window([told], 10), async (rig) => {
          const envelopes = joined(await allPages(rig));
          expect(envelopes).toHaveLength(1);
          for (const { payload } of envelopes) expectTold(rig.adapter.read(payload), told, pollStates(h));
        });
      }
    },
  },
  {
    name: 'a record that cannot be read is set aside with its reason while the others are read (R77)',
    applies: polls,
    run: async (h) => {
      const [before, after] = [toldOf(h), toldOf(h, { afterSaleId: anotherId(h.longId), atMs: AT_MS + 2_000 })];
      await withPlatform(h, partOf(h, 'poll').withUnreadable(before, after), async (rig) => {
        const envelopes = joined(await allPages(rig));
        expect(envelopes).toHaveLength(3);
        expect(new Set(envelopes.map(({ eventId }) => eventId)).size).toBe(3);
        const events = envelopes.map(({ payload }) => attempt(() => rig.adapter.read(payload)));
        const read = events.flatMap((event) => (event instanceof UnreadableEvent ? [] : [event]));
        expect(read).toHaveLength(2);
        for (const told of [before, after]) {
          const event = read.find((one) => one.kind === 'after_sale' && one.afterSaleId === told.afterSaleId);
          if (!event) throw new Error('a readable record is missing');
          expectTold(event, told, pollStates(h));
        }
        const bad = envelopes[events.findIndex((event) => event instanceof UnreadableEvent)]?.payload ?? '';
        expectRefused(() => rig.adapter.read(bad), [bad], h);
      });
    },
  },
  {
    name: 'a record seen again is the same event, a changed one is another',
    applies: polls,
    run: async (h) => {
      const told = toldOf(h);
      const [status = 'open'] = [...pollStates(h).status].reverse();
      const changed = { ...told, status, atMs: told.atMs + 60_000 };
      const idOf = async (one: Told) => (await envelopesOf(h, [one]))[0]?.eventId;
      const id = await idOf(told);
      expect(id).toMatch(/^[\x21-\x7e]+$/);
      expect(await idOf(told)).toBe(id);
      expect(await idOf(changed)).not.toBe(id);
      expect(await idOf({ ...told, afterSaleId: anotherId(h.longId) })).not.toBe(id);
    },
  },
  {
    name: 'an answer that is no page is a fault, never an empty page',
    applies: polls,
    run: (h) =>
      withPlatform(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const { broken } = partOf(h, 'poll');
        expect(broken.length).toBeGreaterThan(0);
        for (const reply of broken) {
          server.answer(reply);
          const error = await errorOf(pageOf(adapter, null, ctx));
          expect(error instanceof UnreadableEvent || error instanceof CarrierFault).toBe(true);
        }
      }),
  },
];
