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
import type { Code } from './codes.js';
import { done, gatewayNo, refusal, type Signed, textField } from './gateway.js';
import type { JtexpressOptions, JtexpressSwitches } from './options.js';
import { customerDigest, sameDigest } from './sign.js';

export const INTERCEPT = 'webopenplatformapi/api/waybill/intercept';

/** 拦截退回. The other documented value, 5, changes the address, which this twin does not do. */
const RETURN_TO_SENDER = 4;
/** What some client sends; a field that none does is a mistake. */
const FIELDS: ReadonlySet<string> = new Set(['mailNo', 'applyTypeCode', 'customerCode', 'digest', 'reason']);

/** Where a parcel is refused, and how (null: it may be intercepted). */
const REFUSED_AT = {
  no_trace: 'TWIN_NO_SCAN',
  on_the_way: null,
  delivery_branch: null,
  out_for_delivery: 'TWIN_OUT',
  station: 'TWIN_AGENT',
  signed: 'TWIN_SIGNED',
  returning: 'TWIN_RETURNING',
  returned: 'TWIN_RETURNING',
} as const satisfies Record<Whereabouts, Code | null>;

/** waybill/intercept over one book of parcels. No cancel, no query, no request id. */
export class InterceptDesk {
  constructor(
    readonly book: ParcelBook,
    readonly options: JtexpressOptions,
    readonly switches: JtexpressSwitches,
  ) {}

  create({ call, fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'mailNo') };
    const known = Object.keys(fields).every((name) => FIELDS.has(name));
    if (!known || line.waybillNo === '') return gatewayNo('TWIN_BODY', 'bad_request', line);
    if (!this.#provesCustomer(fields)) return gatewayNo('145003031', 'bad_signature', line);
    if (fields.applyTypeCode !== RETURN_TO_SENDER) return refusal('TWIN_TYPE', line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('145003064', line);
    const code = refusedByScript(parcel) ?? REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (code !== null) return refusal(code, line);
    const duplicate = this.#hasLiveOrder(parcel, call.at);
    if (duplicate && this.switches.values.refuseSecondIntercept) return refusal('TWIN_EXISTS', line);
    this.book.accept(parcel, orderOf(bodyHash(call.raw), call.at));
    return done(null, { ...line, verdict: 'accepted', facts: { duplicate } });
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== INTERCEPT) return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    if (entry.verdict === 'refused' && entry.code === parcel.spec.refuseWith) parcel.refusedByScript += 1;
    if (entry.verdict === 'accepted') this.book.accept(parcel, orderOf(entry.bodyHash, entry.at));
  }

  /** Asked for only where the twin was given a customer; a digest that is sent without being asked for is not looked at. */
  #provesCustomer(fields: Signed['fields']): boolean {
    const { 'customer-code': code, 'customer-password': password, 'private-key': key } = this.options;
    if (code === undefined || password === undefined) return true;
    const wanted = customerDigest(code, password, key);
    return textField(fields, 'customerCode') === code && sameDigest(textField(fields, 'digest'), wanted);
  }

  #hasLiveOrder(parcel: Parcel, now: number): boolean {
    return parcel.orders.some((order) => orderState(parcel, order, now, this.book.clock) !== 'failed');
  }
}

/** J&T knows no request id and gives no number. */
function orderOf(hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo: '', thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
