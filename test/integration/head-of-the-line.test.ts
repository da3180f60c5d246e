import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CreateAnswer, StatusAnswer } from '../../src/domain/carrier/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { type Handed, type LaneQueue, takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { processIntercept } from '../../src/workers/process-intercept.js';
import { processProbe } from '../../src/workers/process-probe.js';
import { type LaneRig, laneRig } from '../support/lane-rig.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { Erp } from '../support/requests.js';

/** Case 26: fifty rows that fail every time, and one good row behind them. */
const BAD = 50;
const WINDOW = 10;

let made: MigratedDatabase;
let db: Database;
let erp: Erp;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db);
});
afterAll(() => made.close());
beforeEach(async () => {
  await db.run(`UPDATE intercept SET state = 'expired', dispatched_at = NULL WHERE state <> 'expired'`);
  await db.run(`UPDATE lane SET breaker = 'closed', breaker_until = NULL, breaker_trips = 0`);
});

const RAW = { rawCode: 'S', rawText: '' };
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

/** One round of the dispatcher and the workers: a window is handed over, every job of it is done. */
async function round(rig: LaneRig, queue: LaneQueue): Promise<readonly Handed[]> {
  const { rows } = await takeForRedis(db, { laneId: LANE, queue, window: WINDOW, perMs: null }, rig.at());
  for (const { id, dispatch } of rows) {
    await db.run(`UPDATE lane SET breaker = 'closed', breaker_until = NULL`);
    if (queue === 'intercept') await processIntercept(rig.deps, rig.lane, { id, dispatch });
    else await processProbe(rig.deps, rig.lane, { id, dispatch });
  }
  return rows;
}

/** Rounds until the good row has its answer; which rows each had. */
async function roundsUntil(done: () => Promise<boolean>, rig: LaneRig, queue: LaneQueue): Promise<string[][]> {
  const rounds: string[][] = [];
  while (!(await done())) {
    rounds.push((await round(rig, queue)).map(({ id }) => id));
    expect(rounds.length).toBeLessThan(2 * BAD);
  }
  return rounds;
}

describe('26: rows that fail every time', () => {
  it('do not keep the one behind them from being sent in its first round', async () => {
    const bad = new Set(await erp.askForMany(BAD, { deadlineAt: inHours(2) }));
    const { id: good } = await erp.askForOne({ deadlineAt: inHours(10) });
    const { waybillNo } = await erp.row(good);
    const rig = laneRig(db, {
      create: async (command): Promise<CreateAnswer> => {
        if (command.waybillNo !== waybillNo) throw new CarrierFault('not_sent', 'planted');
        return { ...RAW, kind: 'accepted', carrierRef: null };
      },
    });
    const rounds = await roundsUntil(async () => (await erp.row(good)).state === 'accepted', rig, 'intercept');
    expect(rounds).toHaveLength(Math.ceil((BAD + 1) / WINDOW));
    const first = rounds.flat();
    expect(new Set(first).size).toBe(first.length);
    expect(first.filter((id) => bad.has(id))).toHaveLength(BAD);
    // They rotate: each is there again once its pause is over, and none has ended.
    rig.moveTo(inHours(1));
    const states = await db.rows<{ state: string }>('SELECT DISTINCT state FROM intercept WHERE id IN (?)', [[...bad]]);
    expect(states).toEqual([{ state: 'queued' }]);
    expect(await round(rig, 'intercept')).toHaveLength(WINDOW);
  });

  it('do not keep the one behind them from being asked for in its first round', async () => {
    const all: string[] = [];
    for (let i = 0; i <= BAD; i += 1) all.push((await erp.accepted({ deadlineAt: inHours(10) })).id);
    const good = all.at(-1) ?? '';
    const { waybillNo } = await erp.row(good);
    const rig = laneRig(db, {
      status: async (command): Promise<StatusAnswer> => {
        if (command.waybillNo !== waybillNo) throw new CarrierFault('unavailable', 'planted');
        return { ...RAW, kind: 'stopped' };
      },
    });
    rig.moveTo(new Date(Date.now() + 60_000));
    const rounds = await roundsUntil(async () => (await erp.row(good)).state === 'intercepted', rig, 'probe');
    expect(rounds).toHaveLength(Math.ceil((BAD + 1) / WINDOW));
    expect(new Set(rounds.flat()).size).toBe(rounds.flat().length);
  });
});
