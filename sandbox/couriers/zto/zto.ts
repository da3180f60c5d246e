import { z } from 'zod';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { gatewayNo, passGateway, type Signed, textField } from './gateway.js';
import { CANCEL, CREATE, InterceptDesk, QUERY, STATUS_WORDS } from './intercept.js';
import { type ZtoOptions, ZtoSwitches } from './options.js';
import { TrackPusher } from './push.js';
import { ztoSummary } from './summary.js';
import { SUBSCRIBE, TRACK, TrackDesk } from './track.js';

const WINDOW_MS = z.coerce.number().positive().default(1000);

/** ZTO's gateway with its parcels, over the frame. */
export class ZtoTwin implements Twin {
  readonly name = 'zto';
  readonly switches = new ZtoSwitches();
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #tracks: TrackDesk;
  readonly #pusher: TrackPusher;
  readonly #limits = new EndpointLimits();
  readonly #endpoints: Readonly<Record<string, (signed: Signed) => Outcome>>;

  constructor(
    readonly context: TwinContext,
    readonly options: ZtoOptions,
  ) {
    this.#book = new ParcelBook(context.clock, (state) => STATUS_WORDS[state][0]);
    this.#intercepts = new InterceptDesk(this.#book, options, this.switches);
    this.#tracks = new TrackDesk(this.#book, (parcel) => this.#pusher.feed.look(parcel));
    this.#pusher = new TrackPusher(context, options, this.switches, (waybillNo) =>
      this.#tracks.isSubscribed(waybillNo),
    );
    this.#book.onChange = (parcel) => this.#pusher.feed.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#pusher.feed.look(parcel);
    };
    this.#endpoints = {
      [CREATE]: (signed) => this.#intercepts.create(signed),
      [CANCEL]: (signed) => this.#intercepts.cancel(signed),
      [QUERY]: (signed) => this.#intercepts.query(signed),
      [TRACK]: (signed) => this.#tracks.query(signed),
      [SUBSCRIBE]: (signed) => this.#tracks.subscribe(signed),
    };
  }

  get controls() {
    return this.#book.routes();
  }

  subjectOf(call: Call): string | undefined {
    const fields = readJsonObject(call.raw.toString('utf8'));
    return fields && textField(fields, 'billCode');
  }

  handle(call: Call): Outcome {
    const endpoint = this.#endpoints[call.endpoint];
    if (endpoint === undefined) return gatewayNo('S207', 'bad_request');
    const passed = passGateway(this.options, call);
    if (!('fields' in passed)) return passed;
    const allowed = this.#limits.allow(call.endpoint, this.switches.values.rateLimit, call.at);
    return allowed ? endpoint(passed) : this.throttled(call);
  }

  throttled(call: Call): Outcome {
    const refused = gatewayNo('S221', 'throttled');
    return { ...refused, line: { ...refused.line, waybillNo: this.subjectOf(call) } };
  }

  restore(entry: LedgerEntry): void {
    this.#intercepts.restore(entry);
    this.#pusher.restore(entry);
    const subscribed = entry.kind === 'call' && entry.endpoint === SUBSCRIBE && entry.verdict === 'accepted';
    if (subscribed) this.#tracks.restoreSubscribed(entry.waybillNo ?? '');
  }

  summary(query: URLSearchParams) {
    const windowMs = WINDOW_MS.parse(query.get('windowMs') ?? undefined);
    return ztoSummary(this.context, this.#book, this.#pusher, windowMs);
  }

  start(): void {
    this.#pusher.start(this.#book);
  }

  stop(): void {
    this.#pusher.stop();
  }
}
