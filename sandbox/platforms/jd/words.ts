import type { Refund } from '../../refunds/refund.js';
import type { OUTCOMES } from './options.js';

/** `status` of a refundapply for what the control API knows; money that has arrived is not a word of JD's. */
export const STATUS_WORD = {
  open: 0,
  agreed: 1,
  refused: 2,
  paid: 3,
  closed: 11,
} as const satisfies Record<Refund['status'], number>;

/** 拦截并退款. */
export const INTERCEPTING = 6;

/** 青龙拦截成功, 青龙拦截失败. */
export const OUTCOME_STATUS = { stopped: 7, failed: 8 } as const satisfies Partial<
  Record<(typeof OUTCOMES)[number], number>
>;

/** `status` of a reply: 1 通过, 2 不通过, 6 通过并京东拦截, 9 强制关单, 10 物流待跟进. */
export const REPLY_STATUSES: readonly number[] = [1, 2, 6, 9, 10];

/** JD's cancelling of an order is money only; returns and exchanges are another family of calls, which is not here. */
export function isApplication({ type }: Refund): boolean {
  return type === 'refund_only' || type === 'before_shipment';
}
