import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Intercept } from '../../src/domain/intercept/intercept.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import { claimForSend, expiredLeases, giveUpLease } from '../../src/domain/store/claim-store.js';
import { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { findIntercept, move, StaleVersion } from '../../src/domain/store/intercept-store.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import { ensureLanes } from '../../src/domain/store/lane-store.js';
import { type InterceptRequest, requestIntercepts } from '../../src/domain/store/request-store.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { anEnv, aShop } from '../support/picture.js';
import { recordReport } from '../support/record-report.js';

const LANE = 'zto-zto-main';
const env = anEnv();
let fresh: FreshDatabase;
let db: Database;
let n = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = await Database.open({ url: fresh.url });
  await db.migrate();
  await ensureLanes(db, [{ carrier: 'zto', id: 'zto-main' }]);
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

let request: InterceptRequest;
beforeEach(() => {
  n += 1;
  request = {
    shopId: 'dy-main',
    afterSaleId: `7000893114000949${String(n).padStart(3, '0')}`,
    orderId: `4835804142146757${String(n).padStart(3, '0')}`,
    type: 'refund_only',
    refundAmountFen: 8900,
    paidAmountFen: 8900,
    parcels: [
      {
        carrier: 'zto',
        waybillNo: `7310013${String(n).padStart(7, '0')}`,
        declaredValueFen: 8900,
        pickedUpAt: new Date(Date.now() - 3_600_000),
      },
    ],
  };
});

const ask = (over: Partial<InterceptRequest> = {}) =>
  requestIntercepts(db, env, aShop(), { ...request, ...over }, 'token:erp', new Date());

async function row(id: string): Promise<Intercept> {
  const found = await findIntercept(db, id);
  if (!found) throw new Error(`no intercept ${id}`);
  return found;
}

/** A queued intercept handed over to Redis, as a worker would find it. */
async function handedOver(): Promise<{ id: string; dispatch: number }> {
  const outcome = await ask();
  const id = outcome.intercepts[0]?.id ?? '';
  await takeForRedis(db, { laneId: LANE, queue: 'intercept', window: 1_000, perMs: null }, new Date());
  return { id, dispatch: (await row(id)).dispatch };
}

const accepted = {
  record: { outcome: 'accepted', rawCode: 'SYS000', rawText: 'ok', httpStatus: 200, exchange: null },
  step: { event: 'accept', reason: 'courier_accepted' },
  changes: {},
} as const;

const stopReport = {
  call: null,
  look: null,
  steps: [{ event: 'stop', reason: 'courier_stopped' }],
  settle: null,
  nextAt: new Date(),
  absentSince: null,
  cancelAnswered: false,
} as const;

const ledger = (id: string) =>
  db.rows<{ kind: string; amountFen: number }>(
    'SELECT kind, amount_fen AS amountFen FROM ledger_entry WHERE intercept_id = ? ORDER BY seq',
    [id],
  );

describe('a request', () => {
  it('is committed and decided before it is answered, and gives the same id when it is repeated', async () => {
    const first = await ask();
    expect(first).toMatchObject({ created: true, intercepts: [{ state: 'queued', reason: 'ready' }] });
    expect(await ask()).toMatchObject({ created: false, intercepts: [{ id: first.intercepts[0]?.id }] });
  });

  it('joins the intercept of the parcel when another after-sale names it, since a parcel is asked for once (R64)', async () => {
    const first = await ask();
    const second = await ask({ afterSaleId: `${request.afterSaleId}9` });
    expect(second.created).toBe(true);
    expect(second.intercepts[0]?.id).toBe(first.intercepts[0]?.id);
  });

  it('adds up what several after-sales in one parcel are worth, because the limit is the parcel’s (R14, case 8)', async () => {
    const dear = request.parcels.map((p) => ({ ...p, declaredValueFen: 60_000 }));
    await ask({ parcels: dear });
    const second = await ask({ parcels: dear, afterSaleId: `${request.afterSaleId}9`, orderId: '2' });
    expect(second.intercepts[0]).toMatchObject({ state: 'skipped', reason: 'value_too_high' });
  });

  it('makes one intercept out of many spellings of the same parcel (R66, case 15)', async () => {
    const first = await ask();
    const spelled = request.parcels.map((p) => ({ ...p, carrier: ' ZTO ', waybillNo: ` ${p.waybillNo} ` }));
    expect((await ask({ parcels: spelled })).intercepts[0]?.id).toBe(first.intercepts[0]?.id);
  });

  it('gives one intercept to twenty callers at once, whoever is first', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(new Set(all.map((o) => o.intercepts[0]?.id)).size).toBe(1);
  });

  it('says checking when nobody has looked at the track, and no pick-up was stated', async () => {
    const parcels = request.parcels.map(({ pickedUpAt: _, ...p }) => p);
    expect((await ask({ parcels })).intercepts[0]).toMatchObject({ state: 'held', reason: 'checking' });
  });

  it('keeps the raw courier of one that is not mapped and never guesses (R17, case 16)', async () => {
    const parcels = request.parcels.map((p) => ({ ...p, carrier: '某某快运' }));
    const outcome = await ask({ parcels });
    expect(outcome.intercepts[0]).toMatchObject({ state: 'skipped', reason: 'carrier_not_connected' });
  });
});

describe('a step', () => {
  it('gives the row back as a read would, so that whoever goes on with it is not misled', async () => {
    const { id } = await handedOver();
    const at = new Date();
    const held = await db.transaction(async (tx) =>
      move(tx, await row(id), { event: 'hold', reason: 'checking', actor: 'system' }, at, { stop_chance: 0.25 }),
    );
    expect(held).toEqual(await row(id));
    const changes = { dispatch: held.dispatch + 1, dispatched_at: at, deadline_at: new Date(at.getTime() + 60_000) };
    const released = await db.transaction((tx) =>
      move(tx, held, { event: 'release', reason: 'ready', actor: 'system' }, at, changes),
    );
    expect(released).toEqual(await row(id));
    expect(released).toMatchObject({ state: 'queued', stopChance: 0.25, dispatch: changes.dispatch, dispatchedAt: at });
  });
});

describe('a claim', () => {
  it('is won by exactly one of eight workers that run the same job (I13)', async () => {
    const job = await handedOver();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimForSend(db, job, 5_000, new Date())));
    expect(claims.filter((c) => c !== null)).toHaveLength(1);
  });

  it('is refused after a withdrawal, although the job is still in Redis (case 27)', async () => {
    const job = await handedOver();
    await db.run(
      `UPDATE after_sale SET facts = JSON_SET(facts, '$.status', JSON_OBJECT('atMs', ?, 'value', 'closed')) WHERE after_sale_id = ?`,
      [Date.now() + 1_000, request.afterSaleId],
    );
    await judgeParcel(db, env, (await row(job.id)).parcelId, 'system', new Date());
    expect(await row(job.id)).toMatchObject({ state: 'withdrawn', reason: 'refund_withdrawn' });
    expect(await claimForSend(db, job, 5_000, new Date())).toBeNull();
  });

  it('is refused past the deadline, since a late order is worthless (I11)', async () => {
    const job = await handedOver();
    await db.run('UPDATE intercept SET deadline_at = ? WHERE id = ?', [new Date(Date.now() - 1), job.id]);
    expect(await claimForSend(db, job, 5_000, new Date())).toBeNull();
  });

  it('becomes uncertain when its owner dies, and a late answer of the same epoch still settles it', async () => {
    const job = await handedOver();
    const claim = await claimForSend(db, job, 0, new Date());
    if (!claim) throw new Error('no claim');
    const expired = (await expiredLeases(db, 100)).filter((e) => e.id === job.id);
    for (const lease of expired) await giveUpLease(db, lease, new Date());
    expect(await row(job.id)).toMatchObject({ state: 'uncertain', reason: 'answer_lost' });
    await recordAnswer(db, claim, accepted, new Date());
    expect(await row(job.id)).toMatchObject({ state: 'accepted' });
  });

  it('is refused by the database while an earlier send is unresolved (I9)', async () => {
    const job = await handedOver();
    await claimForSend(db, job, 5_000, new Date());
    await db.run(`UPDATE intercept SET state = 'queued' WHERE id = ?`, [job.id]);
    await expect(claimForSend(db, job, 5_000, new Date())).rejects.toThrow(/Duplicate/);
  });
});

describe('the writer', () => {
  async function acceptedRow(): Promise<Intercept> {
    const job = await handedOver();
    const claim = await claimForSend(db, job, 5_000, new Date());
    if (!claim) throw new Error('no claim');
    await recordAnswer(db, claim, accepted, new Date());
    return row(job.id);
  }

  it('refuses a step decided on a version that is gone', async () => {
    const before = await acceptedRow();
    await recordReport(db, env, before, stopReport, new Date());
    const stale = db.transaction((tx) =>
      move(tx, before, { event: 'miss', reason: 'courier_failed', actor: 'courier' }, new Date()),
    );
    await expect(stale).rejects.toThrow(StaleVersion);
  });

  it('books the fee with the stop, once, however often the stop is reported (R30, I5)', async () => {
    const before = await acceptedRow();
    await Promise.all([1, 2, 3].map(() => recordReport(db, env, before, stopReport, new Date())));
    expect(await row(before.id)).toMatchObject({ state: 'intercepted' });
    expect(await ledger(before.id)).toEqual([{ kind: 'fee', amountFen: 300 }]);
  });

  it('reverses the fee when the parcel was delivered after all, and adds nothing else', async () => {
    const before = await acceptedRow();
    await recordReport(db, env, before, stopReport, new Date());
    const at = new Date();
    const sighting = { at, phase: 'delivered', rawCode: 'SIGNED', text: '', place: null, source: 'push' } as const;
    const look = { result: 'found', error: null, sightings: [sighting] } as const;
    await recordReport(db, env, await row(before.id), { ...stopReport, steps: [], look }, at);
    expect(await row(before.id)).toMatchObject({ state: 'missed', reason: 'delivered_after_acceptance', rule: 'R52' });
    expect((await ledger(before.id)).map((e) => e.kind)).toEqual(['fee', 'reversal']);
  });

  it('ends as returned when a return scan comes before a signature, in whichever order they arrive (R68)', async () => {
    const before = await acceptedRow();
    const scan = (phase: 'returning' | 'delivered', minutes: number) =>
      ({
        at: new Date(Date.now() - minutes * 60_000),
        phase,
        rawCode: phase,
        text: '',
        place: null,
        source: 'push',
      }) as const;
    const look = (sightings: ReturnType<typeof scan>[]) => ({ result: 'found', error: null, sightings }) as const;
    await recordReport(
      db,
      env,
      before,
      { ...stopReport, steps: [], look: look([scan('delivered', 1), scan('returning', 5)]) },
      new Date(),
    );
    expect(await row(before.id)).toMatchObject({ state: 'returned' });
    expect((await ledger(before.id)).map((e) => e.kind)).toEqual(['fee']);
  });

  it('never lets an entry of the ledger be changed or deleted (I6)', async () => {
    const before = await acceptedRow();
    await recordReport(db, env, before, stopReport, new Date());
    await expect(db.run('UPDATE ledger_entry SET amount_fen = 1 WHERE intercept_id = ?', [before.id])).rejects.toThrow(
      /never changed/,
    );
    await expect(db.run('DELETE FROM ledger_entry WHERE intercept_id = ?', [before.id])).rejects.toThrow(
      /never deleted/,
    );
  });
});

describe('the filler', () => {
  it('hands the nearest deadline over first and leaves out what cannot make it behind the others', async () => {
    await db.run(`UPDATE intercept SET dispatched_at = NOW(3) WHERE state = 'queued'`);
    await db.run(`UPDATE intercept SET state = 'expired' WHERE state = 'queued'`);
    const ids: string[] = [];
    for (const minutes of [30, 10, 20, 0.5]) {
      n += 1;
      const parcels = request.parcels.map((p) => ({ ...p, waybillNo: `9${p.waybillNo}${n}` }));
      const outcome = await ask({
        afterSaleId: `${request.afterSaleId}${n}`,
        parcels,
        deadlineAt: new Date(Date.now() + minutes * 60_000),
      });
      ids.push(outcome.intercepts[0]?.id ?? '');
    }
    const [in30, in10, in20, hopeless] = ids;
    const order = { laneId: LANE, queue: 'intercept', window: 2, perMs: 1 / 60_000 } as const;
    await db.run('UPDATE intercept SET dispatched_at = NOW(3) WHERE id = ?', [in30 ?? '']);
    const { rows: taken } = await takeForRedis(db, order, new Date());
    expect(taken.map((t) => t.id)).toEqual([in10]);
    const { rows: rest } = await takeForRedis(db, { ...order, window: 10 }, new Date());
    expect(rest.map((t) => t.id)).toEqual([in20]);
    expect(await row(hopeless ?? '')).toMatchObject({ state: 'queued', dispatchedAt: null });
  });
});
