import { randomUUID } from 'node:crypto';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type {
  CallContext,
  CarrierAdapter,
  CarrierManifest,
  CarrierPlugin,
  CreateAnswer,
  InterceptCommand,
  TrackAnswer,
} from '../../src/domain/carrier/port.js';
import type { CarrierHarness } from './carrier-harness.js';

/** A mistake of the kind integrations really make, and the cases of the shared suite that must catch it. */
export interface Mistake {
  readonly name: string;
  readonly caughtBy: readonly string[];
  readonly adapter?: (good: CarrierAdapter, harness: CarrierHarness) => Partial<CarrierAdapter>;
  readonly manifest?: (good: CarrierManifest) => Partial<CarrierManifest>;
}

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

const relabel = (answer: TrackAnswer): TrackAnswer =>
  answer.kind === 'empty'
    ? answer
    : {
        kind: 'found',
        sightings: answer.sightings.map((one) => (one.phase === 'unknown' ? { ...one, phase: 'moving' } : one)),
      };

export const MISTAKES: readonly Mistake[] = [
  {
    name: 'tries again by itself',
    caughtBy: ['a verb sends one request and no more, whatever comes back: repeating is decided elsewhere'],
    adapter: (good) => ({ create: (command, ctx) => good.create(command, ctx).catch(() => good.create(command, ctx)) }),
  },
  {
    name: 'takes a scan it does not know for moving',
    caughtBy: [
      'a scan nobody documented is unknown, which blocks; it never passes for moving (R70)',
      'a scan is read with its word, its moment and its phase',
    ],
    adapter: (good) => ({ track: async (command, ctx) => relabel(await good.track(command, ctx)) }),
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
  {
    name: 'calls every cancel done',
    caughtBy: ['an order taken back is cancelled only when the courier says so; a code says why not (R80)'],
    adapter: (good) => ({
      cancel: (command, ctx) =>
        good.cancel(command, ctx).catch(() => ({ kind: 'cancelled', rawCode: '', rawText: '' })),
    }),
  },
  {
    name: 'reads a word it does not know as "there is no order"',
    caughtBy: ['a word nobody documented is unclear: it neither stops the parcel nor proves that there is no order'],
    adapter: (good) => ({
      async status(command, ctx) {
        const answer = await good.status(command, ctx);
        return answer.kind === 'unclear' ? { ...answer, kind: 'no_record' } : answer;
      },
    }),
  },
  {
    name: 'reads "pending" as stopped',
    caughtBy: ["the courier's word on what became of the order is read as it is documented"],
    adapter: (good) => ({
      async status(command, ctx) {
        const answer = await good.status(command, ctx);
        return answer.kind === 'pending' ? { ...answer, kind: 'stopped' } : answer;
      },
    }),
  },
  {
    name: 'takes a failed look for an empty track',
    caughtBy: ['could not look is a fault, never "no trace" (R67)'],
    adapter: (good) => ({ track: (command, ctx) => good.track(command, ctx).catch(() => ({ kind: 'empty' })) }),
  },
  {
    name: 'takes an empty track for a failed look',
    caughtBy: ['looked and empty is an answer of its own (R67)'],
    adapter: (good) => ({
      async track(command, ctx) {
        const answer = await good.track(command, ctx);
        if (answer.kind === 'empty') throw new CarrierFault('contract_broken', 'nothing there');
        return answer;
      },
    }),
  },
  {
    name: 'does not check who pushes',
    caughtBy: ['a push that was changed by one bit, or carries no signature, is not verified'],
    adapter: () => ({ verifyPush: () => true }),
  },
  {
    name: 'refuses every push',
    caughtBy: ['a genuine push is verified and read into the same words as a look'],
    adapter: () => ({ verifyPush: () => false }),
  },
  {
    name: 'takes a pushed scan it does not know for moving',
    caughtBy: ['a push of a scan nobody documented is unknown (R70)'],
    adapter: (good) => ({
      readPush: (push) =>
        good.readPush(push).map((one) => ({ ...one, sighting: one.sighting && { ...one.sighting, phase: 'moving' } })),
    }),
  },
  {
    name: 'drops a push it cannot read',
    caughtBy: ['a verified push that cannot be read breaks the contract, loudly, and is not dropped'],
    adapter: (good) => ({
      readPush(push) {
        try {
          return good.readPush(push);
        } catch {
          return [];
        }
      },
    }),
  },
  {
    name: 'acknowledges what it did not store',
    caughtBy: ['a push is acknowledged only when it is stored; else the courier must push again'],
    adapter: (good) => ({ ack: () => good.ack('stored') }),
  },
  {
    name: 'sends a verb it does not declare',
    caughtBy: ['a verb the manifest does not declare sends nothing and is our bug'],
    manifest: (good) => ({ capabilities: { ...good.capabilities, status: false, track: false } }),
  },
  {
    name: 'promises a probe it does not have',
    caughtBy: ['the manifest is complete, and does not promise what its own words rule out'],
    manifest: (good) => ({ capabilities: { ...good.capabilities, status: false } }),
  },
  {
    name: 'compares waybills with their blanks',
    caughtBy: ['a waybill has one form to be compared in, whatever blanks came with it (R66)'],
    manifest: () => ({ normaliseWaybill: (raw) => raw }),
  },
  {
    name: 'lets any credentials pass',
    caughtBy: ['credentials that lack a key, or have one nobody knows, are refused before anything runs'],
    manifest: (good) => ({ credentials: good.credentials.or(good.credentials.catch({})) }),
  },
];

/** The harness of a good courier with one mistake built in. */
export function withMistake(harness: CarrierHarness, mistake: Mistake): CarrierHarness {
  const { plugin } = harness;
  const manifest = { ...plugin.manifest, ...mistake.manifest?.(plugin.manifest) };
  const bad: CarrierPlugin = {
    manifest,
    create(credentials) {
      const good = plugin.create(credentials);
      return { ...good, manifest, ...mistake.adapter?.(good, harness) };
    },
  };
  return { ...harness, plugin: bad };
}
