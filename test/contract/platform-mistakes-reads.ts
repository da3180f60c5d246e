import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { PlatformPoll, PollPage } from '../../src/domain/platform/poll.js';
import { type AfterSaleDetail, type PlatformAdapter, UnreadableEvent } from '../../src/domain/platform/port.js';
import { listening, type PlatformMistake } from './bad-platform.js';

const NO_DETAIL: AfterSaleDetail = { update: { atMs: 0, facts: {} }, parcels: [] };
const NO_PAGE: PollPage = { envelopes: [], total: null, next: null };

/** The adapter with another way of polling. */
function polling(good: PlatformAdapter, page: (poll: PlatformPoll) => PlatformPoll['page']): Partial<PlatformAdapter> {
  return good.poll ? { poll: { ...good.poll, page: page(good.poll) } } : {};
}

/** The adapter with its details changed. */
function showing(
  good: PlatformAdapter,
  change: (detail: AfterSaleDetail) => AfterSaleDetail,
): Partial<PlatformAdapter> {
  return { fetchDetail: async (...asked) => change(await good.fetchDetail(...asked)) };
}

/** The adapter with its failed reads changed. */
function failing(good: PlatformAdapter, change: (error: unknown) => Error): Partial<PlatformAdapter> {
  const rethrow = (error: unknown) => {
    throw change(error);
  };
  return {
    fetchDetail: (...asked) => good.fetchDetail(...asked).catch(rethrow),
    ...polling(
      good,
      (poll) =>
        (...asked) =>
          poll.page(...asked).catch(rethrow),
    ),
  };
}

const retyped = (kind: CarrierFault['kind']) => (error: unknown) =>
  error instanceof CarrierFault ? new CarrierFault(kind, error.message) : new UnreadableEvent(String(error));

/** Mistakes in windows and their pages. */
export const POLL_MISTAKES: readonly PlatformMistake[] = [
  {
    name: 'reads the first page only',
    caughtBy: [
      'the pages of a window give every record once, as many as the platform declares, though it cuts pages short',
    ],
    adapter: (good) =>
      polling(good, (poll) => async (...asked) => ({ ...(await poll.page(...asked)), next: null })),
  },
  {
    name: 'takes an empty window for a broken one',
    caughtBy: ['a window without records is one page that is the last'],
    adapter: (good) =>
      polling(good, (poll) => async (...asked) => {
        const page = await poll.page(...asked);
        if (page.envelopes.length === 0) throw new UnreadableEvent('no records');
        return page;
      }),
  },
  {
    name: 'gives a window up for one record',
    caughtBy: ['a record that cannot be read is set aside with its reason while the others are read (R77)'],
    adapter: (good) =>
      polling(good, (poll) => async (...asked) => {
        const page = await poll.page(...asked);
        for (const { payload } of page.envelopes) good.read(payload);
        return page;
      }),
  },
  {
    name: 'knows a record by its after-sale alone',
    caughtBy: ['a record seen again is the same event, a changed one is another'],
    adapter: (good) =>
      polling(good, (poll) => async (...asked) => {
        const page = await poll.page(...asked);
        const idOf = (payload: string) => {
          const event = good.read(payload);
          return event.kind === 'after_sale' ? event.afterSaleId : 'other';
        };
        return { ...page, envelopes: page.envelopes.map(({ payload }) => ({ payload, eventId: idOf(payload) })) };
      }),
  },
  {
    name: 'takes what it cannot read for an empty page',
    caughtBy: [
      'an answer that is no page is a fault, never an empty page',
      'an answer nobody can read is refused: never a detail, never an empty page',
      'silence is no answer, and is asked again',
      'half an answer is no answer',
      'a dropped connection is no answer',
    ],
    adapter: (good) =>
      polling(
        good,
        (poll) =>
          (...asked) =>
            poll.page(...asked).catch(() => NO_PAGE),
      ),
  },
];

/** Mistakes in details, and in what a failed read is called. */
export const DETAIL_MISTAKES: readonly PlatformMistake[] = [
  {
    name: 'takes every after-sale for a refund-only',
    caughtBy: ['a detail says type, status and moment of the after-sale as the platform shows them'],
    adapter: (good) =>
      showing(good, (detail) => ({
        ...detail,
        update: { ...detail.update, facts: { ...detail.update.facts, type: 'refund_only' } },
      })),
  },
  {
    name: 'takes the refund for what was paid, and nothing for 0',
    caughtBy: [
      'the amounts of a detail are the very fen that it shows, whatever their unit (R60)',
      'a missing amount of a detail stays unknown, never 0 and never full (R60)',
    ],
    adapter: (good) =>
      showing(good, ({ update, ...rest }) => {
        const { refundAmountFen = 0 } = update.facts;
        return {
          ...rest,
          update: { ...update, facts: { ...update.facts, refundAmountFen, paidAmountFen: refundAmountFen } },
        };
      }),
  },
  {
    name: 'sees one parcel only',
    caughtBy: ['the parcels are those on their way to the buyer, each once, with the waybill to the letter'],
    adapter: (good) => showing(good, (detail) => ({ ...detail, parcels: detail.parcels.slice(0, 1) })),
  },
  {
    name: 'knows no courier word',
    caughtBy: ["the platform's documented courier words mean our couriers, by its own table (R66)"],
    manifest: () => ({ carrierAliases: {} }),
  },
  {
    name: 'guesses a courier it does not know',
    caughtBy: ['a courier word nobody documented is handed on raw and mapped to nobody (R66)'],
    adapter: (good, { detail }) => {
      const known = Object.keys(detail?.couriers ?? {});
      return showing(good, ({ parcels, ...rest }) => ({
        ...rest,
        parcels: parcels.map((parcel) =>
          known.includes(parcel.rawCarrier) ? parcel : { ...parcel, rawCarrier: known[0] ?? '' },
        ),
      }));
    },
  },
  {
    name: 'takes whatever after-sale the answer is about',
    caughtBy: [
      'the answer about another after-sale is not taken for this one',
      'an answer the platform does not document is no detail',
      'a refused connection is not_sent',
      'a redirect is neither followed nor an answer',
    ],
    adapter: (good) => ({ fetchDetail: (...asked) => good.fetchDetail(...asked).catch(() => NO_DETAIL) }),
  },
  {
    name: 'calls every failure unavailable',
    caughtBy: [
      "the platform's own refusals are told apart: too fast, not our keys, out of service",
      'HTTP 429 is throttling, for as long as Retry-After says',
      'HTTP 401 means that our keys are not accepted',
      'a refused connection is not_sent',
      'an answer nobody can read is refused: never a detail, never an empty page',
    ],
    adapter: (good) => failing(good, (error) => new CarrierFault('unavailable', String(error))),
  },
  {
    name: 'calls every failure our own bug',
    caughtBy: [
      'HTTP 500 means that the platform is out of service',
      'silence is no answer, and is asked again',
      'a dropped connection is no answer',
      'half an answer is no answer',
    ],
    adapter: (good) => failing(good, retyped('bad_request')),
  },
  {
    name: 'follows the body and ignores the HTTP status',
    caughtBy: [
      'a redirect is neither followed nor an answer',
      'HTTP 429 is throttling, for as long as Retry-After says',
    ],
    adapter: (good) => ({
      fetchDetail: (wanted, ctx, nowMs) =>
        good.fetchDetail(
          wanted,
          listening(ctx, (response) => ({ ...response, status: 200 })),
          nowMs,
        ),
    }),
  },
  {
    name: 'tries again by itself',
    caughtBy: ['HTTP 500 means that the platform is out of service'],
    adapter: (good) => ({
      fetchDetail: (...asked) => good.fetchDetail(...asked).catch(() => good.fetchDetail(...asked)),
    }),
  },
  {
    name: 'asks for the after-sale by a number',
    caughtBy: ['a detail asks for the after-sale by its id to the letter, only by reads, and in a few calls'],
    adapter: (good) => ({
      fetchDetail: async ({ afterSaleId, orderId }, ctx, nowMs) => {
        const inWriting: typeof ctx = {
          send: (request) =>
            ctx.send({ ...request, body: request.body.replaceAll(afterSaleId, String(Number(afterSaleId))) }),
        };
        return good.fetchDetail({ afterSaleId, orderId }, inWriting, nowMs);
      },
    }),
  },
  {
    name: "breaks without the order's number",
    caughtBy: ["without the order's number a detail is read, or refused with a reason"],
    adapter: (good) => ({
      async fetchDetail(wanted, ...rest) {
        if (wanted.orderId === null) throw new TypeError('orderId is null');
        return good.fetchDetail(wanted, ...rest);
      },
    }),
  },
  {
    name: 'writes its secret into the error',
    caughtBy: ['no secret is in an error, though the platform quotes it'],
    adapter: (good, { secrets }) =>
      failing(good, (error) => new CarrierFault('unavailable', `${String(error)}: signed with ${secrets[0]}`)),
  },
];

/** Mistakes in the facts. */
export const PLATFORM_MANIFEST_MISTAKES: readonly PlatformMistake[] = [
  {
    name: 'gives no source for a fact',
    caughtBy: ['the manifest is complete, with a source for every fact'],
    manifest: (good) => ({ facts: good.facts.map((fact) => ({ ...fact, source: '' })) }),
  },
  {
    name: 'declares a door that it does not have',
    caughtBy: ['the doors of the manifest are those that the adapter has, and the harness tests each of them'],
    manifest: (good) => ({ doors: { ...good.doors, poll: false } }),
  },
  {
    name: 'maps a word to a courier of nobody',
    caughtBy: ['the courier words of the manifest are whole words, each of one of our couriers (R66)'],
    manifest: () => ({ carrierAliases: { 中通: 'ztoo' } }),
  },
  {
    name: 'lets any credentials pass',
    caughtBy: ['credentials that lack a key, or have one nobody knows, are refused before anything runs'],
    manifest: (good) => ({ credentials: good.credentials.or(good.credentials.catch({})) }),
  },
  {
    name: 'calls its channel by the name of a courier',
    caughtBy: ["the platform's own intercept API is a courier of its own, behind the shop's credentials"],
    plugin: ({ channel }) =>
      channel ? { channel: { ...channel, manifest: { ...channel.manifest, slug: 'zto' } } } : {},
  },
];
