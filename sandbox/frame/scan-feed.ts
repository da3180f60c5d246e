import type { Clock } from './clock.js';
import { allScans, type Parcel, type Scan } from './parcel.js';

/** setTimeout cannot wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Hands out every scan of the watched parcels once, when its moment comes. */
export class ScanFeed {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #told = new Set<string>();
  #running = false;

  constructor(
    readonly clock: Clock,
    readonly isWatched: (parcel: Parcel) => boolean,
    readonly tell: (parcel: Parcel, scan: Scan) => void,
  ) {}

  /** A ledger line says that this scan was told before a restart. */
  restoreTold(toldKey: string): void {
    this.#told.add(toldKey);
  }

  start(parcels: Iterable<Parcel>): void {
    this.#running = true;
    for (const parcel of parcels) this.look(parcel);
  }

  stop(): void {
    this.#running = false;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /**
   * To be called whenever a parcel or its being watched has changed. Scans before the parcel's creation are its past and
   * not told. The telling waits for the next turn of the loop, so that it comes after the ledger line of its cause.
   */
  look(parcel: Parcel): void {
    const { waybillNo } = parcel.spec;
    clearTimeout(this.#timers.get(waybillNo));
    this.#timers.delete(waybillNo);
    if (!this.#running || !this.isWatched(parcel)) return;
    const next = this.#untold(parcel)[0];
    if (next === undefined) return;
    const waitMs = Math.min(Math.max(0, next.at - this.clock.now()), LONGEST_TIMER_MS);
    this.#timers.set(
      waybillNo,
      setTimeout(() => this.#tellDue(parcel), waitMs),
    );
  }

  #tellDue(parcel: Parcel): void {
    const now = this.clock.now();
    for (const scan of this.#untold(parcel)) {
      if (scan.at > now) break;
      this.#told.add(toldKey(parcel, scan));
      this.tell(parcel, scan);
    }
    this.look(parcel);
  }

  #untold(parcel: Parcel): readonly Scan[] {
    return allScans(parcel, this.clock).filter(
      (scan) => scan.at >= parcel.createdAt && !this.#told.has(toldKey(parcel, scan)),
    );
  }
}

/** Names a scan for ever: a parcel created again under the same waybill is another parcel. */
export function toldKey(parcel: Parcel, scan: Scan): string {
  return `${parcel.spec.waybillNo}/${parcel.createdAt}/${scan.key}`;
}
