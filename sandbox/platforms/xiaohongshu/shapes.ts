import type { WireValue } from '../../frame/wire-json.js';
import type { Refund } from '../../refunds/refund.js';
import { RETURN_TYPE, refundStatusCode, statusCode, yuan } from './words.js';

const SHIPPED = 6;
const TO_BE_SHIPPED = 4;
const skuOf = ({ refundId }: Refund) => `sku-${refundId}`;

function basicInfo(refund: Refund): Record<string, WireValue> {
  const { appliedAtMs, deadlineAfterMs, status } = refund;
  return {
    returnsId: refund.refundId,
    returnType: RETURN_TYPE[refund.type],
    reasonId: 1,
    reasonNameZh: refund.reason,
    status: statusCode(refund),
    userId: 'buyer-1',
    orderId: refund.orderId,
    applyTime: appliedAtMs,
    updatedAt: refund.updatedAtMs,
    // Only while the seller must act.
    expireTime: status === 'open' && deadlineAfterMs !== null ? appliedAtMs + deadlineAfterMs : -1,
    desc: '',
    returnsTag: 0,
    expectedRefundAmountYuan: yuan(refund.refundFen),
  };
}

/** An after-sale in the list, with the documented fields. */
export function listedReturns(refund: Refund): WireValue {
  return basicInfo(refund);
}

/** `data` of afterSale.getAfterSaleInfo. The first parcel is the one that it names. */
export function afterSaleData(refund: Refund): WireValue {
  const [first] = refund.parcels;
  const returning = refund.type === 'return_refund' && refund.status === 'agreed';
  return {
    afterSaleInfo: {
      ...basicInfo(refund),
      skus: [
        {
          skuId: skuOf(refund),
          skuName: '测试商品',
          price: yuan(refund.paidFen - refund.postFen),
          boughtCount: 1,
          appliedCount: 1,
          appliedTotalAmountYuan: yuan(refund.refundFen),
        },
      ],
      appliedShipFeeAmountYuan: yuan(Math.min(refund.postFen, refund.refundFen)),
      appliedSkusAmountYuan: yuan(Math.max(0, refund.refundFen - refund.postFen)),
      refundAmountYuan: refund.status === 'paid' ? yuan(refund.refundFen) : 0,
      refundStatus: refundStatusCode(refund),
      cargoStatus: 1,
    },
    logisticsInfo: {
      order:
        first === undefined
          ? null
          : {
              expressNo: first.waybillNo,
              expressCompanyCode: first.companyCode,
              expressCompanyName: first.companyName,
            },
      afterSale: returning
        ? { expressNo: `R${refund.refundId}`, expressCompanyCode: 'shunfeng', expressCompanyName: '顺丰' }
        : null,
      exchange: null,
    },
  };
}

/** `data` of order.getOrderDetail, amounts in fen. More than one parcel makes a split order. */
export function orderData(refund: Refund): WireValue {
  const [first] = refund.parcels;
  const shipped = first !== undefined && refund.type !== 'before_shipment';
  const status = shipped ? SHIPPED : TO_BE_SHIPPED;
  return {
    orderId: refund.orderId,
    orderType: 1,
    orderStatus: status,
    unpack: refund.parcels.length > 1,
    expressTrackingNo: first?.waybillNo ?? '',
    expressCompanyCode: first?.companyCode ?? '',
    totalPayAmount: refund.paidFen,
    totalShippingFree: refund.postFen,
    totalDepositAmount: 0,
    skuList: [{ skuId: skuOf(refund), skuQuantity: 1, totalPaidAmount: refund.paidFen - refund.postFen, skuTag: 0 }],
    simpleDeliveryOrderList: refund.parcels.map(({ companyCode, waybillNo }, at) => ({
      deliveryOrderIndex: at + 1,
      status,
      expressTrackingNo: waybillNo,
      expressCompanyCode: companyCode,
      skuIdList: [skuOf(refund)],
    })),
  };
}
