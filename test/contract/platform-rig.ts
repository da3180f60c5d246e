import { expect } from '@jest/globals';
import type { CallContext, CarrierRequest } from '../../src/domain/carrier/port.js';
import { type PlatformAdapter, type PlatformEvent, UnreadableEvent } from '../../src/domain/platform/port.js';
import { createSender } from '../../src/workers/carriers/http.js';
import { type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, States, Told } from './platform-harness.js';

/** A case of the shared suite, as data: the negative control calls them too. */
export interface PlatformCase {
  readonly name: string;
  readonly applies?: (harness: PlatformHarness) => boolean;
  readonly run: (harness: PlatformHarness) => Promise<void>;
}

/** The moment of everything told; whole seconds, which is as fine as some platforms write. */
export const AT_MS = Date.parse('2026-11-20T03:04:05Z');
export const NOW_MS = AT_MS + 600_000;

/** Amounts that a multiplication of yuan by 100 gets wrong, and those that lose their zeros on the wire. Fen. */
export const ODD_FEN = [1, 10, 29, 10_000, 113_997, 1_999_999] as const;

/** The adapter as a shop would make it. */
export function platformOf({ plugin, credentials }: PlatformHarness): PlatformAdapter {
  return plugin.create(plugin.manifest.credentials.parse(credentials));
}

export function toldOf(h: PlatformHarness, patch: Partial<Told> = {}): Told {
  return { afterSaleId: h.longId, orderId: h.orderId, status: 'open', refundFen: 8_900, atMs: AT_MS, ...patch };
}

export function shownOf(h: PlatformHarness, patch: Partial<Shown> = {}): Shown {
  const word = Object.keys(h.detail?.couriers ?? {})[0] ?? 'nobody';
  const parcels = [{ word, waybillNo: '73100130019486' }];
  return { ...toldOf(h), type: 'refund_only', paidFen: 8_900, parcels, ...patch };
}

/** The last digit turned: the id of another after-sale, of the same form. */
export function anotherId(id: string): string {
  return `${id.slice(0, -1)}${id.endsWith('3') ? '4' : '3'}`;
}

/** Every status and every odd amount that this source can tell. */
export function variants(h: PlatformHarness, states: States): readonly Told[] {
  const byStatus = states.status.map((status) => toldOf(h, { status }));
  const byAmount = states.amount ? ODD_FEN.map((refundFen) => toldOf(h, { refundFen })) : [];
  const [status] = states.status;
  const all = [...byStatus, ...byAmount.map((told) => (status ? { ...told, status } : told))];
  return all.length > 0 ? all : [toldOf(h)];
}

/** The event says what was told, as far as this source states it, and is silent on the rest. */
export function expectTold(event: PlatformEvent, told: Told, states: States): void {
  if (event.kind !== 'after_sale') throw new Error(`expected an after-sale, got "${event.why}"`);
  const { facts, atMs } = event.update;
  expect(event.afterSaleId).toBe(told.afterSaleId);
  expect([undefined, told.orderId]).toContain(facts.orderId);
  expect([undefined, 'refund_only']).toContain(facts.type);
  expect(facts.refundAmountFen).toBe(states.amount ? told.refundFen : undefined);
  if (states.status.length > 0) expect(facts.status).toBe(told.status);
  else expect([undefined, 'unknown']).toContain(facts.status);
  if (states.moment) expect(atMs).toBe(told.atMs);
  else expect(Number.isSafeInteger(atMs) && atMs >= 0).toBe(true);
}

/** What reading gives; a refusal other than UnreadableEvent fails the case. */
export function attempt(read: () => PlatformEvent): PlatformEvent | UnreadableEvent {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableEvent) return error;
    throw new Error(`expected an UnreadableEvent, got ${String(error)}`);
  }
}

/** Reading is refused, with a message that names what is wrong and holds neither content nor secrets. */
export function expectRefused(read: () => PlatformEvent, contents: readonly string[], h: PlatformHarness): void {
  const outcome = attempt(read);
  if (!(outcome instanceof UnreadableEvent)) throw new Error(`it was read: ${JSON.stringify(outcome)}`);
  expect(outcome.message.trim()).not.toBe('');
  for (const piece of [...contents.flatMap(contentPieces), ...h.secrets]) expect(outcome.message).not.toContain(piece);
}

/** What must not be repeated of a message: its numbers and its Chinese words. */
function contentPieces(text: string): readonly string[] {
  return text.match(/\d{6,}|\p{Script=Han}{2,}/gu) ?? [];
}

export interface PlatformRig {
  readonly adapter: PlatformAdapter;
  readonly server: ScriptedServer;
  readonly ctx: CallContext;
  /** Everything the adapter sent. */
  readonly asked: readonly CarrierRequest[];
}

/** Runs `body` with the adapter wired to a real server that gives `reply`. */
export async function withPlatform(
  h: PlatformHarness,
  reply: Reply | Parameters<ScriptedServer['answer']>[0],
  body: (rig: PlatformRig) => Promise<void>,
  timeoutMs = 5_000,
): Promise<void> {
  const server = await scriptedServer();
  server.answer(reply);
  const sender = createSender({ baseUrl: server.baseUrl, timeoutMs, connections: 4 });
  const asked: CarrierRequest[] = [];
  const ctx: CallContext = {
    send(request) {
      asked.push(request);
      return sender.send(request);
    },
  };
  try {
    await body({ adapter: platformOf(h), server, ctx, asked });
  } finally {
    await sender.close();
    await server.close();
  }
}

/** The error a read ends in; an answer fails the case. */
export async function errorOf(read: Promise<unknown>): Promise<Error> {
  const outcome = await read.then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error(`expected an error, got ${JSON.stringify(outcome)}`);
}

/** A part of the harness that a case is only run with. */
export function partOf<K extends 'push' | 'socket' | 'poll' | 'detail'>(h: PlatformHarness, part: K) {
  const words = h[part];
  if (!words) throw new Error(`the harness must say how this platform writes its ${part}`);
  return words;
}
