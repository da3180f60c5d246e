import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { SwitchBoard } from '../../../sandbox/frame/control.js';
import type { LedgerEntry } from '../../../sandbox/frame/ledger-entry.js';
import type { Twin, TwinContext } from '../../../sandbox/frame/twin.js';
import { readJsonObject } from '../../../sandbox/frame/wire-json.js';
import { RefundBook } from '../../../sandbox/refunds/refund.js';
import { RefundDesk } from '../../../sandbox/refunds/refund-desk.js';
import { SocketDoor } from '../../../sandbox/refunds/socket-door.js';
import type { ClientSays, SocketFrame, SocketProtocol } from '../../../sandbox/refunds/socket-protocol.js';
import { until } from '../../support/until.js';
import { type Json, start, type TwinUnderTest } from './running-twins.js';

/** The plainest protocol there can be: JSON texts, the group is the shop, `?key=ok` signs in by the address. */
const PLAIN: SocketProtocol<{ readonly name: string }> = {
  groupOf: ({ shopId }) => shopId,
  greet: ({ url = '' }) => {
    const query = new URL(url, 'http://twin').searchParams;
    if (query.get('key') === null) return undefined;
    const line = { endpoint: 'socket', verdict: query.get('key') === 'ok' ? 'answered' : 'bad_signature' } as const;
    if (line.verdict === 'bad_signature') return { kind: 'turned_away', replies: [], line, status: 403 };
    return { kind: 'signed_in', group: query.get('group') ?? '', session: { name: 'url' }, replies: [], line };
  },
  read: (frame, session): ClientSays<{ readonly name: string }> => {
    const says = readJsonObject(String(frame)) ?? {};
    const line = { endpoint: 'socket' } as const;
    if (says.signIn !== undefined) {
      const group = String(says.signIn);
      const replies = ['{"welcome":true}'];
      return { kind: 'signed_in', group, session: { name: 'frame' }, replies, line: { ...line, verdict: 'answered' } };
    }
    if (session === undefined) {
      return { kind: 'turned_away', replies: ['{"no":true}'], line: { ...line, verdict: 'bad_request' } };
    }
    if (says.ack !== undefined) return { kind: 'acknowledged', eventId: String(says.ack) };
    if (says.nack !== undefined) return { kind: 'refused', eventId: String(says.nack), why: String(says.why) };
    return { kind: 'alive', replies: ['{"beat":true}'] };
  },
  write: ({ eventId, body, retried }, { name }): SocketFrame => JSON.stringify({ eventId, body, retried, to: name }),
};
const RETRY = { firstMs: 200, factor: 1, maxMs: 200, maxAttempts: null, timeoutMs: 60_000 } as const;

class PlainTwin implements Twin {
  readonly name = 'plain';
  readonly switches = new SwitchBoard(z.strictObject({}));
  readonly #door: SocketDoor<{ readonly name: string }>;
  readonly #desk: RefundDesk;

  constructor(context: TwinContext, timeoutMs: number, maxAttempts: number | null) {
    const retry = { ...RETRY, timeoutMs, maxAttempts };
    this.#door = new SocketDoor(context, PLAIN, { retry, mostHeld: 3 });
    const book = new RefundBook();
    let made = 0;
    this.#desk = new RefundDesk({
      context,
      book,
      door: this.#door,
      make: ({ refund, event }) => {
        made += 1;
        return { eventId: `${refund.refundId}-${event}-${made}`, body: refund.status, headers: { event } };
      },
    });
  }

  get controls() {
    return [...this.#desk.routes, ...this.#door.controls];
  }
  subjectOf = () => undefined;
  handle = () => ({ status: 404, headers: {}, body: '', line: { verdict: 'bad_request' } as const });
  throttled = () => this.handle();
  restore = (entry: LedgerEntry) => this.#desk.restore(entry);
  summary = () => ({ messages: this.#door.counts() });
  start = () => this.#desk.start();
  stop = () => this.#desk.stop();
  upgrade: NonNullable<Twin['upgrade']> = (...given) => this.#door.upgrade(...given);
}

interface Listener {
  readonly socket: WebSocket;
  readonly heard: Json[];
  say(value: Json): void;
  messages(): readonly Json[];
}

let folder: string;
let ledgerFile: string;
let twin: TwinUnderTest;
const sockets: WebSocket[] = [];

async function startPlain(timeoutMs = 60_000, maxAttempts: number | null = null): Promise<TwinUnderTest> {
  return start((context) => new PlainTwin(context, timeoutMs, maxAttempts), { ledgerFile, timeScale: 0.5 });
}

function connect(query = ''): Listener {
  const socket = new WebSocket(`${twin.baseUrl.replace('http', 'ws')}/${query}`);
  sockets.push(socket);
  const heard: Json[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  socket.on('error', () => socket.terminate());
  return {
    socket,
    heard,
    say: (value) => socket.send(JSON.stringify(value)),
    messages: () => heard.filter(({ eventId }) => eventId !== undefined),
  };
}

async function listener(group = 'shop-1'): Promise<Listener> {
  const one = connect();
  await once(one.socket, 'open');
  one.say({ signIn: group });
  await until(() => one.heard.length > 0, { what: 'the welcome' });
  return one;
}

async function emit(ids: readonly string[], shopId = 'shop-1', more: Json = {}): Promise<void> {
  const refunds = ids.map((refundId) => ({ shopId, refundId, orderId: `o-${refundId}`, refundFen: 1, paidFen: 1 }));
  await twin.control('POST', '/refunds', refunds);
  const events = ids.map((refundId) => ({ refundId }));
  await twin.control('POST', '/emit', { events, ratePerSecond: 10_000, ...more });
}

const counts = async () => (await twin.summary()).messages as Json;
const idOf = (message: Json | undefined) => String(message?.eventId);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-'));
  ledgerFile = join(folder, 'ledger.jsonl');
  twin = await startPlain();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

describe('messages wait for a client, and are told until they are acknowledged', () => {
  it('a message is a ledger line before anybody hears it, and its acknowledgement another', async () => {
    await emit(['r1']);
    await until(async () => (await twin.ledger('?kind=push')).length === 1, { what: 'the line' });
    const one = await listener();
    await until(() => one.messages().length === 1, { what: 'the message' });
    expect(one.messages()[0]).toEqual({ eventId: 'r1-created-1', body: 'open', retried: 0, to: 'frame' });
    one.say({ ack: 'r1-created-1' });
    await until(async () => (await counts()).acknowledged === 1, { what: 'the acknowledgement' });
    const answers = await twin.ledger('?kind=push_answer');
    expect(answers).toMatchObject([{ pushId: 'push-1', attempt: 1, accepted: true }]);
    expect((await twin.control('GET', '/emit/1')).json).toMatchObject({ acknowledged: 1, done: true });
  });

  it('a refused message comes again after the gap, with how often it was told', async () => {
    const one = await listener();
    await emit(['r1']);
    await until(() => one.messages().length === 1, { what: 'the message' });
    one.say({ nack: idOf(one.messages()[0]), why: 'not now' });
    await until(() => one.messages().length === 2, { what: 'the second telling' });
    expect(one.messages()[1]).toMatchObject({ eventId: 'r1-created-1', retried: 1 });
    expect(await twin.ledger('?kind=push_answer')).toMatchObject([{ accepted: false, answer: 'not now' }]);
  });

  it('a message nobody answers comes again, and a late acknowledgement still counts', async () => {
    await twin.close();
    twin = await startPlain(300);
    const [one, two] = [await listener(), await listener()];
    await emit(['r1']);
    await until(() => [...one.messages(), ...two.messages()].length === 2, { what: 'the second telling' });
    const early = [one, two].find(({ messages }) => messages().some(({ retried }) => retried === 0));
    early?.say({ ack: 'r1-created-1' });
    await until(async () => (await counts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect((await twin.ledger('?kind=push_answer'))[0]).toMatchObject({ accepted: false, error: 'timeout' });
  });

  it('is given up after the attempts that the twin allows', async () => {
    await twin.close();
    twin = await startPlain(100, 2);
    const one = await listener();
    await emit(['r1']);
    await until(async () => (await counts()).givenUp === 1, { what: 'giving up' });
    expect(one.messages().map(({ retried }) => retried)).toEqual([0, 1]);
  });

  it('what a lost connection held goes to another client of the group at once', async () => {
    const one = await listener();
    await emit(['r1', 'r2']);
    await until(() => one.messages().length === 2, { what: 'both messages' });
    const two = await listener();
    one.socket.terminate();
    await until(() => two.messages().length === 2, { what: 'both messages again' });
    expect(two.messages().map(({ retried }) => retried)).toEqual([1, 1]);
    expect((await twin.ledger('?kind=push_answer')).map((line) => 'error' in line && line.error)).toEqual([
      'the connection ended',
      'the connection ended',
    ]);
  });

  it('a refusal of what another client holds changes nothing, and an unknown id is nothing', async () => {
    const one = await listener();
    await emit(['r1']);
    await until(() => one.messages().length === 1, { what: 'the message' });
    const two = await listener();
    two.say({ nack: 'r1-created-1', why: 'not mine' });
    two.say({ ack: 'r9' });
    two.say({});
    await until(() => two.heard.some(({ beat }) => beat === true), { what: 'the beat behind them' });
    expect(await counts()).toMatchObject({ attempts: 0, acknowledged: 0 });
  });
});

describe('clients of a group share its messages', () => {
  it('each message goes to one of them, no more than a client may hold, and never to another group', async () => {
    const [one, two, other] = [await listener(), await listener(), await listener('shop-2')];
    const ids = Array.from({ length: 8 }, (_, i) => `r${i}`);
    await emit(ids);
    await until(() => one.messages().length === 3 && two.messages().length === 3, { what: 'three each' });
    expect((await twin.control('GET', '/clients')).json.clients).toMatchObject([
      { group: 'shop-1', ready: true, holds: 3 },
      { group: 'shop-1', ready: true, holds: 3 },
      { group: 'shop-2', ready: true, holds: 0 },
    ]);
    const heard = () => [...one.messages(), ...two.messages()].map(idOf);
    for (const client of [one, two]) for (const message of client.messages()) client.say({ ack: idOf(message) });
    await until(() => heard().length === 8, { what: 'the other two' });
    expect(new Set(heard()).size).toBe(8);
    expect(other.messages()).toEqual([]);
  });

  it('the same message told twice is acknowledged twice', async () => {
    const one = await listener();
    await emit(['r1'], 'shop-1', { duplicates: 1 });
    await until(() => one.messages().length === 2, { what: 'both copies' });
    expect(new Set(one.messages().map(idOf)).size).toBe(1);
    one.say({ ack: idOf(one.messages()[0]) });
    await until(async () => (await counts()).acknowledged === 1, { what: 'the first' });
    one.say({ ack: idOf(one.messages()[0]) });
    await until(async () => (await counts()).acknowledged === 2, { what: 'the second' });
  });
});

describe('who may listen', () => {
  it('an address may sign a client in, or have it turned away before there is a socket', async () => {
    const one = connect('?key=ok&group=shop-1');
    await emit(['r1']);
    await until(() => one.messages().length === 1, { what: 'the message' });
    expect(one.messages()[0]).toMatchObject({ to: 'url' });
    const [refused] = await once(connect('?key=wrong').socket, 'unexpected-response').then(([, response]) => [
      response,
    ]);
    expect(refused.statusCode).toBe(403);
    expect((await twin.ledger('?kind=call')).map((line) => 'verdict' in line && line.verdict)).toEqual([
      'answered',
      'bad_signature',
    ]);
  });

  it('a client that does not sign in is told so, cut off, and hears nothing', async () => {
    await emit(['r1']);
    const one = connect();
    await once(one.socket, 'open');
    one.say({ ack: 'r1-created-1' });
    await once(one.socket, 'close');
    expect(one.heard).toEqual([{ no: true }]);
    expect(await twin.ledger('?kind=call')).toMatchObject([{ endpoint: 'socket', verdict: 'bad_request' }]);
  });

  it('all connections can be cut, and new ones refused for a while', async () => {
    const [one, two] = [await listener(), await listener()];
    const closed = Promise.all([once(one.socket, 'close'), once(two.socket, 'close')]);
    expect((await twin.control('POST', '/disconnect', { refuseForMs: 400 })).json).toEqual({ disconnected: 2 });
    await closed;
    const [, response] = await once(connect().socket, 'unexpected-response');
    expect(response.statusCode).toBe(503);
    const again = await until(() => listener().catch(() => undefined), { what: 'an open door' });
    const ended = once(again.socket, 'close');
    expect((await twin.control('POST', '/disconnect', { how: 'close' })).json).toEqual({ disconnected: 1 });
    expect((await ended)[0]).toBe(1001);
    expect((await twin.control('POST', '/disconnect', { how: 'gently' })).status).toBe(400);
  });
});

describe('a restart', () => {
  it('tells what was not acknowledged under the same id and counts on; what was acknowledged is not told again', async () => {
    const one = await listener();
    await emit(['r1', 'r2', 'r3']);
    await until(() => one.messages().length === 3, { what: 'all three' });
    one.say({ ack: idOf(one.messages()[0]) });
    one.say({ nack: idOf(one.messages()[1]), why: 'later' });
    await until(async () => (await counts()).attempts === 2, { what: 'both answers' });
    await twin.close();
    twin = await startPlain();
    const two = await listener();
    await until(() => two.messages().length === 2, { what: 'the other two' });
    expect(two.messages()).toMatchObject([
      { eventId: 'r2-created-2', retried: 1 },
      { eventId: 'r3-created-3', retried: 0 },
    ]);
    for (const message of two.messages()) two.say({ ack: idOf(message) });
    await until(async () => (await twin.control('GET', '/emit/1')).json.done, { what: 'the end' });
    expect(await counts()).toMatchObject({ started: 3, acknowledged: 3 });
  });
});
