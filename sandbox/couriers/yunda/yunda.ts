import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { ScanPusher } from '../../frame/scan-pusher.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { gatewayNo, passGateway, type Signed, textField } from './gateway.js';
import { InterceptDesk } from './intercept.js';
import { type YundaOptions, YundaSwitches } from './options.js';
import { yundaPushForm } from './push.js';
import { SUBSCRIBE, TRACK, TrackDesk } from './track.js';

/** Yunda's gateway with its parcels, over the frame. */
export class YundaTwin implements Twin {
  readonly name = 'yunda';
  readonly switches = new YundaSwitches();
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #tracks: TrackDesk;
  readonly #pusher: ScanPusher;
  readonly #limits = new EndpointLimits();
  readonly #endpoints: ReadonlyMap<string, (signed: Signed) => Outcome>;

  constructor(
    readonly context: TwinContext,
    readonly options: YundaOptions,
  ) {
    // Yunda has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    const create = options['intercept-path'].slice(1);
    this.#intercepts = new InterceptDesk(create, this.#book, options, this.switches);
    this.#tracks = new TrackDesk(this.#book, this.switches, (parcel) => this.#pusher.feed.look(parcel));
    this.#pusher = new ScanPusher(context, yundaPushForm(options), this.switches, (waybillNo) =>
      this.#tracks.isSubscribed(waybillNo),
    );
    this.#book.onChange = (parcel) => this.#pusher.feed.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#pusher.feed.look(parcel);
    };
    this.#endpoints = new Map([
      [create, (signed: Signed) => this.#intercepts.create(signed)],
      [TRACK, (signed: Signed) => this.#tracks.query(signed)],
      [SUBSCRIBE, (signed: Signed) => this.#tracks.subscribe(signed)],
    ]);
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    const fields = readJsonObject(call.raw.toString('utf8')) ?? {};
    return textField(fields, 'shipId') || textField(fields, 'mailno') || undefined;
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
    this.#pusher.restore(entry);
    const subscribed = entry.kind === 'call' && entry.endpoint === SUBSCRIBE && entry.verdict === 'accepted';
    const waybills = subscribed && Array.isArray(entry.facts?.waybills) ? entry.facts.waybills : [];
    for (const waybillNo of waybills) this.#tracks.restoreSubscribed(String(waybillNo));
  }

  summary(query: URLSearchParams) {
    const endpoints = { create: this.#intercepts.endpoint, track: TRACK };
    return courierSummary(this.context, endpoints, this.#book, this.#pusher.deliveries, query);
  }

  start(): void {
    this.#pusher.start(this.#book);
  }

  stop(): void {
    this.#pusher.stop();
  }
}
