import type { LedgerEntry } from '../../frame/ledger-entry.js';
import {
  type InterceptOrder,
  orderState,
  type Parcel,
  type Scan,
  scansUntil,
  type Whereabouts,
  whereabouts,
} from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { bodyHash } from '../../frame/raw-body.js';
import type { Call } from '../../frame/twin.js';

/** What JD did with "cancel or intercept this waybill". `scripted`: the parcel's `refuseWith`. */
export type Turned =
  | { readonly did: 'cancelled' | 'intercepted' | 'intercepted_again' }
  | { readonly refused: 'unknown' | 'cancelled_before' | 'exists' | 'too_late' }
  | { readonly refused: 'scripted'; readonly words: string };

/** May a parcel that is here still be intercepted? The end of the window is not documented: the last delivery step here. */
const OPEN = {
  no_trace: true,
  on_the_way: true,
  delivery_branch: true,
  out_for_delivery: false,
  station: false,
  signed: false,
  returning: false,
  returned: false,
} as const satisfies Record<Whereabouts, boolean>;

/** Numbers of a shipment's status that the twin uses. */
type StatusNumber = 100 | 420 | 430 | 440 | 480 | 510 | 690;

const STATUS_AT = {
  no_trace: 100,
  on_the_way: 430,
  delivery_branch: 430,
  out_for_delivery: 440,
  station: 440,
  signed: 510,
  returning: 480,
  returned: 480,
} as const satisfies Record<Whereabouts, StatusNumber>;

/** The shipments of both platforms: cancelled before their pick-up, intercepted after it. */
export class Shipments {
  /** A cancelled shipment is another parcel than one that is created again under its waybill. */
  readonly #cancelled = new WeakSet<Parcel>();

  constructor(readonly book: ParcelBook) {}

  /** One call for both, without a request id. `again`: is a second intercept taken like the first? */
  turnAround(waybillNo: string, call: Call, again: boolean): Turned {
    const parcel = this.book.get(waybillNo);
    if (parcel === undefined) return { refused: 'unknown' };
    const words = refusedByScript(parcel);
    if (words !== null) return { refused: 'scripted', words };
    if (this.#cancelled.has(parcel)) return { refused: 'cancelled_before' };
    const here = whereabouts(this.scans(parcel, call.at));
    if (here === 'no_trace') {
      this.#cancel(parcel, call.at);
      return { did: 'cancelled' };
    }
    const exists = this.#hasLiveOrder(parcel, call.at);
    if (exists && !again) return { refused: 'exists' };
    if (!OPEN[here]) return { refused: 'too_late' };
    this.book.accept(parcel, orderOf(bodyHash(call.raw), call.at));
    return { did: exists ? 'intercepted_again' : 'intercepted' };
  }

  scans(parcel: Parcel, now: number): readonly Scan[] {
    return scansUntil(parcel, now, this.book.clock);
  }

  /** 480 from the moment the parcel is stopped, which may be long before the first scan of its way back. */
  status(parcel: Parcel, now: number): StatusNumber {
    if (this.#cancelled.has(parcel)) return 690;
    const state = this.book.stateOf(parcel, now);
    if (state === 'stopped' || state === 'returning' || state === 'finished') return 480;
    const scans = this.scans(parcel, now);
    const fresh = scans.length > 0 && scans.every(({ action }) => action === 'GOT');
    return fresh ? 420 : STATUS_AT[whereabouts(scans)];
  }

  /** Does again what a line of a cancel-or-intercept call says was done. */
  restore({ waybillNo, verdict, facts, bodyHash: hash, at }: LedgerEntry & { kind: 'call' }): void {
    const parcel = this.book.get(waybillNo ?? '');
    if (parcel === undefined) return;
    if (facts?.scripted === true) parcel.refusedByScript += 1;
    if (verdict !== 'accepted') return;
    if (facts?.cancelledShipment === true) this.#cancel(parcel, at);
    else this.book.accept(parcel, orderOf(hash, at));
  }

  /** Nothing travels any more: the parcel is created again without a timeline. */
  #cancel({ spec }: Parcel, at: number): void {
    const create = this.book.routes().find(({ method, path }) => method === 'POST' && path === '/_twin/parcels');
    const body = [{ ...spec, timeline: [], refuseWith: undefined }];
    create?.handle({ params: {}, query: new URLSearchParams(), body, at });
    const cancelled = this.book.get(spec.waybillNo);
    if (cancelled !== undefined) this.#cancelled.add(cancelled);
  }

  #hasLiveOrder(parcel: Parcel, now: number): boolean {
    return parcel.orders.some((order) => orderState(parcel, order, now, this.book.clock) !== 'failed');
  }
}

/** JD knows no request id and gives no number of an intercept. */
function orderOf(hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo: '', thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
