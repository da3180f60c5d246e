import type { WireValue } from '../../frame/wire-json.js';
import type { Refund } from '../../refunds/refund.js';
import type { PinduoduoSwitches } from './options.js';
import { bare, LIST_TYPE, ORDER_REFUND_STATUS, orderStatus, statusOf, TYPE, timeText, yuan } from './words.js';

/** Nothing was ever returned: the parcel of a return is there to be left alone. */
function returnParcel({ type, status, refundId }: Refund) {
  const isComing = type === 'return_refund' && status === 'agreed';
  return isComing ? { no: `R${refundId}`, name: '申通快递' } : { no: '', name: '' };
}

/** A refund in the list: amounts in yuan as text, types one further than in the detail. */
export function listedRefund(refund: Refund, switches: PinduoduoSwitches): WireValue {
  const { no, name } = returnParcel(refund);
  return {
    id: bare(refund.refundId),
    order_sn: refund.orderId,
    after_sales_status: statusOf(refund),
    after_sales_type: LIST_TYPE[refund.type],
    after_sale_reason: refund.reason,
    refund_amount: yuan(refund.refundFen),
    order_amount: yuan(refund.paidFen),
    discount_amount: '0.00',
    goods_name: '测试商品',
    goods_number: '1',
    tracking_number: no,
    shipping_name: name,
    speed_refund_flag: 0,
    dispute_refund_status: 0,
    user_shipping_status: '1',
    created_time: timeText(refund.appliedAtMs, switches),
    updated_time: timeText(refund.updatedAtMs, switches),
  };
}

/** The refund's own detail, without a root; its clock runs only while the seller has to act. */
export function refundDetail(refund: Refund, switches: PinduoduoSwitches): WireValue {
  const { no, name } = returnParcel(refund);
  const { appliedAtMs, deadlineAfterMs, status } = refund;
  const amount = (fen: number) => (switches.values.detailAmounts === 'fen' ? fen : yuan(fen));
  return {
    id: bare(refund.refundId),
    order_sn: refund.orderId,
    after_sales_status: statusOf(refund),
    after_sales_type: TYPE[refund.type],
    after_sales_reason: refund.reason,
    refund_amount: amount(refund.refundFen),
    order_amount: amount(refund.paidFen),
    discount_amount: 0,
    goods_number: 1,
    shipping_status: orderStatus(refund) - 1,
    express_no: no,
    shipping_name: name,
    speed_refund_flag: 0,
    dispute_refund_status: 0,
    join_or_not: refund.arbitration === 'none' ? '0' : '1',
    user_shipping_status: '1',
    recreated_at: appliedAtMs,
    expire_time: status === 'open' && deadlineAfterMs !== null ? appliedAtMs + deadlineAfterMs : null,
    updated_time: timeText(refund.updatedAtMs, switches),
  };
}

/** The order of a refund: its first parcel is the order's own, the others are further ones of a shipment in parts. */
export function orderDetail(refund: Refund): WireValue {
  const parcels = refund.parcels.map(({ companyCode, waybillNo }) => ({
    logistics_id: bare(companyCode),
    tracking_number: waybillNo,
  }));
  const [own = { logistics_id: 0, tracking_number: '' }, ...further] = parcels;
  return {
    order_info_get_response: {
      order_info: {
        order_sn: refund.orderId,
        order_status: orderStatus(refund),
        refund_status: ORDER_REFUND_STATUS[refund.status],
        after_sales_status: statusOf(refund),
        pay_amount: refund.paidFen / 100,
        goods_amount: (refund.paidFen - refund.postFen) / 100,
        postage: refund.postFen / 100,
        discount_amount: 0,
        platform_discount: 0,
        seller_discount: 0,
        ...own,
        extra_delivery_list: further,
        gift_delivery_list: [],
        resend_delivery_list: [],
        item_list: [{ goods_name: '测试商品', goods_count: 1, goods_price: (refund.paidFen - refund.postFen) / 100 }],
      },
    },
  };
}
