import type { Clock } from './clock.js';
import type { ParcelSpec, ScanFacts } from './parcel-spec.js';

/** One scan. `key` stays the same over a restart: pushes are remembered by it. */
export interface Scan extends ScanFacts {
  readonly key: string;
  readonly at: number;
}

/** An intercept that this courier accepted. */
export interface InterceptOrder {
  readonly requestId: string;
  readonly bizNo: string;
  readonly thirdBizNo: string;
  readonly bodyHash: string;
  readonly at: number;
  cancelledAt: number | null;
}

/**
 * A parcel is its script plus what was asked of it. Where it is at a moment is computed from these, never stored, so a
 * restart that replays the ledger gives the same parcel.
 */
export interface Parcel {
  readonly spec: ParcelSpec;
  readonly createdAt: number;
  readonly byHand: Scan[];
  readonly orders: InterceptOrder[];
  refusedByScript: number;
}

export type OrderState = 'intercepting' | 'stopped' | 'returning' | 'finished' | 'failed' | 'cancelled';
export type Whereabouts =
  | 'no_trace'
  | 'on_the_way'
  | 'delivery_branch'
  | 'out_for_delivery'
  | 'station'
  | 'signed'
  | 'returning'
  | 'returned';

interface Course {
  readonly scans: readonly Scan[];
  /** When each order is decided and how; null: never. */
  readonly ends: ReadonlyMap<InterceptOrder, { readonly at: number; readonly stopped: boolean } | null>;
}

/** All scans up to `now`, oldest first. */
export function scansUntil(parcel: Parcel, now: number, clock: Clock): readonly Scan[] {
  return course(parcel, clock).scans.filter(({ at }) => at <= now);
}

/** All scans, the ones to come included, as far as the script knows them now. */
export function allScans(parcel: Parcel, clock: Clock): readonly Scan[] {
  return course(parcel, clock).scans;
}

/** How far an order has come. */
export function orderState(parcel: Parcel, order: InterceptOrder, now: number, clock: Clock): OrderState {
  const { scans, ends } = course(parcel, clock);
  if (order.cancelledAt !== null && order.cancelledAt <= now) return 'cancelled';
  const end = ends.get(order);
  if (end && end.at <= now && !end.stopped) return 'failed';
  const seen = new Set(scans.filter(({ at }) => at <= now).map(({ action }) => action));
  if (seen.has('RETURN_SIGNED')) return 'finished';
  if (seen.has('RETURN_SCAN')) return 'returning';
  return end && end.at <= now ? 'stopped' : 'intercepting';
}

/** The furthest point a parcel has reached; late or doubled scans do not move it back. */
export function whereabouts(scans: readonly Scan[]): Whereabouts {
  return scans.reduce<Whereabouts>((furthest, scan) => {
    const here = placeOf(scan);
    return RANK[here] > RANK[furthest] ? here : furthest;
  }, 'no_trace');
}

const RANK = {
  no_trace: 0,
  on_the_way: 1,
  delivery_branch: 2,
  out_for_delivery: 3,
  station: 4,
  signed: 5,
  returning: 6,
  returned: 7,
} as const satisfies Record<Whereabouts, number>;

function placeOf({ action, deliveryBranch }: Scan): Whereabouts {
  switch (action) {
    case 'DISPATCH':
      return 'out_for_delivery';
    case 'INBOUND':
      return 'station';
    case 'SIGNED':
      return 'signed';
    case 'RETURN_SCAN':
      return 'returning';
    case 'RETURN_SIGNED':
      return 'returned';
    case 'ARRIVAL':
      return deliveryBranch ? 'delivery_branch' : 'on_the_way';
    default:
      return 'on_the_way';
  }
}

/** Plays the script: each order in turn may cut the timeline and add what follows from it. */
function course(parcel: Parcel, clock: Clock): Course {
  let scans = timeline(parcel, clock);
  const ends = new Map<InterceptOrder, { at: number; stopped: boolean } | null>();
  let stoppedAt: number | null = null;
  for (const [index, order] of parcel.orders.entries()) {
    if (order.cancelledAt !== null) continue;
    if (stoppedAt !== null) {
      ends.set(order, { at: Math.max(stoppedAt, order.at), stopped: true });
      continue;
    }
    const end = endOf(parcel, order, index, [...scans, ...parcel.byHand], clock);
    ends.set(order, end && { at: end.at, stopped: end.stopped });
    if (end === null || end.cutAt === null) continue;
    const cut = end.cutAt;
    scans = [...scans.filter(({ at }) => at <= cut), ...end.adds];
    if (end.stopped) stoppedAt = end.at;
  }
  return { scans: [...scans, ...parcel.byHand].sort((a, b) => a.at - b.at), ends };
}

function timeline({ spec, createdAt }: Parcel, clock: Clock): Scan[] {
  return spec.timeline.map(({ afterMs, ...facts }, index) => ({
    ...facts,
    key: `step-${index}`,
    at: createdAt + clock.scaled(afterMs),
  }));
}

interface End {
  readonly at: number;
  readonly stopped: boolean;
  /** The timeline after this moment does not happen; null: it goes on. */
  readonly cutAt: number | null;
  readonly adds: readonly Scan[];
}

function endOf(parcel: Parcel, order: InterceptOrder, index: number, scans: readonly Scan[], clock: Clock): End | null {
  const { outcome, afterMs, signedAfterMs } = parcel.spec.intercept;
  const at = order.at + clock.scaled(afterMs);
  const delivered = scans.some((scan) => scan.action === 'SIGNED' && scan.at <= at);
  switch (outcome) {
    case 'never':
      return null;
    case 'fail':
      return { at, stopped: false, cutAt: null, adds: [] };
    case 'missed': {
      const signedAt = at + clock.scaled(signedAfterMs);
      const adds = [added(index, 'DISPATCH', at), added(index, 'SIGNED', signedAt)];
      return { at: signedAt, stopped: false, cutAt: at, adds };
    }
    case 'success':
      if (delivered) return { at, stopped: false, cutAt: null, adds: [] };
      return { at, stopped: true, cutAt: at, adds: wayBack(parcel, index, at, clock) };
  }
}

function wayBack({ spec }: Parcel, index: number, stoppedAt: number, clock: Clock): Scan[] {
  const { returnScanAfterMs, returnSignedAfterMs } = spec.intercept;
  const turnedAt = stoppedAt + clock.scaled(returnScanAfterMs ?? 0);
  const scans: Scan[] = [];
  if (returnScanAfterMs !== undefined) scans.push(added(index, 'RETURN_SCAN', turnedAt));
  if (returnSignedAfterMs !== undefined) {
    scans.push(added(index, 'RETURN_SIGNED', turnedAt + clock.scaled(returnSignedAfterMs)));
  }
  return scans;
}

function added(index: number, action: Scan['action'], at: number): Scan {
  const place = { city: '杭州市', facilityCode: '57101', facilityName: '杭州转运中心', deliveryBranch: false };
  return { ...place, action, at, key: `order-${index}-${action}` };
}
