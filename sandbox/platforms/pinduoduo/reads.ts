import type { Call, Outcome } from '../../frame/twin.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { answer, errorAnswer } from './gateway.js';
import type { PinduoduoSwitches } from './options.js';
import { listedRefund, orderDetail, refundDetail } from './shapes.js';
import { LIST_TYPE, statusOf } from './words.js';

/** What a method is given: who asks, and with which fields. */
export interface Asked {
  readonly method: string;
  readonly mallId: string;
  readonly form: URLSearchParams;
  readonly call: Call;
}

const MOST_A_PAGE = 100;
const MOST_WINDOW_S = 1_800;
const ALL_TYPES = 1;

const whole = (text: string | null): number => (text !== null && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN);

/** The refunds of the malls, read. */
export class Reads {
  constructor(
    readonly book: RefundBook,
    readonly switches: PinduoduoSwitches,
  ) {}

  /** `order_sn` is required, and must be the order of the refund. */
  refund({ method, mallId, form, call }: Asked): Outcome {
    const refundId = form.get('after_sales_id') ?? '';
    const line = { waybillNo: refundId, facts: { method } };
    if (!form.get('order_sn') || !/^\d{1,19}$/.test(refundId)) return errorAnswer('badParam', call, line);
    const refund = this.book.get(refundId);
    if (refund?.shopId !== mallId || refund.orderId !== form.get('order_sn')) return errorAnswer('notOurs', call, line);
    return answer(refundDetail(refund, this.switches), { ...line, facts: { method, updatedAtMs: refund.updatedAtMs } });
  }

  order({ method, mallId, form, call }: Asked): Outcome {
    const orderSn = form.get('order_sn') ?? '';
    const line = { waybillNo: orderSn, facts: { method } };
    if (orderSn === '') return errorAnswer('badParam', call, line);
    const refund = [...this.book.all].find(({ shopId, orderId }) => shopId === mallId && orderId === orderSn);
    return refund === undefined ? errorAnswer('notOurs', call, line) : answer(orderDetail(refund), line);
  }

  /** One status a call; both ends of the span count, in whole seconds. */
  refunds({ method, mallId, form, call }: Asked): Outcome {
    const [from, to] = [whole(form.get('start_updated_at')), whole(form.get('end_updated_at'))];
    const [status, type] = [whole(form.get('after_sales_status')), whole(form.get('after_sales_type'))];
    const [page, asked] = [whole(form.get('page') ?? '1'), whole(form.get('page_size') ?? '100')];
    const line = { facts: { method, status } };
    const isSpan = to >= from && to - from <= MOST_WINDOW_S;
    const isPage = page >= 1 && asked >= 1 && asked <= MOST_A_PAGE;
    if (!isSpan || !isPage || Number.isNaN(status) || !(type >= ALL_TYPES)) return errorAnswer('badParam', call, line);
    const isAsked = (refund: Refund) =>
      statusOf(refund) === status && (type === ALL_TYPES || LIST_TYPE[refund.type] === type);
    const all = this.book.changedBetween(mallId, from * 1_000, (to + 1) * 1_000).filter(isAsked);
    const size = this.switches.values.pageSize ?? asked;
    const records = all.slice((page - 1) * size, page * size).map((refund) => listedRefund(refund, this.switches));
    return answer({ refund_increment_get_response: { refund_list: records, total_count: all.length } }, line);
  }
}
