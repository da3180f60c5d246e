import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { StatusAnswer, TrackAnswer } from '../../src/domain/carrier/port.js';
import type { Intercept } from '../../src/domain/intercept/intercept.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { slotsFor } from '../../src/workers/limiter.js';
import { type ProbeOutcome, processProbe } from '../../src/workers/process-probe.js';
import { type LaneRig, laneRig } from '../support/lane-rig.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { freshRedis } from '../support/redis.js';
import { Erp } from '../support/requests.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

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
const status = (kind: StatusAnswer['kind']) => async (): Promise<StatusAnswer> => ({ ...RAW, kind });
const onTheRoad = async (): Promise<TrackAnswer> => ({
  kind: 'found',
  sightings: [{ at: new Date(), phase: 'moving', rawCode: 'M', text: '', place: null, source: 'poll' }],
});
const fails = (kind: CarrierFault['kind']) => async (): Promise<never> => {
  throw new CarrierFault(kind, 'planted');
};

/** Probes the row once at the moment it asks for, as dispatcher and worker would; says what came of it. */
async function probeWhenDue(rig: LaneRig, id: string): Promise<ProbeOutcome> {
  const { nextAt } = await erp.row(id);
  if (nextAt && nextAt > rig.at()) rig.moveTo(nextAt);
  await takeForRedis(db, { laneId: LANE, queue: 'probe', window: 100, perMs: null }, rig.at());
  const { dispatch } = await erp.row(id);
  return processProbe(rig.deps, rig.lane, { id, dispatch });
}

async function acceptedSince(rig: LaneRig, ageMs: number): Promise<Intercept> {
  const row = await erp.accepted({ deadlineAt: new Date(Date.now() + 100 * HOUR_MS) });
  await db.run('UPDATE intercept SET accepted_at = ?, outcome_due_at = ? WHERE id = ?', [
    new Date(rig.at().getTime() - ageMs),
    new Date(Date.now() + 100 * HOUR_MS),
    row.id,
  ]);
  return row;
}

async function uncertain(): Promise<Intercept> {
  const { id } = await erp.askForOne({ deadlineAt: new Date(Date.now() + 100 * HOUR_MS) });
  const record = { outcome: 'unknown', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
  const lost = { record, step: { event: 'lose_answer', reason: 'answer_lost' }, changes: {} } as const;
  await recordAnswer(db, await erp.claim(id), lost, new Date());
  return erp.row(id);
}

describe('an order that the courier took', () => {
  it.each([
    ['a minute', MINUTE_MS],
    ['half an hour', 30 * MINUTE_MS],
    ['two hours', 2 * HOUR_MS],
    ['ten hours', 10 * HOUR_MS],
  ])(
    'is asked about at the courier when it is %s old: the track alone does not say that a stop failed or took',
    async (_age, ms) => {
      const rig = laneRig(db, { status: status('stopped'), track: onTheRoad });
      const { id } = await acceptedSince(rig, ms);
      for (let polls = 0; polls < 4 && (await erp.row(id)).state === 'accepted'; polls += 1)
        await probeWhenDue(rig, id);
      expect(rig.asked).toContain('status');
      expect(await erp.row(id)).toMatchObject({ state: 'intercepted' });
    },
  );

  it('comes back when the track shows it, and its fee is booked once', async () => {
    const at = new Date();
    const track = async (): Promise<TrackAnswer> => ({
      kind: 'found',
      sightings: (['returning', 'returned'] as const).map((phase) => ({
        at,
        phase,
        rawCode: phase,
        text: '',
        place: null,
        source: 'poll',
      })),
    });
    const rig = laneRig(db, { status: status('pending'), track });
    const { id } = await acceptedSince(rig, MINUTE_MS);
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'returned' });
    expect(await db.rows('SELECT kind FROM ledger_entry WHERE intercept_id = ?', [id])).toEqual([{ kind: 'fee' }]);
  });

  it('is not ended by a look that failed or was empty: only what was seen counts (R67)', async () => {
    const rig = laneRig(db, { status: status('no_record'), track: fails('unavailable') });
    const { id } = await acceptedSince(rig, MINUTE_MS);
    for (let polls = 0; polls < 4; polls += 1) await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'accepted' });
  });
});

describe('a lost answer', () => {
  it('is proved absent by two "no record" a settling time apart, and queued again', async () => {
    const rig = laneRig(db, { status: status('no_record') });
    const { id } = await uncertain();
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'uncertain' });
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'queued', reason: 'proved_absent' });
  });

  it('lost for the fifth time goes to a person: perhaps it is the order that kills its worker (F10)', async () => {
    const rig = laneRig(db, { status: status('no_record') });
    const { id } = await uncertain();
    await db.run('UPDATE attempt SET seq = seq + 4 WHERE intercept_id = ?', [id]);
    for (const seq of [1, 2, 3, 4])
      await db.run(
        `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, outcome)
         SELECT intercept_id, ?, 'send', epoch, request_id, started_at, 'absent' FROM attempt WHERE intercept_id = ? AND seq = 5`,
        [seq, id],
      );
    for (let asked = 0; asked < 2; asked += 1) await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'needs_review', reason: 'answer_never_proved' });
  });

  it('is never queued again at a courier whose orders may not be repeated; a person gets it', async () => {
    const rig = laneRig(db, { status: status('no_record'), manifest: { resend: 'never' } });
    const { id } = await uncertain();
    for (let polls = 0; polls < 20 && (await erp.row(id)).state === 'uncertain'; polls += 1)
      await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'needs_review', reason: 'answer_never_proved' });
  });

  it('outlives a courier that is down: only a courier that answers can use its time up (case 25)', async () => {
    const rig = laneRig(db, { status: fails('unavailable'), manifest: { askUntilMs: 1_000 } });
    const { id } = await uncertain();
    for (let polls = 0; polls < 2; polls += 1) await probeWhenDue(rig, id);
    rig.moveTo(new Date(rig.at().getTime() + HOUR_MS));
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'uncertain' });
  });

  it('outlives a courier that is down also where only the track can tell (case 25)', async () => {
    const rig = laneRig(db, { track: fails('unavailable'), manifest: { probe: 'tracking', askUntilMs: 1_000 } });
    const { id } = await uncertain();
    rig.moveTo(new Date(rig.at().getTime() + HOUR_MS));
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'uncertain' });
  });

  it('is asked for again within 15 s where only the track can tell, however old the row is (contract section 6)', async () => {
    const rig = laneRig(db, { track: onTheRoad, manifest: { probe: 'tracking', askUntilMs: 10 * MINUTE_MS } });
    const { id } = await uncertain();
    await db.run('UPDATE intercept SET created_at = ? WHERE id = ?', [new Date(Date.now() - 7 * HOUR_MS), id]);
    await probeWhenDue(rig, id);
    const { nextAt } = await erp.row(id);
    expect((nextAt?.getTime() ?? 0) - rig.at().getTime()).toBeLessThanOrEqual(15_000);
  });

  it('is given back after each look where nothing can tell, and goes to a person in the end', async () => {
    const rig = laneRig(db, { manifest: { probe: 'none', askUntilMs: MINUTE_MS } });
    const { id } = await uncertain();
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ dispatchedAt: null });
    rig.moveTo(new Date(rig.at().getTime() + 2 * MINUTE_MS));
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'needs_review' });
  });
});

describe('what a lane learns from its reads', () => {
  it('is to read more slowly when the courier says "too fast" to a read, not to order more slowly', async () => {
    const redis = new Redis(await freshRedis());
    const limit = () => ({ max: 1_000, perMs: 100 });
    const [orders, reads] = [slotsFor(redis, LANE, 'orders', limit), slotsFor(redis, LANE, 'reads', limit)];
    const rig = laneRig(db, { status: fails('throttled'), track: fails('throttled') }, { orders, reads });
    const { id } = await acceptedSince(rig, MINUTE_MS);
    await probeWhenDue(rig, id);
    const slow = {
      reads: await redis.hget(`jj:{${LANE}}:reads`, 'slow'),
      orders: await redis.hget(`jj:{${LANE}}:orders`, 'slow'),
    };
    redis.disconnect();
    expect(slow).toEqual({ reads: '2', orders: null });
  });

  it('is to stop after three parcels that failed, and not after one that failed three times (case 25)', async () => {
    const rig = laneRig(db, { status: fails('unavailable'), track: fails('unavailable') });
    const rows = [
      await acceptedSince(rig, MINUTE_MS),
      await acceptedSince(rig, MINUTE_MS),
      await acceptedSince(rig, MINUTE_MS),
    ];
    const breaker = async () =>
      (await db.rows<{ breaker: string }>('SELECT breaker FROM lane WHERE id = ?', [LANE]))[0]?.breaker;
    const [first, second, third] = rows.map((row) => row.id);
    for (let i = 0; i < 4; i += 1) await probeWhenDue(rig, first ?? '');
    expect(await breaker()).toBe('closed');
    await probeWhenDue(rig, second ?? '');
    await probeWhenDue(rig, third ?? '');
    expect(await breaker()).toBe('open');
    await rig.refresh();
    const asked = rig.asked.length;
    expect(await probeWhenDue(rig, first ?? '')).toBe('lane closed');
    expect(rig.asked).toHaveLength(asked);
  });
});

describe('a held row', () => {
  it('is sent as soon as a look shows that it was picked up, and a look that found nothing ends nothing (case 17)', async () => {
    let answer: TrackAnswer = { kind: 'empty' };
    const rig = laneRig(db, { track: async () => answer });
    const request = erp.next();
    const parcels = request.parcels.map(({ pickedUpAt: _, ...parcel }) => parcel);
    const [held] = (await erp.ask({ ...request, parcels })).intercepts;
    const id = held?.id ?? '';
    for (let looks = 0; looks < 10; looks += 1) await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'held', reason: 'not_picked_up' });
    answer = await onTheRoad();
    await probeWhenDue(rig, id);
    expect(await erp.row(id)).toMatchObject({ state: 'queued' });
  });
});
