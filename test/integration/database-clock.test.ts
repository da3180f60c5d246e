import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { databaseClock } from '../../src/domain/store/database-clock.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

let fresh: MigratedDatabase;

beforeAll(async () => {
  fresh = await migratedDatabase();
});
afterAll(() => fresh.close());

async function databaseNow(): Promise<number> {
  const rows = await fresh.db.rows<{ at: Date }>('SELECT NOW(3) AS at');
  return rows[0]?.at.getTime() ?? 0;
}

it('is the database’s, however wrong this machine’s own is (F68)', async () => {
  const real = Date.now;
  const wrong = jest.spyOn(Date, 'now').mockImplementation(() => real() + 600_000);
  try {
    const clock = await databaseClock(fresh.db);
    expect(Math.abs(clock.now().getTime() - (await databaseNow()))).toBeLessThan(60_000);
    clock.stop();
  } finally {
    wrong.mockRestore();
  }
});

it('goes on evenly when this machine’s own jumps', async () => {
  const clock = await databaseClock(fresh.db);
  const before = clock.now().getTime();
  const real = Date.now;
  const jumped = jest.spyOn(Date, 'now').mockImplementation(() => real() - 3_600_000);
  expect(clock.now().getTime() - before).toBeLessThan(60_000);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
  jumped.mockRestore();
  clock.stop();
});
