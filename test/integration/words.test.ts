import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CarrierManifest, CreateAnswer, StatusAnswer, TrackAnswer } from '../../src/domain/carrier/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { takeScans } from '../../src/domain/store/take-scans.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';
import type { Lane } from '../../src/workers/lane.js';
import { processIntercept } from '../../src/workers/process-intercept.js';
import { type ProbeOutcome, processProbe } from '../../src/workers/process-probe.js';
import { type LaneRig, laneRig, type Said } from '../support/lane-rig.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { Erp } from '../support/requests.js';

const MINUTE_MS = 60_000;
const RAW = { rawCode: 'S', rawText: '' };

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
});

function manifestOf(over: Partial<CarrierManifest>): CarrierManifest {
  const plugin = carrierBySlug('zto');
  if (!plugin) throw new Error('no courier is plugged in');
  return { ...plugin.manifest, ...over };
}
const { capabilities } = manifestOf({});
/** A service that tells results by callback alone. */
const SILENT = manifestOf({
  capabilities: { ...capabilities, status: false, track: false, cancel: false },
  probe: 'none',
  callbackWithinMs: 30 * MINUTE_MS,
});

const fees = (id: string) =>
  db.rows<{ kind: string; amountFen: number; tariffFrom: Date | null }>(
    'SELECT kind, amount_fen AS amountFen, tariff_from AS tariffFrom FROM ledger_entry WHERE intercept_id = ? ORDER BY seq',
    [id],
  );
const openTasks = (id: string) =>
  db.rows<{ reason: string }>(`SELECT reason FROM task WHERE intercept_id = ? AND state = 'open'`, [id]);

async function sent(said: Said) {
  const rig = laneRig(db, said);
  const { id } = await erp.askForOne();
  await processIntercept(rig.deps, rig.lane, await erp.handOver(id));
  return id;
}

type Kind = StatusAnswer['kind'];
async function told(waybillNo: string, kind: Kind, over: { carriers?: string[]; bizNo?: string } = {}) {
  const order = { answer: { ...RAW, kind }, manifest: SILENT, bizNo: over.bizNo ?? null };
  const message = { kind: 'scan', carriers: over.carriers ?? ['zto'], waybillNo, sightings: [], order } as const;
  await db.transaction((tx) => takeScans(tx, [message], new Date()));
}

describe('an answer that states its fee', () => {
  const accepts = (more: object) => async (): Promise<CreateAnswer> => ({
    ...RAW,
    kind: 'accepted',
    carrierRef: null,
    ...more,
  });

  it('has that fee booked with the stop, and not the tariff’s (R31)', async () => {
    const id = await sent({ create: accepts({ feeFen: 450 }) });
    await told((await erp.row(id)).waybillNo, 'stopped');
    expect(await fees(id)).toEqual([{ kind: 'fee', amountFen: 450, tariffFrom: null }]);
  });

  it('of nothing, or of none, leaves the tariff in force', async () => {
    for (const more of [{ feeFen: 0 }, {}]) {
      const id = await sent({ create: accepts(more) });
      await told((await erp.row(id)).waybillNo, 'stopped');
      expect(await fees(id)).toMatchObject([{ kind: 'fee', amountFen: 300 }]);
    }
  });

  it('and that goods of other orders come back with it, asks a person (R62)', async () => {
    const id = await sent({ create: accepts({ otherGoods: '同包裹还有 2 件其他订单的商品' }) });
    expect(await openTasks(id)).toEqual([{ reason: 'other_goods_stopped' }]);
  });
});

describe('the word of a courier that cannot be asked', () => {
  it.each([
    ['stopped', ['intercepted'], 1],
    ['finished', ['returned'], 1],
    ['failed', ['missed'], 0],
    ['cancelled', ['withdrawn'], 0],
    ['never_left', ['refused'], 0],
    ['pending', ['accepted'], 0],
    ['unclear', ['accepted'], 0],
  ] as const)('"%s" makes an accepted order %j, with %d fees', async (kind, [state], count) => {
    const { id, waybillNo } = await erp.accepted();
    await told(waybillNo, kind);
    expect((await erp.row(id)).state).toBe(state);
    expect(await fees(id)).toHaveLength(count);
    await told(waybillNo, kind);
    expect(await fees(id)).toHaveLength(count);
  });

  it('settles an order whose answer was lost', async () => {
    const { id, waybillNo } = await erp.accepted();
    await db.run(`UPDATE intercept SET state = 'uncertain', ask_since = NOW(3) WHERE id = ?`, [id]);
    await db.run(`UPDATE attempt SET outcome = 'unknown' WHERE intercept_id = ?`, [id]);
    await told(waybillNo, 'pending');
    expect((await erp.row(id)).state).toBe('accepted');
    const attempts = await db.rows('SELECT outcome FROM attempt WHERE intercept_id = ?', [id]);
    expect(attempts).toEqual([{ outcome: 'accepted' }]);
  });

  it('about an order that was never sent is nobody’s', async () => {
    const { id, waybillNo } = await erp.askForOne();
    await told(waybillNo, 'stopped');
    expect((await erp.row(id)).state).toBe('queued');
  });

  it('about an earlier round is not this round’s', async () => {
    const { id, waybillNo, requestId } = await erp.accepted();
    await told(waybillNo, 'failed', { bizNo: `${requestId}-other` });
    expect((await erp.row(id)).state).toBe('accepted');
    await told(waybillNo, 'failed', { bizNo: requestId });
    expect((await erp.row(id)).state).toBe('missed');
  });

  it('finds the parcel among the couriers that a service fronts, if only one fits', async () => {
    const { id, waybillNo } = await erp.accepted();
    await db.run(
      `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at) VALUES (?, 'ems', ?, 'ems', 1, NOW(3))`,
      [`twin-${id}`, waybillNo],
    );
    await told(waybillNo, 'stopped', { carriers: ['ems', 'zto'] });
    expect((await erp.row(id)).state).toBe('accepted');
    await told(waybillNo, 'stopped', { carriers: ['deppon', 'zto'] });
    expect((await erp.row(id)).state).toBe('intercepted');
  });
});

describe('an accepted order that nobody can look at', () => {
  async function probed(rig: LaneRig, id: string): Promise<ProbeOutcome> {
    const { nextAt } = await erp.row(id);
    if (nextAt && nextAt > rig.at()) rig.moveTo(nextAt);
    await takeForRedis(db, { laneId: LANE, queue: 'probe', window: 100, perMs: null }, rig.at());
    return processProbe(rig.deps, rig.lane, { id, dispatch: (await erp.row(id)).dispatch });
  }

  it('waits for its callback, and a person is told once when none came in time', async () => {
    const rig = laneRig(db, { manifest: SILENT });
    const { id } = await erp.accepted({ deadlineAt: new Date(Date.now() + 100 * 60 * MINUTE_MS) });
    expect(await probed(rig, id)).toBe('waiting for word');
    expect(await openTasks(id)).toEqual([]);
    const row = await erp.row(id);
    expect(row.nextAt?.getTime()).toBe((row.acceptedAt?.getTime() ?? 0) + 30 * MINUTE_MS);
    expect(await probed(rig, id)).toBe('waiting for word');
    expect(await openTasks(id)).toEqual([{ reason: 'callback_missing' }]);
    await probed(rig, id);
    expect(await openTasks(id)).toHaveLength(1);
    expect(rig.asked).toEqual([]);
    await told(row.waybillNo, 'stopped');
    expect(await openTasks(id)).toEqual([]);
  });

  it('is looked at over our account at the parcel’s courier, where there is one', async () => {
    const track = async (): Promise<TrackAnswer> => ({
      kind: 'found',
      sightings: [{ at: new Date(), phase: 'returning', rawCode: 'R', text: '', place: null, source: 'poll' }],
    });
    const courier = laneRig(db, { track });
    const rig = laneRig(db, { manifest: SILENT });
    const laneOf = (laneId: string): Lane | null => (laneId === LANE ? courier.lane : null);
    const { id } = await erp.accepted();
    const seeing = { ...rig, deps: { ...rig.deps, laneOf } };
    expect(await probed(seeing, id)).toBe('looked');
    expect(courier.asked).toEqual(['track']);
    expect((await erp.row(id)).state).toBe('intercepted');
    expect(await fees(id)).toHaveLength(1);
  });
});
