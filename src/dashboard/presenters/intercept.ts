import type { InterceptView } from '../../domain/store/intercept-reader.js';
import type { InterceptAnswer } from '../api/schemas/intercept.js';
import { reasonText, time } from './words.js';

/** A courier nobody mapped is shown as the platform named it (R66). */
export function shownCarrier(parcel: {
  readonly mapped: boolean;
  readonly carrier: string;
  readonly rawCarrier: string;
}): string {
  return parcel.mapped ? parcel.carrier : parcel.rawCarrier;
}

/** One intercept for a caller who holds `shops` (null: all): order and after-sale numbers of other shops stay inside. */
export function presentIntercept(row: InterceptView, shops: readonly string[] | null): InterceptAnswer {
  const seen = row.links.filter((link) => shops === null || shops.includes(link.shopId));
  const orderIds = seen.map((link) => link.orderId).filter((id) => id !== null);
  return {
    id: row.id,
    shopId: row.shopId,
    platform: row.platform,
    carrier: shownCarrier(row),
    accountId: row.accountId,
    channel: row.channel,
    waybillNo: row.waybillNo,
    orderIds: [...new Set(orderIds)],
    afterSaleIds: seen.map((link) => link.afterSaleId),
    state: row.state,
    reason: row.reason,
    reasonText: reasonText(row.reason),
    rule: row.rule,
    origin: row.origin,
    deadlineAt: time(row.deadlineAt),
    feeFen: row.feeFen,
    valueFen: row.valueFen,
    courierCode: row.courierCode,
    createdAt: time(row.createdAt),
    updatedAt: time(row.updatedAt),
    version: row.version,
  };
}
