import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { Decisions } from '../../refunds/decisions.js';
import type { Made, Occasion } from '../../refunds/door.js';
import { RefundBook } from '../../refunds/refund.js';
import { RefundDesk } from '../../refunds/refund-desk.js';
import { refundSummary } from '../../refunds/refund-summary.js';
import { SocketDoor } from '../../refunds/socket-door.js';
import { agreedId, agreeRefund } from './agree.js';
import { PartlySilentDoor } from './door.js';
import { ENDPOINT, errorAnswer, gatewayProblem } from './gateway.js';
import { messageOf } from './message.js';
import { type PinduoduoOptions, PinduoduoSwitches } from './options.js';
import { PmcProtocol, type PmcSession } from './pmc-protocol.js';
import { type Asked, Reads } from './reads.js';

/** No schedule is documented: a minute after a Fail, at once after a lost connection or a minute of silence; it never gives up. */
const WAY = {
  retry: { firstMs: 60_000, factor: 1, maxMs: 60_000, maxAttempts: null, timeoutMs: 60_000 },
  mostHeld: 500,
} as const;

/** Pinduoduo's open platform: its message service and its gateway. */
export class PinduoduoTwin implements Twin {
  readonly name = 'pinduoduo';
  readonly switches = new PinduoduoSwitches();
  readonly #book = new RefundBook();
  readonly #socket: SocketDoor<PmcSession>;
  readonly #door: PartlySilentDoor;
  readonly #desk: RefundDesk;
  readonly #decisions = new Decisions(this.#book);
  readonly #reads = new Reads(this.#book, this.switches);
  readonly #limits = new EndpointLimits();
  readonly #methods: Readonly<Record<string, (asked: Asked) => Outcome>> = {
    'pdd.refund.information.get': (asked) => this.#reads.refund(asked),
    'pdd.order.information.get': (asked) => this.#reads.order(asked),
    'pdd.refund.list.increment.get': (asked) => this.#reads.refunds(asked),
    'pdd.refund.agree': (asked) => agreeRefund(this.#book, this.#decisions, asked),
  };
  #messages = 0;

  constructor(
    readonly context: TwinContext,
    readonly options: PinduoduoOptions,
  ) {
    this.#socket = new SocketDoor(context, new PmcProtocol(options, this.switches), WAY);
    this.#door = new PartlySilentDoor(context, this.#socket);
    this.#desk = new RefundDesk({ context, book: this.#book, door: this.#door, make: (one) => this.#make(one) });
  }

  get controls() {
    return [...this.#desk.routes, ...this.#socket.controls];
  }

  /** The after-sale, or the order where the call names none. */
  subjectOf(call: Call): string | undefined {
    const form = formOf(call);
    const agreed = form.get('request');
    return agreed === null ? (form.get('after_sales_id') ?? form.get('order_sn') ?? undefined) : agreedId(agreed);
  }

  handle(call: Call): Outcome {
    const form = formOf(call);
    const method = form.get('type') ?? '';
    const line = { waybillNo: this.subjectOf(call), facts: { method } };
    const work = Object.hasOwn(this.#methods, method) ? this.#methods[method] : undefined;
    if (call.endpoint !== ENDPOINT || work === undefined) return errorAnswer('badType', call, line);
    const problem = gatewayProblem(this.options, this.switches, call, form);
    if (problem !== undefined) return errorAnswer(problem, call, line);
    if (!this.#limits.allow(method, this.switches.values.rateLimit, call.at)) return this.throttled(call);
    return work({ method, mallId: this.options.mall.get(form.get('access_token') ?? '') ?? '', form, call });
  }

  throttled(call: Call): Outcome {
    const facts = { method: formOf(call).get('type') ?? '' };
    return errorAnswer('throttled', call, { waybillNo: this.subjectOf(call), facts });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#socket.upgrade(request, socket, head);
  }

  restore(entry: LedgerEntry): void {
    this.#desk.restore(entry);
    this.#decisions.restore(entry);
    if (entry.kind === 'push') this.#messages += 1;
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

  /** Ids are int64 of 19 digits. */
  #make(occasion: Occasion): Made {
    this.#messages += 1;
    const seed = String(Math.abs(this.context.seed) % 1_000).padStart(3, '0');
    return messageOf(occasion, `7${seed}${String(this.#messages).padStart(15, '0')}`);
  }
}

function formOf({ raw }: Call): URLSearchParams {
  return new URLSearchParams(raw.toString('utf8'));
}
