import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface RawServer {
  readonly baseUrl: string;
  /** Bytes read from all connections so far, as text. */
  received(): string;
  close(): Promise<void>;
}

/** A TCP server on loopback that does with each connection exactly what the test says; for answers no HTTP server would give. */
export async function rawServer(
  onSocket: (socket: Socket) => void,
  options: { scheme?: 'http' | 'https'; pauseOnConnect?: boolean } = {},
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const chunks: Buffer[] = [];
  const server = createServer({ pauseOnConnect: options.pauseOnConnect ?? false }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (!options.pauseOnConnect) socket.on('data', (chunk) => chunks.push(chunk));
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `${options.scheme ?? 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => Buffer.concat(chunks).toString('utf8'),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port on loopback where nobody listens: it was free a moment ago. */
export async function refusedPort(): Promise<string> {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.baseUrl;
}

const NEVER_ACCEPTS = `
const { parentPort } = require('node:worker_threads');
const { createServer, connect } = require('node:net');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  const { port } = server.address();
  for (let i = 0; i < 8; i++) connect(port, '127.0.0.1').on('error', () => {});
  setImmediate(() => {
    parentPort.postMessage(port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});`;

/**
 * A port that swallows connection attempts: its listener never accepts, and its queue is full, so the kernel drops
 * every further SYN without a word, as a dead host would.
 */
export async function blackHole(): Promise<{ readonly baseUrl: string; close(): Promise<void> }> {
  const worker = new Worker(NEVER_ACCEPTS, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      await worker.terminate();
    },
  };
}
