import type { AfterSaleFacts, AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

/** `aftersale_type` / `after_sale_type`. Only 1 is ever intercepted (R15). */
const TYPE_CODES: Readonly<Record<string, AfterSaleType>> = {
  '0': 'return_refund',
  '1': 'refund_only',
  '2': 'refund_before_shipment',
  '3': 'other', // 换货
  '4': 'other', // 系统取消
  '5': 'other', // 用户取消
  '6': 'other', // 价保
  '7': 'other', // 补寄
  '8': 'other', // 维修
};

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** A step that only returns, exchanges and repairs go through. */
  readonly withGoods?: true;
}

/** `aftersale_status` / `after_sale_status`, from the request to its end. */
const STATUS_CODES: Readonly<Record<string, StatusRow>> = {
  '0': { zh: '售后初始化', means: 'unknown' },
  '6': { zh: '售后申请', means: 'open' },
  '7': { zh: '售后退货中', means: 'agreed', withGoods: true },
  '8': { zh: '待商家发货（补寄/维修）', means: 'agreed', withGoods: true },
  '11': { zh: '售后已发货（待商家二次同意）', means: 'open', withGoods: true },
  '12': { zh: '售后成功', means: 'paid' },
  '13': { zh: '换货/补寄/维修商家已发货', means: 'agreed', withGoods: true },
  '14': { zh: '用户已收货', means: 'agreed', withGoods: true },
  '27': { zh: '拒绝售后申请', means: 'refused' },
  '28': { zh: '售后失败', means: 'closed' },
  '29': { zh: '售后退货拒绝', means: 'refused' },
  '51': { zh: '订单取消成功', means: 'paid' },
  // Inferred: a reverse trade that failed ends as 28.
  '53': { zh: '逆向交易已完成', means: 'paid' },
};

/** `refund_status`: has the money left? 5 is money that the platform fetched from the seller later: the buyer has it. */
const REFUND_CODES: Readonly<Record<string, 'pending' | 'paid'>> = {
  '1': 'pending', // 待退款
  '2': 'pending', // 退款中
  '3': 'paid', // 退款成功
  '4': 'pending', // 退款失败
  '5': 'paid', // 追缴成功
};

/** `arbitrate_status`. */
const ARBITRATION_CODES: Readonly<Record<string, NonNullable<AfterSaleFacts['arbitration']>>> = {
  '0': 'none', // 未介入
  '1': 'applied', // 客服处理中
  '2': 'ended', // 支持买家
  '3': 'ended', // 支持卖家
  '4': 'applied', // 待商家举证
  '5': 'applied', // 待与买家协商
  '6': 'ended',
  '255': 'cancelled',
};

/** A code nobody documented is certainly not 1, so it is `other`: the kind that is never intercepted. */
export function typeOf(code: string | undefined): AfterSaleType | undefined {
  return code === undefined ? undefined : (TYPE_CODES[code] ?? 'other');
}

/**
 * Where an after-sale stands. An undocumented code is `unknown`, and so is a refund-only in a step that only goods on
 * their way back can be in: two fields that contradict each other are never a yes (R70). `refundCode` tells a success
 * whose money is still on its way from one that is paid, and finds money paid ahead of the status (极速退款).
 */
export function statusOf(
  code: string | undefined,
  type: AfterSaleType | undefined,
  refundCode?: string | undefined,
): AfterSaleStatus | undefined {
  if (code === undefined) return undefined;
  const row = STATUS_CODES[code];
  if (!row || (row.withGoods && type === 'refund_only')) return 'unknown';
  const money = refundCode === undefined ? undefined : REFUND_CODES[refundCode];
  if (row.means === 'paid' && money === 'pending') return 'agreed';
  if ((row.means === 'open' || row.means === 'agreed') && money === 'paid') return 'paid';
  return row.means;
}

/** An undocumented code says nothing. */
export function arbitrationOf(code: string | undefined): AfterSaleFacts['arbitration'] | undefined {
  return code === undefined ? undefined : ARBITRATION_CODES[code];
}
