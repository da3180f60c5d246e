import { laneIdOf } from '../domain/ids.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import { courierAccountFor } from '../domain/settings/lanes.js';
import type { Lane, WorkerDeps } from './lane.js';

/**
 * The lane over which a row's parcel can be looked at: its own, or where that channel has no track query, the one of our
 * account at the parcel's courier. null: nobody can look, and the channel alone tells what becomes of the order.
 */
export function eyesOf(deps: Pick<WorkerDeps, 'settings' | 'laneOf'>, lane: Lane, row: Intercept): Lane | null {
  if (lane.adapter.manifest.capabilities.track) return lane;
  const account = courierAccountFor(deps.settings(), row.carrier, row.shopId);
  const other = account && deps.laneOf(laneIdOf(account.carrier, account.id));
  return other?.adapter.manifest.capabilities.track ? other : null;
}
