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
import type { TWIN_CODES } from './codes.js';
import { done, gatewayNo, refusal, type Signed, textField } from './gateway.js';
import type { YundaOptions, YundaSwitches } from './options.js';

/** All fields of the one public sample; which of them Yunda requires is not documented. */
const FIELDS = [
  'shipId',
  'startSiteCode',
  'inteType',
  'changeAddress',
  'changeName',
  'changeTel',
  'interceptSponsorName',
  'interceptCreateTime',
  'remark',
] as const;
/** Those that make no sense when empty. */
const FILLED = ['shipId', 'inteType', 'interceptSponsorName', 'remark'] as const;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

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
} as const satisfies Record<Whereabouts, keyof typeof TWIN_CODES | null>;

/** invokeExpressChangeAddr over one book of parcels. No cancel, no query, no request id. */
export class InterceptDesk {
  constructor(
    readonly endpoint: string,
    readonly book: ParcelBook,
    readonly options: YundaOptions,
    readonly switches: YundaSwitches,
  ) {}

  create({ call, fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'shipId') };
    const whole =
      FIELDS.every((name) => typeof fields[name] === 'string') && Object.keys(fields).length === FIELDS.length;
    const filled = FILLED.every((name) => textField(fields, name) !== '');
    if (!whole || !filled || !TIME.test(textField(fields, 'interceptCreateTime'))) {
      return gatewayNo('TWIN_BODY', 'bad_request', line);
    }
    if (fields.inteType !== this.options['inte-type']) return refusal('TWIN_TYPE', line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('TWIN_UNKNOWN', line);
    const code = refusedByScript(parcel) ?? REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (code !== null) return refusal(code, line);
    const duplicate = this.#hasLiveOrder(parcel, call.at);
    if (duplicate && this.switches.values.refuseSecondIntercept) return refusal('TWIN_EXISTS', line);
    this.book.accept(parcel, orderOf(bodyHash(call.raw), call.at));
    return done(null, { ...line, verdict: 'accepted', facts: { duplicate } });
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== this.endpoint) return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    if (entry.verdict === 'refused' && entry.code === parcel.spec.refuseWith) parcel.refusedByScript += 1;
    if (entry.verdict === 'accepted') this.book.accept(parcel, orderOf(entry.bodyHash, entry.at));
  }

  #hasLiveOrder(parcel: Parcel, now: number): boolean {
    return parcel.orders.some((order) => orderState(parcel, order, now, this.book.clock) !== 'failed');
  }
}

/** Yunda knows no request id and gives no number. */
function orderOf(hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo: '', thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
