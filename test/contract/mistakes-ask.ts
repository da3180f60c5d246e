import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { TrackAnswer } from '../../src/domain/carrier/port.js';
import type { Mistake } from './bad-carrier.js';

const relabel = (answer: TrackAnswer): TrackAnswer =>
  answer.kind === 'empty'
    ? answer
    : {
        kind: 'found',
        sightings: answer.sightings.map((one) => (one.phase === 'unknown' ? { ...one, phase: 'moving' } : one)),
      };

/** Mistakes in cancelling, asking, reading pushes, and in the facts. */
export const ASK_MISTAKES: readonly Mistake[] = [
  {
    name: 'takes a scan it does not know for moving',
    caughtBy: [
      'a scan nobody documented is unknown, which blocks; it never passes for moving (R70)',
      'a scan is read with its word, its moment and its phase',
    ],
    adapter: (good) => ({ track: async (command, ctx) => relabel(await good.track(command, ctx)) }),
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
