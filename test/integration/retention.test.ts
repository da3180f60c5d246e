import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/domain/store/database.js';
import { insertEvents } from '../../src/domain/store/inbox-store.js';
import { forgetOld } from '../../src/domain/store/retention-store.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-22T08:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let made: MigratedDatabase;
let db: Database;
beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());
beforeEach(async () => {
  await db.run('DELETE FROM inbox');
  await db.run('DELETE FROM sighting');
  await db.run("DELETE FROM setting WHERE name LIKE 'retention%'");
});

const SOURCE = 'platform:douyin:dy-main';
async function keep(eventId: string, days: number, status = 'done'): Promise<void> {
  await insertEvents(db, [{ source: SOURCE, eventId, payload: 'text', receivedAt: ago(days) }]);
  await db.run('UPDATE inbox SET status = ? WHERE event_id = ?', [status, eventId]);
}
const sight = (days: number) =>
  db.run(
    `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, place, source)
     VALUES ('p', ?, ?, 'moving', '', '快递员 张三', '杭州', 'push')`,
    [ago(days), ago(days)],
  );
const payloads = async () =>
  (await db.rows<{ payload: string }>('SELECT payload FROM inbox ORDER BY id')).map((row) => row.payload);
const texts = async () =>
  (await db.rows<{ text: string; place: string | null }>('SELECT text, place FROM sighting ORDER BY id')).map(
    ({ text, place }) => `${text}${place ?? ''}`,
  );
async function forgetAll(): Promise<void> {
  for (let left = 20; (await forgetOld(db, NOW)) > 0; left -= 1) expect(left).toBeGreaterThan(0);
}

describe('what is old', () => {
  it('loses its text after 30 days and keeps its row, so that a message sent again is still known', async () => {
    await keep('old', 31);
    await keep('young', 29);
    await forgetAll();
    expect(await payloads()).toEqual(['', 'text']);
    await insertEvents(db, [{ source: SOURCE, eventId: 'old', payload: 'again', receivedAt: NOW }]);
    expect(await payloads()).toEqual(['', 'text']);
  });

  it('keeps it as long as nobody has read it yet', async () => {
    await keep('unread', 40, 'new');
    await forgetAll();
    expect(await payloads()).toEqual(['text']);
    await db.run("UPDATE inbox SET status = 'done'");
    await forgetAll();
    expect(await payloads()).toEqual(['']);
  });

  it('of the road loses what it says of people after 90 days', async () => {
    await sight(91);
    await sight(89);
    await forgetAll();
    expect(await texts()).toEqual(['', '快递员 张三杭州']);
  });

  it('goes by the days of the configuration', async () => {
    await db.run("INSERT INTO setting (name, value, updated_at) VALUES ('retention', ?, ?)", [
      JSON.stringify({ rawDays: 5, personalDays: 10 }),
      NOW,
    ]);
    await keep('six', 6);
    await sight(11);
    await forgetAll();
    expect([await payloads(), await texts()]).toEqual([[''], ['']]);
  });

  it('is walked once: what was forgotten is not looked at again', async () => {
    await keep('old', 31);
    expect(await forgetOld(db, NOW)).toBe(1);
    expect(await forgetOld(db, NOW)).toBe(0);
  });

  it('is forgotten by two schedulers at once as by one', async () => {
    for (let n = 0; n < 5; n += 1) await keep(`m${n}`, 31);
    const forgotten = await Promise.all([forgetOld(db, NOW), forgetOld(db, NOW)]);
    expect(forgotten[0] + forgotten[1]).toBe(5);
    expect(await payloads()).toEqual(['', '', '', '', '']);
  });
});

it('former credentials are forgotten when their day is over, not before (S5)', async () => {
  const put = (id: string, hours: number) =>
    db.run(
      `INSERT INTO carrier_account (id, carrier, body, credentials, former_credentials, former_until, enabled)
       VALUES (?, 'zto', '{}', 'present', 'former', ?, 1)`,
      [id, new Date(NOW.getTime() + hours * 3_600_000)],
    );
  await put('over', -1);
  await put('counts', 1);
  await forgetAll();
  const rows = await db.rows<{ id: string; former: string | null }>(
    'SELECT id, former_credentials AS former FROM carrier_account ORDER BY id',
  );
  expect(rows).toEqual([
    { id: 'counts', former: 'former' },
    { id: 'over', former: null },
  ]);
});
