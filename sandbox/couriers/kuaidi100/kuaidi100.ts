import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { Callbacks } from './callbacks.js';
import { ENDPOINT, passGateway, refusal, waybillOf } from './gateway.js';
import { InterceptDesk } from './intercept.js';
import { type Kuaidi100Options, Kuaidi100Switches } from './options.js';

/** There is no track query here; the summary counts none. */
const NO_TRACKS = 'none';

/** Kuaidi100's interceptOrder with its parcels, over the frame: answers at once, tells what came of it later. */
export class Kuaidi100Twin implements Twin {
  readonly name = 'kuaidi100';
  readonly switches = new Kuaidi100Switches();
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #callbacks: Callbacks;
  readonly #limits = new EndpointLimits();

  constructor(
    readonly context: TwinContext,
    readonly options: Kuaidi100Options,
  ) {
    // Kuaidi100's words for the state of an order are not known: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#intercepts = new InterceptDesk(this.#book, this.switches);
    this.#callbacks = new Callbacks(context, this.switches, (order) => this.#intercepts.targetOf(order));
    this.#book.onChange = (parcel) => this.#callbacks.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#callbacks.look(parcel);
    };
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    return waybillOf(call);
  }

  handle(call: Call): Outcome {
    if (call.endpoint !== ENDPOINT) return { ...refusal('noApi', call, 'bad_request'), status: 404 };
    const passed = passGateway(this.options, call);
    if (!('param' in passed)) return passed;
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? this.#intercepts.create(passed) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return refusal('tooFast', call, 'throttled', { waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#intercepts.restore(entry);
    this.#callbacks.restore(entry);
  }

  summary(query: URLSearchParams) {
    const endpoints = { create: ENDPOINT, track: NO_TRACKS };
    const counts = courierSummary(this.context, endpoints, this.#book, this.#callbacks.deliveries, query);
    return { ...counts, lostCallbacks: this.#callbacks.lost };
  }

  start(): void {
    this.#callbacks.start(this.#book.all);
  }

  stop(): void {
    this.#callbacks.stop();
  }
}
