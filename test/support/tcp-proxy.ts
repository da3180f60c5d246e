import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

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
  close(): Promise<void>;
}

/** Stands between a client and a server on loopback and takes the server away when the test says so. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (frozen) socket.pause();
    return socket;
  };
  const onClient = (client: Socket): void => {
    const upstream = keep(connect(target.port, target.host));
    keep(client);
    const forward = (from: Socket, to: Socket) => {
      from.on('data', (chunk) => to.write(chunk));
      from.on('close', () => to.destroy());
      if (frozen) from.pause();
    };
    forward(client, upstream);
    forward(upstream, client);
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
    close: () => stop(server),
  };
}
