import type { Call, Outcome } from '../../frame/twin.js';
import { isRecord } from '../../frame/wire-json.js';
import type { Decisions } from '../../refunds/decisions.js';
import type { RefundBook } from '../../refunds/refund.js';
import { type RefusalName, refusal, success } from './answers.js';
import type { KuaishouOptions, KuaishouSwitches } from './options.js';
import { listedRefund, orderDetail, refundDetail } from './shapes.js';
import { callSign, sameSign } from './sign.js';

const DAY_MS = 86_400_000;
const MOST_A_PAGE = 100;
const WAITS_FOR_SELLER = 10;
const MONEY_ONLY = 10;

const REFUND_DETAIL = 'open/seller/order/refund/detail';
const ORDER_DETAIL = 'open/order/detail';
const REFUND_LIST = 'open/seller/order/refund/pcursor/list';
const APPROVE = 'open/seller/order/refund/approve';
const ENDPOINTS: readonly string[] = [REFUND_DETAIL, ORDER_DETAIL, REFUND_LIST, APPROVE];

/** Where a call's parameters stand: in the query of a read, in the form of a write. */
function parametersOf({ endpoint, query, raw }: Call): URLSearchParams {
  return endpoint === APPROVE ? new URLSearchParams(raw.toString('utf8')) : query;
}

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: KuaishouOptions,
  switches: KuaishouSwitches,
  call: Call,
): RefusalName | undefined {
  const { endpoint, method } = call;
  const query = parametersOf(call);
  const given = (name: string) => query.get(name) ?? '';
  if (method !== (endpoint === APPROVE ? 'POST' : 'GET') || !ENDPOINTS.includes(endpoint)) return 'noSuchApi';
  if (given('method') !== endpoint.replaceAll('/', '.') || given('version') !== '1') return 'noSuchApi';
  if (given('signMethod') !== 'HMAC_SHA256' || !/^\d{13}$/.test(given('timestamp'))) return 'badSign';
  if (!sameSign(given('sign'), callSign(query, options['sign-secret']))) return 'badSign';
  if (given('appkey') !== options['app-key'] || given('access_token') !== options['access-token']) return 'badToken';
  return switches.values.authorizationRevoked ? 'revoked' : undefined;
}

/** The digits of an id in `param`, as they were sent: a JavaScript number would lose some. */
export function idOf(call: Call): string | undefined {
  return /"(?:refundId|oid)":(\d+)/.exec(parametersOf(call).get('param') ?? '')?.[1];
}

export function answerCall(
  book: RefundBook,
  decisions: Decisions,
  options: KuaishouOptions,
  switches: KuaishouSwitches,
  call: Call,
): Outcome {
  if (call.endpoint === REFUND_LIST) return answerList(book, options, switches, call);
  const id = idOf(call);
  if (id === undefined) return refusal('badParam');
  if (call.endpoint === APPROVE) return answerApprove(book, decisions, options, id, call);
  return call.endpoint === REFUND_DETAIL ? answerRefund(book, options, id) : answerOrder(book, options, id);
}

/** The amount and the status that the seller saw must be those of now. */
function answerApprove(
  book: RefundBook,
  decisions: Decisions,
  options: KuaishouOptions,
  id: string,
  call: Call,
): Outcome {
  const refund = book.get(id);
  if (refund?.shopId !== options['shop-id']) return refusal('noSuchRefund', { waybillNo: id });
  const { refundAmount, status, refundHandingWay: way } = paramOf(parametersOf(call));
  const isExact = refundAmount === refund.refundFen && status === WAITS_FOR_SELLER && way === MONEY_ONLY;
  if (!isExact) return refusal('notApproved', { waybillNo: id });
  const taken = decisions.take(refund, 'agreed', call.at);
  if (taken.verdict !== 'accepted') return { ...refusal('notApproved'), line: taken };
  return { ...success(null, {}), line: taken };
}

function answerRefund(book: RefundBook, options: KuaishouOptions, id: string): Outcome {
  const refund = book.get(id);
  if (refund?.shopId !== options['shop-id']) return refusal('noSuchRefund', { waybillNo: id });
  return success(refundDetail(refund), { waybillNo: id, facts: { updatedAtMs: refund.updatedAtMs } });
}

function answerOrder(book: RefundBook, options: KuaishouOptions, oid: string): Outcome {
  const refund = [...book.all].find(({ orderId, shopId }) => orderId === oid && shopId === options['shop-id']);
  return refund === undefined ? refusal('noSuchOrder') : success(orderDetail(refund), { waybillNo: refund.refundId });
}

function paramOf(query: URLSearchParams): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(query.get('param') ?? '');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** The cursor is the place in the window; `nomore` after the last page. */
function answerList(book: RefundBook, options: KuaishouOptions, switches: KuaishouSwitches, call: Call): Outcome {
  const { beginTime, endTime, type, queryType, pageSize, pcursor } = paramOf(call.query);
  const start = Number(pcursor === '' ? 0 : pcursor);
  if (typeof beginTime !== 'number' || typeof endTime !== 'number' || typeof pageSize !== 'number')
    return refusal('badParam');
  if (type !== 9 || queryType !== 2 || !Number.isInteger(start) || pageSize < 1 || pageSize > MOST_A_PAGE)
    return refusal('badParam');
  if (endTime <= beginTime) return refusal('endBeforeBegin');
  if (endTime - beginTime > DAY_MS) return refusal('tooWide');
  const all = book.changedBetween(options['shop-id'], beginTime, endTime);
  const end = start + (switches.values.pageSize ?? pageSize);
  const data = {
    totalSize: all.length,
    currentPage: 1,
    pageSize,
    beginTime,
    endTime,
    pcursor: end >= all.length ? 'nomore' : String(end),
    refundOrderInfoList: all.slice(start, end).map(listedRefund),
  };
  return success(data, { facts: { start, total: all.length } });
}
