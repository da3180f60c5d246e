import type { Sighting } from './sighting.js';

/** The time that a share of a courier's parcels took at most until they were out for delivery, ms. */
export interface RoadTime {
  readonly share: number;
  /** From the first scan on the road. */
  readonly sinceFirstMs: number;
  /** From the last scan on the road. */
  readonly sinceLastMs: number;
}

/** What the past of one courier says, the shortest time first; learnt from so many parcels. */
export interface RoadTimes {
  readonly parcels: number;
  readonly times: readonly RoadTime[];
}

/** One parcel that went out for delivery, and its scans on the road before that. */
export interface Journey {
  readonly carrier: string;
  readonly firstScanAt: Date;
  readonly lastScanAt: Date;
  readonly outAt: Date;
}

/** Fewer parcels than this are no history: the prior stays. */
export const LEAST_PARCELS = 50;
/**
 * At first a parcel counts as one of the quick tenth, so that its order is sent in time. If that time passes and nobody
 * has seen it go out, it was not one of these: then half of them, then nine tenths. An order that fails costs nothing
 * (R30), one that was never sent may cost the goods, so only the last of these ends the wait.
 */
const SHARES = [0.1, 0.5, 0.9] as const;
/** Nothing that was learnt promises less or more than this, ms. */
const LEAST_MS = 15 * 60_000;
const MOST_MS = 7 * 24 * 3_600_000;

/** Scans that show a parcel on its way to the buyer, and not yet at his branch. */
export const ON_THE_ROAD = ['picked_up', 'moving'] as const satisfies readonly Sighting['phase'][];

function quantile(sorted: readonly number[], share: number): number {
  const at = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? MOST_MS;
  return Math.min(Math.max(at, LEAST_MS), MOST_MS);
}

/** What these journeys teach, by courier; couriers with too few of them are left out. */
export function learnRoadTimes(journeys: readonly Journey[]): ReadonlyMap<string, RoadTimes> {
  const byCarrier = new Map<string, Journey[]>();
  for (const journey of journeys) {
    const known = byCarrier.get(journey.carrier);
    if (known) known.push(journey);
    else byCarrier.set(journey.carrier, [journey]);
  }
  const learnt = new Map<string, RoadTimes>();
  for (const [carrier, all] of byCarrier) {
    if (all.length < LEAST_PARCELS) continue;
    const since = (from: (journey: Journey) => Date) =>
      all.map((journey) => journey.outAt.getTime() - from(journey).getTime()).sort((a, b) => a - b);
    const [first, last] = [since((journey) => journey.firstScanAt), since((journey) => journey.lastScanAt)];
    learnt.set(carrier, {
      parcels: all.length,
      times: SHARES.map((share) => ({
        share,
        sinceFirstMs: quantile(first, share),
        sinceLastMs: quantile(last, share),
      })),
    });
  }
  return learnt;
}
