import type { AfterSaleFacts, AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

/** 仅退款 in messages (`bill_type`) and in the detail (`after_sales_type`); shipped or not is for the detail to say. */
export const MONEY_ONLY = '1';

/** The other types of messages and of the detail: one encoding. Never intercepted (R15). */
const TYPES: Readonly<Record<string, AfterSaleType>> = {
  '2': 'return_refund', // 退货退款
  '3': 'other', // 换货
  '4': 'other', // 补寄
  '5': 'other', // 维修
};

/** The list counts from 1 全部, so everything is one further. */
const LIST_MONEY_ONLY = '2';
const LIST_TYPES: Readonly<Record<string, AfterSaleType>> = {
  '3': 'return_refund', // 退货退款
  '4': 'other', // 换货
  '5': 'other', // 缺货补寄
  '6': 'other', // 维修
};

/** Undefined for money-only, which the order must complete. A type nobody documented is `other`: certainly not 1. */
export function typeOf(code: string | undefined): AfterSaleType | undefined {
  return code === undefined || code === MONEY_ONLY ? undefined : (TYPES[code] ?? 'other');
}

/**
 * The same in the list. 1 is no type there ("all") and may be money-only in the other encoding: it says nothing, as 2
 * does, and the detail read decides.
 */
export function typeOfListed(code: string | undefined): AfterSaleType | undefined {
  if (code === undefined || code === LIST_MONEY_ONLY || code === MONEY_ONLY) return undefined;
  return LIST_TYPES[code] ?? 'other';
}

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** A step that only goods on their way back, or sent anew, go through. */
  readonly withGoods?: true;
}

/** `after_sales_status`. 14 to 27 belong to exchanges and repairs and are not told apart here. */
export const STATUS_CODES = {
  '0': { zh: '无售后', means: 'unknown' },
  '2': { zh: '买家申请退款，待商家处理', means: 'open' },
  '3': { zh: '退货退款，待商家处理', means: 'open', withGoods: true },
  '4': { zh: '商家同意退款，退款中', means: 'agreed' },
  '5': { zh: '平台同意退款，退款中', means: 'agreed' },
  '6': { zh: '驳回退款，待买家处理', means: 'refused' },
  '7': { zh: '已同意退货退款,待用户发货', means: 'agreed', withGoods: true },
  '8': { zh: '平台处理中', means: 'open' },
  '9': { zh: '平台拒绝退款，退款关闭', means: 'closed' },
  '10': { zh: '退款成功', means: 'paid' },
  '11': { zh: '买家撤销', means: 'closed' },
  '12': { zh: '买家逾期未处理，退款失败', means: 'closed' },
  '13': { zh: '买家逾期，超过有效期', means: 'closed' },
  // The refund is agreed for the case that the parcel comes back: refused at the door, or recalled by the seller.
  '31': { zh: '已同意拒收退款，待用户拒收', means: 'agreed' },
  '32': { zh: '补寄待商家发货', means: 'agreed', withGoods: true },
  '33': { zh: '同意召回后退款，待商家召回', means: 'agreed' },
} as const satisfies Readonly<Record<string, StatusRow>>;

/**
 * Where an after-sale stands. An undocumented status is `unknown`, and so is money-only in a step of goods: two fields
 * that contradict each other are never a yes (R70).
 */
export function statusOf(code: string | undefined, isMoneyOnly: boolean): AfterSaleStatus | undefined {
  if (code === undefined) return undefined;
  const row: StatusRow | undefined = Object.hasOwn(STATUS_CODES, code)
    ? STATUS_CODES[code as keyof typeof STATUS_CODES]
    : undefined;
  return row === undefined || (row.withGoods && isMoneyOnly) ? 'unknown' : row.means;
}

/** The list's word for a refund without goods. */
export function isListedMoneyOnly(code: string | undefined): boolean {
  return code === LIST_MONEY_ONLY;
}

const PLATFORM_DECIDES = '8';

/**
 * Has the platform been called in? `join_or_not` 1 says that it was once, not that it still is, and a refusal would come
 * alive by it (R21): only the status says that it is at work now.
 */
export function arbitrationOf(
  status: string | undefined,
  joined: string | undefined,
): AfterSaleFacts['arbitration'] | undefined {
  if (status === PLATFORM_DECIDES) return 'applied';
  return joined === '0' ? 'none' : undefined;
}

/** `order_status` of the order: 待发货, 已发货待签收, 已签收. */
const ORDER_SHIPPED: Readonly<Record<string, boolean>> = { '1': false, '2': true, '3': true };
/** `shipping_status` of the after-sale: 未发货, 已发货. */
const SHIPPED: Readonly<Record<string, boolean>> = { '0': false, '1': true };

/**
 * Money-only by what is known of the shipment. Whatever says "shipped" outweighs what still says "not shipped" (R70).
 * Undefined where nothing tells, which is never a yes.
 */
export function moneyOnlyType(
  shippingStatus: string | undefined,
  orderStatus: string | undefined,
  hasWaybill: boolean,
): AfterSaleType | undefined {
  const said = [SHIPPED[shippingStatus ?? ''], ORDER_SHIPPED[orderStatus ?? '']];
  if (hasWaybill || said.includes(true)) return 'refund_only';
  return said.includes(false) ? 'refund_before_shipment' : undefined;
}
