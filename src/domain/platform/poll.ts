import type { CallContext } from '../carrier/port.js';
import type { EventEnvelope } from './port.js';

/** A span of the platform's own clock, ms since 1970; start included, end excluded as far as the platform can say so. */
export interface PollWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One page of a window. */
export interface PollPage {
  /**
   * One a record, as the inbox keeps it and `read` understands it. The event id holds the after-sale and its version, so
   * that a record seen again is the same event. A record that cannot be read becomes an envelope that `read` refuses:
   * it is set aside as dead with its reason while the rest goes on (R77).
   */
  readonly envelopes: readonly EventEnvelope[];
  /** How many records the whole window holds by the platform's word; null: it does not say. */
  readonly total: number | null;
  /** What the next page is asked with; null: this was the last. */
  readonly next: string | null;
}

/** Reading what changed in a window: the intake of platforms without pushes, and the back-stop of the others. */
export interface PlatformPoll {
  /** How often, ms. */
  readonly everyMs: number;
  /** The widest window the platform takes, ms. */
  readonly windowMs: number;
  /** How far before the last done moment the next window begins, ms: late rows and clocks that differ. */
  readonly overlapMs: number;
  /** `token`: null for the first page, then what the page before said. Throws CarrierFault, or UnreadableEvent for an answer that is no page. */
  page(window: PollWindow, token: string | null, ctx: CallContext, nowMs: number): Promise<PollPage>;
}
