import { connect, type Socket } from 'node:net';
import { until } from './until.js';

export interface RawClient {
  readonly socket: Socket;
  /** Everything the server said, as latin1. */
  said(): string;
  isClosed(): boolean;
  /** Waits until the server has closed the connection. */
  closed(timeoutMs?: number): Promise<void>;
  /** Waits until the server has said something that matches. */
  hears(pattern: RegExp, timeoutMs?: number): Promise<void>;
}

/** A TCP connection on which a test writes bytes that no HTTP client would. */
export function rawClient(url: string, bytes: string | Buffer = ''): RawClient {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  let isClosed = false;
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
  });
  if (bytes.length > 0) socket.write(bytes);
  const said = () => Buffer.concat(chunks).toString('latin1');
  return {
    socket,
    said,
    isClosed: () => isClosed,
    closed: async (timeoutMs = 20_000) => {
      await until(() => isClosed, { what: 'the server to close the connection', timeoutMs });
    },
    hears: async (pattern, timeoutMs = 20_000) => {
      await until(() => pattern.test(said()), { what: `an answer like ${pattern}`, timeoutMs });
    },
  };
}
