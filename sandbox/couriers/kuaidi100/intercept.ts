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
import type { CallbackTarget } from './callback-form.js';
import type { TwinCode } from './codes.js';
import { done, ENDPOINT, type Line, refusal, type Signed, scriptedRefusal, textField } from './gateway.js';
import type { Kuaidi100Switches } from './options.js';
import { wrongIn } from './param-check.js';

/** Where a parcel is refused, and how (null: it may be intercepted). 「运输中且未签收」, read so that 派送中 is too late. */
const REFUSED_AT = {
  no_trace: 'noScan',
  on_the_way: null,
  delivery_branch: null,
  out_for_delivery: 'out',
  station: 'out',
  signed: 'signed',
  returning: 'returning',
  returned: 'returning',
} as const satisfies Record<Whereabouts, TwinCode | null>;

/** interceptOrder over one book of parcels. No cancel, no query, no number of the order. */
export class InterceptDesk {
  readonly #targets = new WeakMap<InterceptOrder, CallbackTarget>();

  constructor(
    readonly book: ParcelBook,
    readonly switches: Kuaidi100Switches,
  ) {}

  create({ call, param }: Signed): Outcome {
    const line = { waybillNo: textField(param, 'kuaidinum'), bizNo: orderIdOf(param) };
    const wrong = wrongIn(param);
    if (wrong === 'body') return refusal(wrong, call, 'bad_request', line);
    if (wrong !== null) return refusal(wrong, call, 'refused', line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('unknown', call, 'refused', line);
    const scripted = refusedByScript(parcel);
    if (scripted !== null) return scriptedRefusal(scripted, call, line);
    const place = REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (place !== null) return refusal(place, call, 'refused', line);
    const duplicate = this.#hasLiveOrder(parcel, call.at);
    if (duplicate && this.switches.values.refuseSecondIntercept) return refusal('exists', call, 'refused', line);
    const target = targetOf(param);
    this.#accept(parcel, orderOf(line, bodyHash(call.raw), call.at), target);
    return done(call, { ...line, verdict: 'accepted', facts: { duplicate, ...target } });
  }

  /** Where the results of an order go; undefined: it carried no address. */
  targetOf(order: InterceptOrder): CallbackTarget | undefined {
    return this.#targets.get(order);
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== ENDPOINT) return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    if (entry.verdict === 'refused' && entry.code === parcel.spec.refuseWith) parcel.refusedByScript += 1;
    if (entry.verdict !== 'accepted') return;
    this.#accept(parcel, orderOf(entry, entry.bodyHash, entry.at), targetOf(entry.facts ?? {}));
  }

  #accept(parcel: Parcel, order: InterceptOrder, target: CallbackTarget): void {
    this.#targets.set(order, target);
    this.book.accept(parcel, order);
  }

  #hasLiveOrder(parcel: Parcel, now: number): boolean {
    return parcel.orders.some((order) => orderState(parcel, order, now, this.book.clock) !== 'failed');
  }
}

/** The pages write `orderid`, the demos `orderId`. */
function orderIdOf(param: Readonly<Record<string, unknown>>): string {
  return textField(param, 'orderid') || textField(param, 'orderId');
}

function targetOf(fields: Readonly<Record<string, unknown>>): CallbackTarget {
  return {
    kuaidicom: textField(fields, 'kuaidicom'),
    orderid: orderIdOf(fields),
    salt: textField(fields, 'salt'),
    callbackUrl: textField(fields, 'callbackUrl'),
  };
}

function orderOf({ bizNo = '' }: Line, hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo, thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
