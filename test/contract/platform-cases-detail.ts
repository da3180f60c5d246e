import { expect } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CallContext } from '../../src/domain/carrier/port.js';
import { type AfterSaleDetail, type PlatformAdapter, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { PlatformHarness, Shown } from './platform-harness.js';
import {
  anotherId,
  errorOf,
  NOW_MS,
  ODD_FEN,
  type PlatformCase,
  partOf,
  shownOf,
  withPlatform,
} from './platform-rig.js';

const shows = (h: PlatformHarness): boolean => h.detail !== undefined;
const ALL_STATUSES: readonly Shown['status'][] = ['open', 'refused', 'paid', 'closed'];
/** In no table, whether the platform's words are numbers, codes or names. */
const UNKNOWN_WORD = '987654';
const MOST_CALLS = 12;

/** One detail read of the after-sale that all cases are about. */
export function detailOf(h: PlatformHarness, adapter: PlatformAdapter, ctx: CallContext): Promise<AfterSaleDetail> {
  return adapter.fetchDetail({ afterSaleId: h.longId, orderId: h.orderId }, ctx, NOW_MS);
}

async function readDetail(h: PlatformHarness, shown: Shown): Promise<AfterSaleDetail> {
  const details: AfterSaleDetail[] = [];
  await withPlatform(h, partOf(h, 'detail').of(shown), async ({ adapter, ctx }) => {
    details.push(await detailOf(h, adapter, ctx));
  });
  const [detail] = details;
  if (!detail) throw new Error('nothing was read');
  return detail;
}

function expectAmounts(h: PlatformHarness, { update: { facts }, parcels }: AfterSaleDetail, shown: Shown): void {
  const unstated: readonly string[] = partOf(h, 'detail').unstated ?? [];
  const stated = (name: string, fen: number) => (unstated.includes(name) ? undefined : fen);
  const paid = stated('paidAmountFen', shown.paidFen);
  expect(facts.refundAmountFen).toBe(stated('refundAmountFen', shown.refundFen));
  expect(facts.paidAmountFen).toBe(paid);
  for (const { declaredValueFen } of parcels) expect(declaredValueFen).toBe(paid);
}

function courierOf(h: PlatformHarness, { rawCarrier, rawCarrierName }: AfterSaleDetail['parcels'][number]) {
  const aliases: Readonly<Record<string, string>> = h.plugin.manifest.carrierAliases;
  const known = [rawCarrier, rawCarrierName ?? ''].find((word) => Object.hasOwn(aliases, word));
  return known === undefined ? undefined : aliases[known];
}

export const DETAIL_CASES: readonly PlatformCase[] = [
  {
    name: 'a detail says type, status and moment of the after-sale as the platform shows them',
    applies: shows,
    run: async (h) => {
      const { types = ['refund_only', 'return_refund', 'refund_before_shipment'], statuses = ALL_STATUSES } = partOf(
        h,
        'detail',
      );
      const all = [...types.map((type) => shownOf(h, { type })), ...statuses.map((status) => shownOf(h, { status }))];
      for (const shown of all) {
        // What was never shipped has no parcel.
        const parcels = shown.type === 'refund_before_shipment' ? [] : shown.parcels;
        const { update } = await readDetail(h, { ...shown, parcels });
        expect([shown.type, update.facts.type]).toEqual([shown.type, shown.type]);
        if (statuses.includes(shown.status)) expect(update.facts.status).toBe(shown.status);
        expect([undefined, h.orderId]).toContain(update.facts.orderId);
        expect([shown.atMs, NOW_MS]).toContain(update.atMs);
      }
    },
  },
  {
    name: 'the amounts of a detail are the very fen that it shows, whatever their unit (R60)',
    applies: shows,
    run: async (h) => {
      for (const [at, refundFen] of ODD_FEN.entries()) {
        const paidFen = ODD_FEN[(at + 1) % ODD_FEN.length] ?? 0;
        const shown = shownOf(h, { refundFen, paidFen: Math.max(paidFen, refundFen) });
        expectAmounts(h, await readDetail(h, shown), shown);
      }
    },
  },
  {
    name: 'a missing amount of a detail stays unknown, never 0 and never full (R60)',
    applies: (h) => h.detail?.withoutAmounts !== undefined,
    run: async (h) => {
      const { withoutAmounts } = partOf(h, 'detail');
      if (!withoutAmounts) throw new Error('the harness cannot leave amounts out');
      await withPlatform(h, withoutAmounts(shownOf(h)), async ({ adapter, ctx }) => {
        const { update, parcels } = await detailOf(h, adapter, ctx);
        expect([update.facts.refundAmountFen, update.facts.paidAmountFen]).toEqual([undefined, undefined]);
        expect(parcels).toHaveLength(1);
        for (const parcel of parcels) expect(parcel.declaredValueFen).toBeUndefined();
      });
    },
  },
  {
    name: 'the parcels are those on their way to the buyer, each once, with the waybill to the letter',
    applies: shows,
    run: async (h) => {
      const words = Object.keys(partOf(h, 'detail').couriers);
      const named = ['0073100130019486', 'YT2534891234567'].map((waybillNo, at) => ({
        word: words[at % words.length] ?? '',
        waybillNo,
      }));
      for (let count = 0; count <= (partOf(h, 'detail').mostParcels ?? 2); count += 1) {
        const parcels = named.slice(0, count);
        const detail = await readDetail(h, shownOf(h, { parcels }));
        expect(detail.parcels.map(({ waybillNo }) => waybillNo).sort()).toEqual(
          parcels.map(({ waybillNo }) => waybillNo).sort(),
        );
      }
    },
  },
  {
    name: "the platform's documented courier words mean our couriers, by its own table (R66)",
    applies: shows,
    run: async (h) => {
      const { couriers } = partOf(h, 'detail');
      expect(Object.keys(couriers).length).toBeGreaterThan(0);
      for (const [word, slug] of Object.entries(couriers)) {
        const { parcels } = await readDetail(h, shownOf(h, { parcels: [{ word, waybillNo: '73100130019486' }] }));
        expect([word, parcels.map((parcel) => courierOf(h, parcel))]).toEqual([word, [slug]]);
      }
    },
  },
  {
    name: 'a courier word nobody documented is handed on raw and mapped to nobody (R66)',
    applies: shows,
    run: async (h) => {
      const parcels = [{ word: UNKNOWN_WORD, waybillNo: '73100130019486' }];
      const detail = await readDetail(h, shownOf(h, { parcels }));
      expect(detail.parcels).toHaveLength(1);
      for (const parcel of detail.parcels) {
        expect([parcel.rawCarrier, parcel.rawCarrierName]).toContain(UNKNOWN_WORD);
        expect(courierOf(h, parcel)).toBeUndefined();
      }
    },
  },
  {
    name: 'the answer about another after-sale is not taken for this one',
    applies: shows,
    run: (h) =>
      withPlatform(h, partOf(h, 'detail').ofAnother(shownOf(h), anotherId(h.longId)), async ({ adapter, ctx }) => {
        const error = await errorOf(detailOf(h, adapter, ctx));
        expect(error).toBeInstanceOf(UnreadableEvent);
        for (const id of [h.longId, anotherId(h.longId)]) expect(error.message).not.toContain(id);
      }),
  },
  {
    name: "the platform's own refusals are told apart: too fast, not our keys, out of service",
    applies: shows,
    run: (h) =>
      withPlatform(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const { throttled, badCredentials, unavailable } = partOf(h, 'detail');
        for (const [kind, reply] of Object.entries({ throttled, credentials: badCredentials, unavailable })) {
          if (!reply) continue;
          server.answer(reply);
          const error = await errorOf(detailOf(h, adapter, ctx));
          expect(error).toBeInstanceOf(CarrierFault);
          expect([kind, error]).toMatchObject([kind, { kind }]);
        }
      }),
  },
  {
    name: 'an answer the platform does not document is no detail',
    applies: shows,
    run: (h) =>
      withPlatform(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const { broken } = partOf(h, 'detail');
        expect(broken.length).toBeGreaterThan(0);
        for (const reply of broken) {
          server.answer(reply);
          const error = await errorOf(detailOf(h, adapter, ctx));
          expect(error instanceof UnreadableEvent || error instanceof CarrierFault).toBe(true);
        }
      }),
  },
  {
    name: 'a detail asks for the after-sale by its id to the letter, only by reads, and in a few calls',
    applies: shows,
    run: (h) =>
      withPlatform(h, partOf(h, 'detail').of(shownOf(h)), async ({ adapter, ctx, asked }) => {
        await detailOf(h, adapter, ctx);
        const sent = asked.map(({ path, body }) => `${path} ${body}`).join('\n');
        expect(sent.includes(h.longId) || sent.includes(h.orderId)).toBe(true);
        expect(asked.every(({ effect }) => effect === 'read')).toBe(true);
        expect(asked.length).toBeLessThanOrEqual(MOST_CALLS);
      }),
  },
  {
    name: "without the order's number a detail is read, or refused with a reason",
    applies: shows,
    run: (h) =>
      withPlatform(h, partOf(h, 'detail').of(shownOf(h)), async ({ adapter, ctx }) => {
        const outcome: unknown = await adapter
          .fetchDetail({ afterSaleId: h.longId, orderId: null }, ctx, NOW_MS)
          .catch((error: unknown) => error);
        if (outcome instanceof Error)
          return expect(outcome instanceof UnreadableEvent || outcome instanceof CarrierFault).toBe(true);
        expect(outcome).toMatchObject({ update: { facts: {} } });
      }),
  },
];
