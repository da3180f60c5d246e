import type { AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';

/** `returnType` 仅退款 of the older form: shipped or not is for the parcels to say. */
export const OLD_MONEY_ONLY = '3';

/** `returnType`. 4 is refund-only on a shipped order and nothing else: the only one that is intercepted (R15). */
const RETURN_TYPES: Readonly<Record<string, AfterSaleType>> = {
  '1': 'return_refund',
  '2': 'other', // 换货
  '4': 'refund_only', // 仅退款(已发货)
  '5': 'refund_before_shipment', // 未发货仅退款
  '6': 'other', // 保价
};

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** A step that only returns and exchanges go through. */
  readonly withGoods?: true;
}

/** `status` of an after-sale (6.3). */
const STATUS_CODES = {
  '1': { zh: '待审核', means: 'open' },
  '2': { zh: '待用户寄回', means: 'agreed', withGoods: true },
  '3': { zh: '待商家收货', means: 'agreed', withGoods: true },
  '4': { zh: '已完成', means: 'paid' },
  '5': { zh: '已取消', means: 'closed' },
  '6': { zh: '已关闭', means: 'closed' },
  '9': { zh: '商家审核拒绝', means: 'refused' },
  '9001': { zh: '商家收货拒绝', means: 'refused', withGoods: true },
  '12': { zh: '换货待商家发货', means: 'agreed', withGoods: true },
  '13': { zh: '换货待用户确认收货', means: 'agreed', withGoods: true },
  '14': { zh: '平台介入中', means: 'open' },
} as const satisfies Record<string, StatusRow>;

const CALLED_IN = '14';

/** `refundStatus`: has the money left? What is not listed tells nothing about it. */
const REFUND_CODES: Readonly<Record<string, 'pending' | 'paid'>> = {
  '108': 'pending', // 触发退款
  '1': 'pending', // 退款中
  '2': 'paid', // 退款成功
  '3': 'pending', // 退款失败
  '101': 'pending', // 已创建
  '201': 'pending', // 待审核
  '301': 'pending', // 审核通过
  '302': 'pending', // 审核不通过
};

function statusRow(code: string | undefined): StatusRow | undefined {
  return code !== undefined && Object.hasOwn(STATUS_CODES, code)
    ? STATUS_CODES[code as keyof typeof STATUS_CODES]
    : undefined;
}

/** Undefined for the older money-only. A type nobody documented is `other`: certainly not 4, and never intercepted. */
export function typeOf(returnType: string | undefined): AfterSaleType | undefined {
  if (returnType === undefined || returnType === OLD_MONEY_ONLY) return undefined;
  return RETURN_TYPES[returnType] ?? 'other';
}

const MONEY_ONLY: ReadonlySet<string> = new Set([OLD_MONEY_ONLY, '4', '5']);

/**
 * Where an after-sale stands. An undocumented status is `unknown`, and so is money-only in a step of returned goods: two
 * fields that contradict each other are never a yes (R70). `refundStatus` tells a success that is not yet paid from one
 * that is, and finds money paid ahead of the status (极速退款).
 */
export function statusOf(
  code: string | undefined,
  returnType: string | undefined,
  refundStatus?: string | undefined,
): AfterSaleStatus | undefined {
  if (code === undefined) return undefined;
  const row = statusRow(code);
  if (!row || (row.withGoods && returnType !== undefined && MONEY_ONLY.has(returnType))) return 'unknown';
  const money = refundStatus === undefined ? undefined : REFUND_CODES[refundStatus];
  if (row.means === 'paid' && money === 'pending') return 'agreed';
  if ((row.means === 'open' || row.means === 'agreed') && money === 'paid') return 'paid';
  return row.means;
}

/** Whether the platform has been called in; an undocumented status says nothing. */
export function arbitrationOf(code: string | undefined): 'applied' | 'none' | undefined {
  if (statusRow(code) === undefined) return undefined;
  return code === CALLED_IN ? 'applied' : 'none';
}

/**
 * Codes and names of the official table of couriers. 邮政快递, 邮政电商标快 and 菜鸟速递 are other companies and are not taken for one
 * of ours (R66).
 */
export const CARRIER_ALIASES = {
  zto: 'zto',
  中通: 'zto',
  yuantong: 'yto',
  圆通: 'yto',
  yunda: 'yunda',
  韵达: 'yunda',
  jtexpress: 'jtexpress',
  极兔: 'jtexpress',
  shentong: 'sto',
  申通: 'sto',
  ems: 'ems',
  EMS: 'ems',
  debangwuliu: 'deppon',
  德邦: 'deppon',
  shunfeng: 'sf',
  顺丰: 'sf',
  jd: 'jd',
  京东: 'jd',
} as const satisfies Record<string, string>;
