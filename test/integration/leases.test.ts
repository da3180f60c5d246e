import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/domain/store/database.js';
import { holdLease, releaseLease } from '../../src/domain/store/lease-store.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';

let made: MigratedDatabase;
let db: Database;
beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

describe('a lease', () => {
  it('is one holder’s at a time, of however many that ask at once', async () => {
    const holders = Array.from({ length: 12 }, (_, i) => `p${i}`);
    const got = await Promise.all(holders.map((holder) => holdLease(db, 'one', holder, 10_000)));
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  it('is kept by its holder and refused to others', async () => {
    expect(await holdLease(db, 'kept', 'a', 10_000)).toBe(true);
    expect(await holdLease(db, 'kept', 'a', 10_000)).toBe(true);
    expect(await holdLease(db, 'kept', 'b', 10_000)).toBe(false);
  });

  it('is another’s when its holder is gone and its time is over', async () => {
    expect(await holdLease(db, 'dead', 'a', 1_000)).toBe(true);
    await until(() => holdLease(db, 'dead', 'b', 10_000), { what: 'the lease of the dead holder to end' });
    expect(await holdLease(db, 'dead', 'a', 10_000)).toBe(false);
  });

  it('is free at once when its holder gives it back, and nobody else can', async () => {
    await holdLease(db, 'given', 'a', 10_000);
    await releaseLease(db, 'given', 'b');
    expect(await holdLease(db, 'given', 'b', 10_000)).toBe(false);
    await releaseLease(db, 'given', 'a');
    expect(await holdLease(db, 'given', 'b', 10_000)).toBe(true);
  });
});
