import type { LedgerEntry } from '../../frame/ledger-entry.js';
import {
  type InterceptOrder,
  orderState,
  type Parcel,
  scansUntil,
  type Whereabouts,
  whereabouts,
} from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { bodyHash } from '../../frame/raw-body.js';
import type { Outcome } from '../../frame/twin.js';
import type { Answers } from './answers.js';
import type { TwinCode } from './codes.js';
import type { Service, Signed } from './gateway.js';
import type { StoOptions, StoSwitches } from './options.js';

export const CREATE = 'INTERCEPT_CREATE_STANDARD' satisfies Service;
export const CANCEL = 'INTERCEPT_DEL_STANDARD' satisfies Service;

/** With any of these the same service is another order, 拦截改址, which this twin does not play. */
const RECEIVER = [
  'receiverName',
  'receiverTel',
  'receiverProvince',
  'receiverCity',
  'receiverArea',
  'receiverAddress',
] as const;

/** Where a parcel is refused, and how (null: it may be intercepted). */
const REFUSED_AT = {
  no_trace: 'TWIN_NO_SCAN',
  on_the_way: null,
  delivery_branch: null,
  out_for_delivery: 'TWIN_OUT',
  station: 'TWIN_STATION',
  signed: 'TWIN_SIGNED',
  returning: 'TWIN_RETURNING',
  returned: 'TWIN_RETURNING',
} as const satisfies Record<Whereabouts, TwinCode | null>;

/** Both intercept services over one book of parcels. The waybill is the only key. */
export class InterceptDesk {
  constructor(
    readonly book: ParcelBook,
    readonly options: StoOptions,
    readonly switches: StoSwitches,
    readonly answers: Answers,
  ) {}

  create({ call, content }: Signed): Outcome {
    const { waybillNo, interceptForAct, ...more } = content;
    const line = { waybillNo: textOf(waybillNo) };
    const strange = Object.keys(more).some((name) => !(RECEIVER as readonly string[]).includes(name));
    if (line.waybillNo === '' || typeof interceptForAct !== 'string' || strange) {
      return this.answers.gatewayNo('TWIN_CONTENT', 'bad_request', line);
    }
    if (interceptForAct !== this.options['intercept-for-act']) return this.answers.refusal('TWIN_ACT', line);
    if (Object.keys(more).length > 0) return this.answers.refusal('TWIN_REDIRECT', line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return this.answers.refusal('TWIN_UNKNOWN', line);
    const code = refusedByScript(parcel) ?? REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (code !== null) return this.answers.refusal(code, line);
    const duplicate = this.#liveOrders(parcel, call.at).length > 0;
    if (duplicate && this.switches.values.refuseSecondIntercept) return this.answers.refusal('TWIN_EXISTS', line);
    this.book.accept(parcel, orderOf(bodyHash(call.raw), call.at));
    return this.answers.done(undefined, { ...line, verdict: 'accepted', facts: { duplicate } });
  }

  /** The waybill is all that is said, so every living order of it is taken back. */
  cancel({ call, content }: Signed): Outcome {
    const { waybillNo, ...more } = content;
    const line = { waybillNo: textOf(waybillNo) };
    if (line.waybillNo === '' || Object.keys(more).length > 0) {
      return this.answers.gatewayNo('TWIN_CONTENT', 'bad_request', line);
    }
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return this.answers.refusal('TWIN_UNKNOWN', line);
    const { refuseCancelWith } = parcel.spec;
    if (refuseCancelWith !== undefined) return this.answers.refusal(refuseCancelWith, line);
    const live = this.#liveOrders(parcel, call.at);
    if (live.length === 0) return this.answers.refusal('TWIN_NO_INTERCEPT', line);
    if (live.some((order) => orderState(parcel, order, call.at, this.book.clock) !== 'intercepting')) {
      return this.answers.refusal('TWIN_DONE', line);
    }
    for (const order of live) this.book.cancel(parcel, order, call.at);
    return this.answers.done(undefined, { ...line, verdict: 'accepted' });
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call') return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    const created = entry.endpoint === CREATE;
    if (created && entry.verdict === 'refused' && entry.code === parcel.spec.refuseWith) parcel.refusedByScript += 1;
    if (entry.verdict !== 'accepted') return;
    if (created) this.book.accept(parcel, orderOf(entry.bodyHash, entry.at));
    if (entry.endpoint === CANCEL) {
      for (const order of this.#liveOrders(parcel, entry.at)) this.book.cancel(parcel, order, entry.at);
    }
  }

  /** Neither failed nor cancelled, nor ended by the parcel's return. */
  #liveOrders(parcel: Parcel, now: number): readonly InterceptOrder[] {
    const over = new Set(['failed', 'cancelled', 'finished']);
    return parcel.orders.filter((order) => !over.has(orderState(parcel, order, now, this.book.clock)));
  }
}

/** STO knows no request id and gives no number. */
function orderOf(hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo: '', thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
