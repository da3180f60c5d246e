import type { AfterSaleFacts } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent } from '../../../domain/platform/port.js';
import { fieldsAt, stated } from '../fields.js';
import { readAfterSaleOrder, updateOf } from './after-sale-order.js';
import { answerOf } from './answers.js';
import { MONEY_ONLY } from './codes.js';
import type { WechatCredentials } from './manifest.js';
import { goodsOf, isShipped, orderIdOf, paidFor, parcelsOf } from './order.js';
import { apiRequest } from './requests.js';

/** Reads one after-sale: itself, then its order. Two calls, each with a slot of its own. */
export async function fetchDetail(
  credentials: WechatCredentials,
  afterSaleId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  const { kept, order: afterSale } = await readAfterSaleOrder(credentials, afterSaleId, ctx, nowMs);
  const { atMs, facts } = updateOf({ ...kept });
  if (kept.order_id === undefined) throw new UnreadableEvent('order_id is missing');
  const request = apiRequest(credentials.accessToken, '/channels/ec/order/get', { order_id: kept.order_id });
  const order = fieldsAt(answerOf(await ctx.send(request), credentials).order, 'order');
  if (orderIdOf(order) !== kept.order_id) throw new UnreadableEvent('the answer is about another order');
  const detail = fieldsAt(order.order_detail, 'order_detail');
  const goods = goodsOf(afterSale);
  const paid = paidFor(goods, detail);
  const moneyOnly: AfterSaleFacts['type'] = isShipped(goods, detail) ? 'refund_only' : 'refund_before_shipment';
  const type = kept.type === MONEY_ONLY ? moneyOnly : facts.type;
  return {
    update: { atMs, facts: stated({ ...facts, ...paid, type }) },
    parcels: parcelsOf(goods, detail, paid.paidAmountFen),
  };
}
