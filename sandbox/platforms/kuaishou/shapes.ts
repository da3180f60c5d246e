import type { WireValue } from '../../frame/wire-json.js';
import type { Refund } from '../../refunds/refund.js';
import { bare } from './message.js';
import { apiStatus, HANDLING_WAY, negotiateStatus, orderStatus } from './words.js';

const SHIPPED = 40;

/** A refund in the list, with the documented fields. */
export function listedRefund(refund: Refund): WireValue {
  const { appliedAtMs, deadlineAfterMs } = refund;
  return {
    oid: bare(refund.orderId),
    refundId: bare(refund.refundId),
    sellerId: bare(refund.shopId),
    handlingWay: HANDLING_WAY[refund.type],
    negotiateStatus: negotiateStatus(refund),
    refundFee: refund.refundFen,
    refundReason: 1,
    refundReasonDesc: refund.reason,
    status: apiStatus(refund),
    refundType: 1,
    receiptStatus: 1,
    submitTime: appliedAtMs,
    createTime: appliedAtMs,
    updateTime: refund.updatedAtMs,
    expireTime: deadlineAfterMs === null ? 0 : appliedAtMs + deadlineAfterMs,
    endTime: refund.status === 'paid' || refund.status === 'closed' ? refund.updatedAtMs : 0,
  };
}

/** The refund's own detail: the list's fields and, for goods on their way back, their parcel. */
export function refundDetail(refund: Refund): WireValue {
  const returning = refund.type === 'return_refund' && refund.status === 'agreed';
  return {
    ...(listedRefund(refund) as Record<string, WireValue>),
    specialRefundType: 0,
    logisticsInfo: returning ? { expressNo: `R${refund.refundId}`, expressCode: 4 } : null,
  };
}

/** The order of a refund: one line an order on this platform. */
export function orderDetail(refund: Refund): WireValue {
  const status = orderStatus(refund);
  return {
    orderBaseInfo: {
      oid: bare(refund.orderId),
      status,
      payTime: refund.appliedAtMs - 86_400_000,
      sendTime: status === SHIPPED ? refund.appliedAtMs - 3_600_000 : 0,
      totalFee: refund.paidFen,
      expressFee: refund.postFen,
      discountFee: 0,
    },
    orderItemInfo: { itemTitle: '测试商品', num: 1, price: refund.paidFen - refund.postFen },
    orderRefundList: [{ refundId: bare(refund.refundId), refundStatus: apiStatus(refund) }],
    orderLogisticsInfo: refund.parcels.map(({ companyCode, waybillNo }, at) => ({
      expressNo: waybillNo,
      expressCode: bare(companyCode),
      logisticsId: at + 1,
    })),
  };
}
