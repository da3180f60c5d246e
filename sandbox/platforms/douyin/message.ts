import { chinaRfc3339 } from '../../frame/clock.js';
import { Digits, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { AfterSale } from './after-sale.js';
import { type Tag, tagFacts } from './tags.js';

/** documented: as the official SDK reads it. legacy: as the old doc samples show it. */
export type Shape = 'documented' | 'legacy';

export interface Message {
  readonly tag: string;
  readonly eventId: string;
  /** One element of the array that is the body of a webhook, as JSON text. */
  readonly text: string;
}

/** The URL check that the platform sends when the address is saved; its `data` is not JSON. */
export function urlCheck(at: number, shape: Shape): Message {
  return element('0', '0', `${chinaRfc3339(at).slice(0, 19)}.52842897+08:00`, shape);
}

/** One after-sale message about the after-sale as it is now. `at` in unix milliseconds. */
export function afterSaleMessage(afterSale: AfterSale, tag: Tag, eventId: string, at: number, shape: Shape): Message {
  const payload = tagFacts(tag).arbitrateStatus === undefined ? base(afterSale, tag, at) : arbitration(afterSale, tag);
  if (shape === 'documented') return element(tag, eventId, writeWireJson(payload), shape);
  return element(tag, eventId, { ...payload, aftersale_id: afterSale.afterSaleId }, shape);
}

function element(tag: string, eventId: string, data: WireValue, shape: Shape): Message {
  const envelope = shape === 'documented' ? { tag, msg_id: eventId, data } : { tag: Number(tag), msgId: eventId, data };
  return { tag, eventId, text: writeWireJson(envelope) };
}

function base(afterSale: AfterSale, tag: Tag, at: number): Record<string, WireValue> {
  const { timeField } = tagFacts(tag);
  return {
    aftersale_id: new Digits(afterSale.afterSaleId),
    aftersale_status: afterSale.status,
    aftersale_type: afterSale.type,
    ...(timeField === undefined ? {} : { [timeField]: timeOf(afterSale, timeField, at) }),
    p_id: new Digits(afterSale.orderId),
    reason_code: afterSale.reasonCode,
    refund_amount: afterSale.refundAmountFen,
    refund_post_amount: afterSale.postFen,
    refund_voucher_num: 0,
    s_id: new Digits(afterSale.skuOrderId),
    shop_id: new Digits(afterSale.shopId),
    update_time: chinaRfc3339(afterSale.updateTime * 1000),
  };
}

function timeOf(afterSale: AfterSale, field: string, at: number): number {
  if (field === 'apply_time') return afterSale.applyTime;
  return field === 'status_deadline' ? (afterSale.statusDeadline ?? afterSale.applyTime) : Math.floor(at / 1000);
}

/** 212-218 carry no amounts and no update_time. */
function arbitration(afterSale: AfterSale, tag: Tag): Record<string, WireValue> {
  const { arbitrate } = afterSale;
  return {
    aftersale_id: new Digits(afterSale.afterSaleId),
    aftersale_status: afterSale.status,
    aftersale_type: afterSale.type,
    arbitrate_id: arbitrate?.arbitrateId ?? '',
    arbitrate_status: arbitrate?.status ?? 0,
    ...(tag === '216' ? { arbitrate_conclusion: arbitrate?.conclusion ?? 0 } : {}),
    p_id: new Digits(afterSale.orderId),
    s_id: new Digits(afterSale.skuOrderId),
    shop_id: new Digits(afterSale.shopId),
  };
}
