import { randomUUID } from 'node:crypto';
import { type PlatformAdapter, type PlatformEvent, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { SocketMessage } from '../../src/domain/platform/socket.js';
import { type PlatformMistake, reworded } from './bad-platform.js';

/** Reads by `JSON.parse`, which rounds ids. */
function rounding(good: PlatformAdapter['read']): PlatformAdapter['read'] {
  return (payload) => {
    const event = good(payload);
    return event.kind === 'after_sale' ? { ...event, afterSaleId: String(Number(event.afterSaleId)) } : event;
  };
}

function refusing(good: PlatformAdapter['read'], change: (error: UnreadableEvent, payload: string) => PlatformEvent) {
  return (payload: string): PlatformEvent => {
    try {
      return good(payload);
    } catch (error) {
      if (error instanceof UnreadableEvent) return change(error, payload);
      throw error;
    }
  };
}

/** Mistakes in pushes and in reading messages. */
export const PUSH_MISTAKES: readonly PlatformMistake[] = [
  {
    name: 'rounds long ids',
    caughtBy: [
      'a genuine message is verified, cut and read, with the id of the after-sale to the letter',
      'a message of the connection is read as it was told, for the seller it names',
      'the pages of a window give every record once, as many as the platform declares, though it cuts pages short',
      'a record of a window is read as it is told',
    ],
    adapter: (good) => ({ read: rounding(good.read) }),
  },
  {
    name: 'does not check who pushes',
    caughtBy: [
      'what is not from the platform is not verified',
      'a flipped bit of the body is refused; where nobody guards that bit, nothing else is read for it',
    ],
    adapter: () => ({ verify: () => true }),
  },
  {
    name: 'puts what it cannot read into its error',
    caughtBy: [
      'a message nobody can read is one envelope, refused with a reason that holds neither content nor secrets',
      'a record that cannot be read is set aside with its reason while the others are read (R77)',
    ],
    adapter: (good) => ({
      read: refusing(good.read, (error, payload) => {
        throw new UnreadableEvent(`${error.message}: ${payload}`);
      }),
    }),
  },
  {
    name: 'throws while it reads a message of another topic',
    caughtBy: ['a message that is no concern of ours is ignored with a reason, or not kept at all'],
    adapter: (good) => ({
      read(payload) {
        const event = good.read(payload);
        if (event.kind === 'ignored') throw new UnreadableEvent('an unknown topic');
        return event;
      },
    }),
  },
  {
    name: 'makes a new event id for every delivery',
    caughtBy: [
      'a message sent again is the same event, another message is another',
      'a record seen again is the same event, a changed one is another',
    ],
    adapter: (good) => {
      const { poll } = good;
      const fresh = <T extends { eventId: string }>(envelopes: readonly T[]) =>
        envelopes.map((envelope) => ({ ...envelope, eventId: randomUUID() }));
      return {
        envelopes: (webhook) => fresh(good.envelopes(webhook)),
        ...(poll && {
          poll: {
            ...poll,
            async page(...asked) {
              const page = await poll.page(...asked);
              return { ...page, envelopes: fresh(page.envelopes) };
            },
          },
        }),
      };
    },
  },
  {
    name: 'takes every message for a new application',
    caughtBy: ['a status is what the message says; a message that states none leaves it open (R70)'],
    adapter: (good) => ({ read: (payload) => reworded(good.read(payload), () => ({ status: 'open' })) }),
  },
  {
    name: 'multiplies yuan by a hundred',
    caughtBy: ['an amount is the very fen that the message says, whatever its unit; none is unknown, never 0 (R60)'],
    adapter: (good) => ({
      read: (payload) =>
        reworded(good.read(payload), ({ refundAmountFen = 0 }) => ({
          refundAmountFen: Math.trunc((refundAmountFen / 100) * 100),
        })),
    }),
  },
  {
    name: 'gives back whatever a check of the address shows it',
    caughtBy: ['the check of the address is answered as the platform wants it; nothing else is taken for one'],
    adapter: () => ({
      answerCheck: ({ query }) => ({ status: 200, contentType: 'text/plain', body: query.echo ?? '' }),
    }),
  },
  {
    name: 'acknowledges what it did not store',
    caughtBy: ['each outcome has its acknowledgement, and none is a redirect'],
    adapter: (good) => ({ ack: () => good.ack('stored') }),
  },
  {
    name: 'parses while it cuts',
    caughtBy: ['whatever bytes come, checking and cutting throw nothing, and reading refuses with a reason'],
    adapter: (good) => ({
      envelopes(webhook) {
        JSON.parse(Buffer.from(webhook.body).toString('utf8'));
        return good.envelopes(webhook);
      },
    }),
  },
];

const bent = (message: SocketMessage, change: Partial<SocketMessage>) =>
  ({ kind: 'message', message: { ...message, ...change } }) as const;

/** Mistakes in the protocol of a connection. */
export const SOCKET_MISTAKES: readonly PlatformMistake[] = [
  {
    name: 'shows its secret when it says hello',
    caughtBy: ['a connection is opened, becomes ready and shows life, and gives no secret away'],
    session: (_good, { secrets }) => ({ opening: () => [`hello ${secrets[0]}`] }),
  },
  {
    name: 'gives every message to one seller',
    caughtBy: ['a message of the connection is read as it was told, for the seller it names'],
    session: (good) => ({
      receive(...frame) {
        const says = good.receive(...frame);
        return says.kind === 'message' ? bent(says.message, { platformShopId: '1' }) : says;
      },
    }),
  },
  {
    name: 'treats the number of a message as a number',
    caughtBy: ['a message of the connection is confirmed or refused by its own number, to the letter'],
    session: (good) => ({ confirm: (receipt, nowMs) => good.confirm(String(Number(receipt)), nowMs) }),
  },
  {
    name: 'numbers the messages of a connection itself',
    caughtBy: ['a message of the connection that comes again is the same event, another is another'],
    session(good) {
      let count = 0;
      return {
        receive(...frame) {
          const says = good.receive(...frame);
          if (says.kind !== 'message') return says;
          count += 1;
          return bent(says.message, { envelope: { ...says.message.envelope, eventId: `n-${count}` } });
        },
      };
    },
  },
  {
    name: 'takes a sign of life for the end',
    caughtBy: ['signs of life and the business of others are nothing'],
    session: (good) => ({
      receive(...frame) {
        const says = good.receive(...frame);
        return says.kind === 'nothing' ? { kind: 'broken', why: 'no message' } : says;
      },
    }),
  },
  {
    name: 'overhears that it was turned away',
    caughtBy: [
      'what turns us away, or what nobody can read, breaks the connection with a reason that gives nothing away',
    ],
    session: (good) => ({
      receive(...frame) {
        const says = good.receive(...frame);
        return says.kind === 'broken' ? { kind: 'nothing' } : says;
      },
    }),
  },
  {
    name: 'throws at what it cannot read',
    caughtBy: [
      'half a frame throws nothing and is never the message of something else',
      'whatever frames come, the session throws nothing, before it is ready and after',
    ],
    session: (good) => ({
      receive(...frame) {
        const says = good.receive(...frame);
        if (says.kind === 'broken') throw new Error(says.why);
        return says;
      },
    }),
  },
];
