import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry, RetryPlan } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { Decisions } from '../../refunds/decisions.js';
import type { Occasion } from '../../refunds/door.js';
import { PushDoor } from '../../refunds/push-door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { AddressCheck } from './address-check.js';
import { refusal } from './answers.js';
import { answerCall, gatewayProblem, subjectOf } from './gateway.js';
import { message } from './message.js';
import { type WechatOptions, WechatSwitches } from './options.js';

const ANSWER_WITHIN_MS = 5_000;
const SENDS = 3;

/** HTTP 200 with `success` or with nothing at all. */
function acknowledged(status: number, body: string): boolean {
  return status === 200 && (body === 'success' || body === '');
}

function retryPlan(afterMs: number): RetryPlan {
  return { firstMs: afterMs, factor: 1, maxMs: Math.max(1, afterMs), maxAttempts: SENDS, timeoutMs: ANSWER_WITHIN_MS };
}

/** WeChat Store with its after-sales, over the frame. */
export class WechatTwin implements Twin {
  readonly name = 'wechat';
  readonly switches = new WechatSwitches();
  readonly #book = new RefundBook();
  readonly #door: PushDoor;
  readonly #desk: RefundDesk;
  readonly #addressCheck: AddressCheck;
  readonly #decisions = new Decisions(this.#book);
  readonly #limits = new EndpointLimits();

  constructor(
    readonly context: TwinContext,
    readonly options: WechatOptions,
  ) {
    const { switches } = this;
    this.#door = new PushDoor(context, {
      acknowledges: acknowledged,
      get retry() {
        return retryPlan(switches.values.retryAfterMs);
      },
    });
    const make = (occasion: Occasion) => message(occasion, options, switches, context);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make });
    this.#addressCheck = new AddressCheck(options);
  }

  get controls(): readonly ControlRoute[] {
    return [...this.#desk.routes, ...this.#addressCheck.routes];
  }

  subjectOf(call: Call): string | undefined {
    return subjectOf(call);
  }

  handle(call: Call): Outcome {
    const problem = gatewayProblem(this.options, this.switches, call);
    if (problem !== undefined) return refusal(problem, { waybillNo: subjectOf(call) });
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? answerCall(this.#book, this.#decisions, this.options, this.switches, call) : this.throttled(call);
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
