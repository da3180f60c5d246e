import type { Database } from '../domain/store/database.js';
import { readJourneys, saveRoadTimes } from '../domain/store/road-time-store.js';
import { learnRoadTimes, type RoadTimes } from '../domain/tracking/road-time.js';

/** Older journeys say little of this week's roads. */
const HISTORY_MS = 14 * 24 * 3_600_000;

/**
 * Learns from the parcels of the last two weeks how long each courier's parcels are on the road before they go out for
 * delivery. Any number of schedulers may do it: each writes the same.
 */
export async function learnFromSightings(db: Database, now: Date): Promise<ReadonlyMap<string, RoadTimes>> {
  const learnt = learnRoadTimes(await readJourneys(db, new Date(now.getTime() - HISTORY_MS)));
  await saveRoadTimes(db, learnt, now);
  return learnt;
}
