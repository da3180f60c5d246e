import { chinaTime } from '../../frame/clock.js';
import type { Call, Outcome } from '../../frame/twin.js';
import type { WireValue } from '../../frame/wire-json.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { answer, chinaMs, errorAnswer } from './gateway.js';
import type { TaobaoSwitches } from './options.js';
import { bare, isShipped, refundRecord } from './words.js';

/** What a method is given: who asks, and with which fields. */
export interface Asked {
  readonly method: string;
  readonly seller: string;
  readonly form: URLSearchParams;
  readonly call: Call;
}

const MOST_A_PAGE = 100;

/** The refunds of the sellers, read. */
export class Reads {
  constructor(
    readonly book: RefundBook,
    readonly switches: TaobaoSwitches,
  ) {}

  refund({ method, seller, form, call }: Asked): Outcome {
    const refundId = form.get('refund_id') ?? '';
    const line = { waybillNo: refundId };
    if (refundId === '' || !form.get('fields'))
      return errorAnswer('noParam', call, { ...line, verdict: 'bad_request' });
    const refund = this.book.get(refundId);
    if (refund?.shopId !== seller) return errorAnswer('noRefund', call, { ...line, verdict: 'refused' });
    return answer(method, { refund: picked(refund, form) }, call, { ...line, verdict: 'answered' });
  }

  /** Both ends of the span count; times have whole seconds. */
  refunds({ method, seller, form, call }: Asked): Outcome {
    const [from, to] = [chinaMs(form.get('start_modified') ?? ''), chinaMs(form.get('end_modified') ?? '')];
    const page = Number(form.get('page_no') ?? '1');
    const size = Number(form.get('page_size') ?? '40');
    const isPage = Number.isInteger(page) && page > 0 && Number.isInteger(size) && size > 0 && size <= MOST_A_PAGE;
    if (!form.get('fields')) return errorAnswer('noParam', call, { verdict: 'bad_request' });
    if (Number.isNaN(from + to) || !isPage) return errorAnswer('badParam', call, { verdict: 'bad_request' });
    const all = this.book.changedBetween(seller, from, to + 1_000);
    const records = all.slice((page - 1) * size, page * size).map((refund) => picked(refund, form));
    const counted =
      form.get('use_has_next') === 'true' ? { has_next: page * size < all.length } : { total_results: all.length };
    return answer(method, { ...counted, refunds: this.#list('refund', records) }, call, {
      verdict: 'answered',
    });
  }

  /** An order of several parcels is split; each names the lines it carries. */
  shippings({ method, seller, form, call }: Asked): Outcome {
    const tid = form.get('tid') ?? '';
    const line = { waybillNo: tid };
    if (tid === '' || !form.get('fields')) return errorAnswer('noParam', call, { ...line, verdict: 'bad_request' });
    const refund = [...this.book.all].find(({ shopId, orderId }) => shopId === seller && orderId === tid);
    const shippings = refund === undefined || !isShipped(refund) ? [] : this.#shippingsOf(refund);
    const content = { total_results: shippings.length, shippings: this.#list('shipping', shippings) };
    return answer(method, content, call, { ...line, verdict: 'answered' });
  }

  #shippingsOf({ parcels, orderId, appliedAtMs }: Refund): readonly WireValue[] {
    const split = parcels.length > 1 ? 1 : 0;
    return parcels.map(({ companyName, waybillNo }) => ({
      tid: bare(orderId),
      out_sid: waybillNo,
      company_name: companyName,
      // What the platform says of a parcel that the seller sent by himself: 卖家已发货.
      status: 'ACCEPTED_BY_RECEIVER',
      is_split: split,
      sub_tids: split ? this.#list('number', [bare(orderId)]) : undefined,
      created: chinaTime(appliedAtMs - 3_600_000),
      modified: chinaTime(appliedAtMs - 3_600_000),
    }));
  }

  #list(item: string, values: readonly WireValue[]): WireValue {
    return this.switches.values.bareLists ? values : { [item]: values };
  }
}

function picked(refund: Refund, form: URLSearchParams): WireValue {
  const record = refundRecord(refund);
  const wanted = (form.get('fields') ?? '').split(',').map((field) => field.trim());
  return Object.fromEntries(wanted.filter((field) => field in record).map((field) => [field, record[field]]));
}
