import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { writeWireJson } from '../../frame/wire-json.js';
import { Decisions } from '../../refunds/decisions.js';
import type { Made, Occasion } from '../../refunds/door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { SocketDoor } from '../../refunds/socket-door.js';
import { AGREE, agreedId, agreeRefund } from './agree.js';
import { UNPROVEN } from './codes.js';
import { errorAnswer, gatewayProblem, PATH } from './gateway.js';
import { DELIVERY_CUT, Intercepts, REFUND_INTERCEPT } from './intercepts.js';
import { type TaobaoOptions, TaobaoSwitches } from './options.js';
import { type Asked, Reads } from './reads.js';
import { TmcProtocol, type TmcSession } from './tmc-protocol.js';
import { messageOf } from './words.js';

/** 5 minutes after a refusal, again after a minute of silence; both scaled. Second-hand, as is that it never gives up. */
const WAY = {
  retry: { firstMs: 300_000, factor: 1, maxMs: 300_000, maxAttempts: null, timeoutMs: 60_000 },
  mostHeld: 500,
} as const;

/** Taobao's open platform: its message service, its gateway, its intercepts. */
export class TaobaoTwin implements Twin {
  readonly name = 'taobao';
  readonly switches = new TaobaoSwitches();
  readonly #book = new RefundBook();
  readonly #door: SocketDoor<TmcSession>;
  readonly #desk: RefundDesk;
  readonly #reads = new Reads(this.#book, this.switches);
  readonly #intercepts = new Intercepts(this.#book, this.switches);
  readonly #decisions = new Decisions(this.#book, true);
  readonly #limits = new EndpointLimits();
  readonly #methods: Readonly<Record<string, (asked: Asked) => Outcome>>;
  #messages = 0;

  constructor(
    readonly context: TwinContext,
    readonly options: TaobaoOptions,
  ) {
    this.#door = new SocketDoor(context, new TmcProtocol(options), WAY);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make: (one) => this.#make(one) });
    this.#methods = {
      'taobao.refund.get': (asked) => this.#reads.refund(asked),
      'taobao.refunds.receive.get': (asked) => this.#reads.refunds(asked),
      'taobao.logistics.orders.get': (asked) => this.#reads.shippings(asked),
      [REFUND_INTERCEPT]: (asked) => this.#intercepts.byRefund(asked),
      [DELIVERY_CUT]: (asked) => this.#intercepts.byWaybill(asked),
      [AGREE]: (asked) => agreeRefund(this.#book, this.#decisions, asked),
    };
  }

  get controls() {
    return [...this.#desk.routes, ...this.#door.controls];
  }

  /** Every service has the one address; the form names it. */
  endpointOf({ raw }: Pick<Call, 'raw'>): string | undefined {
    const method = new URLSearchParams(raw.toString('utf8')).get('method') ?? '';
    return /^[a-z][\w.]{0,79}$/.test(method) ? method : undefined;
  }

  /** Of an intercept the waybill, of a read the after-sale or the order. */
  subjectOf(call: Call): string | undefined {
    const form = formOf(call);
    const method = form.get('method');
    if (method === REFUND_INTERCEPT || method === DELIVERY_CUT) return this.#intercepts.subjectOf(form);
    if (method === AGREE) return agreedId(form);
    return form.get('refund_id') ?? form.get('tid') ?? undefined;
  }

  handle(call: Call): Outcome {
    const form = formOf(call);
    const line = { waybillNo: this.subjectOf(call) };
    if (call.path !== PATH) return errorAnswer('badMethod', call, { ...line, verdict: 'bad_request' });
    const problem = gatewayProblem(this.options, this.switches, call, form);
    if (problem !== undefined) {
      const verdict = UNPROVEN.has(problem) ? 'bad_signature' : 'bad_request';
      return errorAnswer(problem, call, { ...line, verdict });
    }
    if (!this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at)) return this.throttled(call);
    const method = call.endpoint;
    const work = Object.hasOwn(this.#methods, method) ? this.#methods[method] : undefined;
    if (work === undefined) return errorAnswer('badMethod', call, { ...line, verdict: 'bad_request' });
    const seller = this.options.seller.get(form.get('session') ?? '') ?? '';
    return work({ method, seller, form, call });
  }

  throttled(call: Call): Outcome {
    return errorAnswer('limited', call, { verdict: 'throttled', waybillNo: this.subjectOf(call) });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#door.upgrade(request, socket, head);
  }

  restore(entry: LedgerEntry): void {
    this.#desk.restore(entry);
    this.#intercepts.restore(entry);
    this.#decisions.restore(entry);
    if (entry.kind === 'push') this.#messages = Math.max(this.#messages, Number(entry.headers.number ?? '0'));
  }

  summary() {
    const byMethod: Record<string, number> = {};
    for (const entry of this.context.ledger.entries) {
      if (entry.kind === 'call') byMethod[entry.endpoint] = (byMethod[entry.endpoint] ?? 0) + 1;
    }
    const counts = refundSummary(this.context, this.#book, this.#door);
    return { ...counts, byMethod, interceptedWaybills: this.#intercepts.taken.length, paid: this.#decisions.paid };
  }

  start(): void {
    this.#desk.start();
  }

  stop(): void {
    this.#desk.stop();
  }

  /** Ids are int64 of 19 digits. */
  #make({ refund, event }: Occasion): Made {
    this.#messages += 1;
    const number = String(this.#messages);
    const seed = String(Math.abs(this.context.seed) % 1_000).padStart(3, '0');
    const { topic, content } = messageOf(refund, event, this.switches.values.topics);
    const headers = { topic, userId: refund.shopId, nick: '测试店铺', dataId: refund.refundId, number };
    return { eventId: `7${seed}${number.padStart(15, '0')}`, body: writeWireJson(content), headers };
  }
}

function formOf({ raw }: Call): URLSearchParams {
  return new URLSearchParams(raw.toString('utf8'));
}
