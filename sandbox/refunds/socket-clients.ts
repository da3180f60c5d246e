import type { WebSocket } from 'ws';
import type { SocketFrame } from './socket-protocol.js';

/** One connection. */
export interface Client<S> {
  readonly id: string;
  readonly socket: WebSocket;
  readonly since: number;
  group: string | undefined;
  session: S | undefined;
  /** Its sign-in is on disk and answered: it may be told. */
  ready: boolean;
  /** Messages that it holds and has not answered. */
  holds: number;
}

/** The connections of a door. */
export class SocketClients<S> {
  readonly #clients = new Map<string, Client<S>>();
  #made = 0;

  add(socket: WebSocket, since: number): Client<S> {
    this.#made += 1;
    const id = `client-${this.#made}`;
    const client: Client<S> = { id, socket, since, group: undefined, session: undefined, ready: false, holds: 0 };
    this.#clients.set(id, client);
    return client;
  }

  remove(client: Client<S>): void {
    this.#clients.delete(client.id);
  }

  get(id: string | undefined): Client<S> | undefined {
    return this.#clients.get(id ?? '');
  }

  get all(): readonly Client<S>[] {
    return [...this.#clients.values()];
  }

  /** The signed-in client of a group that holds the fewest messages, if it may hold one more. */
  leastBusy(group: string, mostHeld: number): (Client<S> & { readonly session: S }) | undefined {
    let best: (Client<S> & { readonly session: S }) | undefined;
    for (const client of this.#clients.values()) {
      if (!isReady(client) || client.group !== group || client.holds >= mostHeld) continue;
      if (best === undefined || client.holds < best.holds) best = client;
    }
    return best;
  }

  shown() {
    return this.all.map(({ id, group, since, ready, holds }) => ({ id, group: group ?? null, since, ready, holds }));
  }
}

function isReady<S>(client: Client<S>): client is Client<S> & { readonly session: S } {
  return client.ready && client.session !== undefined;
}

/** `ws` hands over text as bytes with a flag. */
export function frameOf(data: Buffer | ArrayBuffer | readonly Buffer[], isBinary: boolean): SocketFrame {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  return isBinary ? bytes : bytes.toString('utf8');
}
