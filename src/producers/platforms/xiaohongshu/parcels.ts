import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import { type Fields, fieldsAt, listAt, textAt } from '../fields.js';

interface Sent {
  readonly waybillNo: string;
  readonly code: string | undefined;
  readonly name: string | undefined;
}

/** `logisticsInfo.order`: the one parcel to the buyer that an after-sale names. `afterSale` and `exchange` travel elsewhere. */
function namedByAfterSale(logistics: unknown): readonly Sent[] {
  if (logistics === undefined || logistics === null) return [];
  const { order } = fieldsAt(logistics, 'logisticsInfo');
  if (order === undefined || order === null) return [];
  const fields = fieldsAt(order, 'logisticsInfo.order');
  const waybillNo = textAt(fields, 'expressNo');
  if (waybillNo === undefined) return [];
  return [{ waybillNo, code: textAt(fields, 'expressCompanyCode'), name: textAt(fields, 'expressCompanyName') }];
}

interface Split extends Sent {
  /** None of the after-sale's goods are in it. */
  readonly elsewhere: boolean;
}

/** `simpleDeliveryOrderList`: the parcels of an order that was sent in several, each with its goods (R18). */
function splitParcels(order: Fields, skuIds: ReadonlySet<string>): readonly Split[] {
  return listAt(order.simpleDeliveryOrderList, 'simpleDeliveryOrderList').flatMap((entry) => {
    const fields = fieldsAt(entry, 'an entry of simpleDeliveryOrderList');
    const waybillNo = textAt(fields, 'expressTrackingNo');
    if (waybillNo === undefined) return [];
    const inside = listAt(fields.skuIdList, 'skuIdList');
    const holds = inside.some((id) => typeof id === 'string' && skuIds.has(id));
    const elsewhere = inside.length > 0 && skuIds.size > 0 && !holds;
    return [{ waybillNo, code: textAt(fields, 'expressCompanyCode'), name: undefined, elsewhere }];
  });
}

/**
 * The parcels on their way to the buyer with goods of this after-sale, each once. The platform states no value per
 * parcel: `valueFen`, what the buyer paid, is the most that its goods in one parcel can have cost him.
 */
export function parcelsOf(
  logistics: unknown,
  order: Fields,
  skuIds: ReadonlySet<string>,
  valueFen: number | undefined,
): readonly NamedParcel[] {
  const split = splitParcels(order, skuIds);
  const elsewhere = new Set(split.flatMap((parcel) => (parcel.elsewhere ? [parcel.waybillNo] : [])));
  const parcels = new Map<string, NamedParcel>();
  // The after-sale's own word first: it names the courier as well.
  for (const { waybillNo, code, name } of [...namedByAfterSale(logistics), ...split]) {
    if (elsewhere.has(waybillNo)) continue;
    const rawCarrier = code ?? name ?? '';
    const key = JSON.stringify([rawCarrier, waybillNo]);
    if (parcels.has(key)) continue;
    const value = valueFen === undefined ? {} : { declaredValueFen: valueFen };
    parcels.set(key, { rawCarrier, rawCarrierName: name ?? null, waybillNo, ...value });
  }
  return [...parcels.values()];
}
