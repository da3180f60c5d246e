import { expect } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../src/domain/platform/port.js';
import type {
  Frame,
  PlatformSocket,
  SocketMessage,
  SocketSays,
  SocketSession,
} from '../../src/domain/platform/socket.js';
import type { PlatformHarness } from './platform-harness.js';
import {
  AT_MS,
  anotherId,
  attempt,
  expectTold,
  NOW_MS,
  type PlatformCase,
  partOf,
  platformOf,
  toldOf,
  variants,
} from './platform-rig.js';

const listens = (h: PlatformHarness): boolean => h.socket !== undefined;
/** As long as an int64 gets. */
const MESSAGE_ID = '7000893114000949517';
const OTHER_MESSAGE_ID = '7000893114000949518';
const KINDS: readonly SocketSays['kind'][] = ['ready', 'message', 'nothing', 'broken'];

function socketOf(h: PlatformHarness): PlatformSocket {
  const { socket } = platformOf(h);
  if (!socket) throw new Error('the adapter has no socket');
  return socket;
}

/** A session to which the platform has said everything it says before messages come. */
function readySession(h: PlatformHarness): SocketSession {
  const session = socketOf(h).session();
  session.opening(NOW_MS);
  for (const frame of partOf(h, 'socket').ready) session.receive(frame, NOW_MS);
  return session;
}

function messageOf(session: SocketSession, frame: Frame): SocketMessage {
  const says = session.receive(frame, NOW_MS);
  if (says.kind !== 'message') throw new Error(`expected a message, got ${JSON.stringify(says)}`);
  return says.message;
}

function textOf(frame: Frame): string {
  return typeof frame === 'string' ? frame : Buffer.from(frame).toString('latin1');
}

const cutTo = (frame: Frame, length: number): Frame =>
  typeof frame === 'string' ? frame.slice(0, length) : frame.subarray(0, length);

export const SOCKET_CASES: readonly PlatformCase[] = [
  {
    name: 'a connection is opened, becomes ready and shows life, and gives no secret away',
    applies: listens,
    run: async (h) => {
      const socket = socketOf(h);
      const session = socket.session();
      const opening = session.opening(NOW_MS);
      const said = partOf(h, 'socket').ready.map((frame) => session.receive(frame, NOW_MS).kind);
      expect(said).toContain('ready');
      expect(said).not.toContain('broken');
      const url = socket.url(NOW_MS);
      expect(new URL(url).protocol).toMatch(/^wss?:$/);
      expect(session.beat(NOW_MS).length).toBeGreaterThan(0);
      const sent = [url, socket.group, ...[...opening, session.beat(NOW_MS)].map(textOf)].join('\n');
      for (const secret of h.secrets) expect(sent).not.toContain(secret);
      expect(socket.beatMs).toBeGreaterThan(0);
      expect(socket.silenceMs).toBeGreaterThan(socket.beatMs);
      expect(socketOf(h).group).toBe(socket.group);
    },
  },
  {
    name: 'a message of the connection is read as it was told, for the seller it names',
    applies: listens,
    run: async (h) => {
      const adapter = platformOf(h);
      for (const told of variants(h, h.states)) {
        const message = messageOf(readySession(h), partOf(h, 'socket').message(told, MESSAGE_ID));
        expect(message.platformShopId).toBe(h.platformShopId);
        expectTold(adapter.read(message.envelope.payload), told, h.states);
      }
    },
  },
  {
    name: 'a message of the connection is confirmed or refused by its own number, to the letter',
    applies: listens,
    run: async (h) => {
      const { message, isConfirmation, isRefusal } = partOf(h, 'socket');
      const session = readySession(h);
      const first = messageOf(session, message(toldOf(h), MESSAGE_ID));
      const second = messageOf(session, message(toldOf(h, { afterSaleId: anotherId(h.longId) }), OTHER_MESSAGE_ID));
      const verdicts = (frame: Frame) => [
        isConfirmation(frame, MESSAGE_ID),
        isRefusal(frame, MESSAGE_ID),
        isConfirmation(frame, OTHER_MESSAGE_ID),
        isRefusal(frame, OTHER_MESSAGE_ID),
      ];
      // In another order than they came: the session must not take the last message for the one that is meant.
      expect(verdicts(session.confirm(second.receipt, NOW_MS))).toEqual([false, false, true, false]);
      expect(verdicts(session.confirm(first.receipt, NOW_MS))).toEqual([true, false, false, false]);
      expect(verdicts(session.refuse(first.receipt, 'the database is away', NOW_MS))).toEqual([
        false,
        true,
        false,
        false,
      ]);
    },
  },
  {
    name: 'a message of the connection that comes again is the same event, another is another',
    applies: listens,
    run: async (h) => {
      const { message } = partOf(h, 'socket');
      const idOf = (session: SocketSession, frame: Frame) => messageOf(session, frame).envelope.eventId;
      const session = readySession(h);
      const frame = message(toldOf(h), MESSAGE_ID);
      const id = idOf(session, frame);
      expect(id).toMatch(/^[\x21-\x7e]+$/);
      expect(idOf(session, frame)).toBe(id);
      expect(idOf(readySession(h), frame)).toBe(id);
      const other = toldOf(h, { afterSaleId: anotherId(h.longId), atMs: AT_MS + 60_000 });
      expect(idOf(session, message(other, OTHER_MESSAGE_ID))).not.toBe(id);
    },
  },
  {
    name: 'signs of life and the business of others are nothing',
    applies: listens,
    run: async (h) => {
      for (const frame of partOf(h, 'socket').nothing) {
        expect([frame, readySession(h).receive(frame, NOW_MS).kind]).toEqual([frame, 'nothing']);
      }
    },
  },
  {
    name: 'what turns us away, or what nobody can read, breaks the connection with a reason that gives nothing away',
    applies: listens,
    run: async (h) => {
      const { broken } = partOf(h, 'socket');
      expect(broken.length).toBeGreaterThan(0);
      for (const frame of broken) {
        const says = readySession(h).receive(frame, NOW_MS);
        if (says.kind !== 'broken') throw new Error(`${textOf(frame)} was taken for ${says.kind}`);
        expect(says.why.trim()).not.toBe('');
        for (const secret of h.secrets) expect(says.why).not.toContain(secret);
      }
    },
  },
  {
    name: 'half a frame throws nothing and is never the message of something else',
    applies: listens,
    run: async (h) => {
      const adapter = platformOf(h);
      const whole = partOf(h, 'socket').message(toldOf(h), MESSAGE_ID);
      for (let length = 0; length < whole.length; length += 1) {
        const says = readySession(h).receive(cutTo(whole, length), NOW_MS);
        if (says.kind !== 'message') continue;
        const event = attempt(() => adapter.read(says.message.envelope.payload));
        if (!(event instanceof UnreadableEvent)) expectTold(event, toldOf(h), h.states);
      }
    },
  },
  {
    name: 'whatever frames come, the session throws nothing, before it is ready and after',
    applies: listens,
    run: async (h) => {
      const genuine = Buffer.from(partOf(h, 'socket').message(toldOf(h), MESSAGE_ID));
      const try_ = (frame: Frame) => {
        for (const session of [socketOf(h).session(), readySession(h)]) {
          expect(KINDS).toContain(session.receive(frame, NOW_MS).kind);
        }
      };
      const bent = fc.tuple(fc.nat(genuine.length - 1), fc.nat(255)).map(([at, byte]) => {
        const bytes = Uint8Array.from(genuine);
        bytes[at] = byte;
        return bytes;
      });
      const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), bent);
      fc.assert(
        fc.property(bytes, (frame) => {
          try_(frame);
          try_(Buffer.from(frame).toString('utf8'));
        }),
        { numRuns: 300 },
      );
      fc.assert(fc.property(fc.json(), try_), { numRuns: 200 });
    },
  },
];
