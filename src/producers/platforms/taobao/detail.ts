import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent, type WantedDetail } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, idAt, listAt, requiredIdAt, textAt, yuanAt } from '../fields.js';
import { answerList, answerOfRead } from './answers.js';
import { isShipped } from './codes.js';
import type { TaobaoCredentials } from './credentials.js';
import { DETAIL_FIELDS, refundFacts } from './record.js';
import { gatewayRequest } from './top.js';

const REFUND_GET = 'taobao.refund.get';
const ORDERS_GET = 'taobao.logistics.orders.get';
const SHIPPING_FIELDS = 'tid,out_sid,company_name,status,is_split,sub_tids,created,modified';

/** Reads one refund as it is now. Throws CarrierFault, UnreadableEvent. */
export async function fetchRefund(
  credentials: TaobaoCredentials,
  refundId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<Fields> {
  const params = { fields: DETAIL_FIELDS.join(','), refund_id: refundId };
  const response = await ctx.send(gatewayRequest(credentials, { method: REFUND_GET, params }, 'read', nowMs));
  const refund = fieldsAt(answerOfRead(response, REFUND_GET).refund, 'refund');
  if (requiredIdAt(refund, 'refund_id') !== refundId) {
    throw new UnreadableEvent('the answer is about another after-sale');
  }
  return refund;
}

/**
 * Does this parcel carry the line under refund? A whole order travels in one; of a split one each parcel names its lines,
 * and one that does not would have us stop somebody else's goods.
 */
function carries(shipping: Fields, oid: string | undefined): boolean {
  if ((codeAt(shipping, 'is_split') ?? '0') === '0') return true;
  const lines = answerList(shipping, 'sub_tids', 'number').map((line) => idAt({ line }, 'line'));
  if (lines.length === 0 || oid === undefined) {
    throw new UnreadableEvent('a parcel of a split order does not say which lines it carries');
  }
  return lines.includes(oid);
}

/**
 * The parcels on their way to the buyer. The platform names the courier only by its name, and no value: what the buyer
 * paid is the most that the goods of this refund in one parcel can have cost him.
 */
function parcelsOf(shippings: readonly unknown[], refund: Fields): readonly NamedParcel[] {
  const oid = idAt(refund, 'oid');
  const valueFen = yuanAt(refund, 'total_fee');
  const parcels = new Map<string, NamedParcel>();
  for (const entry of shippings) {
    const shipping = fieldsAt(entry, 'an entry of shippings');
    const waybillNo = textAt(shipping, 'out_sid');
    if (waybillNo === undefined || !carries(shipping, oid)) continue;
    const name = textAt(shipping, 'company_name');
    parcels.set(JSON.stringify([name, waybillNo]), {
      rawCarrier: name ?? '',
      rawCarrierName: name ?? null,
      waybillNo,
      ...(valueFen === undefined ? {} : { declaredValueFen: valueFen }),
    });
  }
  return [...parcels.values()];
}

async function fetchShippings(
  credentials: TaobaoCredentials,
  tid: string,
  ctx: CallContext,
  nowMs: number,
): Promise<readonly unknown[]> {
  const params = { fields: SHIPPING_FIELDS, tid };
  const response = await ctx.send(gatewayRequest(credentials, { method: ORDERS_GET, params }, 'read', nowMs));
  const shippings = answerList(answerOfRead(response, ORDERS_GET), 'shippings', 'shipping');
  for (const shipping of listAt(shippings, 'shippings')) {
    const named = idAt(fieldsAt(shipping, 'an entry of shippings'), 'tid');
    if (named !== undefined && named !== tid) throw new UnreadableEvent('the parcels are of another order');
  }
  return shippings;
}

/**
 * One after-sale with its forward parcels: the refund, then the shippings of its order; an order that waits for its
 * shipment has none and is not asked for. `sid` of the refund is the return parcel and is not read.
 */
export async function fetchDetail(
  credentials: TaobaoCredentials,
  { afterSaleId }: WantedDetail,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  const refund = await fetchRefund(credentials, afterSaleId, ctx, nowMs);
  const notShipped = isShipped(textAt(refund, 'order_status')) === false;
  const tid = requiredIdAt(refund, 'tid');
  const shippings = notShipped ? [] : await fetchShippings(credentials, tid, ctx, nowMs);
  const parcels = parcelsOf(shippings, refund);
  return { update: refundFacts(refund, parcels.length > 0), parcels };
}
