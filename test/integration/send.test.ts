import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CreateAnswer } from '../../src/domain/carrier/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { processIntercept } from '../../src/workers/process-intercept.js';
import { laneRig, type Said } from '../support/lane-rig.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { Erp } from '../support/requests.js';

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
  await db.run(`UPDATE lane SET paused = 0, breaker = 'closed', breaker_until = NULL, breaker_trips = 0`);
});

const RAW = { rawCode: 'S', rawText: '' };
const accepts = async (): Promise<CreateAnswer> => ({ ...RAW, kind: 'accepted', carrierRef: 'C1' });
const fails = (kind: CarrierFault['kind'], retryAfterMs?: number) => async (): Promise<never> => {
  throw new CarrierFault(kind, 'planted', { retryAfterMs });
};

async function sent(said: Said, safeMode = false) {
  const rig = laneRig(db, said, {}, safeMode);
  const { id } = await erp.askForOne();
  const job = await erp.handOver(id);
  const outcome = await processIntercept(rig.deps, rig.lane, job);
  return { rig, id, job, outcome };
}

const transitions = (id: string) =>
  db.rows<{ event: string }>('SELECT event FROM transition WHERE intercept_id = ? ORDER BY version', [id]);

describe('one send', () => {
  it('writes the claim before, the answer after, and the courier’s own number', async () => {
    const { id, outcome } = await sent({ create: accepts });
    expect(outcome).toBe('answered');
    expect(await erp.row(id)).toMatchObject({ state: 'accepted', carrierRef: 'C1', epoch: 1, tries: 1 });
    expect((await transitions(id)).map((t) => t.event)).toEqual(['open', 'claim', 'accept']);
  });

  it('has its attempt committed when the first byte could leave (I8)', async () => {
    let open: unknown[] = [];
    const create = async (): Promise<CreateAnswer> => {
      open = await db.rows(`SELECT kind, outcome FROM attempt WHERE finished_at IS NULL`);
      return accepts();
    };
    await sent({ create });
    expect(open).toEqual([{ kind: 'send', outcome: null }]);
  });

  it('happens once, although the job runs three times at once and once more (I3)', async () => {
    const rig = laneRig(db, { create: accepts });
    const job = await erp.handOver((await erp.askForOne()).id);
    await Promise.all([1, 2, 3].map(() => processIntercept(rig.deps, rig.lane, job)));
    expect(await processIntercept(rig.deps, rig.lane, job)).toBe('stale');
    expect(rig.asked).toEqual(['create']);
  });

  it.each([
    ['outcome_unknown', 'uncertain'],
    ['contract_broken', 'uncertain'],
    ['not_sent', 'queued'],
    ['throttled', 'queued'],
    ['unavailable', 'queued'],
    ['bad_request', 'refused'],
  ] as const)('that fails as %s leaves its row %s', async (kind, state) => {
    const { id } = await sent({ create: fails(kind) });
    expect(await erp.row(id)).toMatchObject({ state });
  });

  it('of an adapter that breaks in a way of its own is uncertain: bytes may have left', async () => {
    const { id } = await sent({ create: () => Promise.reject(new TypeError('planted')) });
    expect(await erp.row(id)).toMatchObject({ state: 'uncertain' });
  });

  it('that the courier puts off is put off by minutes at most, whatever it asks for (F52)', async () => {
    const { id } = await sent({ create: fails('throttled', 10 * 3_600_000) });
    const { nextAt } = await erp.row(id);
    expect((nextAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
  });

  it('does not happen for a row that was withdrawn after the hand-over (case 27)', async () => {
    const rig = laneRig(db, { create: accepts });
    const { id } = await erp.askForOne();
    const job = await erp.handOver(id);
    await db.run(
      `UPDATE after_sale SET facts = JSON_SET(facts, '$.status', JSON_OBJECT('atMs', ?, 'value', 'closed'))
       WHERE id IN (SELECT after_sale_id FROM parcel_after_sale WHERE intercept_id = ?)`,
      [Date.now() + 1_000_000, id],
    );
    await processIntercept(rig.deps, rig.lane, job);
    expect(rig.asked).toEqual([]);
    expect(await erp.row(id)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('a lane that may not send', () => {
  it('gives the row back untouched when a person paused it', async () => {
    const rig = laneRig(db, { create: accepts });
    const { id } = await erp.askForOne();
    const job = await erp.handOver(id);
    await db.run('UPDATE lane SET paused = 1');
    await rig.refresh();
    expect(await processIntercept(rig.deps, rig.lane, job)).toBe('lane closed');
    expect(await erp.row(id)).toMatchObject({ state: 'queued', dispatchedAt: null, tries: 0 });
    expect(rig.asked).toEqual([]);
  });

  it('sends nothing in SAFE_MODE, and the row does not run in circles between MySQL and Redis meanwhile', async () => {
    const { rig, id, outcome } = await sent({ create: accepts }, true);
    expect(outcome).toBe('lane closed');
    expect(rig.asked).toEqual([]);
    const { rows: again } = await takeForRedis(
      db,
      { laneId: LANE, queue: 'intercept', window: 10, perMs: null },
      rig.at(),
    );
    expect(again.map((row) => row.id)).not.toContain(id);
  });
});
