import { chinaTime } from '../../frame/clock.js';
import { Digits, type WireValue } from '../../frame/wire-json.js';
import type { Refund, RefundEvent } from '../../refunds/refund.js';

/** `dispute_type`, and `bill_type` and `biz_claim_type` of the two families of messages. */
const TYPES = {
  refund_only: { dispute: 'REFUND', bill: 'refund_bill', claim: 1 },
  before_shipment: { dispute: 'REFUND', bill: 'refund_bill', claim: 1 },
  return_refund: { dispute: 'REFUND_AND_RETURN', bill: 'return_bill', claim: 3 },
  exchange: { dispute: 'TAOBAO_EXCHANGE', bill: 'replace_bill', claim: 4 },
} as const satisfies Record<Refund['type'], object>;

/** `status`. A refund without goods that the seller agreed to is paid at once. */
const STATUSES = {
  open: 'WAIT_SELLER_AGREE',
  agreed: 'WAIT_BUYER_RETURN_GOODS',
  refused: 'SELLER_REFUSE_BUYER',
  paid: 'SUCCESS',
  closed: 'CLOSED',
} as const satisfies Record<Refund['status'], string>;

const SERVICE = { none: 1, applied: 2, ended: 6, cancelled: 7 } as const satisfies Record<
  Refund['arbitration'],
  number
>;

const REFUND_TOPICS = {
  created: 'taobao_refund_RefundCreated',
  modified: 'taobao_refund_RefundBuyerModifyAgreement',
  agreed: 'taobao_refund_RefundSellerAgreeAgreement',
  refused: 'taobao_refund_RefundSellerRefuseAgreement',
  paid: 'taobao_refund_RefundSuccess',
  closed: 'taobao_refund_RefundClosed',
  arbitrated: 'taobao_refund_TaobaoInterApplied',
} as const satisfies Record<RefundEvent, string>;

/** The newer family has no message of its own for the others. */
const DISPUTE_TOPICS: Partial<Record<RefundEvent, string>> = {
  created: 'taobao_dispute_RefundCreated',
  paid: 'taobao_dispute_RefundSuccess',
  arbitrated: 'taobao_dispute_TaobaoInterApplied',
};

/** Fen as yuan with two decimals, as text. */
function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Ids are bare numbers of up to 19 digits wherever the platform says "Number". */
export function bare(id: string): WireValue {
  return /^(0|[1-9]\d*)$/.test(id) ? new Digits(id) : id;
}

function isPaid({ type, status }: Refund): boolean {
  return status === 'paid' || (status === 'agreed' && type !== 'return_refund' && type !== 'exchange');
}

export function isShipped({ type, parcels }: Refund): boolean {
  return type !== 'before_shipment' && parcels.length > 0;
}

/** A trade whose money has gone back is closed, whether it was shipped or not. */
function orderStatus(refund: Refund): string {
  if (isShipped(refund)) return isPaid(refund) ? 'TRADE_CLOSED' : 'WAIT_BUYER_CONFIRM_GOODS';
  return 'WAIT_SELLER_SEND_GOODS';
}

/** Every documented field that we have something to say for; a call names those it wants. */
export function refundRecord(refund: Refund): Readonly<Record<string, WireValue>> {
  const { type, refundFen, paidFen, appliedAtMs, updatedAtMs, deadlineAfterMs } = refund;
  const timeout =
    deadlineAfterMs === null
      ? { exist_timeout: false }
      : { exist_timeout: true, remind_type: 2, timeout: chinaTime(appliedAtMs + deadlineAfterMs) };
  return {
    refund_id: refund.refundId,
    tid: bare(refund.orderId),
    oid: bare(refund.orderId),
    status: isPaid(refund) ? STATUSES.paid : STATUSES[refund.status],
    dispute_type: TYPES[type].dispute,
    order_status: orderStatus(refund),
    good_status: 'BUYER_NOT_RECEIVED',
    has_good_return: type === 'return_refund',
    refund_fee: yuan(refundFen),
    total_fee: yuan(paidFen),
    payment: yuan(Math.max(0, paidFen - refundFen)),
    reason: refund.reason,
    desc: refund.reason,
    company_name: '',
    sid: '',
    created: chinaTime(appliedAtMs),
    modified: chinaTime(updatedAtMs),
    refund_phase: 'onsale',
    refund_version: updatedAtMs,
    cs_status: SERVICE[refund.arbitration],
    refund_remind_timeout: timeout,
  };
}

/** One event as a topic and its content. */
export function messageOf(
  refund: Refund,
  event: RefundEvent,
  family: 'refund' | 'dispute',
): { readonly topic: string; readonly content: WireValue } {
  const { type, refundId, orderId, refundFen } = refund;
  const ids = { refund_id: bare(refundId), tid: bare(orderId), oid: bare(orderId) };
  const modified = chinaTime(refund.updatedAtMs);
  const disputeTopic = family === 'dispute' ? DISPUTE_TOPICS[event] : undefined;
  if (disputeTopic !== undefined) {
    const more = { biz_claim_type: TYPES[type].claim, dispute_type: 1, create: chinaTime(refund.appliedAtMs) };
    const content = { ...ids, ...more, buyer_refund_fee: refundFen, modified, seller_open_uid: 'AAG-open-uid' };
    return { topic: disputeTopic, content };
  }
  const content = {
    buyer_nick: 'b**r',
    seller_nick: '测试店铺',
    ...ids,
    refund_fee: yuan(refundFen),
    bill_type: TYPES[type].bill,
    refund_phase: 'onsale',
    modified,
  };
  return { topic: REFUND_TOPICS[event], content };
}
