import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CarrierRequest } from '../../src/domain/carrier/port.js';
import { createSender, type Exchange, type Sender, type SendOptions } from '../../src/workers/carriers/http.js';

/** undici's own account of when it writes: the witness against which our "may bytes have left?" is checked. */
const SEND_HEADERS = 'undici:client:sendHeaders';

/** The smallest good answer, as bytes on the wire. */
export const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Closes the thing after the test, the newest first. */
export function closing<T extends { close(): Promise<unknown> }>(thing: T): T {
  closers.push(() => thing.close());
  return thing;
}

export function request(effect: 'write' | 'read', patch: Partial<CarrierRequest> = {}): CarrierRequest {
  return {
    method: 'POST',
    path: '/order',
    headers: { 'content-type': 'text/plain' },
    body: 'stop-it',
    effect,
    ...patch,
  };
}

export function senderTo(baseUrl: string, timeoutMs = 10_000, connections = 1): Sender {
  return closing(createSender({ baseUrl, timeoutMs, connections }));
}

/** Runs one send; how it failed, what its exchange says, and how often undici really began to write. */
export async function failOnce(sender: Sender, sent: CarrierRequest, options: SendOptions = {}) {
  const exchanges: Exchange[] = [];
  let writes = 0;
  const count = (): void => {
    writes += 1;
  };
  subscribe(SEND_HEADERS, count);
  try {
    const outcome: unknown = await sender
      .send(sent, { ...options, onExchange: (exchange) => exchanges.push(exchange) })
      .catch((error: unknown) => error);
    if (!(outcome instanceof CarrierFault)) throw new Error(`not a CarrierFault: ${JSON.stringify(outcome)}`);
    return { fault: outcome, exchange: exchanges[0], writes };
  } finally {
    unsubscribe(SEND_HEADERS, count);
  }
}

/** What a raw server does once the first bytes of a request have arrived. */
export const afterRequest = (act: (socket: Socket) => void) => (socket: Socket) => {
  socket.once('data', () => act(socket));
};
export const answer = (text: string | Buffer) => afterRequest((socket) => socket.write(text));
