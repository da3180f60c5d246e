import { expect } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import { createSender } from '../../src/workers/carriers/http.js';
import { maskExchange } from '../../src/workers/carriers/mask.js';
import { refusedPort } from '../support/raw-server.js';
import type { Reply } from '../support/scripted-server.js';
import {
  adapterOf,
  type CarrierCase,
  faultOf,
  openKind,
  SILENCE_MS,
  TIMEOUT_MS,
  verbsOf,
  withCarrier,
} from './carrier-harness.js';

const REFUSED: Reply = { status: 500, body: '<html>Internal Server Error</html>' };

/** Answers with a 200 that nobody can read. */
const UNREADABLE: readonly Reply[] = [
  ...['', ' ', 'null', 'true', '"success"', '[]', '{}', '0', '{"status":', '<html>ok</html>', 'success', '[{}]'],
  ...['{"__proto__":{"status":true}}', '{"status":{"status":true}}', '\u0000', `[${'['.repeat(20_000)}`],
].map((body) => ({ body }));

/** One fault of the transport, and what each verb must make of it. */
function everyVerb(name: string, reply: Reply): CarrierCase {
  return {
    name,
    run: (h) =>
      withCarrier(
        h,
        reply,
        async ({ adapter, ctx }) => {
          const verbs = verbsOf(h.plugin.manifest);
          const faults = await Promise.all(verbs.map((verb) => faultOf(adapter[verb](h.command, ctx))));
          expect(verbs.map((verb, at) => [verb, faults[at]?.kind])).toEqual(verbs.map((v) => [v, openKind(v)]));
        },
        'fault' in reply && reply.fault === 'silence' ? SILENCE_MS : TIMEOUT_MS,
      ),
  };
}

export const FAULT_CASES: readonly CarrierCase[] = [
  everyVerb('a 500 leaves the outcome of a write open; a read is asked again', REFUSED),
  everyVerb('a redirect is neither followed nor an answer', {
    status: 302,
    headers: { location: '/elsewhere' },
    body: '',
  }),
  everyVerb('silence after the request was read leaves the outcome of a write open', { fault: 'silence' }),
  everyVerb('half an answer is no answer', { fault: 'half_body' }),
  everyVerb('a connection dropped after the request was read leaves the outcome of a write open', { fault: 'drop' }),
  {
    name: 'an answer nobody can read leaves the outcome of a write open, and breaks the contract of a read: never a guess',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const verb of verbsOf(h.plugin.manifest)) {
          for (const reply of UNREADABLE) {
            server.answer(reply);
            const fault = await faultOf(adapter[verb](h.command, ctx));
            const kind = openKind(verb) === 'outcome_unknown' ? 'outcome_unknown' : 'contract_broken';
            expect([verb, reply, fault.kind]).toEqual([verb, reply, kind]);
          }
        }
      }),
  },
  {
    name: 'a refused connection is not_sent: nothing left us, so it may be sent again',
    run: async (h) => {
      const sender = createSender({ baseUrl: await refusedPort(), timeoutMs: TIMEOUT_MS, connections: 1 });
      for (const verb of verbsOf(h.plugin.manifest)) {
        expect((await faultOf(adapterOf(h)[verb](h.command, sender))).kind).toBe('not_sent');
      }
      await sender.close();
    },
  },
  {
    name: 'HTTP 429 is throttling, for as long as Retry-After says',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const [after, retryAfterMs] of [
          ['7', 7_000],
          [undefined, null],
        ] as const) {
          server.answer({ status: 429, headers: after ? { 'retry-after': after } : {}, body: 'slow down' });
          for (const verb of verbsOf(h.plugin.manifest)) {
            expect(await faultOf(adapter[verb](h.command, ctx))).toMatchObject({ kind: 'throttled', retryAfterMs });
          }
        }
      }),
  },
  {
    name: 'the courier\'s own "too fast" is throttling, on every verb',
    run: (h) =>
      withCarrier(h, h.wire.throttled, async ({ adapter, ctx }) => {
        for (const verb of verbsOf(h.plugin.manifest)) {
          expect((await faultOf(adapter[verb](h.command, ctx))).kind).toBe('throttled');
        }
      }),
  },
  {
    name: 'keys the courier does not accept are credentials: the lane stops, no parcel is refused',
    run: (h) =>
      withCarrier(h, h.wire.badCredentials, async ({ adapter, ctx }) => {
        for (const verb of verbsOf(h.plugin.manifest)) {
          expect((await faultOf(adapter[verb](h.command, ctx))).kind).toBe('credentials');
        }
      }),
  },
  {
    name: 'a verb sends one request and no more, whatever comes back: repeating is decided elsewhere',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const reply of [REFUSED, h.wire.throttled, { body: 'what?' }, { fault: 'drop' } as const]) {
          server.answer(reply);
          for (const verb of verbsOf(h.plugin.manifest)) {
            const before = server.received().length;
            await faultOf(adapter[verb](h.command, ctx));
            expect([verb, server.received().length - before]).toEqual([verb, 1]);
          }
        }
      }),
  },
  {
    name: 'nothing but CarrierFault is thrown, whatever a 200 says',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const odd = [...UNREADABLE, ...h.wire.almostAccepted, ...h.wire.unknownCodes.map((c) => h.wire.failed(c))];
        for (const reply of odd) {
          server.answer(reply);
          for (const verb of verbsOf(h.plugin.manifest)) {
            const outcome: unknown = await adapter[verb](h.command, ctx).catch((error: unknown) => error);
            if (outcome instanceof Error) expect(outcome).toBeInstanceOf(CarrierFault);
          }
        }
      }),
  },
  {
    name: 'no secret is in a fault, nor in an exchange that is kept, though the courier quotes it',
    run: (h) =>
      withCarrier(h, { body: '' }, async ({ adapter, ctx, server, exchanges }) => {
        const quote = `denied: ${h.secrets.join(' ')} digest ${h.command.waybillNo}`;
        const replies: readonly Reply[] = [{ status: 500, body: quote }, { body: quote }, h.wire.badCredentials];
        for (const reply of replies) {
          server.answer(reply);
          for (const verb of verbsOf(h.plugin.manifest)) {
            const fault = await faultOf(adapter[verb](h.command, ctx));
            for (const secret of h.secrets)
              expect(`${fault.message} ${fault.rawCode} ${fault.stack}`).not.toContain(secret);
          }
        }
        for (const exchange of exchanges) {
          const kept = JSON.stringify(maskExchange(exchange, h.secrets));
          for (const secret of h.secrets) expect(kept).not.toContain(secret);
          expect(kept).toContain(h.command.waybillNo);
        }
      }),
  },
];
