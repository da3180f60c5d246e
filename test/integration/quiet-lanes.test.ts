import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Database } from '../../src/domain/store/database.js';
import type { GivenDetail } from '../../src/domain/store/detail-store.js';
import type { HandOver } from '../../src/domain/store/hand-over.js';
import { findIntercepts } from '../../src/domain/store/intercept-store.js';
import { addSightings } from '../../src/domain/store/parcel-store.js';
import { DetailDesk } from '../../src/producers/detail-desk.js';
import { type DispatchDeps, fillLanes, findMissing } from '../../src/producers/dispatch.js';
import { Queues } from '../../src/producers/queues.js';
import { QuietLanes } from '../../src/producers/quiet-lanes.js';
import { judgeOwed } from '../../src/producers/sweeper.js';
import { redisOptions } from '../../src/redis.js';
import { Desk } from '../../src/workers/desk.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anAccount, anEnv, aPicture, aShop, REAL_BOOK } from '../support/picture.js';
import { freshRedis } from '../support/redis.js';

/** Two seconds of 20 a second: a window of 40, quiet up to 20. */
const ACCOUNT = anAccount({ rateLimit: { max: 20, perMs: 1_000 }, readRateLimit: { max: 20, perMs: 1_000 } });
const QUIET = 20;
const HOUR = 3_600_000;

let made: MigratedDatabase;
let db: Database;
let redis: Redis;
let queues: Queues;
let quiet: QuietLanes;
let waits = 0;
let n = 0;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());
beforeEach(async () => {
  redis = new Redis({ ...redisOptions(await freshRedis(), 'producer'), enableOfflineQueue: true });
  queues = new Queues(redis, () => undefined);
  quiet = new QuietLanes({ queues, now: () => new Date(), log: () => undefined });
  waits = 0;
  await db.run(`UPDATE intercept SET state = 'expired', dispatched_at = NULL WHERE state <> 'expired'`);
  await db.run('UPDATE lane SET paused = 0');
});
afterEach(async () => {
  await queues.close();
  redis.disconnect();
});

const deps = (laterMs = 0): DispatchDeps => ({
  db,
  queues,
  quiet,
  book: REAL_BOOK,
  settings: () => aPicture({ accounts: [ACCOUNT] }),
  now: () => new Date(Date.now() + laterMs),
  log: () => undefined,
});

const handOver = (): HandOver => ({
  env: () => ({ ...anEnv({ accounts: [ACCOUNT] }), mayGoStraight: quiet.take }),
  async onReady(ready) {
    if (ready.waits) waits += 1;
    await quiet.add(ready.straight);
  },
});

const desk = () => {
  return new DetailDesk(db, handOver(), () => new Date());
};

const NOTHING = {
  call: null,
  look: null,
  steps: [],
  settle: null,
  nextAt: new Date(),
  absentSince: null,
  cancelAnswered: false,
} as const;

/** What a platform's detail says of one new after-sale with one parcel that was picked up an hour ago. */
function detail(isPickedUp = true): GivenDetail {
  n += 1;
  const number = String(n).padStart(4, '0');
  const waybillNo = `7310016000${number}`;
  const at = new Date(Date.now() - HOUR);
  return {
    shop: aShop(),
    afterSaleId: `700089311600${number}`,
    detail: {
      update: {
        atMs: Date.now(),
        facts: {
          type: 'refund_only',
          status: 'open',
          orderId: `48358041600${number}`,
          refundAmountFen: 8_900,
          paidAmountFen: 8_900,
          appliedAtMs: at.getTime(),
        },
      },
      parcels: [
        {
          rawCarrier: 'zto',
          rawCarrierName: null,
          waybillNo,
          declaredValueFen: 8_900,
          ...(isPickedUp ? { pickedUpAt: at } : {}),
        },
      ],
    },
    dispatch: null,
    rereadable: true,
  };
}

/** Takes so many in together, and gives their rows. */
async function takeIn(count = 1, isPickedUp = true) {
  const one = desk();
  const all = Array.from({ length: count }, () => detail(isPickedUp));
  await Promise.all(all.map((given) => one.take(given)));
  const rows = await db.rows<{ id: string }>('SELECT id FROM intercept WHERE waybill_no IN (?) ORDER BY id', [
    all.flatMap(({ detail: { parcels } }) => parcels.map(({ waybillNo }) => waybillNo)),
  ]);
  const found = await findIntercepts(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}

async function jobs(): Promise<string[]> {
  const queue = queues.all().find((q) => q.name === `intercept-${LANE}`);
  const held = await queue?.getJobs(['waiting', 'prioritized', 'active', 'delayed']);
  return (held ?? []).map((job) => job.id ?? '').sort();
}

/** A filling with one row, after which the lane is quiet. */
async function quietLane() {
  const [first] = await takeIn();
  expect(first).toMatchObject({ state: 'queued', dispatch: 0, dispatchedAt: null });
  expect(waits).toBe(1);
  await fillLanes(deps());
  expect(await jobs()).toEqual([`ic-${first?.id}-1`]);
}

describe('at a lane where nothing waits', () => {
  it('a row has its job without a filling: it is marked in the transaction that opens it', async () => {
    await quietLane();
    const [row] = await takeIn();
    expect(row).toMatchObject({ state: 'queued', version: 1, dispatch: 1 });
    expect(row?.dispatchedAt).toEqual(row?.createdAt);
    expect(await jobs()).toContain(`ic-${row?.id}-1`);
    expect(waits).toBe(1);
  });

  it('rows go that way until the window is half full, the others wait for a filling that chooses', async () => {
    await quietLane();
    const rows = await takeIn(QUIET + 5);
    const straight = rows.filter((row) => row.dispatchedAt !== null);
    expect(straight).toHaveLength(QUIET - 1);
    expect(waits).toBeGreaterThan(1);
    await fillLanes(deps());
    expect(await jobs()).toHaveLength(rows.length + 1);
    expect((await takeIn()).map((row) => row.dispatchedAt)).toEqual([null]);
  });

  it('one whose job was never added, because the process died there, is found missing and handed over anew', async () => {
    await quietLane();
    const [row] = await takeIn();
    await redis.flushdb();
    expect(await findMissing(deps(10_000))).toBe(2);
    await fillLanes(deps(10_000));
    expect(await jobs()).toContain(`ic-${row?.id}-2`);
  });

  it('a row that was held until somebody had looked goes that way as well, from the report of the look', async () => {
    await quietLane();
    const [held] = await takeIn(1, false);
    if (held?.state !== 'held') throw new Error(`it is ${held?.state}`);
    expect(waits).toBe(2);
    const workers = new Desk(db, handOver().env, () => new Date(), handOver());
    const at = new Date(Date.now() - HOUR);
    const sightings = [{ at, phase: 'moving', rawCode: 'x', text: '', place: null, source: 'poll' }] as const;
    await workers.report({ asked: held, report: { ...NOTHING, look: { result: 'found', error: null, sightings } } });
    const row = (await findIntercepts(db, [held.id])).get(held.id);
    expect(row).toMatchObject({ state: 'queued', dispatch: held.dispatch + 1 });
    expect(row?.dispatchedAt).toEqual(row?.updatedAt);
    expect(await jobs()).toContain(`ic-${held.id}-${held.dispatch + 1}`);
    expect(waits).toBe(2);
  });

  it('and so does one that a scan releases, from the judgement that it was owed', async () => {
    await quietLane();
    const [held] = await takeIn(1, false);
    if (!held) throw new Error('nothing was opened');
    const sighting = {
      at: new Date(),
      phase: 'moving',
      rawCode: 'x',
      text: '',
      place: null,
      source: 'push',
    } as const;
    await addSightings(db, [{ parcelId: held.parcelId, sighting }], new Date(), new Date());
    await judgeOwed({ db, handOver: handOver(), now: () => new Date(), log: () => undefined }, 0);
    expect(await jobs()).toContain(`ic-${held.id}-${held.dispatch + 1}`);
  });

  it('that is paused, every row waits', async () => {
    await quietLane();
    await db.run('UPDATE lane SET paused = 1 WHERE id = ?', [LANE]);
    await fillLanes(deps());
    expect((await takeIn()).map((row) => row.dispatchedAt)).toEqual([null]);
  });
});

it('a lane with more waiting than its window holds is not quiet', async () => {
  await takeIn(60);
  await fillLanes(deps());
  expect((await takeIn()).map((row) => row.dispatchedAt)).toEqual([null]);
});
