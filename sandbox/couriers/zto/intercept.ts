import type { LedgerEntry } from '../../frame/ledger-entry.js';
import {
  type InterceptOrder,
  type OrderState,
  orderState,
  type Parcel,
  scansUntil,
  type Whereabouts,
  whereabouts,
} from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { bodyHash } from '../../frame/raw-body.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type INTERCEPT_CODES, textOf } from './codes.js';
import { answer, missingField, type Signed, textField } from './gateway.js';
import type { ZtoOptions, ZtoSwitches } from './options.js';

export const CREATE = 'thirdcenter.createIntercept';
export const CANCEL = 'thirdcenter.cancelIntercept';
export const QUERY = 'thirdcenter.queryInterceptAndReturnStatus';

/** `data.status` of the query and its Chinese name, as documented (PACKAGE_DELIVERYING is the real spelling). */
export const STATUS_WORDS = {
  intercepting: ['INTERCEPTING', '拦截中'],
  stopped: ['INTERCEPT_SUCCESS', '拦截成功'],
  returning: ['PACKAGE_DELIVERYING', '退改中'],
  finished: ['INTERCEPT_DISCONTINUE', '拦截完结'],
  failed: ['INTERCEPT_FAIL', '拦截失败'],
  cancelled: ['INTERCEPT_CANCEL', '取消拦截'],
} as const satisfies Record<OrderState, readonly [string, string]>;

/** Where a parcel is refused, and how (null: it may be intercepted). ZTO's window closes at the delivery branch. */
const REFUSED_AT = {
  no_trace: 'E23119',
  on_the_way: null,
  delivery_branch: 'E23137',
  out_for_delivery: 'E23120',
  station: 'E23112',
  signed: 'E23101',
  returning: 'E23123',
  returned: 'E23123',
} as const satisfies Record<Whereabouts, keyof typeof INTERCEPT_CODES | null>;

const RECEIVER_FIELDS = [
  'receivePhone',
  'receiveUsername',
  'receiveAddress',
  'receiveDistrict',
  'receiveCity',
  'receiveProvince',
] as const;

/** createIntercept, cancelIntercept and the status query over one book of parcels. */
export class InterceptDesk {
  readonly #byRequest = new Map<string, InterceptOrder>();
  #accepted = 0;

  constructor(
    readonly book: ParcelBook,
    readonly options: ZtoOptions,
    readonly switches: ZtoSwitches,
  ) {}

  create(signed: Signed): Outcome {
    const { call, fields } = signed;
    const line = { waybillNo: textField(fields, 'billCode'), requestId: textField(fields, 'requestId') };
    const unusable = missingField(fields, ['billCode', 'requestId', 'destinationType']);
    if (unusable !== undefined) return withLine(unusable, line);
    const hash = bodyHash(call.raw);
    const { forgetIdempotency, allowSecondIntercept } = this.switches.values;
    const before = this.#byRequest.get(line.requestId);
    if (before !== undefined && !forgetIdempotency) {
      if (before.bodyHash === hash) return this.#granted(before, { ...line, verdict: 'repeated' });
      return refusal(this.options['changed-request-code'], line);
    }
    const bad = badFields(fields, line);
    if (bad !== undefined) return bad;
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('E23102', line);
    const place = REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    const code = refusedByScript(parcel) ?? place;
    if (code !== null) return refusal(code, line);
    const live = this.#liveOrder(parcel, call.at);
    if (live !== undefined && before === undefined && !allowSecondIntercept) return refusal('E23121', line);
    const facts = { thirdBizNo: textField(fields, 'thirdBizNo'), duplicate: live !== undefined };
    const order = this.#accept(parcel, {
      requestId: line.requestId,
      bodyHash: hash,
      at: call.at,
      thirdBizNo: facts.thirdBizNo,
    });
    return this.#granted(order, { ...line, verdict: 'accepted', facts });
  }

  cancel({ call, fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'billCode') };
    const unusable = missingField(fields, ['billCode', 'thirdBizNo']);
    if (unusable !== undefined) return withLine(unusable, line);
    const parcel = this.book.get(line.waybillNo);
    if (parcel === undefined) return refusal('E23102', line);
    if (parcel.spec.refuseCancelWith !== undefined) return refusal(parcel.spec.refuseCancelWith, line);
    const order = parcel.orders.at(-1);
    if (order === undefined) return refusal('E23130', line);
    const named = { ...line, requestId: order.requestId, bizNo: order.bizNo };
    if (order.thirdBizNo !== textField(fields, 'thirdBizNo')) return refusal('E23135', named);
    const state = orderState(parcel, order, call.at, this.book.clock);
    if (state !== 'intercepting') return refusal('E23130', named);
    this.book.cancel(parcel, order, call.at);
    const code = this.options['success-code'];
    return answer(
      { status: true, statusCode: code, message: '操作成功', data: null },
      { ...named, verdict: 'accepted', code },
    );
  }

  query({ call, fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'billCode') };
    const unusable = missingField(fields, ['billCode']);
    if (unusable !== undefined) return withLine(unusable, line);
    const parcel = this.book.get(line.waybillNo);
    const state = parcel && this.book.stateOf(parcel, call.at);
    if (state === undefined) return refusal(this.options['no-intercept-code'], line);
    const [status, statusName] = STATUS_WORDS[state];
    const data = { billCode: line.waybillNo, serviceCode: '', status, statusName };
    const code = this.options['success-code'];
    const facts = { status };
    return answer(
      { status: true, statusCode: code, message: '操作成功', data },
      { ...line, verdict: 'answered', code, facts },
    );
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call') return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    if (entry.endpoint === CREATE && entry.verdict === 'refused' && entry.code === parcel.spec.refuseWith) {
      parcel.refusedByScript += 1;
    }
    if (entry.verdict !== 'accepted') return;
    if (entry.endpoint === CREATE) {
      const { requestId = '', bodyHash: hash, at, facts } = entry;
      this.#accept(parcel, { requestId, bodyHash: hash, at, thirdBizNo: String(facts?.thirdBizNo ?? '') });
    }
    if (entry.endpoint === CANCEL) {
      const order = parcel.orders.at(-1);
      if (order !== undefined) this.book.cancel(parcel, order, entry.at);
    }
  }

  /** bizNo counts acceptances, so that a replayed ledger gives every order its old number. */
  #accept(parcel: Parcel, asked: Pick<InterceptOrder, 'requestId' | 'bodyHash' | 'at' | 'thirdBizNo'>): InterceptOrder {
    this.#accepted += 1;
    const order = { ...asked, bizNo: `LJ${100_000_000 + this.#accepted}`, cancelledAt: null };
    this.#byRequest.set(asked.requestId, order);
    this.book.accept(parcel, order);
    return order;
  }

  #granted(order: InterceptOrder, line: CallLine): Outcome {
    const code = this.options['success-code'];
    const data = { centerBizNo: order.bizNo };
    return answer({ status: true, statusCode: code, message: '操作成功', data }, { ...line, bizNo: order.bizNo, code });
  }

  #liveOrder(parcel: Parcel, now: number): InterceptOrder | undefined {
    return parcel.orders.find((order) => {
      const state = orderState(parcel, order, now, this.book.clock);
      return state !== 'failed' && state !== 'cancelled';
    });
  }
}

function badFields(fields: Readonly<Record<string, unknown>>, line: Omit<CallLine, 'verdict'>): Outcome | undefined {
  const type = fields.destinationType;
  if (type !== 1 && type !== 2 && type !== 3 && type !== 4) return refusal('E23108', line);
  if (type < 3) return undefined;
  const missing = missingField(fields, RECEIVER_FIELDS);
  if (missing !== undefined) return withLine(missing, line);
  const phone = textField(fields, 'receivePhone');
  if (phone.length > 16) return refusal('E23150', line);
  return /^\d[\d-]*$/.test(phone) ? undefined : refusal('E23148', line);
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}

/** A business no of thirdcenter.*: HTTP 200, payload key `data`, null. */
function refusal(code: string, line: Omit<CallLine, 'verdict'>): Outcome {
  const body = { status: false, statusCode: code, message: textOf(code), data: null };
  return answer(body, { ...line, verdict: 'refused', code });
}

function withLine(outcome: Outcome, line: Omit<CallLine, 'verdict'>): Outcome {
  return { ...outcome, line: { ...line, ...outcome.line } };
}
