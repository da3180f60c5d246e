import type { InterceptCommand } from '../domain/carrier/port.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import { knownThere } from '../domain/store/known-there.js';
import type { Lane, WorkerDeps } from './lane.js';

/** The order as the courier's adapter gets it, with what this courier asks for beside the waybill. */
export async function commandFor(
  deps: Pick<WorkerDeps, 'db' | 'settings'>,
  lane: Pick<Lane, 'adapter'>,
  row: Intercept,
): Promise<InterceptCommand> {
  return {
    waybillNo: row.waybillNo,
    carrier: row.carrier,
    asKnownThere: lane.adapter.manifest.byAfterSale ? await knownThere(deps.db, row) : null,
    carrierRef: row.carrierRef,
    returnAddress: deps.settings().shops.get(row.shopId)?.returnAddress ?? null,
    requestId: row.requestId,
    bizNo: row.requestId,
    phoneTail: null,
  };
}
