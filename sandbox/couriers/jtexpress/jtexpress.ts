import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { Parcel } from '../../frame/parcel.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { ScanPusher } from '../../frame/scan-pusher.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { contentOf, gatewayNo, passGateway, type Signed, textField } from './gateway.js';
import { INTERCEPT, InterceptDesk } from './intercept.js';
import { type JtexpressOptions, JtexpressSwitches } from './options.js';
import { jtexpressPushForm } from './push.js';
import { ResultPusher } from './result-pusher.js';
import { SUBSCRIBE, TRACE, TrackDesk } from './track.js';

/** J&T's gateway with its parcels, over the frame. */
export class JtexpressTwin implements Twin {
  readonly name = 'jtexpress';
  readonly switches = new JtexpressSwitches();
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #tracks: TrackDesk;
  readonly #scans: ScanPusher;
  readonly #results: ResultPusher;
  readonly #limits = new EndpointLimits();
  readonly #endpoints: ReadonlyMap<string, (signed: Signed) => Outcome>;

  constructor(
    readonly context: TwinContext,
    readonly options: JtexpressOptions,
  ) {
    // J&T has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#intercepts = new InterceptDesk(this.#book, options, this.switches);
    this.#tracks = new TrackDesk(this.#book, options, this.switches, (parcel) => this.#look(parcel));
    const form = jtexpressPushForm(
      options,
      () => this.#tracks,
      () => context.clock.now(),
    );
    this.#scans = new ScanPusher(context, form, this.switches, (waybillNo) => this.#tracks.isSubscribed(waybillNo));
    this.#results = new ResultPusher(context, options, this.switches, this.#scans);
    this.#book.onChange = (parcel) => this.#look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#look(parcel);
    };
    this.#endpoints = new Map([
      [INTERCEPT, (signed: Signed) => this.#intercepts.create(signed)],
      [TRACE, (signed: Signed) => this.#tracks.query(signed)],
      [SUBSCRIBE, (signed: Signed) => this.#tracks.subscribe(signed)],
    ]);
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    const fields = readJsonObject(contentOf(call) ?? '') ?? {};
    return textField(fields, 'mailNo') || textField(fields, 'billCodes').split(',')[0] || undefined;
  }

  handle(call: Call): Outcome {
    const endpoint = this.#endpoints.get(call.endpoint);
    if (endpoint === undefined) return { ...gatewayNo('TWIN_NO_API', 'bad_request'), status: 404 };
    const passed = passGateway(this.options, call);
    if (!('fields' in passed)) return passed;
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? endpoint(passed) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return gatewayNo('TWIN_TOO_FAST', 'throttled', { waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#intercepts.restore(entry);
    this.#scans.restore(entry);
    this.#results.restore(entry);
    const subscribed = entry.kind === 'call' && entry.endpoint === SUBSCRIBE && entry.verdict === 'accepted';
    const waybills = subscribed && Array.isArray(entry.facts?.waybills) ? entry.facts.waybills : [];
    for (const waybillNo of waybills) this.#tracks.restoreSubscribed(String(waybillNo));
  }

  summary(query: URLSearchParams) {
    const endpoints = { create: INTERCEPT, track: TRACE };
    return courierSummary(this.context, endpoints, this.#book, this.#scans.deliveries, query);
  }

  start(): void {
    this.#scans.start(this.#book);
    this.#results.start(this.#book);
  }

  stop(): void {
    this.#results.stop();
    this.#scans.stop();
  }

  #look(parcel: Parcel): void {
    this.#scans.feed.look(parcel);
    this.#results.look(parcel);
  }
}
