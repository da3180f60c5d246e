import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Database } from '../../src/domain/store/database.js';
import { laneStates } from '../../src/domain/store/lane-store.js';
import { LaneBreaker } from '../../src/workers/breaker.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

let made: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

const aBreaker = () =>
  new LaneBreaker(LANE, { db, state: () => null, onChange: () => undefined, now: () => new Date() });
const lane = async () => (await laneStates(db)).find(({ id }) => id === LANE) ?? null;

it('of a courier that answers again is closed by one of those that were answered at once, not by each', async () => {
  await db.run(`UPDATE lane SET breaker = 'half_open', breaker_trips = 2 WHERE id = ?`, [LANE]);
  const known = await lane();
  const changes: string[] = [];
  const breaker = new LaneBreaker(LANE, {
    db,
    state: () => known,
    onChange: ({ to }) => changes.push(to),
    now: () => new Date(),
  });
  const writes = jest.spyOn(db, 'run');
  await Promise.all(Array.from({ length: 50 }, () => breaker.healthy()));
  const count = writes.mock.calls.length;
  writes.mockRestore();
  expect(count).toBe(1);
  expect(changes).toEqual(['closed']);
  expect(await lane()).toMatchObject({ breaker: 'closed', breakerTrips: 0 });
});

it('of a courier that answers others meanwhile stays closed, however many calls run into their time limit at once', async () => {
  const breaker = aBreaker();
  const beganAt = performance.now();
  await breaker.healthy();
  for (const parcel of ['a', 'b', 'c', 'd']) await breaker.failed(parcel, beganAt);
  expect(await lane()).toMatchObject({ breaker: 'closed' });
});

it('opens when three calls about different parcels fail and none is answered since they began', async () => {
  const breaker = aBreaker();
  await breaker.healthy();
  const beganAt = performance.now();
  for (const parcel of ['a', 'a', 'b']) await breaker.failed(parcel, beganAt);
  expect(await lane()).toMatchObject({ breaker: 'closed' });
  await breaker.failed('c', beganAt);
  expect(await lane()).toMatchObject({ breaker: 'open', breakerReason: 'unavailable' });
});
