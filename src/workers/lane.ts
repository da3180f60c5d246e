import type { CarrierBook } from '../domain/carrier/book.js';
import { CarrierFault } from '../domain/carrier/fault.js';
import type { CallContext, CarrierAdapter } from '../domain/carrier/port.js';
import type { AccountSettings, Settings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import type { Ahead } from './ahead.js';
import type { LaneBreaker } from './breaker.js';
import type { Desk } from './desk.js';
import type { Slots } from './limiter.js';

/** One exchange with a courier, masked and bounded, as it is kept with the attempt. */
export interface Exchange {
  readonly status: number | null;
  readonly text: string;
}

/**
 * A sender that tells what it exchanged: made per call, so that concurrent calls cannot mix. `mayWrite` is asked in the
 * tick of the first byte; after a no, nothing is written (`not_sent`).
 */
export type OpenCall = (mayWrite?: () => boolean) => {
  readonly context: CallContext;
  readonly exchange: () => Exchange | null;
};

/** Everything the processors of one lane need. */
export interface Lane {
  readonly id: string;
  readonly account: AccountSettings;
  readonly adapter: CarrierAdapter;
  readonly timeoutMs: number;
  readonly orders: Slots;
  /** Bounds the claims that wait for a slot of `orders`. */
  readonly ahead: Ahead;
  readonly reads: Slots;
  readonly breaker: LaneBreaker;
  readonly openCall: OpenCall;
  /** Paused by a person: nothing is sent; what was asked is still followed. */
  readonly paused: () => boolean;
}

export interface WorkerDeps {
  readonly db: Database;
  /** Reads, claims and answers of this process's jobs, made together. */
  readonly desk: Desk;
  readonly settings: () => Settings;
  readonly book: CarrierBook;
  readonly now: () => Date;
  /** SAFE_MODE: ask, never send. */
  readonly safeMode: boolean;
  /** Something changed that a dispatcher of this process may want to act on at once. */
  readonly wake: () => void;
  /** A lane that runs in this process, by its id; null: it does not. */
  readonly laneOf: (laneId: string) => Lane | null;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export function judgeEnv(deps: Pick<WorkerDeps, 'settings' | 'book'>): JudgeEnv {
  return { settings: deps.settings(), book: deps.book };
}

/** An adapter may throw nothing but CarrierFault; anything else is a bug in it, after which bytes may have left. */
export function asFault(error: unknown): CarrierFault {
  return error instanceof CarrierFault
    ? error
    : new CarrierFault('outcome_unknown', 'the adapter failed in an undocumented way', { cause: error });
}
