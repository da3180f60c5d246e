import type { LedgerEntry } from '../frame/ledger-entry.js';
import type { EmitSpec } from './emission-plan.js';
import type { Refund, RefundEvent } from './refund.js';

/** One message to make: which event of which refund, as it is now. */
export interface Occasion {
  readonly refund: Refund;
  readonly event: RefundEvent;
  readonly at: number;
  readonly spec: EmitSpec;
}

/** A message made: the platform's id of it, its text on the wire and whatever headers go with it. */
export interface Made {
  readonly eventId: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Query of the address it is posted to, where the platform signs there. */
  readonly query?: Readonly<Record<string, string>>;
}

/** The way on which a platform tells of refunds. Every message it tells is a ledger line before its first byte leaves. */
export interface Door {
  /** `facts` go into the ledger line and come back by `restore`. Returns the id under which the message is known. */
  tell(made: Made, refund: Refund, spec: EmitSpec, facts: Readonly<Record<string, unknown>>): string;
  /** Did the receiver say that it has the message? */
  state(messageId: string): 'open' | 'acknowledged' | 'given_up';
  restore(entry: LedgerEntry): void;
  counts(): { started: number; acknowledged: number; givenUp: number; attempts: number };
  start(): void;
  stop(): void;
}
