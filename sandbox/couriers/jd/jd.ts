import { Deliveries } from '../../frame/deliveries.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { gatewayNo, textField } from './answers.js';
import { JOS_PATH, JosDesk, josParams } from './jos.js';
import { LOP_CANCEL, LOP_STATUS, LOP_TRACE, LopDesk } from './lop.js';
import { type Opened, onlyItem, passLop } from './lop-gateway.js';
import { type JdOptions, JdSwitches } from './options.js';
import { Shipments } from './shipments.js';
import { jdSummary } from './summary.js';

/** One of JD's two platforms with its parcels, over the frame. JD's pushes are not documented: it pushes nothing. */
export class JdTwin implements Twin {
  readonly name = 'jd';
  readonly switches = new JdSwitches();
  readonly #book: ParcelBook;
  readonly #shipments: Shipments;
  readonly #jos: JosDesk;
  readonly #limits = new EndpointLimits();
  readonly #noPushes: Deliveries;
  readonly #lop: ReadonlyMap<string, (opened: Opened) => Outcome>;

  constructor(
    readonly context: TwinContext,
    readonly options: JdOptions,
  ) {
    // JD has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#shipments = new Shipments(this.#book);
    this.#noPushes = new Deliveries(context.ledger, context.clock, () => false);
    const lop = new LopDesk(this.#shipments, options, this.switches);
    this.#jos = new JosDesk(this.#shipments, options, this.switches);
    this.#lop = new Map([
      [LOP_CANCEL, (opened: Opened) => lop.cancel(opened)],
      [LOP_STATUS, (opened: Opened) => lop.status(opened)],
      [LOP_TRACE, (opened: Opened) => lop.trace(opened)],
    ]);
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    const fields =
      onlyItem(call.raw) ?? readJsonObject(josParams(call).get('360buy_param_json') ?? '') ?? ({} as const);
    return textField(fields, 'waybillCode') || textField(fields, 'deliveryId') || undefined;
  }

  handle(call: Call): Outcome {
    return this.options.gateway === 'lop' ? this.#handleLop(call) : this.#handleJos(call);
  }

  throttled(call: Call): Outcome {
    return gatewayNo(990429, 'throttled', { waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    const places = entry.kind === 'call' && (entry.endpoint === LOP_CANCEL || entry.endpoint === JOS_PATH);
    if (places) this.#shipments.restore(entry);
  }

  summary(query: URLSearchParams) {
    return jdSummary(this.context, this.options.gateway, this.#book, this.#noPushes, query);
  }

  start(): void {}

  stop(): void {}

  #handleLop(call: Call): Outcome {
    const endpoint = this.#lop.get(call.endpoint);
    if (endpoint === undefined) return noSuchApi();
    const passed = passLop(this.options, call);
    if (!('fields' in passed)) return passed;
    return this.#allows(call) ? endpoint(passed) : this.throttled(call);
  }

  #handleJos(call: Call): Outcome {
    return call.endpoint === JOS_PATH ? this.#jos.handle(call, () => this.#allows(call)) : noSuchApi();
  }

  #allows(call: Call): boolean {
    return this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
  }
}

function noSuchApi(): Outcome {
  return { ...gatewayNo(990404, 'bad_request'), status: 404 };
}
