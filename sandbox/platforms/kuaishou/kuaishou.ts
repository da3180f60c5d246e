import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { Decisions } from '../../refunds/decisions.js';
import type { Occasion } from '../../refunds/door.js';
import { PushDoor } from '../../refunds/push-door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { refusal } from './answers.js';
import { answerCall, gatewayProblem, idOf } from './gateway.js';
import { HeartBeat } from './heart-beat.js';
import { message } from './message.js';
import { type KuaishouOptions, KuaishouSwitches } from './options.js';
import { acknowledged, retryPlan } from './push-way.js';

/** Kuaishou Shop's open platform with its refunds, over the frame. */
export class KuaishouTwin implements Twin {
  readonly name = 'kuaishou';
  readonly switches = new KuaishouSwitches();
  readonly #book = new RefundBook();
  readonly #door: PushDoor;
  readonly #desk: RefundDesk;
  readonly #heartBeat: HeartBeat;
  readonly #decisions = new Decisions(this.#book);
  readonly #limits = new EndpointLimits();

  constructor(
    readonly context: TwinContext,
    readonly options: KuaishouOptions,
  ) {
    const { switches } = this;
    this.#door = new PushDoor(context, {
      acknowledges: acknowledged,
      get retry() {
        return retryPlan(switches.values.firstRetryMs);
      },
    });
    const make = (occasion: Occasion) => message(occasion, options);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make });
    this.#heartBeat = new HeartBeat(options, switches);
  }

  get controls(): readonly ControlRoute[] {
    return [...this.#desk.routes, ...this.#heartBeat.routes];
  }

  subjectOf(call: Call): string | undefined {
    return idOf(call);
  }

  handle(call: Call): Outcome {
    const problem = gatewayProblem(this.options, this.switches, call);
    if (problem !== undefined) return refusal(problem, { waybillNo: this.subjectOf(call) });
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? answerCall(this.#book, this.#decisions, this.options, this.switches, call) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return refusal('throttled', { waybillNo: this.subjectOf(call) });
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
