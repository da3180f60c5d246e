import type { InterceptState } from '../../domain/intercept/machine.js';
import type { AfterSaleParcel, AfterSaleView } from '../../domain/store/after-sale-reader.js';
import type { AfterSaleAnswer } from '../api/schemas/after-sale.js';
import { shownCarrier } from './intercept.js';
import { reasonText, time } from './words.js';

/** States in which the wish to stop a parcel is alive or has been carried out: there is nothing to excuse. */
const ON_ITS_WAY: ReadonlySet<InterceptState> = new Set<InterceptState>([
  'queued',
  'submitting',
  'uncertain',
  'accepted',
  'intercepted',
  'returned',
]);

/** R42: one line that says why there is no intercept: the after-sale's own reason, or that of its first parcel. */
function whyNot(row: AfterSaleView): AfterSaleAnswer['whyNot'] {
  if (row.parcels.some((p) => p.state !== null && ON_ITS_WAY.has(p.state))) return null;
  const parcel = row.parcels.find((p) => p.reason !== null);
  const reason = parcel?.reason ?? row.reason;
  if (reason === null) return null;
  return { reason, reasonText: reasonText(reason), rule: parcel ? parcel.rule : row.rule };
}

function presentParcel(parcel: AfterSaleParcel): AfterSaleAnswer['parcels'][number] {
  return {
    carrier: shownCarrier(parcel),
    waybillNo: parcel.waybillNo,
    valueFen: parcel.valueFen,
    interceptId: parcel.interceptId,
    state: parcel.state,
    reason: parcel.reason,
    reasonText: parcel.reason === null ? null : reasonText(parcel.reason),
    rule: parcel.rule,
  };
}

const timeOfMs = (ms: number | undefined): string | null => (ms === undefined ? null : time(new Date(ms)));

export function presentAfterSale(row: AfterSaleView): AfterSaleAnswer {
  const { facts } = row;
  return {
    id: row.id,
    shopId: row.shopId,
    platform: row.platform,
    afterSaleId: row.afterSaleId,
    orderId: facts.orderId ?? null,
    type: facts.type ?? null,
    status: facts.status ?? 'unknown',
    category: facts.category ?? null,
    refundAmountFen: facts.refundAmountFen ?? null,
    paidAmountFen: facts.paidAmountFen ?? null,
    appliedAt: timeOfMs(facts.appliedAtMs),
    platformDeadlineAt: timeOfMs(facts.platformDeadlineMs),
    origin: row.origin,
    whyNot: whyNot(row),
    parcels: row.parcels.map(presentParcel),
    createdAt: time(row.createdAt),
    updatedAt: time(row.updatedAt),
  };
}
