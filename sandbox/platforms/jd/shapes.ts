import { chinaTime } from '../../frame/clock.js';
import { Digits, type WireValue } from '../../frame/wire-json.js';
import type { Refund } from '../../refunds/refund.js';
import type { Standing } from './reviews.js';

/** Ids are bare numbers of any length where they are digits. */
function bare(id: string): WireValue {
  return /^[1-9]\d*$/.test(id) ? new Digits(id) : id;
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** One refundapply. */
export function refundApply(refund: Refund, { status, checkedAtMs, modifiedAtMs }: Standing): WireValue {
  return {
    id: bare(refund.refundId),
    buyerId: 'jd_测试买家',
    buyerName: '测试买家',
    checkTime: checkedAtMs === null ? undefined : chinaTime(checkedAtMs),
    applyTime: chinaTime(refund.appliedAtMs),
    applyRefundSum: refund.refundFen,
    status,
    checkUserName: checkedAtMs === null ? undefined : 'system',
    orderId: bare(refund.orderId),
    reason: refund.reason,
    modified: chinaTime(modifiedAtMs),
  };
}

/** Couriers parted by `|`, waybills of one courier by commas. */
function shipped(parcels: Refund['parcels']): { waybill: string; logisticsId: string } {
  const byCourier = new Map<string, string[]>();
  for (const { companyCode, waybillNo } of parcels) {
    byCourier.set(companyCode, [...(byCourier.get(companyCode) ?? []), waybillNo]);
  }
  const waybill = [...byCourier.values()].map((waybills) => waybills.join(',')).join('|');
  return { waybill, logisticsId: [...byCourier.keys()].join('|') };
}

/** The order of a refund, with the fields that were asked for. */
export function orderInfo(refund: Refund, optionalFields: readonly string[]): WireValue {
  const { waybill, logisticsId } = shipped(refund.type === 'before_shipment' ? [] : refund.parcels);
  const whole = {
    orderId: bare(refund.orderId),
    orderState: waybill === '' ? 'WAIT_SELLER_STOCK_OUT' : 'WAIT_GOODS_RECEIVE_CONFIRM',
    waybill,
    logisticsId,
    orderPayment: yuan(refund.paidFen),
    freightPrice: yuan(refund.postFen),
  };
  return Object.fromEntries(Object.entries(whole).filter(([name]) => optionalFields.includes(name)));
}
