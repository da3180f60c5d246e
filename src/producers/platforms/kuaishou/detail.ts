import type { AfterSaleFacts, NamedParcel } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fenAt, fieldsAt, listAt, msAt, requiredIdAt, stated, textAt } from '../fields.js';
import { dataOfAnswer } from './answers.js';
import { isShipped, MONEY_ONLY } from './codes.js';
import { expressName } from './couriers.js';
import type { KuaishouCredentials } from './manifest.js';
import { refundUpdate } from './polled.js';
import { apiRequest, bareId, type Method } from './requests.js';

/** What the buyer paid by the seller's choice of amounts (`paidAmount`); one that is missing makes it unknown (R60). */
function paidFen(base: Fields, choice: KuaishouCredentials['paidAmount']): number | undefined {
  if (choice === 'unknown') return undefined;
  const total = fenAt(base, 'totalFee');
  if (choice === 'totalFee') return total;
  const freight = fenAt(base, 'expressFee');
  return total === undefined || freight === undefined ? undefined : total + freight;
}

/** The parcels on their way to the buyer. The platform names the courier by a number only; the table gives its name. */
function parcelsOf(entries: readonly unknown[], valueFen: number | undefined): readonly NamedParcel[] {
  const parcels = new Map<string, NamedParcel>();
  for (const entry of entries) {
    const line = fieldsAt(entry, 'an entry of orderLogisticsInfo');
    const waybillNo = textAt(line, 'expressNo');
    if (waybillNo === undefined) continue;
    const rawCarrier = codeAt(line, 'expressCode') ?? '';
    parcels.set(JSON.stringify([rawCarrier, waybillNo]), {
      rawCarrier,
      rawCarrierName: expressName(rawCarrier),
      waybillNo,
      ...(valueFen === undefined ? {} : { declaredValueFen: valueFen }),
    });
  }
  return [...parcels.values()];
}

/**
 * Money-only by what the order shows. A waybill outweighs a status that still says "not shipped": scans decide (R70).
 * Undefined where nothing tells, which is never a yes.
 */
function moneyOnlyType(base: Fields, hasParcels: boolean): AfterSaleFacts['type'] {
  const shipped =
    hasParcels || (isShipped(codeAt(base, 'status')) ?? (msAt(base, 'sendTime') === undefined ? undefined : true));
  if (shipped === undefined) return undefined;
  return shipped ? 'refund_only' : 'refund_before_shipment';
}

/** Puts a refund and its order together. Throws UnreadableEvent; a missing amount stays missing. */
function readDetail(refund: Fields, order: Fields, paidAmount: KuaishouCredentials['paidAmount']): AfterSaleDetail {
  const base = fieldsAt(order.orderBaseInfo, 'orderBaseInfo');
  if (requiredIdAt(base, 'oid') !== requiredIdAt(refund, 'oid')) {
    throw new UnreadableEvent('the answer is about another order');
  }
  const { atMs, facts } = refundUpdate(refund);
  const paidAmountFen = paidFen(base, paidAmount);
  const parcels = parcelsOf(listAt(order.orderLogisticsInfo, 'orderLogisticsInfo'), paidAmountFen);
  const moneyOnly = codeAt(refund, 'handlingWay') === MONEY_ONLY && facts.type === undefined;
  const type = moneyOnly ? moneyOnlyType(base, parcels.length > 0) : facts.type;
  return { update: { atMs, facts: stated({ ...facts, type, paidAmountFen }) }, parcels };
}

/** Reads one after-sale: the refund, then its order. Two calls, each with a slot of its own. */
export async function fetchDetail(
  credentials: KuaishouCredentials,
  afterSaleId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<AfterSaleDetail> {
  const asked = `{"refundId":${bareId(afterSaleId, 'the after-sale id')}}`;
  const read = async (method: Method, param: string) =>
    dataOfAnswer(await ctx.send(apiRequest(credentials, method, param, nowMs)), credentials);
  const refund = await read('open.seller.order.refund.detail', asked);
  if (requiredIdAt(refund, 'refundId') !== afterSaleId) {
    throw new UnreadableEvent('the answer is about another after-sale');
  }
  const oid = `{"oid":${bareId(requiredIdAt(refund, 'oid'), 'oid')}}`;
  const order = await read('open.order.detail', oid);
  return readDetail(refund, order, credentials.paidAmount);
}
