import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AfterSaleFacts, NamedParcel } from '../../src/domain/aftersale/after-sale.js';
import type { Intercept } from '../../src/domain/intercept/intercept.js';
import { resolve, retry, withdraw } from '../../src/domain/store/action-store.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import { claimForSend } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeDetail } from '../../src/domain/store/detail-store.js';
import { move } from '../../src/domain/store/intercept-store.js';
import { judgeIn, judgeParcel } from '../../src/domain/store/judgement.js';
import type { InterceptRequest } from '../../src/domain/store/request-store.js';
import type { ParcelPhase } from '../../src/domain/tracking/sighting.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aShop } from '../support/picture.js';
import { recordReport } from '../support/record-report.js';
import { Erp } from '../support/requests.js';

const env = anEnv();
let made: MigratedDatabase;
let db: Database;
let erp: Erp;
let clock = 0;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db, env);
});
afterAll(() => made.close());

const judge = (row: Pick<Intercept, 'parcelId'>, by = env) => judgeParcel(db, by, row.parcelId, 'system', new Date());

/** The platform says how things are now; every word is newer than the one before. */
async function platformSays(request: InterceptRequest, facts: AfterSaleFacts, parcels: readonly NamedParcel[] = []) {
  clock = Math.max(clock, Date.now()) + 1_000;
  await takeDetail(db, env, aShop(), request.afterSaleId, { update: { atMs: clock, facts }, parcels }, new Date());
}

const nothing = {
  call: null,
  look: null,
  steps: [],
  settle: null,
  nextAt: new Date(),
  absentSince: null,
  cancelAnswered: false,
} as const;

/** The track is read and shows these scans, so many minutes ago. */
async function trackShows(row: Intercept, ...scans: readonly (readonly [ParcelPhase, number])[]): Promise<Intercept> {
  const sightings = scans.map(([phase, ago]) => ({
    at: new Date(Date.now() - ago * 60_000),
    phase,
    rawCode: phase,
    text: '',
    place: null,
    source: 'poll' as const,
  }));
  const look = { result: 'found', error: null, sightings } as const;
  await recordReport(db, env, await erp.row(row.id), { ...nothing, look }, new Date());
  return erp.row(row.id);
}

/** An accepted order and the request behind it. */
async function accepted(): Promise<{ row: Intercept; request: InterceptRequest }> {
  const request = erp.next();
  const [intercept] = (await erp.ask(request)).intercepts;
  const id = intercept?.id ?? '';
  const claim = await erp.claim(id);
  const record = { outcome: 'accepted', rawCode: '', rawText: '', httpStatus: 200, exchange: null } as const;
  await recordAnswer(
    db,
    claim,
    { record, step: { event: 'accept', reason: 'courier_accepted' }, changes: {} },
    new Date(),
  );
  return { row: await erp.row(id), request };
}

async function stopped(row: Intercept): Promise<Intercept> {
  const steps = [{ event: 'stop', reason: 'courier_stopped' }] as const;
  await recordReport(db, env, await erp.row(row.id), { ...nothing, steps }, new Date());
  return erp.row(row.id);
}

async function handedOver(row: Intercept): Promise<Intercept> {
  await db.transaction((tx) =>
    move(tx, row, { event: 'hand_over', reason: 'outcome_overdue', actor: 'system' }, new Date()),
  );
  return erp.row(row.id);
}

const tasks = (row: Pick<Intercept, 'id'>, state = 'open') =>
  db.rows<{ kind: string; reason: string }>('SELECT kind, reason FROM task WHERE intercept_id = ? AND state = ?', [
    row.id,
    state,
  ]);

async function standingFees(row: Pick<Intercept, 'id'>): Promise<number> {
  const entries = await db.rows<{ kind: string }>('SELECT kind FROM ledger_entry WHERE intercept_id = ?', [row.id]);
  return entries.reduce((sum, e) => sum + (e.kind === 'fee' ? 1 : -1), 0);
}

const person = { outcome: 'release', evidence: null, note: 'looked at it' } as const;
const say = (row: Intercept, outcome: Parameters<typeof resolve>[3]['outcome']) =>
  resolve(db, env, row.id, { ...person, outcome }, 'user:op@example.com', new Date());

describe('a person’s withdrawal while an order is on its way (I16, R80)', () => {
  const wanted = { actor: 'user:op@example.com', note: null };

  it('ends the row when it turns out that nothing had left', async () => {
    const { id } = await erp.askForOne();
    const claim = await erp.claim(id);
    expect(await withdraw(db, env, id, wanted, new Date())).toMatchObject({ ok: true });
    const record = { outcome: 'not_sent', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
    await recordAnswer(db, claim, { record, step: { event: 'not_sent', reason: 'not_sent' }, changes: {} }, new Date());
    await judge(claim.row);
    expect(await erp.row(id)).toMatchObject({ state: 'withdrawn' });
  });

  it('ends the row when the courier proves that it has no order: it is not sent again', async () => {
    const { id } = await erp.askForOne();
    const claim = await erp.claim(id);
    const record = { outcome: 'unknown', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
    await recordAnswer(
      db,
      claim,
      { record, step: { event: 'lose_answer', reason: 'answer_lost' }, changes: {} },
      new Date(),
    );
    await withdraw(db, env, id, wanted, new Date());
    const steps = [{ event: 'prove_absent', reason: 'proved_absent' }] as const;
    await recordReport(db, env, await erp.row(id), { ...nothing, steps, settle: 'absent' }, new Date());
    expect(await erp.row(id)).toMatchObject({ state: 'withdrawn' });
  });

  it('is asked of the courier at once when it took the order', async () => {
    const { id } = await erp.askForOne();
    const claim = await erp.claim(id);
    await withdraw(db, env, id, wanted, new Date());
    const record = { outcome: 'accepted', rawCode: '', rawText: '', httpStatus: 200, exchange: null } as const;
    await recordAnswer(
      db,
      claim,
      { record, step: { event: 'accept', reason: 'courier_accepted' }, changes: {} },
      new Date(),
    );
    const row = await erp.row(id);
    expect(row).toMatchObject({ state: 'accepted', cancelReason: 'withdrawn_by_person' });
    expect(row.nextAt?.getTime()).toBeLessThanOrEqual(Date.now() + 5_000);
  });
});

describe('a buyer’s change of mind after the courier took the order', () => {
  it('asks for the cancel when the last refund is withdrawn', async () => {
    const { row, request } = await accepted();
    await platformSays(request, { status: 'closed' });
    expect(await erp.row(row.id)).toMatchObject({ state: 'accepted', cancelReason: 'cancel_asked' });
  });

  it('calls the cancel off when he applies again before the courier was asked (R64, case 29)', async () => {
    const { row, request } = await accepted();
    await platformSays(request, { status: 'closed' });
    await erp.ask({ ...request, afterSaleId: `${request.afterSaleId}9` });
    expect(await erp.row(row.id)).toMatchObject({ state: 'accepted', cancelReason: null });
  });

  it('asks a person once whether he chose the wrong type, and not again when that person is done (R78, case 6)', async () => {
    const { row, request } = await accepted();
    await platformSays(request, { type: 'return_refund' });
    expect(await erp.row(row.id)).toMatchObject({ state: 'accepted', cancelReason: null });
    expect(await tasks(row)).toEqual([{ kind: 'decide', reason: 'type_changed_after_acceptance' }]);
    await db.run(`UPDATE task SET state = 'done', closed_at = NOW(3) WHERE intercept_id = ?`, [row.id]);
    await judge(row);
    expect(await tasks(row)).toEqual([]);
  });

  it('closes that task by itself when the type is a refund-only again (R78)', async () => {
    const { row, request } = await accepted();
    await platformSays(request, { type: 'return_refund' });
    await platformSays(request, { type: 'refund_only' });
    expect(await tasks(row)).toEqual([]);
  });

  it('asks a person to have it delivered again when the stop took already; the fee stays due (R80)', async () => {
    const { row, request } = await accepted();
    await stopped(row);
    await platformSays(request, { status: 'closed' });
    expect(await standingFees(row)).toBe(1);
    expect(await tasks(row)).toHaveLength(1);
  });
});

describe('a request that is sent again', () => {
  it('does not bring back an after-sale that became a return meanwhile (I14, case 6)', async () => {
    const request = erp.next();
    const [first] = (await erp.ask(request)).intercepts;
    await platformSays(request, { type: 'return_refund' });
    expect(await erp.row(first?.id ?? '')).toMatchObject({ state: 'withdrawn', reason: 'type_changed' });
    clock += 1_000;
    const [again] = (await erp.ask(request, new Date(clock))).intercepts;
    expect(again).toMatchObject({ id: first?.id, state: 'withdrawn' });
  });
});

describe('the fee of a stop', () => {
  it('is the same in whichever order the scans arrive (R32, R68)', async () => {
    const inOrder = await stopped((await accepted()).row);
    await trackShows(inOrder, ['returning', 30], ['delivered', 5]);
    const crossed = await stopped((await accepted()).row);
    expect(await trackShows(crossed, ['delivered', 5])).toMatchObject({ state: 'missed' });
    await trackShows(crossed, ['returning', 30]);
    for (const row of [inOrder, crossed]) {
      expect(await erp.row(row.id)).toMatchObject({ state: 'returned' });
      expect(await standingFees(row)).toBe(1);
    }
  });

  it('is due when a person states that the parcel came back after the courier took the order (R30)', async () => {
    const row = await handedOver((await accepted()).row);
    expect(await say(row, 'returned')).toMatchObject({ ok: true, row: { state: 'returned' } });
    expect(await standingFees(row)).toBe(1);
  });

  it('is not due when a person states that it was delivered', async () => {
    const row = await handedOver(await stopped((await accepted()).row));
    await say(row, 'delivered');
    expect(await standingFees(row)).toBe(0);
  });
});

describe('a person’s release', () => {
  it('sends nothing after a stop that took: the parcel is stopped already (R64)', async () => {
    const row = await handedOver(await stopped((await accepted()).row));
    expect(await say(row, 'release')).toMatchObject({ ok: false });
    expect(await erp.row(row.id)).toMatchObject({ state: 'needs_review' });
  });

  it('sends nothing while an order that the courier took is still there (I3)', async () => {
    const row = await handedOver((await accepted()).row);
    expect(await say(row, 'release')).toMatchObject({ ok: false });
    expect(await erp.row(row.id)).toMatchObject({ state: 'needs_review' });
  });

  it('is remembered by a row that must wait for its pick-up: it is not asked for again', async () => {
    const careful = new Erp(db, anEnv({ shops: [aShop({ mode: 'approve' })] }));
    const request = erp.next();
    const parcels = request.parcels.map(({ pickedUpAt: _, ...parcel }) => parcel);
    const [held] = (await careful.ask({ ...request, parcels })).intercepts;
    const row = await erp.row(held?.id ?? '');
    await retry(db, careful.env, row.id, 'user:op@example.com', new Date());
    const sighting = { at: new Date(), phase: 'moving', rawCode: '', text: '', place: null, source: 'poll' } as const;
    const look = { result: 'found', error: null, sightings: [sighting] } as const;
    await recordReport(db, careful.env, await erp.row(row.id), { ...nothing, look }, new Date());
    expect(await erp.row(row.id)).toMatchObject({ state: 'queued' });
  });
});

describe('an order that was proved absent', () => {
  it('still counts as one that may have left: "exists already" is then ours, and asked about (design "Sending again")', async () => {
    const { id } = await erp.askForOne();
    const record = { outcome: 'unknown', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
    const lost = { record, step: { event: 'lose_answer', reason: 'answer_lost' }, changes: {} } as const;
    await recordAnswer(db, await erp.claim(id), lost, new Date());
    const steps = [{ event: 'prove_absent', reason: 'proved_absent' }] as const;
    await recordReport(db, env, await erp.row(id), { ...nothing, steps, settle: 'absent' }, new Date());
    expect((await erp.claim(id)).earlierSends).toBe(1);
  });

  it('does not count one of which no byte left', async () => {
    const { id } = await erp.askForOne();
    const record = { outcome: 'not_sent', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
    const unsent = { record, step: { event: 'not_sent', reason: 'not_sent' }, changes: {} } as const;
    await recordAnswer(db, await erp.claim(id), unsent, new Date());
    expect((await erp.claim(id)).earlierSends).toBe(0);
  });
});

describe('a waybill that changes (R65, case 14)', () => {
  const named = (waybillNo: string): NamedParcel => ({
    rawCarrier: 'zto',
    rawCarrierName: null,
    waybillNo,
    declaredValueFen: 8_900,
    pickedUpAt: new Date(Date.now() - 60_000),
  });
  const open = { type: 'refund_only', status: 'open', refundAmountFen: 8_900, paidAmountFen: 8_900 } as const;
  const live = (request: InterceptRequest) =>
    db.rows<{ waybillNo: string; state: string; reason: string }>(
      `SELECT i.waybill_no AS waybillNo, i.state, i.reason FROM intercept i JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id
       JOIN after_sale a ON a.id = l.after_sale_id WHERE a.after_sale_id = ? ORDER BY i.id`,
      [request.afterSaleId],
    );

  it('ends the old one before anything was sent, and judges the new parcel', async () => {
    const request = erp.next();
    await platformSays(request, open, [named('73100170000001')]);
    await platformSays(request, open, [named('73100170000002')]);
    expect(await live(request)).toMatchObject([
      { waybillNo: '73100170000001', state: 'withdrawn', reason: 'waybill_changed' },
      { waybillNo: '73100170000002', state: 'queued' },
    ]);
  });

  it('and changes back is wanted again: the parcel named now is the one to stop', async () => {
    const request = erp.next();
    for (const n of [3, 4, 3]) await platformSays(request, open, [named(`7310017000000${n}`)]);
    const rows = await live(request);
    expect(rows.filter((r) => r.state === 'queued').map((r) => r.waybillNo)).toEqual(['73100170000003']);
  });
});

describe('facts that change between the judgement and the claim', () => {
  it('are judged in the claim’s own transaction: a withdrawal that is committed sends nothing (case 21, case 27)', async () => {
    const request = erp.next();
    const [intercept] = (await erp.ask(request)).intercepts;
    const job = await erp.handOver(intercept?.id ?? '');
    const { parcelId } = await erp.row(job.id);
    await db.run(
      `UPDATE after_sale SET facts = JSON_SET(facts, '$.status', JSON_OBJECT('atMs', ?, 'value', 'closed')) WHERE after_sale_id = ?`,
      [Date.now() + 1_000_000, request.afterSaleId],
    );

    const claim = await claimForSend(db, job, 5_000, new Date(), (tx) =>
      judgeIn(tx, env, parcelId, 'system', new Date()),
    );
    expect(claim).toBeNull();
    expect(await erp.row(job.id)).toMatchObject({ state: 'withdrawn' });
  });
});
