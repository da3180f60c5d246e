import type { InterceptState } from '../intercept/machine.js';
import type { RefundParcel, RefundPoint } from './case.js';

/** How far back a parcel has come, as points of the policy; `lost_way`: it goes on to the buyer; `open`: nobody knows yet. */
type WayBack = Exclude<RefundPoint, 'never'> | 'open' | 'lost_way';

const OF_STATE: Readonly<Record<InterceptState, WayBack>> = {
  held: 'open',
  queued: 'open',
  submitting: 'open',
  uncertain: 'open',
  needs_review: 'open',
  accepted: 'accepted',
  intercepted: 'intercepted',
  returned: 'returned',
  refused: 'lost_way',
  missed: 'lost_way',
  expired: 'lost_way',
  withdrawn: 'lost_way',
  skipped: 'lost_way',
};

const ORDER: readonly WayBack[] = ['lost_way', 'open', 'accepted', 'intercepted', 'returned', 'received'];

/** A parcel that the warehouse booked is back, whatever its intercept says; one on its way back by its scans is stopped. */
function wayBack({ state, whereabouts, received }: RefundParcel): WayBack {
  if (received) return 'received';
  if (whereabouts === 'returned') return 'returned';
  const byState = state === null ? 'open' : OF_STATE[state];
  return whereabouts === 'returning' && ORDER.indexOf(byState) < ORDER.indexOf('intercepted') ? 'intercepted' : byState;
}

/**
 * How far the whole after-sale has come back: as far as the last of its parcels, so that two stops out of three do not
 * agree a refund for three (R74). One that goes on to the buyer decides for all.
 */
export function wholeWayBack(parcels: readonly RefundParcel[]): WayBack {
  const ways = parcels.map(wayBack);
  return ORDER.find((way) => ways.includes(way)) ?? 'open';
}

/** Has some parcel come as far as the policy wants while another has not (R74)? */
export function onlySomeReached(parcels: readonly RefundParcel[], at: Exclude<RefundPoint, 'never'>): boolean {
  const reached = parcels.filter((parcel) => ORDER.indexOf(wayBack(parcel)) >= ORDER.indexOf(at)).length;
  return reached > 0 && reached < parcels.length;
}

export function hasReached(way: WayBack, at: Exclude<RefundPoint, 'never'>): boolean {
  return ORDER.indexOf(way) >= ORDER.indexOf(at);
}
