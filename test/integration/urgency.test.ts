import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId } from '../../src/domain/ids.js';
import { Chances, PRIOR_CHANCE } from '../../src/domain/scorecard/chance.js';
import { learnChances } from '../../src/domain/scorecard/learn.js';
import type { Database, SqlValue } from '../../src/domain/store/database.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import { loadRoadTimes } from '../../src/domain/store/road-time-store.js';
import { slownessNow } from '../../src/domain/store/slowness-store.js';
import { learnFromSightings } from '../../src/producers/road-times.js';
import { noteSlownesses } from '../../src/producers/slowness.js';
import { slotsFor } from '../../src/workers/limiter.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPicture, REAL_BOOK } from '../support/picture.js';
import { freshRedis } from '../support/redis.js';
import { Erp } from '../support/requests.js';

const HOUR_MS = 3_600_000;
const NOW = new Date();
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

let made: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

/** Parcels that were picked up, seen once more, and went out for delivery, by hours ago. */
async function delivered(count: number, carrier: string, hours: readonly [number, number, number]): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  const parcels = ids.map((id): SqlValue[] => [id, carrier, id, carrier, 1, NOW]);
  await db.run('INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at) VALUES ?', [parcels]);
  const phases = ['picked_up', 'moving', 'out_for_delivery'];
  const scans = ids.flatMap((id) =>
    phases.map((phase, n): SqlValue[] => [id, ago(hours[n] ?? 0), NOW, phase, 'x', '', 'push']),
  );
  await db.run('INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, source) VALUES ?', [scans]);
}

describe('what the scans teach', () => {
  it('is kept by courier, replaces what was known, and leaves out old journeys and couriers with few', async () => {
    await delivered(60, 'zto', [40, 20, 10]);
    await delivered(10, 'yto', [40, 20, 10]);
    await delivered(60, 'sto', [900, 800, 700]);
    await learnFromSightings(db, NOW);
    const known = await loadRoadTimes(db);
    expect([...known.keys()]).toEqual(['zto']);
    expect(known.get('zto')).toMatchObject({ parcels: 60 });
    expect(known.get('zto')?.times).toEqual(
      [0.1, 0.5, 0.9].map((share) => ({ share, sinceFirstMs: 30 * HOUR_MS, sinceLastMs: 10 * HOUR_MS })),
    );
    await delivered(50, 'yto', [5, 4, 1]);
    await learnFromSightings(db, NOW);
    expect([...(await loadRoadTimes(db)).keys()].sort()).toEqual(['yto', 'zto']);
  });

  it('sets the deadline of what is judged, as a forecast', async () => {
    const env = anEnv();
    const known = await loadRoadTimes(db);
    const learnt = { ...env, book: { ...REAL_BOOK, roadTimes: (carrier: string) => known.get(carrier) ?? null } };
    const erp = new Erp(db, learnt);
    const row = await erp.row((await erp.askForOne()).id);
    const [scan] = await db.rows<{ at: Date }>('SELECT MIN(at) AS at FROM sighting WHERE parcel_id = ?', [
      row.parcelId,
    ]);
    expect(row).toMatchObject({ state: 'queued', deadlineSource: 'forecast' });
    expect(row.deadlineAt.getTime() - (scan?.at.getTime() ?? 0)).toBe(30 * HOUR_MS);
    // The history is gone: the prior again.
    await judgeParcel(db, env, row.parcelId, 'system', new Date());
    expect((await erp.row(row.id)).deadlineAt.getTime() - (scan?.at.getTime() ?? 0)).toBe(24 * HOUR_MS);
  });
});

describe('what ended orders teach', () => {
  it('stands in each row as the chance of its stop, and follows the parcel to its next place', async () => {
    const env = anEnv();
    const chances = new Chances(
      learnChances([
        { carrier: 'zto', hour: 25, station: null, asked: 40, stopped: 36 },
        { carrier: 'zto', hour: 25, station: '杭州中转', asked: 60, stopped: 15 },
      ]),
    );
    const chance = (carrier: string, hour: number, station: string | null) => chances.of(carrier, hour, station);
    const erp = new Erp(db, { ...env, book: { ...REAL_BOOK, chance } });
    const row = await erp.row((await erp.askForOne()).id);
    expect(row.stopChance).toBe(0.51);
    const before = row.deadlineAt;
    await db.run(
      `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, source, place)
       VALUES (?, ?, ?, 'moving', 'x', '', 'push', '杭州中转')`,
      [row.parcelId, NOW, NOW],
    );
    await judgeParcel(db, erp.env, row.parcelId, 'system', new Date());
    const moved = await erp.row(row.id);
    expect(moved).toMatchObject({ state: 'queued', stopChance: 0.25, version: row.version });
    expect(moved.deadlineAt.getTime()).toBeGreaterThan(before.getTime());
    // A policy's new round or a restart without history: the prior, as policies count.
    await judgeParcel(db, env, row.parcelId, 'system', new Date());
    expect((await erp.row(row.id)).stopChance).toBe(PRIOR_CHANCE);
  });
});

describe('a lane that its courier slowed down', () => {
  it('is known to be slow in MySQL, where the dispatcher and the figures read it', async () => {
    const redis = new Redis(await freshRedis());
    const settings = () => aPicture();
    const note = () => noteSlownesses({ db, redis, settings, book: REAL_BOOK });
    await note();
    expect([...(await slownessNow(db, new Date()))]).toEqual([]);
    const slots = slotsFor(redis, LANE, 'orders', () => ({ max: 20, perMs: 1_000 }));
    await slots.slowDown();
    await slots.slowDown();
    await note();
    const slow = (await slownessNow(db, new Date())).get(LANE) ?? 0;
    expect(slow).toBeGreaterThan(3.5);
    expect(slow).toBeLessThanOrEqual(4);
    redis.disconnect();
  });
});
