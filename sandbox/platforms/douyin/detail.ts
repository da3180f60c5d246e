import { Digits, type WireValue } from '../../frame/wire-json.js';
import type { AfterSale, OrderLine } from './after-sale.js';

/** Order status "shipped" and "to be shipped" of the platform's order API; not in our reference. */
const SHIPPED = 3;
const TO_BE_SHIPPED = 2;
const BEFORE_SHIPMENT = 2;

/** `data` of afterSale.Detail with the documented fields and JSON types: ids bare 19-digit numbers, money fen. */
export function detailData(afterSale: AfterSale): WireValue {
  return {
    process_info: {
      after_sale_info: afterSaleInfo(afterSale),
      arbitrate_info: arbitrateInfo(afterSale),
      logistics_info: {
        order: afterSale.parcels.map(({ trackingNo, companyCode, companyName, logisticsState }) => ({
          tracking_no: trackingNo,
          company_name: companyName,
          company_code: companyCode,
          logistics_time: afterSale.applyTime - 3600,
          logistics_state: logisticsState,
          value_added_services: [],
        })),
        return: null,
        exchange: null,
        resend: null,
      },
    },
    order_info: {
      shop_order_id: new Digits(afterSale.orderId),
      sku_order_infos: orderLines(afterSale).map((line) => skuOrder(afterSale, line)),
    },
  };
}

function afterSaleInfo(afterSale: AfterSale): WireValue {
  return {
    after_sale_id: new Digits(afterSale.afterSaleId),
    after_sale_status: afterSale.status,
    after_sale_type: afterSale.type,
    refund_status: afterSale.refundStatus,
    refund_total_amount: afterSale.refundAmountFen,
    refund_post_amount: afterSale.postFen,
    real_refund_amount: afterSale.refundStatus === 3 ? afterSale.refundAmountFen : 0,
    part_type: afterSale.partType,
    platform_discount_return_amount: afterSale.platformDiscountFen,
    kol_discount_return_amount: afterSale.kolDiscountFen,
    shop_discount_return_amount: afterSale.shopDiscountFen,
    apply_time: afterSale.applyTime,
    update_time: afterSale.updateTime,
    status_deadline: afterSale.statusDeadline ?? afterSale.applyTime + 172_800,
    got_pkg: afterSale.gotPkg,
    reason: afterSale.reason,
    reason_code: afterSale.reasonCode,
    aftersale_tags: [],
    after_sale_apply_count: 1,
  };
}

function arbitrateInfo({ arbitrate, applyTime, updateTime }: AfterSale): WireValue {
  if (arbitrate === undefined) return { arbitrate_id: '', arbitrate_status: 0, arbitrate_conclusion: 0 };
  return {
    arbitrate_id: arbitrate.arbitrateId,
    arbitrate_status: arbitrate.status,
    arbitrate_conclusion: arbitrate.conclusion,
    arbitrate_create_time: applyTime,
    arbitrate_update_time: updateTime,
  };
}

/** The line under this after-sale first, then its siblings in the order. */
function orderLines({ skuOrderId, paidFen, postFen, orderStatus, lines }: AfterSale): readonly OrderLine[] {
  const own = { skuOrderId, paidFen, postFen, quantity: 1, afterSaleCount: 1, productName: '测试商品', isGift: false };
  return [{ ...own, orderStatus }, ...lines];
}

function skuOrder(afterSale: AfterSale, line: OrderLine): WireValue {
  const status = afterSale.type === BEFORE_SHIPMENT ? TO_BE_SHIPPED : SHIPPED;
  return {
    sku_order_id: new Digits(line.skuOrderId),
    order_status: line.orderStatus ?? afterSale.orderStatus ?? status,
    pay_amount: line.paidFen,
    post_amount: line.postFen,
    sku_pay_amount: Math.max(0, line.paidFen - line.postFen),
    item_sum_amount: line.paidFen,
    promotion_amount: 0,
    item_quantity: line.quantity,
    after_sale_item_count: line.afterSaleCount,
    is_oversea_order: afterSale.oversea ? 1 : 0,
    product_id: new Digits('3500000000000000001'),
    product_name: line.productName,
    shop_sku_code: `SKU-${line.skuOrderId.slice(-4)}`,
    sku_id: new Digits('1700000000000000001'),
    given_sku_details: line.isGift ? [{ sku_order_id: line.skuOrderId, product_name: line.productName }] : [],
  };
}
