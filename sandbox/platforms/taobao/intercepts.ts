import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue } from '../../frame/wire-json.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { answer, errorAnswer } from './gateway.js';
import type { TaobaoSwitches } from './options.js';
import type { Asked } from './reads.js';
import { isShipped } from './words.js';

export const REFUND_INTERCEPT = 'taobao.rp.refund.intercept';
export const DELIVERY_CUT = 'taobao.logistics.erp.delivery.cut';

/** The waybills that were asked to be stopped, by after-sale or by waybill. */
export class Intercepts {
  readonly #taken = new Set<string>();

  constructor(
    readonly book: RefundBook,
    readonly switches: TaobaoSwitches,
  ) {}

  get taken(): readonly string[] {
    return [...this.#taken];
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.verdict !== 'accepted' || entry.waybillNo === undefined) return;
    this.#taken.add(entry.waybillNo);
  }

  /** The waybill that a call wants stopped, read leniently: of an after-sale the first parcel's. */
  subjectOf(form: URLSearchParams): string | undefined {
    if (form.get('method') === DELIVERY_CUT) return cutRequest(form)?.mailNo;
    return this.book.get(form.get('refund_id') ?? '')?.parcels[0]?.waybillNo;
  }

  byRefund({ method, seller, form, call }: Asked): Outcome {
    const refundId = form.get('refund_id') ?? '';
    const version = form.get('refund_version') ?? '';
    const refund = this.book.get(refundId);
    const waybillNo = refund?.parcels[0]?.waybillNo;
    const line = { waybillNo, requestId: refundId, facts: { version } };
    if (refundId === '' || version === '') return errorAnswer('noParam', call, { ...line, verdict: 'bad_request' });
    if (refund === undefined || refund.shopId !== seller) {
      return errorAnswer('noRefund', call, { ...line, verdict: 'refused' });
    }
    if (version !== String(refund.updatedAtMs)) {
      return errorAnswer('staleVersion', call, { ...line, verdict: 'refused' });
    }
    if (!isToIntercept(refund)) return errorAnswer('notToIntercept', call, { ...line, verdict: 'refused' });
    if (this.#isRepeat(waybillNo)) return errorAnswer('repeat', call, { ...line, verdict: 'refused' });
    return this.#take(method, {}, call, line);
  }

  byWaybill({ method, seller, form, call }: Asked): Outcome {
    const request = cutRequest(form);
    const line = { waybillNo: request?.mailNo, bizNo: request?.orderId };
    if (request === undefined) return errorAnswer('noParam', call, { ...line, verdict: 'bad_request' });
    const { mailNo, cpCode } = request;
    const isKnown = [...this.book.all].some(
      ({ shopId, parcels }) =>
        shopId === seller && parcels.some((one) => one.waybillNo === mailNo && one.companyCode === cpCode),
    );
    const no = (code: string, message: string) =>
      answer(method, { suc: false, retry: false, biz_error_code: code, biz_error_message: message }, call, {
        ...line,
        verdict: 'refused',
        code,
      });
    if (!isKnown) return no('MAIL_NO_NOT_EXIST', '面单号不存在');
    if (this.#isRepeat(mailNo)) return no('CUT_OFF_REPEAT', '重复发起配拦截');
    return this.#take(method, { suc: true, retry: false }, call, line);
  }

  #isRepeat(waybillNo: string | undefined): boolean {
    return this.switches.values.repeat === 'refused' && this.#taken.has(waybillNo ?? '');
  }

  #take(
    method: string,
    content: Readonly<Record<string, WireValue>>,
    call: Call,
    line: Omit<CallLine, 'verdict'>,
  ): Outcome {
    this.#taken.add(line.waybillNo ?? '');
    return answer(method, content, call, { ...line, verdict: 'accepted' });
  }
}

function isToIntercept(refund: Refund): boolean {
  const isAlive = refund.status !== 'closed' && refund.status !== 'refused';
  return refund.type === 'refund_only' && isShipped(refund) && isAlive;
}

function cutRequest(
  form: URLSearchParams,
): { mailNo: string; cpCode: string; orderId: string | undefined } | undefined {
  const fields = readJsonObject(form.get('cut_off_delivery_process_request') ?? '') ?? {};
  const { mail_no: mailNo, tms_cp_code: cpCode, outer_order_id: orderId } = fields;
  const isWhole = [mailNo, cpCode, fields.intercept_time, fields.intercept_reason].every(isText);
  if (!isWhole || !isText(mailNo) || !isText(cpCode)) return undefined;
  return { mailNo, cpCode, orderId: isText(orderId) ? orderId : undefined };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
