import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, idAt, listAt, requiredIdAt, stated, yuanAt } from '../fields.js';
import { resultOf } from './answers.js';
import type { JdShopCredentials } from './credentials.js';
import { josRequest } from './gateway.js';
import { parcelsOf } from './parcels.js';
import { isRefundId, recordIn, refundUpdate } from './record.js';

const ORDER_FIELDS = ['orderId', 'orderState', 'waybill', 'logisticsId'] as const;

/** The one record of a `queryById`. Throws UnreadableEvent: none, more than one, or another than the one asked for. */
export function theRecord(result: Fields, afterSaleId: string): Fields {
  const records = listAt(result.result, 'result');
  if (records.length === 0) throw new UnreadableEvent('JD knows no such after-sale of this shop');
  if (records.length > 1) throw new UnreadableEvent('the answer holds more than one after-sale');
  const record = recordIn(records[0]);
  if (requiredIdAt(record, 'id') !== afterSaleId) throw new UnreadableEvent('the answer is about another after-sale');
  return record;
}

/**
 * Puts an application and its order together. JD's cancelling of an order is money only; whether it was shipped is
 * inferred from its waybill. Throws UnreadableEvent; a missing amount stays missing (R60).
 */
function readDetail(record: Fields, order: Fields, paidAmountField: string | undefined): AfterSaleDetail {
  const named = idAt(order, 'orderId');
  if (named !== undefined && named !== requiredIdAt(record, 'orderId')) {
    throw new UnreadableEvent('the answer is about another order');
  }
  const { atMs, facts } = refundUpdate(record);
  const paidAmountFen = paidAmountField === undefined ? undefined : yuanAt(order, paidAmountField);
  const parcels = parcelsOf(order, paidAmountFen);
  const type = parcels.length > 0 ? ('refund_only' as const) : ('refund_before_shipment' as const);
  return { update: { atMs, facts: stated({ ...facts, type, paidAmountFen }) }, parcels };
}

/** Reads one after-sale: the application, then its order. Two calls, each with a slot of its own. */
export async function fetchDetail(
  credentials: JdShopCredentials,
  afterSaleId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  if (!isRefundId(afterSaleId)) throw new UnreadableEvent('the after-sale id is not a number of JD');
  const { paidAmountField } = credentials;
  const asked = await ctx.send(josRequest(credentials, 'refund', { id: afterSaleId }, nowMs));
  const record = theRecord(resultOf(asked, 'refund', credentials), afterSaleId);
  const fields = [...ORDER_FIELDS, ...(paidAmountField === undefined ? [] : [paidAmountField])];
  const content = { order_id: requiredIdAt(record, 'orderId'), optional_fields: [...new Set(fields)].join(',') };
  const shown = await ctx.send(josRequest(credentials, 'order', content, nowMs));
  const { orderInfo } = resultOf(shown, 'order', credentials);
  return readDetail(record, fieldsAt(orderInfo, 'orderInfo'), paidAmountField);
}
