import type { AfterSaleFacts, AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** A step that only returns, exchanges and repairs go through. */
  readonly withGoods?: true;
}

/** `status` of a refund, from the request to its end. */
const STATUSES: Readonly<Record<string, StatusRow>> = {
  WAIT_SELLER_AGREE: { zh: '买家已经申请退款，等待卖家同意', means: 'open' },
  WAIT_BUYER_RETURN_GOODS: { zh: '卖家已经同意退款，等待买家退货', means: 'agreed', withGoods: true },
  WAIT_SELLER_CONFIRM_GOODS: { zh: '买家已经退货，等待卖家确认收货', means: 'agreed', withGoods: true },
  SELLER_REFUSE_BUYER: { zh: '卖家拒绝退款', means: 'refused' },
  CLOSED: { zh: '退款关闭', means: 'closed' },
  SUCCESS: { zh: '退款成功', means: 'paid' },
  WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS: {
    zh: '等待买家确认换货卖家发货商品',
    means: 'agreed',
    withGoods: true,
  },
  // Which after-sale goes on, the exchange or the refund it became, is not documented.
  EXCHANGE_TRANSFORM_TO_REFUND: { zh: '换货关闭转退款', means: 'unknown' },
  WAIT_SELLER_CONSIGN_GOODS: { zh: '商家确认收货等待商家发货', means: 'agreed', withGoods: true },
};

/** `dispute_type`. REFUND is both a refund of shipped goods and one before shipment: the order tells which. */
const DISPUTE_TYPES: Readonly<Record<string, AfterSaleType | 'refund'>> = {
  REFUND: 'refund',
  REFUND_AND_RETURN: 'return_refund',
  TMALL_EXCHANGE: 'other',
  TAOBAO_EXCHANGE: 'other',
  REPAIR: 'other',
  RESHIPPING: 'other',
  OTHERS: 'other',
};

/** `order_status`: has the order left? Closed orders were shipped or not: only a waybill tells. */
const ORDER_STATUSES: Readonly<Record<string, 'shipped' | 'not_shipped'>> = {
  WAIT_SELLER_SEND_GOODS: 'not_shipped',
  WAIT_BUYER_CONFIRM_GOODS: 'shipped',
};

/** `bill_type` of a message. A refund_bill is shipped or not, which the message does not say. */
const BILL_TYPES: Readonly<Record<string, AfterSaleType | 'refund'>> = {
  refund_bill: 'refund',
  return_bill: 'return_refund',
  replace_bill: 'other',
};

/** `biz_claim_type` of a dispute message; of all others the platform says: ask the detail. */
const CLAIM_TYPES: Readonly<Record<string, AfterSaleType | 'refund'>> = {
  '1': 'refund',
  '2': 'refund',
  '3': 'return_refund',
  '4': 'other',
  '6': 'other',
  '10': 'other',
};

/** `cs_status`. */
const SERVICE_STATUSES: Readonly<Record<string, NonNullable<AfterSaleFacts['arbitration']>>> = {
  '1': 'none', // 不需客服介入
  '2': 'applied', // 需要客服介入
  '3': 'applied', // 客服已经介入
  '4': 'applied', // 客服初审完成
  '5': 'applied', // 客服主管复审失败
  '6': 'ended', // 客服处理完成
  '7': 'cancelled', // 系统撤销，维权撤销
  '8': 'ended', // 支持买家
  '9': 'ended', // 支持卖家
  '10': 'applied', // 举证中
  '11': 'applied', // 开放申诉
};

function rowOf<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Has the order been shipped, by its own word? Undefined: the word does not tell. */
export function isShipped(orderStatus: string | undefined): boolean | undefined {
  const row = orderStatus === undefined ? undefined : rowOf(ORDER_STATUSES, orderStatus);
  return row === undefined ? undefined : row === 'shipped';
}

/**
 * The kind of an after-sale. `shipped` undefined: the source does not tell, and neither does the answer. A word nobody
 * documented is certainly no REFUND, so it is `other`, the kind that is never intercepted.
 */
export function typeOf(disputeType: string | undefined, shipped: boolean | undefined): AfterSaleType | undefined {
  if (disputeType === undefined) return undefined;
  const kind = rowOf(DISPUTE_TYPES, disputeType) ?? 'other';
  if (kind !== 'refund') return kind;
  return shipped === undefined ? undefined : shipped ? 'refund_only' : 'refund_before_shipment';
}

/** The kind as a message tells it; undefined where only the detail can. */
export function typeOfMessage(billType: string | undefined, claimType: string | undefined): AfterSaleType | undefined {
  const kind = rowOf(BILL_TYPES, billType ?? '') ?? rowOf(CLAIM_TYPES, claimType ?? '');
  return kind === 'refund' ? undefined : kind;
}

/**
 * Where an after-sale stands. A word nobody documented is `unknown`, and so is a REFUND in a step that only goods on
 * their way back can be in: two fields that contradict each other are never a yes (R70).
 */
export function statusOf(status: string | undefined, disputeType?: string | undefined): AfterSaleStatus | undefined {
  if (status === undefined) return undefined;
  const row = rowOf(STATUSES, status);
  if (!row || (row.withGoods && disputeType === 'REFUND')) return 'unknown';
  return row.means;
}

/** An undocumented number says nothing. */
export function arbitrationOf(csStatus: string | undefined): AfterSaleFacts['arbitration'] | undefined {
  return csStatus === undefined ? undefined : rowOf(SERVICE_STATUSES, csStatus);
}
