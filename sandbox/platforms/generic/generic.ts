import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry, RetryPlan } from '../../frame/ledger-entry.js';
import type { Outcome, Twin, TwinContext } from '../../frame/twin.js';
import type { Occasion } from '../../refunds/door.js';
import { PushDoor } from '../../refunds/push-door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { message } from './message.js';
import { type GenericOptions, GenericSwitches } from './options.js';

/** Below five minutes in all: the frame sends the same bytes again, and their signature ages. */
const SENDS = 8;
const LONGEST_GAP_MS = 30_000;

function retryPlan(firstMs: number): RetryPlan {
  return { firstMs, factor: 2, maxMs: LONGEST_GAP_MS, maxAttempts: SENDS, timeoutMs: 5_000 };
}

/** Nothing can be asked of a system that only tells. */
const NOTHING_HERE: Outcome = { status: 404, headers: {}, body: '', line: { verdict: 'bad_request' } };

/** Somebody's own system that tells of its after-sales, over the frame. */
export class GenericTwin implements Twin {
  readonly name = 'generic';
  readonly switches = new GenericSwitches();
  readonly #book = new RefundBook();
  readonly #door: PushDoor;
  readonly #desk: RefundDesk;

  constructor(
    readonly context: TwinContext,
    readonly options: GenericOptions,
  ) {
    const { switches } = this;
    this.#door = new PushDoor(context, {
      acknowledges: (status) => status >= 200 && status < 300,
      get retry() {
        return retryPlan(switches.values.firstRetryMs);
      },
    });
    const make = (occasion: Occasion) => message(occasion, options, switches);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make });
  }

  get controls(): readonly ControlRoute[] {
    return this.#desk.routes;
  }

  subjectOf(): undefined {
    return undefined;
  }

  handle(): Outcome {
    return NOTHING_HERE;
  }

  throttled(): Outcome {
    return NOTHING_HERE;
  }

  restore(entry: LedgerEntry): void {
    this.#desk.restore(entry);
  }

  summary() {
    return refundSummary(this.context, this.#book, this.#door);
  }

  start(): void {
    this.#desk.start();
  }

  stop(): void {
    this.#desk.stop();
  }
}
