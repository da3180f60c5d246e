import type { AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

/** `handlingWay` 仅退款: shipped or not is for the order to say. */
export const MONEY_ONLY = '10';

/** The other ways; none of them is ever intercepted (R15). */
const HANDLING_WAYS: Readonly<Record<string, AfterSaleType>> = {
  '1': 'return_refund',
  '3': 'other', // 换货
  '4': 'other', // 补寄
  '5': 'other', // 维修
};

/** `specialRefundType` 价保: money for a price that fell, the goods stay with the buyer. */
const PRICE_PROTECTION = '1';

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** The platform has been called in, or not. */
  readonly arbitration: 'applied' | 'none';
  /** A step that only goods on their way back go through. */
  readonly withGoods?: true;
}

/** `status` of messages and of the API: two lists that do not contradict each other (5.2, 5.3). */
export const STATUS_CODES = {
  '10': { zh: '买家仅退款申请', means: 'open', arbitration: 'none' },
  '11': { zh: '买家退货退款申请', means: 'open', arbitration: 'none', withGoods: true },
  '12': { zh: '卖家已拒绝，等待买家处理', means: 'refused', arbitration: 'none' },
  '20': { zh: '平台介入，买家仅退款申请', means: 'open', arbitration: 'applied' },
  '21': { zh: '平台介入，买家退货退款申请', means: 'open', arbitration: 'applied', withGoods: true },
  '22': { zh: '平台介入，已确认退货退款', means: 'agreed', arbitration: 'applied', withGoods: true },
  '30': { zh: '等待买家退货', means: 'agreed', arbitration: 'none', withGoods: true },
  '40': { zh: '等待卖家确认收货', means: 'agreed', arbitration: 'none', withGoods: true },
  '45': { zh: '等待买家确认收货', means: 'agreed', arbitration: 'none', withGoods: true },
  '50': { zh: '退款执行中', means: 'agreed', arbitration: 'none' },
  '60': { zh: '退款成功', means: 'paid', arbitration: 'none' },
  '70': { zh: '退款关闭', means: 'closed', arbitration: 'none' },
} as const satisfies Record<string, StatusRow>;

/** `negotiateStatus`: what the seller has said while the status still reads "applied". */
const NEGOTIATED: Readonly<Record<string, AfterSaleStatus>> = {
  '2': 'agreed', // 商家同意
  '3': 'refused', // 商家驳回
};

function statusRow(code: string | undefined): StatusRow | undefined {
  return code !== undefined && Object.hasOwn(STATUS_CODES, code)
    ? STATUS_CODES[code as keyof typeof STATUS_CODES]
    : undefined;
}

/**
 * The kind of after-sale as far as a message can tell: undefined for money-only, which the order must complete. A way
 * nobody documented is `other`: certainly not 10, and never intercepted.
 */
export function typeOf(handlingWay: string | undefined, specialType: string | undefined): AfterSaleType | undefined {
  if (handlingWay === undefined) return undefined;
  if (handlingWay !== MONEY_ONLY) return HANDLING_WAYS[handlingWay] ?? 'other';
  return specialType === PRICE_PROTECTION ? 'other' : undefined;
}

/**
 * Where an after-sale stands. An undocumented status is `unknown`, and so is money-only in a step of returned goods:
 * two fields that contradict each other are never a yes (R70). `negotiateStatus` refines a request that is still open.
 */
export function statusOf(
  code: string | undefined,
  handlingWay: string | undefined,
  negotiateStatus?: string | undefined,
): AfterSaleStatus | undefined {
  if (code === undefined) return undefined;
  const row = statusRow(code);
  if (!row || (row.withGoods && handlingWay === MONEY_ONLY)) return 'unknown';
  const said = negotiateStatus === undefined ? undefined : NEGOTIATED[negotiateStatus];
  return row.means === 'open' && row.arbitration === 'none' ? (said ?? 'open') : row.means;
}

/** Whether the platform has been called in; an undocumented status says nothing. */
export function arbitrationOf(code: string | undefined): 'applied' | 'none' | undefined {
  return statusRow(code)?.arbitration;
}

/** `orderBaseInfo.status`: has the seller shipped? 0 and 80 (failed, cancelled) tell nothing. */
const SHIPPED: Readonly<Record<string, boolean>> = {
  '10': false, // 待付款
  '30': false, // 已付款
  '40': true, // 已发货
  '50': true, // 已签收
  '70': true, // 订单成功
};

/** Undefined: the status does not tell. */
export function isShipped(orderStatus: string | undefined): boolean | undefined {
  return orderStatus === undefined ? undefined : SHIPPED[orderStatus];
}
