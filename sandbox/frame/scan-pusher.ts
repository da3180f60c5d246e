import { z } from 'zod';
import { Deliveries, type NewPush } from './deliveries.js';
import type { LedgerEntry, RetryPlan } from './ledger-entry.js';
import type { Parcel, Scan } from './parcel.js';
import type { ParcelBook } from './parcel-book.js';
import { ScanFeed, toldKey } from './scan-feed.js';
import type { TwinContext } from './twin.js';

const SHARE = z.number().min(0).max(1).default(0);

/** Switches of a courier that pushes scans, to be spread into its config. */
export const PUSH_SWITCHES = {
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  pushTracks: z.enum(['subscribed', 'all', 'none']).default('subscribed'),
  pushDuplicates: SHARE,
  pushShuffle: SHARE,
  pushShuffleMs: z.number().nonnegative().default(2000),
  pushTimeoutMs: z.number().positive().default(5000),
};
type PushSwitchValues = z.output<z.ZodObject<typeof PUSH_SWITCHES>>;

/** How one courier writes a scan and takes an acknowledgement. */
export interface PushForm {
  readonly retry: Omit<RetryPlan, 'timeoutMs'>;
  write(waybillNo: string, scan: Scan): Pick<NewPush, 'headers' | 'body'>;
  acknowledges(status: number, body: string): boolean;
}

/** Pushes every scan of the watched parcels in a courier's form, doubled and out of order where the config says so. */
export class ScanPusher {
  readonly deliveries: Deliveries;
  readonly feed: ScanFeed;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly context: TwinContext,
    readonly form: PushForm,
    readonly switches: { readonly values: PushSwitchValues },
    isSubscribed: (waybillNo: string) => boolean,
  ) {
    this.deliveries = new Deliveries(context.ledger, context.clock, form.acknowledges);
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
    const { waybillNo } = parcel.spec;
    const push = {
      ...this.form.write(waybillNo, scan),
      url: callbackUrl,
      retry: { ...this.form.retry, timeoutMs: pushTimeoutMs },
      waybillNo,
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
