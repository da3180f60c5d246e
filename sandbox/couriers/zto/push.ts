import { chinaTime } from '../../frame/clock.js';
import { Deliveries, type NewPush } from '../../frame/deliveries.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { Parcel, Scan } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { ScanFeed, toldKey } from '../../frame/scan-feed.js';
import type { TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { ZtoOptions, ZtoSwitches } from './options.js';
import { ztoPushDigest } from './sign.js';

/** At most 16 attempts are documented; the gaps are not. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;

/** Track pushes: form fields data, data_digest, msg_type, company_id, again until the answer says `"status":true`. */
export class TrackPusher {
  readonly deliveries: Deliveries;
  readonly feed: ScanFeed;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly context: TwinContext,
    readonly options: ZtoOptions,
    readonly switches: ZtoSwitches,
    isSubscribed: (waybillNo: string) => boolean,
  ) {
    this.deliveries = new Deliveries(context.ledger, context.clock, acknowledged);
    this.feed = new ScanFeed(
      context.clock,
      ({ spec }) => {
        const { callbackUrl, pushTracks } = switches.values;
        if (callbackUrl === null || pushTracks === 'none') return false;
        return pushTracks === 'all' || isSubscribed(spec.waybillNo);
      },
      (parcel, scan) => this.#tell(parcel, scan),
    );
  }

  restore(entry: LedgerEntry): void {
    this.deliveries.restore(entry);
    if (entry.kind === 'push') this.feed.restoreTold(String(entry.facts.told));
  }

  start(book: ParcelBook): void {
    this.deliveries.start();
    this.feed.start(book.all);
  }

  stop(): void {
    this.feed.stop();
    this.deliveries.stop();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #tell(parcel: Parcel, scan: Scan): void {
    const { callbackUrl, pushDuplicates, pushShuffle, pushShuffleMs, pushTimeoutMs } = this.switches.values;
    if (callbackUrl === null) return;
    const { random, clock } = this.context;
    const data = pushData(parcel.spec.waybillNo, scan);
    const form = {
      data,
      data_digest: ztoPushDigest(this.options['app-secret'], data),
      msg_type: 'Traces',
      company_id: this.options['app-key'],
    };
    const push = {
      url: callbackUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(form).toString(),
      retry: { ...RETRY, timeoutMs: pushTimeoutMs },
      waybillNo: parcel.spec.waybillNo,
      facts: { told: toldKey(parcel, scan), action: scan.action },
    };
    const heldBack = random.chance(pushShuffle) ? clock.scaled(random.int(1, Math.max(1, pushShuffleMs))) : 0;
    const copies = random.chance(pushDuplicates) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.#later(push, heldBack + copy);
  }

  #later(push: Omit<NewPush, 'pushId'>, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.deliveries.send({ ...push, pushId: `push-${this.deliveries.size + 1}` });
    }, delayMs);
    this.#timers.add(timer);
  }
}

/** The `data` string of one scan, keys as documented; the ones a scan does not have are left out. */
function pushData(waybillNo: string, scan: Scan): string {
  return JSON.stringify({
    billCode: waybillNo,
    action: scan.action,
    actionTime: chinaTime(scan.at),
    city: scan.city,
    facilityCode: scan.facilityCode,
    facilityName: scan.facilityName,
    expressSigner: scan.signer,
    problemCode: scan.problemCode,
    desc: scan.desc ?? `${scan.facilityName} ${scan.action}`,
  });
}

/** The platform looks only at `status`. */
function acknowledged(status: number, body: string): boolean {
  return status === 200 && readJsonObject(body)?.status === true;
}
