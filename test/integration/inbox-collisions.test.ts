import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '../../src/domain/store/database.js';
import { type InboxEvent, storeEvents } from '../../src/domain/store/inbox-store.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

let made: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

const event = (n: number): InboxEvent => ({
  source: 'platform:taobao:tb-main',
  eventId: String(n).padStart(8, '0'),
  payload: '{}',
  receivedAt: new Date(),
});
const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => event(from + n));

it('events that are told again while others are being kept are all there once each was called kept (I1)', async () => {
  const ROUNDS = 40;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each batch repeats the second half of the one before it, as after a connection that was cut.
    const batches = [0, 1, 2, 3].map((n) => range(round * 1_000 + n * 32, 64));
    await Promise.all(batches.map((batch) => storeEvents(db, batch)));
    const rows = await db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM inbox WHERE event_id >= ? AND event_id < ?', [
      event(round * 1_000).eventId,
      event(round * 1_000 + 1_000).eventId,
    ]);
    expect(rows[0]?.n).toBe(160);
  }
});

it('an event that stands twice in one batch is kept once', async () => {
  await storeEvents(db, [event(90_000_001), event(90_000_001), event(90_000_002)]);
  const rows = await db.rows('SELECT id FROM inbox WHERE event_id IN (?)', [['90000001', '90000002']]);
  expect(rows).toHaveLength(2);
});
