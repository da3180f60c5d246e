import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue } from '../../frame/wire-json.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { answer, failure } from './answers.js';
import { chinaMs, LIST, ORDER, REFUND, REPLY } from './gateway.js';
import type { JdPopSwitches } from './options.js';
import type { Reviews } from './reviews.js';
import { orderInfo, refundApply } from './shapes.js';
import { isApplication, REPLY_STATUSES } from './words.js';

const MOST_A_PAGE = 50;
const MOST_PAGES = 100;
const LIST_FIELDS = ['applyTimeStart', 'applyTimeEnd', 'checkTimeStart', 'checkTimeEnd', 'pageIndex', 'pageSize'];
const REPLY_FIELDS = ['id', 'status', 'checkUserName', 'remark', 'rejectType', 'outWareStatus'];

/** One call whose gateway checks are done; `content` is its business part. */
export interface Asked {
  readonly call: Call;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The business part of a call, its long numbers as text; undefined: it is no JSON object. */
export function contentOf(form: URLSearchParams): Readonly<Record<string, unknown>> | undefined {
  const text = form.get('360buy_param_json') ?? '';
  return readJsonObject(text.replace(/:\s*(\d{16,})(?=[,}])/g, ':"$1"'));
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const isKnown = (content: Asked['content'], names: readonly string[]): boolean =>
  Object.keys(content).every((name) => names.includes(name));

/** The four calls, over the refunds of one shop. */
export class JdPopCalls {
  constructor(
    readonly book: RefundBook,
    readonly reviews: Reviews,
    readonly switches: JdPopSwitches,
    readonly shopId: string,
  ) {}

  answer(method: string, asked: Asked): Outcome {
    switch (method) {
      case LIST:
        return this.#list(asked);
      case REFUND:
        return this.#refund(asked);
      case ORDER:
        return this.#order(asked);
      default:
        return this.#reply(asked);
    }
  }

  get #ours(): readonly Refund[] {
    return [...this.book.all].filter((refund) => refund.shopId === this.shopId && isApplication(refund));
  }

  #find(id: string): Refund | undefined {
    return this.#ours.find(({ refundId }) => refundId === id);
  }

  /** Both ends are included; a refund that nobody reviewed is on no window of reviews. */
  #list({ call, content }: Asked): Outcome {
    const [page, size] = [Number(text(content.pageIndex)), Number(text(content.pageSize))];
    const windows = [
      [content.applyTimeStart, content.applyTimeEnd],
      [content.checkTimeStart, content.checkTimeEnd],
    ].map(([from, to]) => ({
      given: from !== undefined || to !== undefined,
      from: chinaMs(text(from)),
      to: chinaMs(text(to)),
    }));
    const [applied, checked] = windows;
    const isBroken = windows.some(({ given, from, to }) => given && !(from <= to));
    const isWhole = Number.isInteger(page) && page >= 1 && page <= MOST_PAGES && size >= 1 && size <= MOST_A_PAGE;
    if (!isKnown(content, LIST_FIELDS) || isBroken || !isWhole) return failure('malformed');
    const within = (at: number | null, window = applied) =>
      window?.given !== true || (at !== null && secondOf(at) >= window.from && secondOf(at) <= window.to);
    const found = this.#ours
      .map((refund) => ({ refund, standing: this.reviews.standing(refund, call.at) }))
      .filter(({ refund, standing }) => within(refund.appliedAtMs) && within(standing.checkedAtMs, checked))
      .sort((a, b) => a.refund.appliedAtMs - b.refund.appliedAtMs || (a.refund.refundId < b.refund.refundId ? -1 : 1));
    const step = this.switches.values.pageSize ?? size;
    const shown = found.slice((page - 1) * step, page * step);
    const result = shown.map(({ refund, standing }) => refundApply(refund, standing));
    const facts = { page, total: found.length };
    return read(LIST, { queryResult: { success: true, totalCount: found.length, result } }, { facts });
  }

  #refund({ call, content }: Asked): Outcome {
    const id = text(content.id);
    if (!isKnown(content, ['id']) || id === '') return failure('malformed');
    const refund = this.#find(id);
    const result = refund ? [{ refundApplyVo: refundApply(refund, this.reviews.standing(refund, call.at)) }] : [];
    return read(REFUND, { queryResult: { success: true, totalCount: result.length, result } }, { waybillNo: id });
  }

  #order({ content }: Asked): Outcome {
    const [orderId, fields] = [text(content.order_id), text(content.optional_fields)];
    if (!isKnown(content, ['order_id', 'optional_fields', 'order_state']) || orderId === '' || fields === '') {
      return failure('malformed');
    }
    const refund = this.#ours.find((one) => one.orderId === orderId);
    if (refund === undefined) return read(ORDER, { orderDetailInfo: {} }, { bizNo: orderId });
    const inner = { orderDetailInfo: { orderInfo: orderInfo(refund, fields.split(',')) } };
    return read(ORDER, inner, { waybillNo: refund.refundId, bizNo: orderId });
  }

  #reply({ call, content }: Asked): Outcome {
    const id = text(content.id);
    const refund = this.#find(id);
    const line = { waybillNo: refund?.parcels[0]?.waybillNo ?? id, requestId: id };
    const status = Number(text(content.status));
    if (!isKnown(content, REPLY_FIELDS) || !isReply(content, status)) return failure('malformed', line);
    if (refund === undefined) return no('990404', '退款单不存在', line);
    const isReviewed = this.reviews.standing(refund, call.at).status !== 0;
    if (isReviewed && this.switches.values.secondReview === 'refused') return no('990409', '退款单已审核', line);
    const review = this.reviews.reviewOf(refund, status);
    this.reviews.give(review, call.at);
    const facts = { ...review, again: isReviewed };
    return answer(REPLY, { replyResult: { success: true } }, { ...line, verdict: 'accepted', facts });
  }
}

const secondOf = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** The remark is required except with 9, `rejectType` goes with 2 and with nothing else. */
function isReply(content: Asked['content'], status: number): boolean {
  const rejects = text(content.rejectType) !== '';
  const remarked = status === 9 || text(content.remark) !== '';
  const ware = ['1', '2'].includes(text(content.outWareStatus));
  const named = text(content.id) !== '' && text(content.checkUserName) !== '';
  return REPLY_STATUSES.includes(status) && named && remarked && ware && rejects === (status === 2);
}

function read(method: string, inner: Readonly<Record<string, WireValue>>, line: Omit<CallLine, 'verdict'>): Outcome {
  return answer(method, inner, { ...line, verdict: 'answered' });
}

/** A review that JD refuses; the numbers are made up. */
function no(errorCode: string, errorMessage: string, line: Omit<CallLine, 'verdict'>): Outcome {
  const inner = { replyResult: { success: false, errorCode, errorMessage } };
  return answer(REPLY, inner, { ...line, verdict: 'refused', code: errorCode });
}
