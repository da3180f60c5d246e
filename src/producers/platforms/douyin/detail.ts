import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import type { CarrierRequest } from '../../../domain/carrier/port.js';
import { type AfterSaleDetail, UnreadableEvent } from '../../../domain/platform/port.js';
import {
  codeAt,
  type Fields,
  fenAt,
  fieldsAt,
  idAt,
  isFields,
  listAt,
  requiredIdAt,
  stated,
  textAt,
  timeAt,
} from '../fields.js';
import { arbitrationOf, statusOf, typeOf } from './codes.js';
import { gatewayRequest } from './gateway.js';
import type { DouyinCredentials } from './manifest.js';

/** The signed request for one after-sale. The id goes as text, as documented. */
export function detailRequest(credentials: DouyinCredentials, afterSaleId: string, nowMs: number): CarrierRequest {
  const params = { after_sale_id: afterSaleId, need_operation_record: false };
  return gatewayRequest(credentials, { method: 'afterSale.Detail', params, effect: 'read' }, nowMs);
}

/** The sum of one amount over the order lines; unknown as soon as one line does not say (R60). */
function sumOfLines(lines: readonly Fields[], key: string): number | undefined {
  const amounts = lines.map((line) => fenAt(line, key));
  if (amounts.length === 0) return undefined;
  return amounts.reduce((sum, fen) => (sum === undefined || fen === undefined ? undefined : sum + fen), 0);
}

/**
 * The parcels on their way to the buyer, in the platform's own words. A line without a waybill was not shipped and is
 * no parcel. The platform states no value per parcel: `valueFen`, what the buyer paid for all lines of the after-sale,
 * is the most that its goods in one parcel can have cost him.
 */
function parcelsOf(order: readonly unknown[], valueFen: number | undefined): readonly NamedParcel[] {
  const parcels = new Map<string, NamedParcel>();
  for (const entry of order) {
    const line = fieldsAt(entry, 'an entry of logistics_info.order');
    const waybillNo = textAt(line, 'tracking_no');
    if (waybillNo === undefined) continue;
    const code = textAt(line, 'company_code');
    const name = textAt(line, 'company_name');
    const rawCarrier = code ?? name ?? '';
    parcels.set(JSON.stringify([rawCarrier, waybillNo]), {
      rawCarrier,
      rawCarrierName: name ?? null,
      waybillNo,
      ...(valueFen === undefined ? {} : { declaredValueFen: valueFen }),
    });
  }
  return [...parcels.values()];
}

/** An object that the platform leaves out or nulls where it has nothing to say. */
function optionalFields(value: unknown, what: string): Fields {
  return value === undefined || value === null ? {} : fieldsAt(value, what);
}

/** Reads the `data` of an afterSale.Detail answer. Throws UnreadableEvent; a missing amount stays missing. */
export function readDetail(data: Fields, afterSaleId: string): AfterSaleDetail {
  const process = fieldsAt(data.process_info, 'process_info');
  const info = fieldsAt(process.after_sale_info, 'after_sale_info');
  if (requiredIdAt(info, 'after_sale_id') !== afterSaleId) {
    throw new UnreadableEvent('the answer is about another after-sale');
  }
  const atMs = timeAt(info, 'update_time');
  if (atMs === undefined) throw new UnreadableEvent('update_time is missing');
  const order = optionalFields(data.order_info, 'order_info');
  const lines = listAt(order.sku_order_infos, 'sku_order_infos').map((line) => fieldsAt(line, 'an order line'));
  const logistics = optionalFields(process.logistics_info, 'logistics_info');
  const arbitrate = process.arbitrate_info;
  const type = typeOf(codeAt(info, 'after_sale_type'));
  const paidAmountFen = sumOfLines(lines, 'pay_amount');
  return {
    update: {
      atMs,
      facts: stated({
        orderId: idAt(order, 'shop_order_id'),
        type,
        status: statusOf(codeAt(info, 'after_sale_status'), type, codeAt(info, 'refund_status')),
        refundAmountFen: fenAt(info, 'refund_total_amount'),
        refundPostFen: fenAt(info, 'refund_post_amount'),
        paidAmountFen,
        paidPostFen: sumOfLines(lines, 'post_amount'),
        arbitration: isFields(arbitrate) ? arbitrationOf(codeAt(arbitrate, 'arbitrate_status')) : undefined,
        reason: textAt(info, 'reason'),
        platformDeadlineMs: timeAt(info, 'status_deadline'),
        appliedAtMs: timeAt(info, 'apply_time'),
        // What `afterSale.operate` wants back as the version, and where the list finds this state of the after-sale.
        version: String(Math.floor(atMs / 1000)),
      }),
    },
    parcels: parcelsOf(listAt(logistics.order, 'logistics_info.order'), paidAmountFen),
  };
}
