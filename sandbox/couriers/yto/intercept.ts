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
import type { CallLine, Outcome } from '../../frame/twin.js';
import { answer, endpointOf, missingField, type Signed, textField, withLine } from './gateway.js';
import type { YtoOptions, YtoSwitches } from './options.js';

/** The only documented reason. */
const EXISTS = '已有有效拦截件，不能重复发起拦截';

/** Where a parcel is refused, and with which words (null: it may be intercepted). The window is 派件前; the words are made up. */
const REFUSED_AT = {
  no_trace: '无揽收信息，不能发起拦截',
  on_the_way: null,
  delivery_branch: null,
  out_for_delivery: '已派件，不能发起拦截',
  station: '已入柜，不能发起拦截',
  signed: '已签收，不能发起拦截',
  returning: '退回中，不能发起拦截',
  returned: '已退回，不能发起拦截',
} as const satisfies Record<Whereabouts, string | null>;

type Line = Omit<CallLine, 'verdict'>;

/** wanted_report_adapter and wanted_cancel_adapter over one book of parcels. The waybill is the only key. */
export class WantedDesk {
  constructor(
    readonly book: ParcelBook,
    readonly options: YtoOptions,
    readonly switches: YtoSwitches,
  ) {}

  report({ call, param }: Signed): Outcome {
    const line = { waybillNo: textField(param, 'waybillNo') };
    const unusable = missingField(param, ['waybillNo', 'wantedDesc']);
    if (unusable !== undefined) return withLine(unusable, line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('运单号不存在', line);
    const scripted = refusedByScript(parcel);
    if (scripted !== null) return refusal(scripted, line);
    const duplicate = this.#liveOrder(parcel, call.at) !== undefined;
    if (duplicate && !this.switches.values.allowSecondIntercept) return refusal(EXISTS, line);
    const place = duplicate ? null : REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (place !== null) return refusal(place, line);
    this.book.accept(parcel, orderOf(bodyHash(call.raw), call.at));
    return this.#done({ ...line, facts: { duplicate } });
  }

  cancel({ call, param }: Signed): Outcome {
    const line = { waybillNo: textField(param, 'waybillNo') };
    const unusable = missingField(param, ['waybillNo', 'dealRemark']);
    if (unusable !== undefined) return withLine(unusable, line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('运单号不存在', line);
    const { refuseCancelWith } = parcel.spec;
    if (refuseCancelWith !== undefined) return refusal(refuseCancelWith, line);
    const order = this.#liveOrder(parcel, call.at);
    if (order === undefined) return refusal('没有有效拦截件，不能取消', line);
    if (orderState(parcel, order, call.at, this.book.clock) !== 'intercepting') {
      return refusal('拦截已完成，不能取消', line);
    }
    this.book.cancel(parcel, order, call.at);
    return this.#done(line);
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call') return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    const reported = entry.endpoint === endpointOf(this.options, 'wanted_report_adapter');
    if (reported && entry.verdict === 'refused' && entry.facts?.message === parcel.spec.refuseWith) {
      parcel.refusedByScript += 1;
    }
    if (entry.verdict !== 'accepted') return;
    if (reported) this.book.accept(parcel, orderOf(entry.bodyHash, entry.at));
    if (entry.endpoint === endpointOf(this.options, 'wanted_cancel_adapter')) {
      const order = this.#liveOrder(parcel, entry.at);
      if (order !== undefined) this.book.cancel(parcel, order, entry.at);
    }
  }

  #done(line: Line): Outcome {
    const body = { statusCode: 0, statusMessage: this.options['success-message'] };
    return answer(body, { ...line, verdict: 'accepted', code: '0' });
  }

  /** 有效: neither failed nor cancelled, nor ended by the parcel's return. */
  #liveOrder(parcel: Parcel, now: number): InterceptOrder | undefined {
    const over = new Set(['failed', 'cancelled', 'finished']);
    return parcel.orders.find((order) => !over.has(orderState(parcel, order, now, this.book.clock)));
  }
}

/** YTO knows no request id and gives no number. */
function orderOf(hash: string, at: number): InterceptOrder {
  return { requestId: '', bizNo: '', thirdBizNo: '', bodyHash: hash, at, cancelledAt: null };
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}

/** A business no: the reason is only in the words. */
function refusal(message: string, line: Line): Outcome {
  const body = { statusCode: 1, statusMessage: message };
  return answer(body, { ...line, verdict: 'refused', code: '1', facts: { message } });
}
