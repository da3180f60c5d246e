import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { closesAfterMs, type Direction, type Pipe, type Toxic, through } from './toxics.js';

export interface TcpProxy {
  readonly port: number;
  /** Connections stay open and say nothing any more, as with a frozen server. */
  freeze(): void;
  /** Lets everything held back through. */
  thaw(): void;
  /** Cuts every connection and refuses new ones, as with a stopped server. */
  refuse(): Promise<void>;
  /** Listens again after `refuse`; else nothing changes. */
  accept(): Promise<void>;
  /** Spoils every connection, present and future, until the returned function is called. */
  add(toxic: Toxic, direction?: Direction): () => void;
  /** How many pieces of data have met a toxic so far. */
  spoiled(): number;
  /** Resets every connection of this moment. */
  reset(): void;
  close(): Promise<void>;
}

/** Stands between a client and a server on loopback and takes the server away when the test says so. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const toxics = new Set<{ readonly toxic: Toxic; readonly direction: Direction }>();
  let frozen = false;
  let spoiled = 0;
  const of = (way: 'up' | 'down') =>
    [...toxics].filter(({ direction }) => direction === 'both' || direction === way).map(({ toxic }) => toxic);
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (frozen) socket.pause();
    return socket;
  };
  const resetLater = (socket: Socket, afterMs: number) => {
    const timer = setTimeout(() => socket.resetAndDestroy(), afterMs);
    socket.once('close', () => clearTimeout(timer));
  };
  const onClient = (client: Socket): void => {
    const upstream = keep(connect(target.port, target.host));
    keep(client);
    const forward = (pipe: Pipe, way: 'up' | 'down') => {
      let last = Promise.resolve();
      pipe.from.on('data', (chunk: Buffer) => {
        if (of(way).length > 0) spoiled += 1;
        last = last.then(() => through(of(way), chunk, pipe)).catch(() => undefined);
      });
      pipe.from.on('close', () => {
        const lateMs = closesAfterMs(of(way));
        void last.then(() => (lateMs === 0 ? pipe.to.destroy() : setTimeout(() => pipe.to.destroy(), lateMs).unref()));
      });
      if (frozen) pipe.from.pause();
    };
    forward({ from: client, to: upstream, passed: 0, lost: false }, 'up');
    forward({ from: upstream, to: client, passed: 0, lost: false }, 'down');
    for (const { toxic } of toxics) if (toxic.kind === 'reset_peer') resetLater(client, toxic.afterMs);
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer(onClient).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const stop = async (server: Server): Promise<void> => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };

  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    refuse: () => stop(server),
    async accept() {
      if (!server.listening) server = await listen(port);
    },
    add(toxic, direction = 'both') {
      const one = { toxic, direction };
      toxics.add(one);
      if (toxic.kind === 'reset_peer') for (const socket of sockets) resetLater(socket, toxic.afterMs);
      return () => toxics.delete(one);
    },
    spoiled: () => spoiled,
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: () => stop(server),
  };
}
