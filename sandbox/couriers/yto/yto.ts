import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { ScanPusher } from '../../frame/scan-pusher.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { isRecord, readJsonObject } from '../../frame/wire-json.js';
import { endpointOf, gatewayNo, type Method, passGateway, type Signed, textField } from './gateway.js';
import { WantedDesk } from './intercept.js';
import { type YtoOptions, YtoSwitches } from './options.js';
import { ytoPushForm } from './push.js';
import { TrackDesk } from './track.js';

/** YTO's gateway with its parcels, over the frame. */
export class YtoTwin implements Twin {
  readonly name = 'yto';
  readonly switches = new YtoSwitches();
  readonly #book: ParcelBook;
  readonly #wanted: WantedDesk;
  readonly #tracks: TrackDesk;
  readonly #pusher: ScanPusher;
  readonly #limits = new EndpointLimits();
  readonly #methods: Readonly<Record<Method, (signed: Signed) => Outcome>>;

  constructor(
    readonly context: TwinContext,
    readonly options: YtoOptions,
  ) {
    // YTO has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#wanted = new WantedDesk(this.#book, options, this.switches);
    this.#tracks = new TrackDesk(this.#book, (parcel) => this.#pusher.feed.look(parcel));
    this.#pusher = new ScanPusher(context, ytoPushForm(options, this.switches), this.switches, (waybillNo) =>
      this.#tracks.isSubscribed(waybillNo),
    );
    this.#book.onChange = (parcel) => this.#pusher.feed.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#pusher.feed.look(parcel);
    };
    this.#methods = {
      wanted_report_adapter: (signed) => this.#wanted.report(signed),
      wanted_cancel_adapter: (signed) => this.#wanted.cancel(signed),
      track_query_adapter: (signed) => this.#tracks.query(signed),
      subscribe_adapter: (signed) => this.#tracks.subscribe(signed),
    };
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    const text = call.raw.toString('utf8');
    const envelope = readJsonObject(text) ?? Object.fromEntries(new URLSearchParams(text));
    const param = readJsonObject(textField(envelope, 'param'));
    if (!isRecord(param)) return undefined;
    return textField(param, 'waybillNo') || textField(param, 'NUMBER') || textField(param, 'Number') || undefined;
  }

  handle(call: Call): Outcome {
    const passed = passGateway(this.options, call);
    if (!('method' in passed)) return passed;
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? this.#methods[passed.method](passed) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    const refused = gatewayNo(429, '请求过于频繁', 'throttled', 429);
    return { ...refused, line: { ...refused.line, waybillNo: this.subjectOf(call) } };
  }

  restore(entry: LedgerEntry): void {
    this.#wanted.restore(entry);
    this.#pusher.restore(entry);
    const endpoint = endpointOf(this.options, 'subscribe_adapter');
    const subscribed = entry.kind === 'call' && entry.endpoint === endpoint && entry.verdict === 'accepted';
    if (subscribed) this.#tracks.restoreSubscribed(entry.waybillNo ?? '');
  }

  summary(query: URLSearchParams) {
    const endpoints = {
      create: endpointOf(this.options, 'wanted_report_adapter'),
      cancel: endpointOf(this.options, 'wanted_cancel_adapter'),
      track: endpointOf(this.options, 'track_query_adapter'),
    };
    return courierSummary(this.context, endpoints, this.#book, this.#pusher.deliveries, query);
  }

  start(): void {
    this.#pusher.start(this.#book);
  }

  stop(): void {
    this.#pusher.stop();
  }
}
