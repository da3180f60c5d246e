import { expect } from '@jest/globals';
import { CarrierFault, type FaultKind } from '../../src/domain/carrier/fault.js';
import type { CallContext } from '../../src/domain/carrier/port.js';
import { type PlatformAdapter, UnreadableEvent } from '../../src/domain/platform/port.js';
import { createSender } from '../../src/workers/carriers/http.js';
import { refusedPort } from '../support/raw-server.js';
import type { Reply } from '../support/scripted-server.js';
import { detailOf } from './platform-cases-detail.js';
import type { PlatformHarness } from './platform-harness.js';
import { AT_MS, errorOf, NOW_MS, type PlatformCase, platformOf, withPlatform } from './platform-rig.js';

const asks = (h: PlatformHarness): boolean => h.detail !== undefined || h.poll !== undefined;
/** The deadline of calls that are left without an answer, ms. */
const SHORT_MS = 1_000;

/** Answers with a 200 that nobody can read. */
const UNREADABLE: readonly Reply[] = [
  ...['', ' ', 'null', 'true', '"success"', '[]', '{}', '0', '{"code":', '<html>ok</html>', 'success', '[{}]'],
  ...['{"__proto__":{"code":0}}', '\u0000', `[${'['.repeat(20_000)}`],
].map((body) => ({ body }));

interface Read {
  readonly name: string;
  readonly run: (adapter: PlatformAdapter, ctx: CallContext) => Promise<unknown>;
}

/** The reads that this platform has. */
function readsOf(h: PlatformHarness): readonly Read[] {
  const detail: Read = { name: 'detail', run: (adapter, ctx) => detailOf(h, adapter, ctx) };
  const poll: Read = {
    name: 'poll',
    run: async (adapter, ctx) =>
      adapter.poll?.page({ fromMs: AT_MS, toMs: AT_MS + adapter.poll.windowMs / 2 }, null, ctx, NOW_MS),
  };
  return [...(h.detail ? [detail] : []), ...(h.poll ? [poll] : [])];
}

/** What every read must make of one answer of the transport. */
function everyRead(
  name: string,
  reply: Reply,
  expected: { readonly kind?: FaultKind; readonly retryAfterMs?: number },
  timeoutMs = 5_000,
): PlatformCase {
  return {
    name,
    applies: asks,
    run: (h) =>
      withPlatform(
        h,
        reply,
        async ({ adapter, ctx, server }) => {
          for (const read of readsOf(h)) {
            const before = server.received().length;
            const error = await errorOf(read.run(adapter, ctx));
            expect(error).toBeInstanceOf(CarrierFault);
            expect([read.name, error]).toMatchObject([read.name, expected]);
            // Repeating is decided elsewhere, and nothing is followed.
            expect(server.received().length - before).toBe(1);
          }
        },
        timeoutMs,
      ),
  };
}

export const READ_FAULT_CASES: readonly PlatformCase[] = [
  everyRead(
    'HTTP 500 means that the platform is out of service',
    { status: 500, body: '<html>Error</html>' },
    {
      kind: 'unavailable',
    },
  ),
  everyRead(
    'HTTP 429 is throttling, for as long as Retry-After says',
    { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
    { kind: 'throttled', retryAfterMs: 7_000 },
  ),
  everyRead('HTTP 401 means that our keys are not accepted', { status: 401, body: '' }, { kind: 'credentials' }),
  everyRead(
    'a redirect is neither followed nor an answer',
    {
      status: 302,
      headers: { location: '/elsewhere' },
      body: '',
    },
    {},
  ),
  everyRead('silence is no answer, and is asked again', { fault: 'silence' }, { kind: 'unavailable' }, SHORT_MS),
  everyRead('a dropped connection is no answer', { fault: 'drop' }, { kind: 'unavailable' }),
  everyRead('half an answer is no answer', { fault: 'half_body' }, { kind: 'unavailable' }),
  {
    name: 'a refused connection is not_sent',
    applies: asks,
    run: async (h) => {
      const sender = createSender({ baseUrl: await refusedPort(), timeoutMs: 10_000, connections: 1 });
      for (const read of readsOf(h)) {
        expect(await errorOf(read.run(platformOf(h), sender))).toMatchObject({ kind: 'not_sent' });
      }
      await sender.close();
    },
  },
  {
    name: 'an answer nobody can read is refused: never a detail, never an empty page',
    applies: asks,
    run: (h) =>
      withPlatform(h, { body: '' }, async ({ adapter, ctx, server }) => {
        for (const read of readsOf(h)) {
          for (const reply of UNREADABLE) {
            server.answer(reply);
            const error = await errorOf(read.run(adapter, ctx));
            const known =
              error instanceof UnreadableEvent || (error instanceof CarrierFault && error.kind === 'contract_broken');
            expect([read.name, reply, known]).toEqual([read.name, reply, true]);
          }
        }
      }),
  },
  {
    name: 'no secret is in an error, though the platform quotes it',
    applies: asks,
    run: (h) =>
      withPlatform(h, { body: '' }, async ({ adapter, ctx, server }) => {
        const quote = `denied: ${h.secrets.join(' ')}`;
        const replies: readonly Reply[] = [
          { status: 500, body: quote },
          { status: 401, body: quote },
          { body: quote },
          { body: JSON.stringify({ error: quote }) },
          ...(h.detail ? [h.detail.badCredentials, h.detail.throttled] : []),
        ];
        for (const reply of replies) {
          server.answer(reply);
          for (const read of readsOf(h)) {
            const error = await errorOf(read.run(adapter, ctx));
            for (const secret of h.secrets) expect(`${error.message} ${error.stack}`).not.toContain(secret);
          }
        }
      }),
  },
];
