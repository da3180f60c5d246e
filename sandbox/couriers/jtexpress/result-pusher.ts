import { chinaTime } from '../../frame/clock.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import { type InterceptOrder, type OrderState, orderState, type Parcel } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ScanPusher } from '../../frame/scan-pusher.js';
import type { TwinContext } from '../../frame/twin.js';
import type { JtexpressOptions, JtexpressSwitches } from './options.js';
import { jtexpressPush } from './push.js';

/** setTimeout cannot wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** How an order has ended; null: it has not. */
const ENDED = {
  intercepting: null,
  stopped: 'result-stopped',
  returning: 'result-stopped',
  finished: 'result-stopped',
  failed: 'result-failed',
  cancelled: null,
} as const satisfies Record<OrderState, 'result-stopped' | 'result-failed' | null>;

/** Pushes 拦截回传 once for every order that has ended, beside the scans and over the same deliveries. */
export class ResultPusher {
  readonly #told = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #running = false;

  constructor(
    readonly context: TwinContext,
    readonly options: JtexpressOptions,
    readonly switches: JtexpressSwitches,
    readonly pusher: ScanPusher,
  ) {}

  restore(entry: LedgerEntry): void {
    if (entry.kind === 'push') this.#told.add(String(entry.facts.told));
  }

  start(book: ParcelBook): void {
    this.#running = true;
    for (const parcel of book.all) this.look(parcel);
  }

  stop(): void {
    this.#running = false;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** To be called whenever a parcel or a switch has changed. Tells in a later turn of the loop, after its cause's line. */
  look(parcel: Parcel): void {
    const { callbackUrl, pushResults } = this.switches.values;
    if (!this.#running || callbackUrl === null || !pushResults) return;
    for (const order of parcel.orders) {
      const key = toldKey(parcel, order);
      if (this.#told.has(key)) continue;
      clearTimeout(this.#timers.get(key));
      const waitMs = Math.max(0, this.#endsAt(parcel, order) - this.context.clock.now());
      this.#timers.set(
        key,
        setTimeout(() => this.#tell(parcel, order, key), Math.min(waitMs, LONGEST_TIMER_MS)),
      );
    }
  }

  /** When the script says how an order ends; one that never ends is looked at, found open, and left. */
  #endsAt({ spec: { intercept } }: Parcel, order: InterceptOrder): number {
    const signedMs = intercept.outcome === 'missed' ? intercept.signedAfterMs : 0;
    const { clock } = this.context;
    return order.at + clock.scaled(intercept.afterMs) + clock.scaled(signedMs);
  }

  #tell(parcel: Parcel, order: InterceptOrder, key: string): void {
    this.#timers.delete(key);
    const { callbackUrl, pushResults, pushTimeoutMs } = this.switches.values;
    const now = this.context.clock.now();
    // A timer may be early, or the wait was longer than one can be.
    if (now < this.#endsAt(parcel, order)) {
      this.look(parcel);
      return;
    }
    const word = ENDED[orderState(parcel, order, now, this.context.clock)];
    if (word === null || callbackUrl === null || !pushResults || this.#told.has(key)) return;
    this.#told.add(key);
    const { waybillNo } = parcel.spec;
    const interceptResult = this.options[word];
    const content = {
      mailNo: waybillNo,
      billCode: waybillNo,
      interceptResult,
      returnMailNo: '',
      feedbackTime: chinaTime(now),
    };
    const { deliveries, form } = this.pusher;
    deliveries.send({
      ...jtexpressPush(this.options, content, now),
      pushId: `push-${deliveries.size + 1}`,
      url: callbackUrl,
      retry: { ...form.retry, timeoutMs: pushTimeoutMs },
      waybillNo,
      facts: { told: key, interceptResult },
    });
  }
}

/** Names the end of an order for ever, apart from every scan's name. */
function toldKey(parcel: Parcel, order: InterceptOrder): string {
  return `result/${parcel.spec.waybillNo}/${parcel.createdAt}/${parcel.orders.indexOf(order)}`;
}
