import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ControlRoute } from '../frame/control.js';
import { bodyHash } from '../frame/raw-body.js';
import type { TwinContext } from '../frame/twin.js';
import { type Client, frameOf, SocketClients } from './socket-clients.js';
import { socketControls } from './socket-controls.js';
import type { ClientSays, SignedIn, SocketFrame, SocketLine, SocketProtocol } from './socket-protocol.js';

const BIGGEST_FRAME_BYTES = 1_048_576;

/** What the gate reports to its door. */
export interface GateEvents<S> {
  /** A client of this group can be told from now on. */
  ready(group: string): void;
  /** A signed-in client took or refused a message. */
  answered(client: Client<S>, eventId: string, answer: { readonly accepted: boolean; readonly answer?: string }): void;
  gone(client: Client<S>): void;
}

/** Lets clients in: upgrades, sign-ins (each a ledger line before it is answered), frames, and the end of connections. */
export class SocketGate<S> {
  readonly clients = new SocketClients<S>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: BIGGEST_FRAME_BYTES });
  #refuseUntil = 0;
  #stopped = false;

  constructor(
    readonly context: TwinContext,
    readonly protocol: SocketProtocol<S>,
    readonly events: GateEvents<S>,
  ) {}

  get controls(): readonly ControlRoute[] {
    return socketControls({
      clients: () => this.clients.shown(),
      disconnect: (how, refuseUntil) => this.#disconnect(how, refuseUntil),
      scaled: (ms) => this.context.clock.scaled(ms),
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const { socket } of this.clients.all) socket.terminate();
    this.#server.close();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    void this.#greet(request, socket, head);
  }

  async #greet(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const at = this.context.clock.now();
    const open = !this.#stopped && at >= this.#refuseUntil;
    const greeted = open ? this.protocol.greet?.(request, at) : undefined;
    if (greeted !== undefined) await this.#write(greeted.line, request.url ?? '');
    if (greeted?.kind === 'turned_away') refuse(socket, greeted.status ?? 401);
    else if (!open || this.#stopped) refuse(socket, 503);
    else this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#enter(webSocket, greeted));
  }

  #enter(socket: WebSocket, greeted: SignedIn<S> | undefined): void {
    const client = this.clients.add(socket, this.context.clock.now());
    socket.on('message', (data, isBinary) => void this.#hear(client, frameOf(data, isBinary)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.clients.remove(client);
      if (!this.#stopped) this.events.gone(client);
    });
    if (greeted !== undefined) this.#admit(client, greeted);
  }

  async #hear(client: Client<S>, frame: SocketFrame): Promise<void> {
    if (this.#stopped) return;
    const says: ClientSays<S> = this.protocol.read(frame, client.session, this.context.clock.now());
    switch (says.kind) {
      case 'signed_in':
        client.session = says.session;
        await this.#write(says.line, frame);
        this.#admit(client, says);
        break;
      case 'turned_away':
        await this.#write(says.line, frame);
        say(client.socket, says.replies);
        client.socket.close();
        break;
      case 'alive':
        say(client.socket, says.replies);
        break;
      case 'acknowledged':
        this.events.answered(client, says.eventId, { accepted: true });
        break;
      case 'refused':
        this.events.answered(client, says.eventId, { accepted: false, answer: says.why });
        break;
    }
  }

  #admit(client: Client<S>, { session, group, replies }: SignedIn<S>): void {
    if (this.clients.get(client.id) === undefined) return;
    Object.assign(client, { session, group, ready: true });
    say(client.socket, replies);
    this.events.ready(group);
  }

  #disconnect(how: 'close' | 'reset', refuseUntil: number): number {
    this.#refuseUntil = refuseUntil;
    const ended = this.clients.all;
    for (const { socket } of ended) {
      if (how === 'reset') socket.terminate();
      else socket.close(1001);
    }
    return ended.length;
  }

  #write({ endpoint, ...line }: SocketLine, seen: SocketFrame): Promise<void> {
    const { clock, ledger } = this.context;
    return ledger.append({ at: clock.now(), kind: 'call', endpoint, ...line, bodyHash: bodyHash(Buffer.from(seen)) });
  }
}

export function say(socket: WebSocket, frames: readonly SocketFrame[]): void {
  for (const frame of frames) if (socket.readyState === socket.OPEN) socket.send(frame);
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
