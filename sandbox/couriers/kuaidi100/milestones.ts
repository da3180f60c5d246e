import type { Clock } from '../../frame/clock.js';
import { allScans, type InterceptOrder, type OrderState, orderState, type Parcel } from '../../frame/parcel.js';

export interface Milestone {
  readonly state: OrderState;
  readonly at: number;
}

/**
 * When an order comes into which state, as far as the script knows now, oldest first: the first is its acceptance. The
 * frame computes states for a moment; they can change only when the order is decided or a scan is made.
 */
export function milestones(parcel: Parcel, order: InterceptOrder, clock: Clock): readonly Milestone[] {
  const { afterMs, signedAfterMs } = parcel.spec.intercept;
  const decidedAt = order.at + clock.scaled(afterMs);
  const scans = allScans(parcel, clock).map(({ at }) => at);
  const moments = [order.at, decidedAt, decidedAt + clock.scaled(signedAfterMs), ...scans]
    .filter((at) => at >= order.at)
    .sort((a, b) => a - b);
  const reached: Milestone[] = [];
  for (const at of moments) {
    const state = orderState(parcel, order, at, clock);
    if (state !== reached.at(-1)?.state) reached.push({ state, at });
  }
  return reached;
}
