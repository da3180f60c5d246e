import { courierSummary } from '../../frame/courier-summary.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { ParcelBook } from '../../frame/parcel-book.js';
import { ScanPusher } from '../../frame/scan-pusher.js';
import { EndpointLimits } from '../../frame/sliding-window.js';
import type { Call, Outcome, Twin, TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import {
  CANCEL,
  endpointOf,
  gatewayNo,
  json,
  lineOf,
  type Passed,
  passGateway,
  readForm,
  SERVICE_PATH,
  type ServiceName,
  TOKEN,
  textField,
} from './gateway.js';
import { InterceptDesk } from './intercept.js';
import { type SfOptions, SfSwitches } from './options.js';
import { sfPushForm } from './push.js';
import { sfToken } from './sign.js';
import { TrackDesk } from './track.js';

/** SF's gateway with its parcels, over the frame. */
export class SfTwin implements Twin {
  readonly name = 'sf';
  readonly switches = new SfSwitches();
  readonly #book: ParcelBook;
  readonly #intercepts: InterceptDesk;
  readonly #tracks: TrackDesk;
  readonly #pusher: ScanPusher;
  readonly #limits = new EndpointLimits();
  readonly #seen = new Set<string>();
  readonly #services: Readonly<Record<ServiceName, (passed: Passed) => Outcome>>;

  constructor(
    readonly context: TwinContext,
    readonly options: SfOptions,
  ) {
    // SF has no word for the state of an order: the frame's are shown.
    this.#book = new ParcelBook(context.clock, (state) => state);
    this.#intercepts = new InterceptDesk(this.#book, options, this.switches);
    this.#tracks = new TrackDesk(this.#book, options, this.switches, (parcel) => this.#pusher.feed.look(parcel));
    this.#pusher = new ScanPusher(context, sfPushForm(this.switches), this.switches, (waybillNo) =>
      this.#tracks.isRegistered(waybillNo),
    );
    this.#book.onChange = (parcel) => this.#pusher.feed.look(parcel);
    this.switches.onChange = () => {
      for (const parcel of this.#book.all) this.#pusher.feed.look(parcel);
    };
    this.#services = {
      EXP_RECE_WANTED_INTERCEPT: (passed) => this.#intercepts.handle(passed),
      EXP_RECE_SEARCH_ROUTES: (passed) => this.#tracks.query(passed),
      EXP_RECE_REGISTER_ROUTE: (passed) => this.#tracks.register(passed),
    };
  }

  get controls() {
    return this.#book.routes();
  }

  endpointOf(call: Pick<Call, 'raw'>): string | undefined {
    return endpointOf(call);
  }

  subjectOf(call: Call): string | undefined {
    const msgData = readJsonObject(new URLSearchParams(call.raw.toString('utf8')).get('msgData') ?? '') ?? {};
    const first: unknown = Array.isArray(msgData.trackingNumber) ? msgData.trackingNumber[0] : undefined;
    const waybillNo = textField(msgData, 'waybillNo') || textField(msgData, 'attributeNo');
    return waybillNo || (typeof first === 'string' && first) || undefined;
  }

  handle(call: Call): Outcome {
    if (call.path === `/${TOKEN}`) return this.#issueToken(call);
    if (call.path !== SERVICE_PATH) return { ...gatewayNo('A1004', 'bad_request'), status: 404 };
    const passed = passGateway(this.options, this.switches, call);
    if (!('service' in passed)) return passed;
    const line = lineOf(passed, { waybillNo: this.subjectOf(call) });
    if (this.#seen.has(passed.requestId)) return gatewayNo('A1007', 'refused', line);
    const { rateLimit, rememberThrottled } = this.switches.values;
    const allowed = this.#limits.allow(call.endpoint, rateLimit, call.at);
    if (allowed || rememberThrottled) this.#seen.add(passed.requestId);
    return allowed
      ? this.#services[passed.service](passed)
      : gatewayNo('A1005', 'throttled', { ...line, facts: { ...line.facts, passed: rememberThrottled } });
  }

  throttled(call: Call): Outcome {
    return gatewayNo('A1005', 'throttled', { waybillNo: this.subjectOf(call) });
  }

  restore(entry: LedgerEntry): void {
    this.#intercepts.restore(entry);
    this.#pusher.restore(entry);
    if (entry.kind !== 'call' || entry.facts?.passed !== true) return;
    this.#seen.add(entry.requestId ?? '');
    const registered = entry.endpoint === 'EXP_RECE_REGISTER_ROUTE' && entry.verdict === 'accepted';
    if (registered) this.#tracks.restoreRegistered(entry.waybillNo ?? '');
  }

  summary(query: URLSearchParams) {
    const endpoints = { create: 'EXP_RECE_WANTED_INTERCEPT', cancel: CANCEL, track: 'EXP_RECE_SEARCH_ROUTES' } as const;
    const counts = courierSummary(this.context, endpoints, this.#book, this.#pusher.deliveries, query);
    const issued = this.context.ledger.entries.filter(
      (entry) => entry.kind === 'call' && entry.endpoint === TOKEN && entry.verdict === 'answered',
    );
    return { ...counts, tokens: issued.length };
  }

  start(): void {
    this.#pusher.start(this.#book);
  }

  stop(): void {
    this.#pusher.stop();
  }

  /** `{partnerID, secret, grantType: password}`. What a refusal looks like is not documented: the gateway's. */
  #issueToken(call: Call): Outcome {
    const form = readForm(call) ?? {};
    const { partnerID, secret, grantType, ...more } = form;
    if (grantType !== 'password' || Object.keys(more).length > 0) return gatewayNo('A1001', 'bad_request');
    const { 'app-key': ours, 'app-secret': checkWord } = this.options;
    if (partnerID !== ours || secret !== checkWord) return gatewayNo('A1011', 'bad_signature');
    const accessToken = sfToken(call.at, this.switches.values.tokenEpoch, checkWord);
    return json({ apiErrorMsg: '', apiResultCode: 'A1000', accessToken }, { verdict: 'answered', code: 'A1000' });
  }
}
