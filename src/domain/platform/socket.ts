import type { EventEnvelope } from './port.js';

/** A message on the wire: text, or bytes for a binary protocol. */
export type Frame = string | Uint8Array;

/** One after-sales message of a socket, and what it is acknowledged with. */
export interface SocketMessage {
  /** The seller it is for, as `platformShopId` names him in the configuration. */
  readonly platformShopId: string;
  readonly envelope: EventEnvelope;
  /** Whatever the session needs to confirm or refuse it. */
  readonly receipt: unknown;
}

/** What a frame from the platform means. */
export type SocketSays =
  | { readonly kind: 'ready' }
  | { readonly kind: 'message'; readonly message: SocketMessage }
  /** A sign of life, or a message that is no concern of ours; `reply` is sent back, where the protocol wants one. */
  | { readonly kind: 'nothing'; readonly reply?: Frame }
  /** The platform turned us away, or said what nobody can read: the connection is closed and made anew. */
  | { readonly kind: 'broken'; readonly why: string };

/**
 * The protocol of one connection as a pure machine: no socket, no timer, no clock. The runner (producers/socket-intake.ts)
 * owns those: it connects, keeps silence and backoff, makes messages durable, and only then confirms them.
 */
export interface SocketSession {
  /** Sent as soon as the connection is open. */
  opening(nowMs: number): readonly Frame[];
  /** Never throws: what cannot be read is `broken`. */
  receive(frame: Frame, nowMs: number): SocketSays;
  /** Sent every `beatMs` once ready. */
  beat(nowMs: number): Frame;
  /** The message is durable here. */
  confirm(receipt: unknown, nowMs: number): Frame;
  /** It is not: the platform is asked to send it again later. `why` is for its log and holds nothing of ours. */
  refuse(receipt: unknown, why: string, nowMs: number): Frame;
}

/** Intake over a connection that we open. Shops of one group share it: the platform sends each message once a group. */
export interface PlatformSocket {
  /** The same for all shops of one app and message group; holds no secret. */
  readonly group: string;
  readonly beatMs: number;
  /** No frame for this long means that the connection is dead, ms. */
  readonly silenceMs: number;
  /** Where to connect now; the address may hold a signature of the moment. */
  url(nowMs: number): string;
  session(): SocketSession;
}
