import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import type { Made, Occasion } from '../../refunds/door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { SilentDoor } from '../../refunds/silent-door.js';
import { failure } from './answers.js';
import { contentOf, JdPopCalls } from './calls.js';
import { formOf, gatewayProblem, REPLY } from './gateway.js';
import { type JdPopOptions, JdPopSwitches } from './options.js';
import { Reviews } from './reviews.js';

/** JD's open platform with the refunds of one POP shop, over the frame. It tells nobody anything: it is asked. */
export class JdPopTwin implements Twin {
  readonly name = 'jd-pop';
  readonly switches = new JdPopSwitches();
  readonly #book = new RefundBook();
  readonly #door = new SilentDoor();
  readonly #desk: RefundDesk;
  readonly #reviews: Reviews;
  readonly #calls: JdPopCalls;
  readonly #limits = new EndpointLimits();

  constructor(
    readonly context: TwinContext,
    readonly options: JdPopOptions,
  ) {
    const make = ({ refund }: Occasion): Made => ({ eventId: refund.refundId, body: '', headers: {} });
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make });
    this.#reviews = new Reviews(context, this.switches);
    this.#calls = new JdPopCalls(this.#book, this.#reviews, this.switches, options['shop-id']);
  }

  get controls(): readonly ControlRoute[] {
    return [...this.#desk.routes, ...this.#reviews.routes];
  }

  /** The method, so that faults are aimed at one call of the one address. */
  endpointOf(call: Pick<Call, 'raw'>): string | undefined {
    return formOf(call).get('method') ?? undefined;
  }

  /** Of a review the waybill of its refund, of a read the refund or the order. */
  subjectOf(call: Call): string | undefined {
    const form = formOf(call);
    const { id, order_id: orderId } = contentOf(form) ?? {};
    if (typeof id === 'string' && form.get('method') === REPLY) return this.#book.get(id)?.parcels[0]?.waybillNo ?? id;
    if (typeof id === 'string') return id;
    return typeof orderId === 'string' ? orderId : undefined;
  }

  handle(call: Call): Outcome {
    const form = formOf(call);
    const line = { waybillNo: this.subjectOf(call) };
    const problem = gatewayProblem(this.options, this.switches, call, form);
    if (problem !== undefined) return failure(problem, line);
    const content = contentOf(form);
    if (content === undefined) return failure('malformed', line);
    if (!this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at)) return this.throttled(call);
    return this.#calls.answer(form.get('method') ?? '', { call, content });
  }

  throttled(call: Call): Outcome {
    return failure('throttled', { waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#desk.restore(entry);
    this.#reviews.restore(entry);
  }

  summary() {
    const paid = this.#reviews.paid((refundId) => this.#book.get(refundId)?.refundFen ?? 0);
    return { ...refundSummary(this.context, this.#book, this.#door), stopsAsked: this.#reviews.stopsAsked, paid };
  }

  start(): void {
    this.#desk.start();
  }

  stop(): void {
    this.#desk.stop();
  }
}
