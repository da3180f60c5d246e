import type { AfterSaleFacts } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, listAt, stated } from '../fields.js';
import { dataOfAnswer } from './answers.js';
import { OLD_MONEY_ONLY } from './codes.js';
import type { XiaohongshuCredentials } from './manifest.js';
import { paidFor, skuIdsOf } from './paid.js';
import { parcelsOf } from './parcels.js';
import { isReturnsId, returnsUpdate } from './polled.js';
import { apiRequest, type Method } from './requests.js';

/** The older money-only does not say whether it was shipped; a parcel does, its absence does not (R70). */
function typeByParcels(info: Fields, type: AfterSaleFacts['type'], hasParcels: boolean): AfterSaleFacts['type'] {
  return codeAt(info, 'returnType') === OLD_MONEY_ONLY && hasParcels ? 'refund_only' : type;
}

/** Puts an after-sale and its order together. Throws UnreadableEvent; a missing amount stays missing. */
function readDetail(data: Fields, order: Fields): AfterSaleDetail {
  const info = fieldsAt(data.afterSaleInfo, 'afterSaleInfo');
  const { atMs, facts } = returnsUpdate(info);
  const skuIds = skuIdsOf(listAt(info.skus, 'skus'));
  const paid = paidFor(skuIds, order);
  const parcels = parcelsOf(data.logisticsInfo, order, skuIds, paid.paidAmountFen);
  const type = typeByParcels(info, facts.type, parcels.length > 0);
  return { update: { atMs, facts: stated({ ...facts, ...paid, type }) }, parcels };
}

/** Reads one after-sale: itself, then its order. Two calls, each with a slot of its own. */
export async function fetchDetail(
  credentials: XiaohongshuCredentials,
  afterSaleId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  const read = async (method: Method, parameters: Readonly<Record<string, string | boolean>>) =>
    dataOfAnswer(await ctx.send(apiRequest(credentials, method, parameters, nowMs)), credentials);
  const asked = { returnsId: afterSaleId, needNegotiateRecord: false };
  const data = await read('afterSale.getAfterSaleInfo', asked);
  const { returnsId, orderId } = fieldsAt(data.afterSaleInfo, 'afterSaleInfo');
  if (returnsId !== afterSaleId) throw new UnreadableEvent('the answer is about another after-sale');
  if (!isReturnsId(orderId)) throw new UnreadableEvent('orderId is missing or not an id');
  const order = await read('order.getOrderDetail', { orderId });
  if (order.orderId !== orderId) throw new UnreadableEvent('the answer is about another order');
  return readDetail(data, order);
}
