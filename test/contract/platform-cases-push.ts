import { expect } from '@jest/globals';
import fc from 'fast-check';
import { type PlatformAdapter, type RawWebhook, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { PlatformHarness } from './platform-harness.js';
import {
  AT_MS,
  anotherId,
  attempt,
  expectRefused,
  expectTold,
  ODD_FEN,
  type PlatformCase,
  partOf,
  platformOf,
  toldOf,
} from './platform-rig.js';

const pushes = (h: PlatformHarness): boolean => h.push !== undefined;
/** What the inbox can hold as a key. */
const EVENT_ID = /^[\x21-\x7e]+$/;

function eventsOf(adapter: PlatformAdapter, webhook: RawWebhook) {
  return adapter.envelopes(webhook).map(({ payload }) => attempt(() => adapter.read(payload)));
}

function idsOf(adapter: PlatformAdapter, webhook: RawWebhook): readonly string[] {
  const ids = adapter.envelopes(webhook).map(({ eventId }) => eventId);
  for (const id of ids) expect(id).toMatch(EVENT_ID);
  return ids;
}

function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  const [first] = list;
  if (first === undefined) throw new Error('the list is empty');
  return first;
}

function readOne(adapter: PlatformAdapter, webhook: RawWebhook) {
  expect(adapter.verify(webhook)).toBe(true);
  return adapter.read(only(adapter.envelopes(webhook)).payload);
}

function flipped({ body, ...rest }: RawWebhook, index: number): RawWebhook {
  const changed = Uint8Array.from(body);
  changed[index] = (changed[index] ?? 0) ^ 1;
  return { ...rest, body: changed };
}

export const PUSH_CASES: readonly PlatformCase[] = [
  {
    name: 'a genuine message is verified, cut and read, with the id of the after-sale to the letter',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      for (const told of [toldOf(h), toldOf(h, { afterSaleId: anotherId(h.longId), atMs: AT_MS + 1_000 })]) {
        expectTold(readOne(adapter, partOf(h, 'push').genuine(told)), told, h.states);
      }
    },
  },
  {
    name: 'what is not from the platform is not verified',
    applies: pushes,
    run: async (h) => {
      const attempts = partOf(h, 'push').forged(toldOf(h));
      expect(attempts.length).toBeGreaterThan(0);
      for (const [at, one] of attempts.entries()) expect([at, platformOf(h).verify(one)]).toEqual([at, false]);
    },
  },
  {
    name: 'a flipped bit of the body is refused; where nobody guards that bit, nothing else is read for it',
    applies: (h) => h.push !== undefined && !h.push.bodyUnsigned,
    run: async (h) => {
      const adapter = platformOf(h);
      const webhook = partOf(h, 'push').genuine(toldOf(h));
      const asBefore = eventsOf(adapter, webhook);
      const passed = Array.from(webhook.body, (_, index) => flipped(webhook, index)).filter((one) =>
        adapter.verify(one),
      );
      for (const one of passed) {
        const events = eventsOf(adapter, one);
        if (events.some((event) => event instanceof UnreadableEvent)) continue;
        expect(events).toEqual(asBefore);
      }
      expect(passed.length).toBeLessThan(webhook.body.length / 2);
    },
  },
  {
    name: 'a message nobody can read is one envelope, refused with a reason that holds neither content nor secrets',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      const { unreadable } = partOf(h, 'push');
      expect(unreadable.length).toBeGreaterThan(0);
      for (const webhook of unreadable) {
        expect(adapter.verify(webhook)).toBe(true);
        idsOf(adapter, webhook);
        const { payload } = only(adapter.envelopes(webhook));
        expectRefused(() => adapter.read(payload), [payload, Buffer.from(webhook.body).toString('utf8')], h);
      }
    },
  },
  {
    name: 'a message that is no concern of ours is ignored with a reason, or not kept at all',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      for (const webhook of partOf(h, 'push').ignored) {
        expect(adapter.verify(webhook)).toBe(true);
        for (const event of eventsOf(adapter, webhook)) {
          expect(event).toMatchObject({ kind: 'ignored', why: expect.stringMatching(/\S/) });
        }
      }
    },
  },
  {
    name: 'a message sent again is the same event, another message is another',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      const { genuine } = partOf(h, 'push');
      const webhook = genuine(toldOf(h));
      expect(idsOf(adapter, webhook)).toEqual(idsOf(adapter, { ...webhook }));
      const later = { status: h.states.status.at(-1) ?? 'open', atMs: AT_MS + 60_000 };
      const others = [toldOf(h, later), toldOf(h, { afterSaleId: anotherId(h.longId) })].map(genuine);
      const ids = [webhook, ...others].flatMap((one) => idsOf(adapter, one));
      expect(new Set(ids).size).toBe(3);
    },
  },
  {
    name: 'a status is what the message says; a message that states none leaves it open (R70)',
    applies: pushes,
    run: async (h) => {
      const { status } = h.states;
      for (const one of status.length > 0 ? status : (['open', 'paid'] as const)) {
        const told = toldOf(h, { status: one });
        expectTold(readOne(platformOf(h), partOf(h, 'push').genuine(told)), told, h.states);
      }
    },
  },
  {
    name: 'an amount is the very fen that the message says, whatever its unit; none is unknown, never 0 (R60)',
    applies: pushes,
    run: async (h) => {
      for (const refundFen of ODD_FEN) {
        const told = toldOf(h, { refundFen });
        expectTold(readOne(platformOf(h), partOf(h, 'push').genuine(told)), told, h.states);
      }
    },
  },
  {
    name: 'the check of the address is answered as the platform wants it; nothing else is taken for one',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      const answerTo = (query: Readonly<Record<string, string>>) => adapter.answerCheck?.({ query }) ?? null;
      const { check } = partOf(h, 'push');
      const toNothing = answerTo({});
      expect(toNothing === null || toNothing.status >= 400).toBe(true);
      if (!check) return expect(answerTo({ echostr: '1', signature: '2', timestamp: '3', nonce: '4' })).toBeNull();
      expect(answerTo(check.query)).toMatchObject({ status: 200, body: check.answer });
      for (const [name, value] of Object.entries(check.query)) {
        const { [name]: _, ...without } = check.query;
        for (const query of [without, { ...check.query, [name]: `${value}0` }]) {
          const answer = answerTo(query);
          expect(answer?.status === 200 && answer.body === check.answer).toBe(false);
        }
      }
    },
  },
  {
    name: 'each outcome has its acknowledgement, and none is a redirect',
    applies: pushes,
    run: async (h) => {
      const { ack } = platformOf(h);
      const [stored, bad, overloaded] = [ack('stored'), ack('bad_signature'), ack('overloaded')];
      expect([stored.status, bad.status, overloaded.status]).toEqual([200, 401, 503]);
      for (const one of [stored, bad, overloaded]) expect(one.contentType).toMatch(/^[a-z]+\/[a-z]/);
      expect(bad.body).not.toBe(stored.body);
      expect(overloaded.body).not.toBe(stored.body);
    },
  },
  {
    name: 'whatever bytes come, checking and cutting throw nothing, and reading refuses with a reason',
    applies: pushes,
    run: async (h) => {
      const adapter = platformOf(h);
      const webhook = partOf(h, 'push').genuine(toldOf(h));
      const cut = (body: Uint8Array) => {
        const odd = { ...webhook, body };
        adapter.verify(odd);
        idsOf(adapter, odd);
        eventsOf(adapter, odd);
      };
      for (let length = 0; length < webhook.body.length; length += 1) cut(webhook.body.subarray(0, length));
      fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), cut), { numRuns: 200 });
      fc.assert(
        fc.property(fc.json(), (text) => {
          cut(new TextEncoder().encode(text));
          attempt(() => adapter.read(text));
        }),
        { numRuns: 200 },
      );
      for (const text of ['', 'null', '0', '"x"', '[]', '{}', '[null]', `${'['.repeat(20_000)}`]) {
        const event = attempt(() => adapter.read(text));
        expect(event instanceof UnreadableEvent || event.kind === 'ignored').toBe(true);
      }
    },
  },
];
