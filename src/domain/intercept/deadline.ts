import type { Sighting } from '../tracking/sighting.js';

const HOUR_MS = 3_600_000;
/** Without history of the lane: a parcel is taken to be out for delivery this long after its last scan on the road. */
export const FORECAST_AFTER_SCAN_MS = 24 * HOUR_MS;
/** And this long after we first heard of it when nobody has scanned it. */
export const FORECAST_UNSEEN_MS = 48 * HOUR_MS;

export type DeadlineSource = 'request' | 'platform' | 'forecast' | 'policy';

export interface DeadlineInput {
  readonly requestedAt: Date | null;
  readonly platformDeadlineMs: number | null;
  readonly policyAfterMs: number | null;
  readonly firstHeardAt: Date;
  readonly sightings: readonly Pick<Sighting, 'at' | 'phase'>[];
}

export interface Deadline {
  readonly at: Date;
  readonly source: DeadlineSource;
}

/**
 * The forecast of "out for delivery": 24 h after the newest scan that shows the parcel on the road, 48 h after we first
 * heard of a parcel without one. A later scan moves it: a parcel seen at a hub an hour ago has not been delivered.
 */
export function forecastAt(input: Pick<DeadlineInput, 'firstHeardAt' | 'sightings'>): Date {
  const onTheRoad = input.sightings.filter((s) => s.phase === 'picked_up' || s.phase === 'moving');
  if (onTheRoad.length === 0) return new Date(input.firstHeardAt.getTime() + FORECAST_UNSEEN_MS);
  return new Date(Math.max(...onTheRoad.map((s) => s.at.getTime())) + FORECAST_AFTER_SCAN_MS);
}

/** The last moment a send may start: the earliest of what the request, the platform, the policy and the road allow. */
export function deadlineOf(input: DeadlineInput): Deadline {
  const candidates: Deadline[] = [];
  if (input.requestedAt) candidates.push({ at: input.requestedAt, source: 'request' });
  if (input.platformDeadlineMs !== null) {
    candidates.push({ at: new Date(input.platformDeadlineMs), source: 'platform' });
  }
  if (input.policyAfterMs !== null) {
    candidates.push({ at: new Date(input.firstHeardAt.getTime() + input.policyAfterMs), source: 'policy' });
  } else {
    candidates.push({ at: forecastAt(input), source: 'forecast' });
  }
  return candidates.reduce((a, b) => (b.at.getTime() < a.at.getTime() ? b : a));
}

const DAY_MS = 24 * HOUR_MS;

/** When an order without an end becomes a task: 3 days after acceptance, 7 after the stop (design.md "Two clocks"). */
export function outcomeDueAt(state: 'accepted' | 'intercepted', since: Date): Date {
  return new Date(since.getTime() + (state === 'accepted' ? 3 : 7) * DAY_MS);
}
