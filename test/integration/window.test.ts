import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gapMs, SLOWNESS_HALVES_MS } from '../../src/domain/intercept/lane-rate.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeAllBack, takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { listTooLate, readLanes } from '../../src/domain/store/lane-reader.js';
import { noteSlowness, slownessNow } from '../../src/domain/store/slowness-store.js';
import { parcelsPastDeadline } from '../../src/domain/store/sweep-store.js';
import { type BacklogRow, backlog } from '../support/backlog.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { touching } from '../support/touching.js';

const LIMIT = { max: 20, perMs: 1_000 };
const GAP = gapMs(LIMIT);
/** In the middle of a minute, so that deadlines a few seconds apart share one. */
const NOW = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 20_000);
const inMs = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;

let made: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());
beforeEach(async () => {
  await db.run('DELETE FROM intercept');
  await db.run('UPDATE lane SET slow = 1, slowed_at = NULL');
});

const many = (count: number, prefix: string, make: (n: number) => Omit<BacklogRow, 'id'>): BacklogRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}-${String(n).padStart(6, '0')}`, ...make(n) }));

async function take(window: number, perMs: number | null = 1 / GAP, now = NOW): Promise<string[]> {
  const { rows } = await takeForRedis(db, { laneId: LANE, queue: 'intercept', window, perMs }, now);
  return rows.map((row) => row.id);
}

const figures = async (rateLimit: typeof LIMIT | null = LIMIT, now = NOW) =>
  (await readLanes(db, [{ id: LANE, rateLimit }], now)).get(LANE);

/** One filling, and the rows that the server touched for it. */
const filling = (queue: 'intercept' | 'probe', window: number) =>
  touching(db, (same) => takeForRedis(same, { laneId: LANE, queue, window, perMs: 1 / GAP }, NOW));

describe('the order of a lane', () => {
  it('lets an urgent late-comer go before all that is not with Redis yet', async () => {
    await backlog(
      db,
      many(100, 'w', (n) => ({ deadlineAt: inMs(2 * HOUR + n * 1_000) })),
    );
    expect(await take(10)).toHaveLength(10);
    await backlog(db, [{ id: 'late', deadlineAt: inMs(90_000) }]);
    expect(await take(20)).toEqual(expect.arrayContaining(['late']));
    const [handed] = await db.rows<{ n: number }>(`SELECT dispatch AS n FROM intercept WHERE id = 'late'`);
    expect(handed).toEqual({ n: 1 });
  });

  it('hands them over in the order in which they are sent', async () => {
    await backlog(
      db,
      many(30, 'w', (n) => ({ deadlineAt: inMs(HOUR * (30 - n)) })),
    );
    const first = await take(3);
    expect(first).toEqual(['w-000029', 'w-000028', 'w-000027']);
  });

  it('gives small shops their turn beside a flood, although the flood has the nearer deadlines', async () => {
    await backlog(db, [
      ...many(3_000, 'f', (n) => ({ shopId: 'flood', deadlineAt: inMs(23 * HOUR + n * 10) })),
      ...many(5, 's', (n) => ({ shopId: 'small', deadlineAt: inMs(23 * HOUR + 600_000 + n) })),
      ...many(1, 't', () => ({ shopId: 'tiny', deadlineAt: inMs(23 * HOUR + 900_000) })),
    ]);
    const first = await take(12);
    expect(first.filter((id) => id.startsWith('s-'))).toHaveLength(5);
    expect(first.filter((id) => id.startsWith('t-'))).toHaveLength(1);
  });

  it('makes up to a shop for what another already holds of the window', async () => {
    await backlog(db, [
      ...many(4, 'h', () => ({ shopId: 'flood', deadlineAt: inMs(HOUR), handed: true })),
      ...many(50, 'f', () => ({ shopId: 'flood', deadlineAt: inMs(HOUR) })),
      ...many(50, 's', () => ({ shopId: 'small', deadlineAt: inMs(HOUR + 1_000) })),
    ]);
    const next = await take(8);
    expect(next.map((id) => id[0])).toEqual(['s', 's', 's', 's']);
  });

  it('goes by value among deadlines of the same minute', async () => {
    await backlog(
      db,
      many(6, 'v', (n) => ({
        deadlineAt: inMs(600_000 + n),
        valueFen: [500, null, 90_000, 700, 8_000, 600][n] ?? null,
      })),
    );
    expect(await take(3)).toEqual(['v-000002', 'v-000004', 'v-000003']);
  });

  it('goes by chance times value among them: a dear parcel that is hardly ever stopped waits', async () => {
    await backlog(db, [
      { id: 'dear', deadlineAt: inMs(600_000), valueFen: 20_000, chance: 0.1 },
      { id: 'likely', deadlineAt: inMs(600_001), valueFen: 5_000, chance: 0.9 },
      { id: 'unknown', deadlineAt: inMs(600_002), valueFen: null, chance: 1 },
    ]);
    expect(await take(3)).toEqual(['likely', 'dear', 'unknown']);
  });

  it('uses no place for what was withdrawn, is held, or rests', async () => {
    await backlog(db, [
      ...many(20, 'gone', () => ({ deadlineAt: inMs(60_000), state: 'withdrawn' })),
      ...many(20, 'held', () => ({ deadlineAt: inMs(60_000), state: 'held' })),
      ...many(3, 'ok', (n) => ({ deadlineAt: inMs(HOUR + n) })),
    ]);
    await db.run(`UPDATE intercept SET next_at = NULL WHERE id = 'ok-000002'`);
    expect(await take(40)).toEqual(['ok-000000', 'ok-000001']);
  });
});

describe('what can no longer make its deadline', () => {
  it('is left out, so that those behind it are sent in time', async () => {
    // Ten seconds hold 194 turns: of 400 deadlines within them, half are hopeless.
    await backlog(db, [
      ...many(400, 'near', (n) => ({ deadlineAt: inMs(1_000 + n * 25) })),
      ...many(40, 'far', (n) => ({ deadlineAt: inMs(60_000 + n) })),
    ]);
    const sent: string[] = [];
    // The lane sends what it holds; the clock goes on with it.
    for (let now = NOW, at = 0; at < 12; at += 1) {
      const ids = await take(20, 1 / GAP, now);
      for (const [k, id] of ids.entries()) {
        const [row] = await db.rows<{ at: Date }>('SELECT deadline_at AS at FROM intercept WHERE id = ?', [id]);
        expect(row?.at.getTime()).toBeGreaterThan(now.getTime() + k * GAP);
      }
      sent.push(...ids);
      if (ids.length > 0)
        await db.run(`UPDATE intercept SET state = 'accepted', dispatched_at = NULL WHERE id IN (?)`, [ids]);
      now = new Date(now.getTime() + Math.ceil(ids.length * GAP));
    }
    expect(sent.filter((id) => id.startsWith('near')).length).toBeGreaterThanOrEqual(190);
    expect(sent.filter((id) => id.startsWith('far'))).toHaveLength(40);
  });

  it('goes last, and only with room to spare and before its deadline', async () => {
    await backlog(db, [
      { id: 'gone', deadlineAt: inMs(-1) },
      { id: 'close', deadlineAt: inMs(700) },
      ...many(3, 'fine', (n) => ({ deadlineAt: inMs(HOUR + n) })),
    ]);
    expect(await take(3)).toEqual(['fine-000000', 'fine-000001', 'fine-000002']);
    await db.run(`UPDATE intercept SET state = 'accepted', dispatched_at = NULL WHERE id LIKE 'fine-%'`);
    expect(await take(4)).toEqual(['close']);
  });

  it('is more on a lane that its courier slowed down, and less as that fades', async () => {
    await backlog(
      db,
      many(200, 'w', () => ({ deadlineAt: inMs(1_000 + 100 * GAP) })),
    );
    expect((await figures())?.tooLateCount).toBe(99);
    await noteSlowness(db, LANE, 4, NOW);
    expect((await figures())?.tooLateCount).toBe(200 - 26);
    expect((await slownessNow(db, NOW)).get(LANE)).toBe(4);
    expect((await slownessNow(db, new Date(NOW.getTime() + SLOWNESS_HALVES_MS))).get(LANE)).toBe(2);
  });

  it.each([LIMIT, { max: 3, perMs: 1_000 }, null])('is counted, listed and left out alike at %j', async (rateLimit) => {
    let seed = 7;
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    await backlog(db, [
      ...many(300, 'w', () => ({
        shopId: next() < 0.8 ? 'dy-main' : 'small',
        deadlineAt: inMs(Math.floor(next() * 40_000) - 2_000),
        valueFen: Math.floor(next() * 90_000),
      })),
      ...many(7, 'h', () => ({ deadlineAt: inMs(HOUR), handed: true })),
      ...many(2, 'o', () => ({ deadlineAt: inMs(HOUR), state: 'submitting' })),
    ]);
    const count = (await figures(rateLimit))?.tooLateCount;
    const listed = await listTooLate(db, LANE, rateLimit, null, NOW, 400);
    expect(listed).toHaveLength(count ?? -1);
    for (const row of listed) expect(rateLimit === null || row.turnAt > row.deadlineAt).toBe(true);
    expect((await listTooLate(db, LANE, rateLimit, ['small'], NOW, 400)).every((r) => r.shopId === 'small')).toBe(true);
    const gap = gapMs(rateLimit);
    const taken = new Set(await take(5_000, gap > 0 ? 1 / gap : null));
    // Of those left out, only such go after all whose turn is in time, if only just: within the margin of a second.
    const late = listed.filter((row) => !taken.has(row.id)).length;
    expect(taken.size).toBe(300 - late);
    expect(listed.length - late).toBeLessThanOrEqual(gap === 0 ? 300 : Math.ceil(1_000 / gap));
  });
});

describe('the reads of a lane', () => {
  const reads = async (window: number) =>
    (await takeForRedis(db, { laneId: LANE, queue: 'probe', window, perMs: null }, NOW)).rows.map((row) => row.id);
  const read = (id: string, state: string, dueInMs: number): BacklogRow => ({
    id,
    state,
    deadlineAt: inMs(HOUR),
    nextAt: inMs(dueInMs),
  });

  it('ask for lost answers first, then look at what is held, then follow what was accepted; longest due first', async () => {
    await backlog(db, [
      read('followed', 'intercepted', -9_000),
      read('accepted', 'accepted', -9_000),
      read('held-later', 'held', -1_000),
      read('held', 'held', -2_000),
      read('lost', 'uncertain', -500),
      read('not-due', 'uncertain', 1_000),
      read('queued', 'queued', -9_000),
    ]);
    expect(await reads(4)).toEqual(['lost', 'held', 'held-later', 'accepted']);
    expect(await reads(100)).toEqual(['followed']);
  });

  it('lock and read no more than there is room for, however many are due', async () => {
    await backlog(db, [
      ...many(10_000, 'h', (n) => ({ state: 'held', deadlineAt: inMs(HOUR), nextAt: inMs(-20_000 + n) })),
      ...many(10_000, 'a', (n) => ({ state: 'accepted', deadlineAt: inMs(HOUR), nextAt: inMs(HOUR + n) })),
    ]);
    await db.run('ANALYZE TABLE intercept');
    const { result, touched } = await filling('probe', 40);
    expect(result.rows.map((row) => row.id)).toEqual(many(40, 'h', () => ({ deadlineAt: NOW })).map((row) => row.id));
    expect(touched).toBeLessThan(400);
  });
});

describe('a big backlog', () => {
  it('is not read to find what is past its deadline: with Redis or not, held or queued, of a lane or of none', async () => {
    await backlog(db, [
      ...many(9_000, 'w', (n) => ({ deadlineAt: inMs(HOUR + n) })),
      ...many(9_000, 'h', (n) => ({ state: 'held', deadlineAt: inMs(HOUR + n) })),
      { id: 'queued', deadlineAt: inMs(-1) },
      { id: 'handed', deadlineAt: inMs(-1), handed: true },
      { id: 'held', state: 'held', deadlineAt: NOW },
      { id: 'nowhere', state: 'held', deadlineAt: inMs(-1) },
      { id: 'sent', state: 'accepted', deadlineAt: inMs(-1) },
    ]);
    await db.run(`UPDATE intercept SET lane_id = NULL WHERE id = 'nowhere'`);
    await db.run('ANALYZE TABLE intercept');
    const { result, touched } = await touching(db, (same) => parcelsPastDeadline(same, NOW, 200));
    expect(result.toSorted()).toEqual(['handed', 'held', 'nowhere', 'queued']);
    expect(touched).toBeLessThan(100);
  });

  it('is never read as a whole: what a filling reads does not grow with it', async () => {
    await backlog(db, [
      ...many(30_000, 'w', (n) => ({ shopId: `shop-${n % 3}`, deadlineAt: inMs(HOUR + n * 100) })),
      ...many(100, 'x', (n) => ({ shopId: `other-${n}`, deadlineAt: inMs(5 * HOUR + n) })),
    ]);
    await db.run('ANALYZE TABLE intercept');
    const { result, touched } = await filling('intercept', 40);
    expect(result.rows).toHaveLength(40);
    expect(touched).toBeLessThan(6_000);
  });

  it('gives back what Redis lost to the same order', async () => {
    await backlog(
      db,
      many(40, 'w', (n) => ({ deadlineAt: inMs(HOUR + n * 120_000) })),
    );
    const first = await take(10);
    const back = first.map((id) => ({ id, dispatch: 1 }));
    expect(await takeAllBack(db, back)).toBe(first.length);
    expect(await take(10)).toEqual(first);
  });
});
