import { type Journey, ON_THE_ROAD, type RoadTime, type RoadTimes } from '../tracking/road-time.js';
import type { Database, Sql } from './database.js';

/** Only the newest scans are looked through, whatever the table holds. */
const MOST_SCANS = 300_000;
const MOST_JOURNEYS = 20_000;

/** Parcels that went out for delivery since `since` (on the courier's clock), from the newest scans that we know. */
export async function readJourneys(sql: Sql, since: Date): Promise<Journey[]> {
  const [newest] = await sql.rows<{ id: number | null }>('SELECT MAX(id) AS id FROM sighting');
  // One pass over the newest scans by their key, then each parcel's own by theirs. The first time out counts.
  return sql.rows<Journey>(
    `SELECT p.carrier, MIN(r.at) AS firstScanAt, MAX(r.at) AS lastScanAt, o.outAt
     FROM (SELECT parcel_id, MIN(at) AS outAt FROM sighting
           WHERE id > ? AND phase = 'out_for_delivery' AND at > ? GROUP BY parcel_id ORDER BY NULL LIMIT ?) o
     JOIN parcel p ON p.id = o.parcel_id AND p.mapped = 1
     JOIN sighting r ON r.parcel_id = o.parcel_id AND r.at < o.outAt AND r.phase IN (?)
     GROUP BY o.parcel_id, p.carrier, o.outAt`,
    [Math.max(0, (newest?.id ?? 0) - MOST_SCANS), since, MOST_JOURNEYS, ON_THE_ROAD],
  );
}

/** Puts what was learnt in place of what was known before. */
export function saveRoadTimes(db: Database, learnt: ReadonlyMap<string, RoadTimes>, now: Date): Promise<void> {
  const rows = [...learnt].flatMap(([carrier, { parcels, times }]) =>
    times.map((time) => [carrier, time.share, time.sinceFirstMs, time.sinceLastMs, parcels, now]),
  );
  return db.transaction(async (tx) => {
    await tx.run('DELETE FROM road_time');
    if (rows.length === 0) return;
    await tx.run('INSERT INTO road_time (carrier, share, since_first_ms, since_last_ms, parcels, learnt_at) VALUES ?', [
      rows,
    ]);
  });
}

/** What is known, by courier. */
export async function loadRoadTimes(sql: Sql): Promise<ReadonlyMap<string, RoadTimes>> {
  const rows = await sql.rows<RoadTime & { carrier: string; parcels: number }>(
    `SELECT carrier, CAST(share AS DOUBLE) AS share, since_first_ms AS sinceFirstMs, since_last_ms AS sinceLastMs, parcels
     FROM road_time ORDER BY carrier, share`,
  );
  const known = new Map<string, { parcels: number; times: RoadTime[] }>();
  for (const { carrier, parcels, ...time } of rows) {
    const times = known.get(carrier)?.times ?? [];
    known.set(carrier, { parcels, times: [...times, time] });
  }
  return known;
}
