import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry, RetryPlan } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { Decisions } from '../../refunds/decisions.js';
import type { Occasion } from '../../refunds/door.js';
import { PushDoor } from '../../refunds/push-door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { AddressCheck } from './address-check.js';
import { refusal } from './answers.js';
import { answerCall, checkedCall, subjectOf } from './gateway.js';
import { message } from './message.js';
import { type XiaohongshuOptions, XiaohongshuSwitches } from './options.js';

/** HTTP 200 with `success: true`. */
function acknowledged(status: number, body: string): boolean {
  return status === 200 && readJsonObject(body)?.success === true;
}

/** The first and one more, 5 minutes after the failure. How long the platform waits for an answer is not documented. */
function retryPlan(afterMs: number): RetryPlan {
  return { firstMs: afterMs, factor: 1, maxMs: Math.max(1, afterMs), maxAttempts: 2, timeoutMs: 5_000 };
}

/** Xiaohongshu's open platform with its after-sales, over the frame. */
export class XiaohongshuTwin implements Twin {
  readonly name = 'xiaohongshu';
  readonly switches = new XiaohongshuSwitches();
  readonly #book = new RefundBook();
  readonly #door: PushDoor;
  readonly #desk: RefundDesk;
  readonly #addressCheck = new AddressCheck();
  readonly #decisions = new Decisions(this.#book);
  readonly #limits = new EndpointLimits();

  constructor(
    readonly context: TwinContext,
    readonly options: XiaohongshuOptions,
  ) {
    const { switches } = this;
    this.#door = new PushDoor(context, {
      acknowledges: acknowledged,
      get retry() {
        return retryPlan(switches.values.retryAfterMs);
      },
    });
    const make = (occasion: Occasion) => message(occasion, options);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make });
  }

  get controls(): readonly ControlRoute[] {
    return [...this.#desk.routes, ...this.#addressCheck.routes];
  }

  subjectOf(call: Call): string | undefined {
    return subjectOf(call);
  }

  handle(call: Call): Outcome {
    const checked = checkedCall(this.options, this.switches, call);
    if (typeof checked === 'string') return refusal(checked, { waybillNo: subjectOf(call) });
    const allowed = this.#limits.allow(checked.method, this.switches.values.rateLimit, call.at);
    return allowed
      ? answerCall(this.#book, this.#decisions, this.options, this.switches, checked, call.at)
      : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return refusal('throttled', { waybillNo: subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#desk.restore(entry);
    this.#decisions.restore(entry);
  }

  summary() {
    return { ...refundSummary(this.context, this.#book, this.#door), paid: this.#decisions.paid };
  }

  start(): void {
    this.#desk.start();
  }

  stop(): void {
    this.#desk.stop();
  }
}
