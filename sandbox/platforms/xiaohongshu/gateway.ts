import type { Call, Outcome } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { Decisions } from '../../refunds/decisions.js';
import type { Refund, RefundBook } from '../../refunds/refund.js';
import { type RefusalName, refusal, success } from './answers.js';
import type { XiaohongshuOptions, XiaohongshuSwitches } from './options.js';
import { afterSaleData, listedReturns, orderData } from './shapes.js';
import { callSign, sameSign } from './sign.js';

const PATH = 'ark/open_api/v3/common_controller';
const WIDEST_MS = 1_800_000;
const AUDIT = 'afterSale.auditReturns';
const METHODS = ['afterSale.getAfterSaleInfo', 'afterSale.listAfterSaleInfos', 'order.getOrderDetail', AUDIT] as const;
type Method = (typeof METHODS)[number];

/** The one address of the gateway: which method is called stands in the body. */
export interface GatewayCall {
  readonly method: Method;
  readonly body: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The gateway's checks in order; a call that may pass, or the name of its refusal. */
export function checkedCall(
  options: XiaohongshuOptions,
  switches: XiaohongshuSwitches,
  { method: verb, endpoint, raw }: Call,
): GatewayCall | RefusalName {
  const body = readJsonObject(raw.toString('utf8'));
  const method = METHODS.find((one) => one === body?.method);
  if (verb !== 'POST' || endpoint !== PATH || body === undefined || method === undefined) return 'noSuchApi';
  if (body.version !== '2.0' || body.appId !== options['app-key']) return 'badApp';
  const timestamp = text(body.timestamp);
  if (!/^\d{10}$/.test(timestamp)) return 'badSign';
  const wanted = callSign(method, options['app-key'], timestamp, options['app-secret']);
  if (!sameSign(text(body.sign), wanted)) return 'badSign';
  if (body.accessToken !== options['access-token']) return 'badToken';
  return switches.values.tokenExpired ? 'tokenExpired' : { method, body };
}

/** The after-sale or, of an order call, the order; read leniently. */
export function subjectOf({ raw }: Call): string | undefined {
  const body = readJsonObject(raw.toString('utf8'));
  const id = body?.returnsId ?? body?.orderId;
  return typeof id === 'string' ? id : undefined;
}

export function answerCall(
  book: RefundBook,
  decisions: Decisions,
  options: XiaohongshuOptions,
  switches: XiaohongshuSwitches,
  { method, body }: GatewayCall,
  at: number,
): Outcome {
  if (method === 'afterSale.listAfterSaleInfos') return answerList(book, options, switches, body);
  if (method === 'order.getOrderDetail') return answerOrder(book, options, text(body.orderId));
  const refund = book.get(text(body.returnsId));
  if (refund?.shopId !== options['shop-id']) return refusal('noSuchReturns', { waybillNo: text(body.returnsId) });
  if (method === AUDIT) return answerAudit(decisions, refund, body, at);
  return success(afterSaleData(refund), { waybillNo: refund.refundId, facts: { updatedAtMs: refund.updatedAtMs } });
}

/** 1 同意直接退款, 3 拒绝 with a reason; 2 同意寄回 is not for money only. */
function answerAudit(
  decisions: Decisions,
  refund: Refund,
  { action, reason }: Readonly<Record<string, unknown>>,
  at: number,
): Outcome {
  const line = { waybillNo: refund.refundId };
  const isKnown = action === 1 || (action === 3 && typeof reason === 'number');
  if (!isKnown) return refusal('badParam', line);
  const taken = decisions.take(refund, action === 1 ? 'agreed' : 'refused', at);
  if (taken.verdict !== 'accepted') return { ...refusal('wrongStatus', line), line: taken };
  return { ...success('审核成功', line), line: taken };
}

function answerOrder(book: RefundBook, options: XiaohongshuOptions, orderId: string): Outcome {
  const refund = [...book.all].find((one) => one.orderId === orderId && one.shopId === options['shop-id']);
  return refund === undefined ? refusal('noSuchOrder') : success(orderData(refund), { waybillNo: refund.refundId });
}

/** Both ends of the window are included. */
function answerList(
  book: RefundBook,
  options: XiaohongshuOptions,
  switches: XiaohongshuSwitches,
  body: Readonly<Record<string, unknown>>,
): Outcome {
  const [pageNo, pageSize, from, to] = [body.pageNo, body.pageSize, body.startTime, body.endTime].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const known = [pageNo, pageSize, from, to].every((value) => Number.isSafeInteger(value) && value > 0);
  if (!known || body.timeType !== 2 || pageSize > 100 || pageNo * pageSize > 50_000 || to <= from)
    return refusal('badParam');
  if (to - from > WIDEST_MS) return refusal('tooWide');
  const size = switches.values.pageSize ?? pageSize;
  const all = book.changedBetween(options['shop-id'], from, to + 1);
  const records = all.slice((pageNo - 1) * size, pageNo * size);
  const data = { afterSaleBasicInfos: records.map(listedReturns), totalCount: all.length, pageNo, pageSize: size };
  return success(data, { facts: { pageNo, total: all.length } });
}
