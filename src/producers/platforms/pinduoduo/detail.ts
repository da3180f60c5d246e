import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent, type WantedDetail } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fenAt, fieldsAt, idAt, listAt, requiredIdAt, stated, textAt, yuanAt } from '../fields.js';
import { answerOfRead } from './answers.js';
import { arbitrationOf, MONEY_ONLY, moneyOnlyType, statusOf, typeOf } from './codes.js';
import { companyName } from './couriers.js';
import type { PinduoduoCredentials } from './credentials.js';
import { gatewayRequest, type Method } from './gateway.js';
import { changedAt, momentAt } from './moments.js';

const REFUND_GET = 'pdd.refund.information.get';
const ORDER_GET = 'pdd.order.information.get';

/** What the buyer asks back, in the unit that the shop has set; without one this answer states no amount (R60). */
function refundFen(refund: Fields, unit: PinduoduoCredentials['detailAmountUnit']): number | undefined {
  if (unit === 'unknown') return undefined;
  return unit === 'fen' ? fenAt(refund, 'refund_amount') : yuanAt(refund, 'refund_amount');
}

/**
 * The parcels on their way to the buyer: the order's own, further ones of a shipment in parts, and those of its gifts.
 * Reshipments travel elsewhere; `express_no` of the after-sale is the parcel that comes back. The platform states no
 * value: what the buyer paid for the order is the most that its goods in one parcel can have cost him.
 */
function parcelsOf(order: Fields, valueFen: number | undefined): readonly NamedParcel[] {
  const lists = ['extra_delivery_list', 'gift_delivery_list'] as const;
  const further = lists.flatMap((key) => listAt(order[key], key).map((entry) => fieldsAt(entry, `an entry of ${key}`)));
  const parcels = new Map<string, NamedParcel>();
  for (const holder of [order, ...further]) {
    const waybillNo = textAt(holder, 'tracking_number');
    if (waybillNo === undefined) continue;
    const rawCarrier = idAt(holder, 'logistics_id') ?? '';
    parcels.set(JSON.stringify([rawCarrier, waybillNo]), {
      rawCarrier,
      rawCarrierName: companyName(rawCarrier),
      waybillNo,
      ...(valueFen === undefined ? {} : { declaredValueFen: valueFen }),
    });
  }
  return [...parcels.values()];
}

/**
 * Puts an after-sale and its order together. `nowMs`: when it was read, which dates an answer without `updated_time`.
 * Throws UnreadableEvent; a missing amount stays missing. `pay_amount` (yuan) is what the buyer paid after all discounts,
 * the platform's included, with `postage` in it.
 */
function readDetail(
  refund: Fields,
  order: Fields,
  unit: PinduoduoCredentials['detailAmountUnit'],
  nowMs: number,
): AfterSaleDetail {
  const typeCode = codeAt(refund, 'after_sales_type');
  const statusCode = codeAt(refund, 'after_sales_status');
  const isMoneyOnly = typeCode === MONEY_ONLY;
  const paidAmountFen = yuanAt(order, 'pay_amount');
  const parcels = parcelsOf(order, paidAmountFen);
  const shipped = [codeAt(refund, 'shipping_status'), codeAt(order, 'order_status')] as const;
  return {
    update: {
      atMs: changedAt(refund, 'updated_time') ?? nowMs,
      facts: stated({
        orderId: textAt(refund, 'order_sn'),
        type: isMoneyOnly ? moneyOnlyType(...shipped, parcels.length > 0) : typeOf(typeCode),
        status: statusOf(statusCode, isMoneyOnly),
        refundAmountFen: refundFen(refund, unit),
        paidAmountFen,
        paidPostFen: yuanAt(order, 'postage'),
        arbitration: arbitrationOf(statusCode, textAt(refund, 'join_or_not')),
        reason: textAt(refund, 'after_sales_reason'),
        platformDeadlineMs: momentAt(refund, 'expire_time'),
        appliedAtMs: momentAt(refund, 'recreated_at'),
      }),
    },
    parcels,
  };
}

/** Reads one after-sale: itself, then its order. Two calls, each with a slot of its own. */
export async function fetchDetail(
  credentials: PinduoduoCredentials,
  { afterSaleId, orderId }: WantedDetail,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  if (orderId === null) {
    throw new UnreadableEvent(
      "Pinduoduo is asked by the order's number, which no message of this after-sale has named",
    );
  }
  const read = async (method: Method, params: Readonly<Record<string, string>>) =>
    answerOfRead(await ctx.send(gatewayRequest(credentials, method, params, nowMs)), method);
  const refund = await read(REFUND_GET, { order_sn: orderId, after_sales_id: afterSaleId });
  if (requiredIdAt(refund, 'id') !== afterSaleId) throw new UnreadableEvent('the answer is about another after-sale');
  if (textAt(refund, 'order_sn') !== orderId) throw new UnreadableEvent('the after-sale is of another order');
  const answer = await read(ORDER_GET, { order_sn: orderId });
  const root = fieldsAt(answer.order_info_get_response, 'order_info_get_response');
  const order = fieldsAt(root.order_info, 'order_info');
  if (textAt(order, 'order_sn') !== orderId) throw new UnreadableEvent('the answer is about another order');
  return readDetail(refund, order, credentials.detailAmountUnit, nowMs);
}
