import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { ScanPusher } from '../../frame/scan-pusher.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { Answers } from './answers.js';
import { passGateway, type Service, type Signed, serviceOf, subjectOf } from './gateway.js';
import { CANCEL, CREATE, InterceptDesk } from './intercept.js';
import { type StoOptions, StoSwitches } from './options.js';
import { stoPushForm } from './push.js';
import { SUBSCRIBE, TRACK, TrackDesk } from './track.js';

/** STO's link gateway with its parcels, over the frame. */
export class StoTwin implements Twin {
  readonly name = 'sto';
  readonly switches = new StoSwitches();
  readonly #answers = new Answers(this.switches);
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #tracks: TrackDesk;
  readonly #pusher: ScanPusher;
  readonly #limits = new EndpointLimits();
  readonly #services: Readonly<Record<Service, (signed: Signed) => Outcome>>;

  constructor(
    readonly context: TwinContext,
    readonly options: StoOptions,
  ) {
    // STO has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#intercepts = new InterceptDesk(this.#book, options, this.switches, this.#answers);
    this.#tracks = new TrackDesk(this.#book, this.switches, this.#answers, (parcel) => this.#pusher.feed.look(parcel));
    this.#pusher = new ScanPusher(context, stoPushForm(options, this.switches), this.switches, (waybillNo) =>
      this.#tracks.isSubscribed(waybillNo),
    );
    this.#book.onChange = (parcel) => this.#pusher.feed.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#pusher.feed.look(parcel);
    };
    this.#services = {
      [CREATE]: (signed) => this.#intercepts.create(signed),
      [CANCEL]: (signed) => this.#intercepts.cancel(signed),
      [TRACK]: (signed) => this.#tracks.query(signed),
      [SUBSCRIBE]: (signed) => this.#tracks.subscribe(signed),
    };
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    return subjectOf(call);
  }

  /** One address for all services: faults, arrivals and ledger lines go by the service that the call names. */
  endpointOf(call: Pick<Call, 'raw'>): string | undefined {
    return serviceOf(call);
  }

  handle(call: Call): Outcome {
    const passed = passGateway(this.options, this.#answers, call);
    if (!('service' in passed)) return passed;
    const allowed = this.#limits.allow(passed.service, this.switches.values.rateLimit, call.at);
    return allowed ? this.#services[passed.service](passed) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    return this.#answers.gatewayNo('TWIN_TOO_FAST', 'throttled', { waybillNo: subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#intercepts.restore(entry);
    this.#pusher.restore(entry);
    const subscribed = entry.kind === 'call' && entry.endpoint === SUBSCRIBE && entry.verdict === 'accepted';
    const waybills = subscribed && Array.isArray(entry.facts?.waybills) ? entry.facts.waybills : [];
    for (const waybillNo of waybills) this.#tracks.restoreSubscribed(String(waybillNo));
  }

  summary(query: URLSearchParams) {
    const endpoints = { create: CREATE, cancel: CANCEL, track: TRACK };
    return courierSummary(this.context, endpoints, this.#book, this.#pusher.deliveries, query);
  }

  start(): void {
    this.#pusher.start(this.#book);
  }

  stop(): void {
    this.#pusher.stop();
  }
}
