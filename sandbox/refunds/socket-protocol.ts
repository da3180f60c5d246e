import type { IncomingMessage } from 'node:http';
import type { CallLine } from '../frame/twin.js';
import type { Refund } from './refund.js';

/** What goes over a WebSocket: a text message or a binary one. */
export type SocketFrame = string | Buffer;

/** A message as it goes out now. */
export interface Outgoing {
  /** The platform's id of it, by which it is acknowledged. */
  readonly eventId: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When it was told first, and when this copy leaves, unix milliseconds. */
  readonly toldAt: number;
  readonly sentAt: number;
  /** How often it went out before. */
  readonly retried: number;
}

/** The ledger line of a client that signs in or is sent away. */
export type SocketLine = CallLine & { readonly endpoint: string };

/** The client is who it says: it gets messages of the group. `session` is whatever the protocol wants back later. */
export interface SignedIn<S> {
  readonly kind: 'signed_in';
  readonly group: string;
  readonly session: S;
  readonly replies: readonly SocketFrame[];
  readonly line: SocketLine;
}

/** It is not, or it says what nobody can read: it gets the replies, and its connection ends. */
interface TurnedAway {
  readonly kind: 'turned_away';
  readonly replies: readonly SocketFrame[];
  readonly line: SocketLine;
  /** HTTP status, where it is turned away before there is a WebSocket (401). */
  readonly status?: number;
}

/** What a frame of a client means. */
export type ClientSays<S> =
  | SignedIn<S>
  | TurnedAway
  | { readonly kind: 'acknowledged'; readonly eventId: string }
  | { readonly kind: 'refused'; readonly eventId: string; readonly why: string }
  | { readonly kind: 'alive'; readonly replies: readonly SocketFrame[] };

/** The words of one platform on the socket. The door knows nothing of them. */
export interface SocketProtocol<S> {
  /** Which group of clients is told of this refund. */
  groupOf(refund: Refund): string;
  /** Where the address itself signs the client in; without it, or undefined: it signs in by a frame. */
  greet?(request: IncomingMessage, at: number): SignedIn<S> | TurnedAway | undefined;
  /** `session` is undefined before the client has signed in. Never throws. */
  read(frame: SocketFrame, session: S | undefined, at: number): ClientSays<S>;
  write(message: Outgoing, session: S): SocketFrame;
}
