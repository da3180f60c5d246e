import { ON_THE_ROAD, type RoadTimes } from '../tracking/road-time.js';
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
  /** What the courier's past says; none: no history yet. */
  readonly roadTimes?: RoadTimes | null;
  /** The moment of the judgement: what the past says depends on how long a parcel has been on the road already. */
  readonly now?: Date;
}

export interface Deadline {
  readonly at: Date;
  readonly source: DeadlineSource;
}

/**
 * The forecast of "out for delivery". Without history: 24 h after the newest scan that shows the parcel on the road. With
 * it: the time that a quick parcel of this courier takes after the first such scan or after the newest, whichever is
 * later; if that is over, the time of a slower one. A later scan moves it: a parcel seen at a hub an hour ago has not been
 * delivered. A parcel without a scan: 48 h after we first heard of it.
 */
export function forecastAt(input: Pick<DeadlineInput, 'firstHeardAt' | 'sightings' | 'roadTimes' | 'now'>): Date {
  const seen = input.sightings.filter((s) => isOnTheRoad(s.phase)).map((s) => s.at.getTime());
  if (seen.length === 0) return new Date(input.firstHeardAt.getTime() + FORECAST_UNSEEN_MS);
  const [first, last] = [Math.min(...seen), Math.max(...seen)];
  const steps = input.roadTimes?.times.map((t) => Math.max(first + t.sinceFirstMs, last + t.sinceLastMs)) ?? [];
  const now = input.now?.getTime() ?? Number.NEGATIVE_INFINITY;
  return new Date(steps.find((at) => at > now) ?? steps.at(-1) ?? last + FORECAST_AFTER_SCAN_MS);
}

const isOnTheRoad = (phase: Sighting['phase']) => ON_THE_ROAD.some((known) => known === phase);

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
