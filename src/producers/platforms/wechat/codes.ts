import type { AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

/** `type` 仅退款: shipped or not is for the order to say. */
export const MONEY_ONLY = 'REFUND';

const TYPES: Readonly<Record<string, AfterSaleType>> = {
  RETURN: 'return_refund',
  EXCHANGE: 'other',
};

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** A step that only goods on their way back, or exchanged, go through. */
  readonly withGoods?: true;
}

/**
 * `status` of messages and of the API (7.2), the platform's spelling included. The words of those without one in the reference
 * are their names; a name alone never makes more than "not a yes".
 */
export const STATUS_CODES = {
  USER_CANCELD: { zh: '用户取消申请', means: 'closed' },
  MERCHANT_PROCESSING: { zh: '商家受理中', means: 'open' },
  MERCHANT_REJECT_REFUND: { zh: '商家拒绝退款', means: 'refused' },
  MERCHANT_REJECT_RETURN: { zh: '商家拒绝退货退款', means: 'refused', withGoods: true },
  USER_WAIT_RETURN: { zh: '待买家退货', means: 'agreed', withGoods: true },
  RETURN_CLOSED: { zh: '退货退款关闭', means: 'closed' },
  MERCHANT_WAIT_RECEIPT: { zh: '待商家收货', means: 'agreed', withGoods: true },
  MERCHANT_OVERDUE_REFUND: { zh: '商家逾期未退款', means: 'agreed' },
  MERCHANT_REFUND_SUCCESS: { zh: '退款完成', means: 'paid' },
  MERCHANT_RETURN_SUCCESS: { zh: '退货退款完成', means: 'paid', withGoods: true },
  MERCHANT_EXCHANGE_SUCCESS: { zh: '换货完成', means: 'closed', withGoods: true },
  PLATFORM_REFUNDING: { zh: '平台退款中', means: 'agreed' },
  PLATFORM_REFUND_FAIL: { zh: '平台退款失败', means: 'agreed' },
  USER_WAIT_CONFIRM: { zh: '待用户确认', means: 'unknown' },
  MERCHANT_REFUND_RETRY_FAIL: { zh: '商家打款失败', means: 'unknown' },
  MERCHANT_FAIL: { zh: '售后关闭', means: 'closed' },
  USER_WAIT_CONFIRM_UPDATE: { zh: '待用户处理商家协商', means: 'unknown' },
  USER_WAIT_HANDLE_MERCHANT_AFTER_SALE: { zh: '待用户处理商家代发起的售后', means: 'unknown' },
} as const satisfies Record<string, StatusRow>;

/** Undefined for money-only, which the order must complete. A type nobody documented is `other`: never intercepted. */
export function typeOf(type: string | undefined): AfterSaleType | undefined {
  if (type === undefined || type === MONEY_ONLY) return undefined;
  return Object.hasOwn(TYPES, type) ? TYPES[type] : 'other';
}

/**
 * Where an after-sale stands. An undocumented status is `unknown`, and so is money-only in a step of returned goods: two
 * fields that contradict each other are never a yes (R70).
 */
export function statusOf(code: string | undefined, type?: string | undefined): AfterSaleStatus | undefined {
  if (code === undefined) return undefined;
  const row: StatusRow | undefined = Object.hasOwn(STATUS_CODES, code)
    ? STATUS_CODES[code as keyof typeof STATUS_CODES]
    : undefined;
  return !row || (row.withGoods && type === MONEY_ONLY) ? 'unknown' : row.means;
}

/** `delivery_id` and names of the official table of couriers; freight and postal ones are not taken for ours (R66). */
export const CARRIER_ALIASES = {
  ZTO: 'zto',
  中通: 'zto',
  YTO: 'yto',
  圆通: 'yto',
  YUNDA: 'yunda',
  韵达: 'yunda',
  JTSD: 'jtexpress',
  极兔: 'jtexpress',
  STO: 'sto',
  申通: 'sto',
  SF: 'sf',
  顺丰: 'sf',
  JD: 'jd',
  京东: 'jd',
  DBKD: 'deppon',
  德邦快递: 'deppon',
  EMS: 'ems',
} as const satisfies Record<string, string>;
