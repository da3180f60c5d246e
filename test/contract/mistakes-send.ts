import { randomUUID } from 'node:crypto';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CallContext, CarrierAdapter, CreateAnswer, InterceptCommand } from '../../src/domain/carrier/port.js';
import type { Mistake } from './bad-carrier.js';

type Create = CarrierAdapter['create'];

const taken = (raw: string): CreateAnswer => ({ kind: 'accepted', carrierRef: raw, rawCode: '', rawText: '' });

/** Reads the answer of one create as bytes, and decides by `judge` before the adapter does. */
function judging(create: Create, judge: (text: string, status: number) => CreateAnswer | null): Create {
  return async (command, ctx) => {
    let early: CreateAnswer | null = null;
    const listening: CallContext = {
      async send(request) {
        const response = await ctx.send(request);
        early = judge(response.text, response.status);
        return response;
      },
    };
    const answer = await create(command, listening).catch((error: unknown) => {
      if (early) return early;
      throw error;
    });
    return early ?? answer;
  };
}

function reword(create: Create, change: (fault: CarrierFault) => Error): Create {
  return (command, ctx) =>
    create(command, ctx).catch((error: unknown) => {
      throw error instanceof CarrierFault ? change(error) : error;
    });
}

function truthy(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && Object.values(body).some(Boolean);
  } catch {
    return false;
  }
}

/** Mistakes in sending. */
export const SEND_MISTAKES: readonly Mistake[] = [
  {
    name: 'tries again by itself',
    caughtBy: ['a verb sends one request and no more, whatever comes back: repeating is decided elsewhere'],
    adapter: (good) => ({ create: (command, ctx) => good.create(command, ctx).catch(() => good.create(command, ctx)) }),
  },
  {
    name: 'calls any truthy field a success',
    caughtBy: [
      'what only looks like a success is not accepted: a yes that is none loses the parcel',
      'every code of the table comes to what the table says, with the code kept (R41)',
      'a code nobody documented is never a success, and not a duplicate either',
      'the courier\'s own "too fast" is throttling, on every verb',
      'keys the courier does not accept are credentials: the lane stops, no parcel is refused',
    ],
    adapter: (good) => ({ create: judging(good.create, (text) => (truthy(text) ? taken('1') : null)) }),
  },
  {
    name: 'throws a plain Error',
    caughtBy: [
      'nothing but CarrierFault is thrown, whatever a 200 says',
      'an answer nobody can read leaves the outcome of a write open, and breaks the contract of a read: never a guess',
    ],
    adapter: (good) => ({ create: reword(good.create, (fault) => new Error(fault.message)) }),
  },
  {
    name: 'writes its secret into the error',
    caughtBy: ['no secret is in a fault, nor in an exchange that is kept, though the courier quotes it'],
    adapter: (good, { secrets }) => ({
      create: reword(
        good.create,
        (fault) => new CarrierFault(fault.kind, `${fault.message}: signed with ${secrets[0]}`),
      ),
    }),
  },
  {
    name: 'takes a lost answer for "not sent"',
    caughtBy: [
      'silence after the request was read leaves the outcome of a write open',
      'half an answer is no answer',
      'a connection dropped after the request was read leaves the outcome of a write open',
      'a 500 leaves the outcome of a write open; a read is asked again',
    ],
    adapter: (good) => ({
      create: reword(good.create, (fault) =>
        fault.kind === 'outcome_unknown' ? new CarrierFault('not_sent', fault.message) : fault,
      ),
    }),
  },
  {
    name: 'takes a refused connection for a lost answer',
    caughtBy: ['a refused connection is not_sent: nothing left us, so it may be sent again'],
    adapter: (good) => ({
      create: reword(good.create, (fault) =>
        fault.kind === 'not_sent' ? new CarrierFault('outcome_unknown', fault.message) : fault,
      ),
    }),
  },
  {
    name: 'follows the body and ignores the HTTP status',
    caughtBy: [
      'a redirect is neither followed nor an answer',
      'HTTP 429 is throttling, for as long as Retry-After says',
    ],
    adapter: (good) => ({ create: judging(good.create, (_text, status) => (status === 200 ? null : taken('1'))) }),
  },
  {
    name: 'drops Retry-After',
    caughtBy: ['HTTP 429 is throttling, for as long as Retry-After says'],
    adapter: (good) => ({ create: reword(good.create, (fault) => new CarrierFault(fault.kind, fault.message)) }),
  },
  {
    name: 'makes a new request id for every call',
    caughtBy: ['two sends of one round carry the same request id: the courier may tell that they are one'],
    adapter: (good) => ({
      create: (command, ctx) => good.create({ ...command, requestId: randomUUID(), bizNo: randomUUID() }, ctx),
    }),
  },
  {
    name: 'uses the waybill as the request id, in every round',
    caughtBy: [
      'another round carries another request id',
      'two sends of one round carry the same request id: the courier may tell that they are one',
    ],
    adapter: (good) => ({
      create: (command, ctx) =>
        good.create({ ...command, requestId: command.waybillNo, bizNo: command.waybillNo }, ctx),
    }),
  },
  {
    name: 'treats a waybill as a number',
    caughtBy: ['the waybill goes out to the letter: 19 digits and leading zeros are other parcels when rounded'],
    adapter: (good) => ({
      create: (command, ctx) => good.create({ ...command, waybillNo: String(Number(command.waybillNo)) }, ctx),
    }),
  },
  {
    name: 'keeps the command of the last call in a field',
    caughtBy: ['calls at the same time do not mix: each gets the answer to its own waybill'],
    adapter: (good) => {
      let current: InterceptCommand | null = null;
      return {
        async create(command, ctx) {
          current = command;
          await Promise.resolve();
          return good.create(current, ctx);
        },
      };
    },
  },
  {
    name: 'forgets the number the courier gave',
    caughtBy: ['an accepted order is accepted, with the number the courier gave it'],
    adapter: (good) => ({
      async create(command, ctx) {
        const answer = await good.create(command, ctx);
        return answer.kind === 'accepted' ? { ...answer, carrierRef: null } : answer;
      },
    }),
  },
];
