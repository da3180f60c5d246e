import type { WireValue } from '../../frame/wire-json.js';
import type { Refund } from '../../refunds/refund.js';
import { statusWord, TYPE } from './words.js';

const PRODUCT_ID = '10000000000001';
const seconds = (ms: number) => Math.floor(ms / 1000);
const skuOf = ({ refundId }: Refund) => `2${refundId.slice(-9)}`;

/** `deadline` of the steps in which the seller must act. */
function deadline({ status, deadlineAfterMs, appliedAtMs }: Refund, now: number, form: 'left' | 'instant'): WireValue {
  if (deadlineAfterMs === null || status !== 'open') return undefined;
  const at = appliedAtMs + deadlineAfterMs;
  return form === 'instant' ? seconds(at) : Math.max(0, seconds(at - now));
}

/** `after_sale_order` with the documented fields; ids are text. */
export function afterSaleOrder(refund: Refund, now: number, form: 'left' | 'instant'): WireValue {
  const returning = refund.type === 'return_refund' && refund.status === 'agreed';
  return {
    after_sale_order_id: refund.refundId,
    status: statusWord(refund),
    openid: 'OPENID',
    order_id: refund.orderId,
    type: TYPE[refund.type],
    product_info: { product_id: PRODUCT_ID, sku_id: skuOf(refund), count: 1 },
    details: { desc: '', receive_product: false, cancel_time: 0 },
    refund_info: { amount: refund.refundFen, refund_reason: 1 },
    return_info: returning
      ? { waybill_id: `R${refund.refundId}`, delivery_id: 'SF', delivery_name: '顺丰' }
      : { waybill_id: '', delivery_id: '', delivery_name: '' },
    create_time: seconds(refund.appliedAtMs),
    update_time: seconds(refund.updatedAtMs),
    reason: 'NO_LONGER_WANT',
    reason_text: refund.reason,
    complaint_id: refund.arbitration === 'none' ? '' : `9${refund.refundId}`,
    deadline: deadline(refund, now, form),
  };
}

const SHIPPED = 30;
const TO_BE_SHIPPED = 20;

/** `order`: one line, and the parcels to the buyer. */
export function orderOf(refund: Refund): WireValue {
  const shipped = refund.parcels.length > 0 && refund.type !== 'before_shipment';
  const line = { product_id: PRODUCT_ID, sku_id: skuOf(refund) };
  return {
    order_id: refund.orderId,
    status: shipped ? SHIPPED : TO_BE_SHIPPED,
    openid: 'OPENID',
    create_time: seconds(refund.appliedAtMs) - 86_400,
    update_time: seconds(refund.updatedAtMs),
    order_detail: {
      product_infos: [
        {
          ...line,
          sku_cnt: 1,
          title: '测试商品',
          on_aftersale_sku_cnt: 1,
          finish_aftersale_sku_cnt: 0,
          real_price: refund.paidFen - refund.postFen,
        },
      ],
      price_info: {
        product_price: refund.paidFen - refund.postFen,
        order_price: refund.paidFen,
        freight: refund.postFen,
        discounted_price: 0,
      },
      delivery_info: {
        delivery_product_info: (shipped ? refund.parcels : []).map(({ companyCode, companyName, waybillNo }) => ({
          waybill_id: waybillNo,
          delivery_id: companyCode,
          delivery_name: companyName,
          delivery_time: seconds(refund.appliedAtMs) - 3_600,
          deliver_type: 1,
          product_infos: [{ ...line, product_cnt: 1 }],
        })),
      },
    },
  };
}
