import { expect } from '@jest/globals';
import type { CodeRow, CreateAnswer } from '../../src/domain/carrier/port.js';
import { type CarrierCase, faultOf, numberOf, withCarrier } from './carrier-harness.js';

/** What a send must come to for each meaning in a code table. */
function expectedOfSend(means: CodeRow['means']): string {
  switch (means) {
    case 'duplicate':
    case 'already_returning':
    case 'not_yet':
      return means;
    case 'throttled':
    case 'unavailable':
    case 'outcome_unknown':
    case 'credentials':
    case 'bad_request':
      return `fault ${means}`;
    case 'cancel_too_late':
    case 'cancel_not_allowed':
      return 'refused courier_unknown_code';
    default:
      return `refused ${means}`;
  }
}

async function outcomeOfSend(call: Promise<CreateAnswer>): Promise<string> {
  const answer = await call.catch(async () => `fault ${(await faultOf(call)).kind}`);
  if (typeof answer === 'string') return answer;
  return answer.kind === 'refused' ? `refused ${answer.refusal}` : answer.kind;
}

export const SEND_CASES: readonly CarrierCase[] = [
  {
    name: 'an accepted order is accepted, with the number the courier gave it',
    run: (h) =>
      withCarrier(h, h.wire.accepted('WO-7000893114000949517'), async ({ adapter, ctx }) => {
        const answer = await adapter.create(h.command, ctx);
        expect(answer).toMatchObject({
          kind: 'accepted',
          rawCode: expect.any(String),
          rawText: expect.any(String),
        });
        expect(numberOf(h, answer)).toBe('WO-7000893114000949517');
      }),
  },
  {
    name: 'every code of the table comes to what the table says, with the code kept (R41)',
    // A courier may publish no list of codes at all.
    applies: (manifest) => Object.keys(manifest.codes).length > 0,
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const [code, row] of Object.entries(h.plugin.manifest.codes)) {
          server.answer(h.wire.failed(code));
          const call = adapter.create(h.command, ctx);
          const kept = await call.catch((fault: unknown) => fault);
          expect([code, await outcomeOfSend(call)]).toEqual([code, expectedOfSend(row.means)]);
          expect(kept).toMatchObject({ rawCode: code });
        }
      }),
  },
  {
    name: 'a code nobody documented is never a success, and not a duplicate either',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const code of h.wire.unknownCodes) {
          server.answer(h.wire.failed(code));
          const outcome = await outcomeOfSend(adapter.create(h.command, ctx));
          expect(['refused courier_unknown_code', 'fault outcome_unknown']).toContain(outcome);
        }
      }),
  },
  {
    name: 'what only looks like a success is not accepted: a yes that is none loses the parcel',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const reply of h.wire.almostAccepted) {
          server.answer(reply);
          expect([reply, await outcomeOfSend(adapter.create(h.command, ctx))]).toEqual([
            reply,
            'fault outcome_unknown',
          ]);
        }
      }),
  },
  {
    name: 'two sends of one round carry the same request id: the courier may tell that they are one',
    applies: (manifest) => manifest.capabilities.idempotencyKey,
    run: (h) =>
      withCarrier(h, h.wire.accepted('1'), async ({ adapter, ctx, server }) => {
        await adapter.create(h.command, ctx);
        await adapter.create(h.command, ctx);
        const [first, second] = server.received();
        expect(first?.body).toContain(h.command.requestId);
        expect(second?.body).toBe(first?.body);
      }),
  },
  {
    name: 'another round carries another request id',
    applies: (manifest) => manifest.capabilities.idempotencyKey,
    run: (h) =>
      withCarrier(h, h.wire.accepted('1'), async ({ adapter, ctx, server }) => {
        await adapter.create({ ...h.command, requestId: 'next-2', bizNo: 'next-2' }, ctx);
        expect(server.received()[0]?.body).toContain('next-2');
        expect(server.received()[0]?.body).not.toContain(h.command.requestId);
      }),
  },
  {
    name: 'the waybill goes out to the letter: 19 digits and leading zeros are other parcels when rounded',
    run: (h) =>
      withCarrier(h, h.wire.accepted('1'), async ({ adapter, ctx, server }) => {
        for (const waybillNo of ['7000893114000949517', '0073100130019486']) {
          await adapter.create({ ...h.command, waybillNo }, ctx);
          expect(server.received().at(-1)?.body).toContain(waybillNo);
        }
      }),
  },
  {
    name: 'calls at the same time do not mix: each gets the answer to its own waybill',
    run: async (h) => {
      const waybills = Array.from({ length: 20 }, (_, i) => `73100130019${100 + i}`);
      const named = (body: string): string => waybills.find((waybill) => body.includes(waybill)) ?? 'none';
      await withCarrier(
        h,
        ({ body }) => h.wire.accepted(`of-${named(body)}`),
        async ({ adapter, ctx }) => {
          const answers = await Promise.all(
            waybills.map((waybillNo) => adapter.create({ ...h.command, waybillNo }, ctx)),
          );
          expect(answers.map((answer) => numberOf(h, answer))).toEqual(waybills.map((waybill) => `of-${waybill}`));
        },
        // Twenty new connections at once: on a busy machine the suite's short deadline would be the subject.
        5_000,
      );
    },
  },
  {
    name: 'an order taken back is cancelled only when the courier says so; a code says why not (R80)',
    applies: (manifest) => manifest.capabilities.cancel,
    run: (h) =>
      withCarrier(h, h.wire.cancelled ?? { body: '' }, async ({ adapter, ctx, server }) => {
        expect(await adapter.cancel(h.command, ctx)).toMatchObject({ kind: 'cancelled' });
        for (const [code, { means }] of Object.entries(h.plugin.manifest.codes)) {
          if (means !== 'cancel_too_late' && means !== 'cancel_not_allowed') continue;
          server.answer(h.wire.failed(code));
          const kind = means === 'cancel_too_late' ? 'too_late' : 'not_allowed';
          expect(await adapter.cancel(h.command, ctx)).toMatchObject({ kind, rawCode: code });
        }
        for (const reply of h.wire.almostAccepted) {
          server.answer(reply);
          expect((await faultOf(adapter.cancel(h.command, ctx))).kind).toBe('outcome_unknown');
        }
      }),
  },
];
