import type { NamedParcel } from '../../../domain/aftersale/after-sale.js';
import { type Fields, textAt } from '../fields.js';
import { courierName } from './couriers.js';

const parts = (text: string | undefined, between: string): readonly string[] =>
  (text ?? '').split(between).map((part) => part.trim());

/**
 * The parcels of an order. `waybill` and `logisticsId` are read as JD documents them for shipping: couriers are parted by
 * `|`, several waybills of one courier by commas. Where the couriers do not fit the waybills none is guessed (R66): the
 * parcel has no courier and is skipped with its waybill shown.
 */
export function parcelsOf(order: Fields, valueFen: number | undefined): readonly NamedParcel[] {
  const groups = parts(textAt(order, 'waybill'), '|');
  const couriers = parts(textAt(order, 'logisticsId'), '|');
  const fits = couriers.length === groups.length;
  const parcels = groups.flatMap((group, at) => {
    const rawCarrier = fits ? (couriers[at] ?? '') : '';
    return parts(group, ',').flatMap((waybillNo) =>
      waybillNo === '' ? [] : [{ rawCarrier, rawCarrierName: courierName(rawCarrier), waybillNo }],
    );
  });
  const once = new Map(parcels.map((parcel) => [JSON.stringify([parcel.rawCarrier, parcel.waybillNo]), parcel]));
  const value = valueFen === undefined ? {} : { declaredValueFen: valueFen };
  return [...once.values()].map((parcel) => ({ ...parcel, ...value }));
}
