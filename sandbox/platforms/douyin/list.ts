import { z } from 'zod';
import type { Call, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue } from '../../frame/wire-json.js';
import type { AfterSale, AfterSaleBook } from './after-sale.js';
import { gatewayAnswer } from './gateway.js';
import type { InterceptDesk } from './intercept.js';

/** The documented parameters, each of the documented type; the platform knows more of them. */
const QUERY = z.strictObject({
  order_by: z.tuple([z.literal('update_time asc')]).optional(),
  order_logistics_state: z.int().min(1).max(4).optional(),
  page: z.int().nonnegative(),
  size: z.int().min(1).max(100),
  update_start_time: z.int().positive(),
  update_end_time: z.int().positive(),
});

/** afterSale.List: the after-sales of the shop by their last change, both ends of the window included. */
export function answerList(book: AfterSaleBook, intercepts: InterceptDesk, call: Call): Outcome {
  const asked = QUERY.safeParse(readJsonObject(call.raw.toString('utf8')));
  if (!asked.success) return gatewayAnswer('paramInvalid', call, { verdict: 'bad_request' });
  const { page, size, order_logistics_state: state } = asked.data;
  const found = book
    .changedBetween(asked.data.update_start_time, asked.data.update_end_time)
    .filter((one) => state === undefined || intercepts.logisticsState(one, call.at) === state);
  const items = found.slice(page * size, (page + 1) * size);
  const data = {
    items: items.map(item),
    has_more: (page + 1) * size < found.length,
    total: found.length,
    page,
    size: items.length,
  };
  return gatewayAnswer('success', call, { verdict: 'answered', facts: { page, total: found.length } }, data);
}

/** One record; its shape is not in our reference: README.md. Ids are text here. */
function item(afterSale: AfterSale): WireValue {
  return {
    aftersale_info: {
      aftersale_id: afterSale.afterSaleId,
      aftersale_order_type: 1,
      aftersale_type: afterSale.type,
      aftersale_status: afterSale.status,
      related_id: afterSale.skuOrderId,
      apply_time: afterSale.applyTime,
      update_time: afterSale.updateTime,
      status_deadline: afterSale.statusDeadline ?? afterSale.applyTime + 172_800,
      refund_amount: afterSale.refundAmountFen,
      refund_post_amount: afterSale.postFen,
      refund_status: afterSale.refundStatus,
      part_type: afterSale.partType,
      arbitrate_status: afterSale.arbitrate?.status ?? 0,
      got_pkg: afterSale.gotPkg,
      order_logistics: afterSale.parcels.map(({ trackingNo, companyCode, companyName, logisticsState }) => ({
        tracking_no: trackingNo,
        company_name: companyName,
        company_code: companyCode,
        logistics_time: afterSale.applyTime - 3600,
        logistics_state: logisticsState,
      })),
    },
    order_info: {
      shop_order_id: afterSale.orderId,
      related_order_info: [{ sku_order_id: afterSale.skuOrderId, pay_amount: afterSale.paidFen, item_num: 1 }],
    },
  };
}
