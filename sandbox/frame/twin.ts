import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from './clock.js';
import type { ControlRoute } from './control.js';
import type { Ledger } from './ledger.js';
import type { CallEntry, LedgerEntry } from './ledger-entry.js';
import type { Random } from './random.js';
import type { Arrivals } from './sliding-window.js';

/** One request on the wire, whole. */
export interface Call {
  readonly endpoint: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  /** Unix milliseconds. */
  readonly at: number;
}

/** The ledger line of a call as the twin fills it in; the frame adds the rest. */
export type CallLine = Omit<CallEntry, 'kind' | 'endpoint' | 'bodyHash' | 'fault'>;

/** What goes back, and the line that is on disk before it does. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly line: CallLine;
}

export interface TwinContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly seed: number;
  /** Arrivals by endpoint, faulted calls included. */
  arrivals(endpoint: string): Arrivals;
}

/** The switches of `/_twin/config`. `change` throws a ZodError on a body it does not understand. */
export interface Switches {
  read(): Readonly<Record<string, unknown>>;
  change(body: unknown): void;
}

/** One courier or platform. Everything else (faults, fsync, restart, control API) is the frame's. */
export interface Twin {
  readonly name: string;
  readonly switches: Switches;
  readonly controls: readonly ControlRoute[];
  /** For one address with many services: the service a call names. Without it the path is the endpoint. */
  endpointOf?(call: Pick<Call, 'raw'>): string | undefined;
  /** What a call is about (waybill, after-sale), read leniently: faults are aimed with it. */
  subjectOf(call: Call): string | undefined;
  /** Acts. Synchronous, so that the order of acts is the order of ledger lines. */
  handle(call: Call): Outcome;
  /** The twin's own "too many calls". */
  throttled(call: Call): Outcome;
  /** Does again what a ledger line (not a control call) says was done before a restart. */
  restore(entry: LedgerEntry): void;
  /** A client wants a WebSocket; without this method nobody gets one. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  summary(query: URLSearchParams): Readonly<Record<string, unknown>>;
  /** Called once, after the ledger was replayed: timers and pushes may start. */
  start(): void;
  stop(): void;
}
