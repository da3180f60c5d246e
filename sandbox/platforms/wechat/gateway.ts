import type { Call, Outcome } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { Decisions } from '../../refunds/decisions.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { type RefusalName, refusal, success } from './answers.js';
import type { WechatOptions, WechatSwitches } from './options.js';
import { afterSaleOrder, orderOf } from './shapes.js';

const DAY_S = 86_400;

const AFTER_SALE = 'channels/ec/aftersale/getaftersaleorder';
const AFTER_SALE_LIST = 'channels/ec/aftersale/getaftersalelist';
const ORDER = 'channels/ec/order/get';
const ACCEPT = 'channels/ec/aftersale/acceptapply';
const REJECT = 'channels/ec/aftersale/rejectapply';
const ENDPOINTS: readonly string[] = [AFTER_SALE, AFTER_SALE_LIST, ORDER, ACCEPT, REJECT];

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: WechatOptions,
  switches: WechatSwitches,
  { endpoint, method, query, raw }: Call,
): RefusalName | undefined {
  if (!ENDPOINTS.includes(endpoint)) return 'noSuchApi';
  if (method !== 'POST') return 'notPost';
  const token = query.get('access_token') ?? '';
  if (token === '') return 'noToken';
  if (token !== options['access-token']) return 'badToken';
  if (switches.values.tokenExpired) return 'tokenExpired';
  return readJsonObject(raw.toString('utf8')) === undefined ? 'badJson' : undefined;
}

/** The after-sale or the order that a call is about, read leniently; ids are text in requests. */
export function subjectOf({ raw }: Call): string | undefined {
  const body = readJsonObject(raw.toString('utf8'));
  const id = body?.after_sale_order_id ?? body?.order_id;
  return typeof id === 'string' ? id : undefined;
}

export function answerCall(
  book: RefundBook,
  decisions: Decisions,
  options: WechatOptions,
  switches: WechatSwitches,
  call: Call,
): Outcome {
  if (call.endpoint === AFTER_SALE_LIST) return answerList(book, options, switches, call);
  const id = subjectOf(call);
  if (id === undefined) return refusal('badJson');
  const isOurs = ({ shopId }: { readonly shopId: string }) => shopId === options['shop-id'];
  if (call.endpoint === ORDER) {
    const refund = [...book.all].find((one) => one.orderId === id && isOurs(one));
    return refund ? success({ order: orderOf(refund) }, { waybillNo: refund.refundId }) : refusal('noSuchOrder');
  }
  const refund = book.get(id);
  if (refund === undefined || !isOurs(refund)) return refusal('noSuchAfterSale', { waybillNo: id });
  if (call.endpoint === ACCEPT || call.endpoint === REJECT) return answerDecision(decisions, refund, call);
  const shown = afterSaleOrder(refund, call.at, switches.values.deadline);
  return success({ after_sale_order: shown }, { waybillNo: id, facts: { updatedAtMs: refund.updatedAtMs } });
}

/** A rejection names its reason by number. */
function answerDecision(decisions: Decisions, refund: Refund, { endpoint, raw, at }: Call): Outcome {
  const reason = readJsonObject(raw.toString('utf8'))?.reject_reason_type;
  if (endpoint === REJECT && typeof reason !== 'number') return refusal('badJson', { waybillNo: refund.refundId });
  const taken = decisions.take(refund, endpoint === ACCEPT ? 'agreed' : 'refused', at);
  if (taken.verdict !== 'accepted') return { ...refusal('wrongStatus'), line: taken };
  return { ...success({}, {}), line: taken };
}

/** Ids only; `next_key` is the place in the window, in a form of its own. */
function answerList(book: RefundBook, options: WechatOptions, switches: WechatSwitches, { raw }: Call): Outcome {
  const body = readJsonObject(raw.toString('utf8')) ?? {};
  const { begin_update_time: from, end_update_time: to, next_key: key } = body;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return refusal('badJson');
  const [begin, end] = [Number(from), Number(to)];
  if (end < begin || end - begin > DAY_S) return refusal('badWindow');
  const start = typeof key === 'string' ? Number(/^KEY-(\d+)$/.exec(key)?.[1]) : 0;
  if (!Number.isSafeInteger(start)) return refusal('badJson');
  const all = book.changedBetween(options['shop-id'], begin * 1000, (end + 1) * 1000);
  const next = start + switches.values.pageSize;
  const hasMore = next < all.length;
  const content = {
    after_sale_order_id_list: all.slice(start, next).map(({ refundId }) => refundId),
    has_more: hasMore,
    next_key: hasMore ? `KEY-${next}` : '',
  };
  return success(content, { facts: { start, total: all.length } });
}
