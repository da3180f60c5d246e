import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Claim } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { Desk } from '../../src/workers/desk.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv } from '../support/picture.js';
import { ACCEPTED, Erp } from '../support/requests.js';

const TABLES = [
  'intercept',
  'attempt',
  'transition',
  'parcel_after_sale',
  'parcel',
  'after_sale',
  'sighting',
  'outbox',
];
let made: MigratedDatabase;
let db: Database;
let erp: Erp;
const aDesk = () =>
  new Desk(
    db,
    () => anEnv(),
    () => new Date(),
  );
let desk: Desk;
beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  desk = aDesk();
});
afterAll(() => made.close());
beforeEach(async () => {
  for (const table of [...TABLES, 'notification_target']) await db.run(`DELETE FROM ${table}`);
  erp = new Erp(db);
});

/** Rows that wait for a claim, and the jobs that ask for it. */
async function jobs(count: number) {
  const ids = await erp.askForMany(count);
  await takeForRedis(db, { laneId: LANE, queue: 'intercept', window: 5_000, perMs: null }, new Date());
  const rows = await Promise.all(ids.map((id) => erp.row(id)));
  return rows.map(({ id, dispatch, parcelId }) => ({ id, dispatch, parcelId, leaseMs: 5_000 }));
}

const mine = (claims: readonly (Claim | null)[]) => claims.filter((claim) => claim !== null);
const states = async (ids: readonly string[]) => (await Promise.all(ids.map((id) => erp.row(id)))).map((r) => r.state);
const answered = (step: (typeof ANSWERS)[number]) => ({ ...step, changes: {} });
const record = (outcome: 'refused' | 'not_sent' | 'unknown') =>
  ({ outcome, rawCode: null, rawText: null, httpStatus: null, exchange: null }) as const;
const ANSWERS = [
  ACCEPTED,
  { record: record('refused'), step: { event: 'refuse', reason: 'courier_not_allowed' } },
  { record: record('not_sent'), step: { event: 'not_sent', reason: 'not_sent' } },
  { record: record('unknown'), step: { event: 'lose_answer', reason: 'answer_lost' } },
] as const;

describe('rows that are given back together, because their lane is closed', () => {
  it('are each put off as was said, and only by the hand-over that had them', async () => {
    const orders = await jobs(20);
    const later = new Date(Date.now() + 60_000);
    const writes = jest.spyOn(db, 'transaction');
    await Promise.all(orders.map((order, n) => desk.takeBack(order, n % 2 === 0 ? later : null)));
    const count = writes.mock.calls.length;
    writes.mockRestore();
    expect(count).toBe(1);
    const rows = await Promise.all(orders.map(({ id }) => erp.row(id)));
    expect(rows.map(({ dispatchedAt }) => dispatchedAt)).toEqual(rows.map(() => null));
    expect(rows.filter(({ nextAt }) => nextAt?.getTime() === later.getTime())).toHaveLength(10);
  });

  it('stay where they are for the job of an older hand-over', async () => {
    const [order] = await jobs(1);
    if (!order) throw new Error('no job');
    await desk.takeBack({ id: order.id, dispatch: order.dispatch - 1 });
    expect((await erp.row(order.id)).dispatchedAt).not.toBeNull();
  });
});

describe('claims that are made together', () => {
  it('are each committed, with an attempt and a transition of its own', async () => {
    const orders = await jobs(20);
    const claims = mine(await Promise.all(orders.map((order) => desk.claim(order))));
    expect(claims.map((claim) => [claim.row.state, claim.row.epoch, claim.attempt])).toEqual(
      Array.from({ length: 20 }, () => ['submitting', 1, 1]),
    );
    const kept = await db.rows(
      `SELECT i.id FROM intercept i JOIN attempt a ON a.intercept_id = i.id AND a.kind = 'send' AND a.epoch = i.epoch
       JOIN transition t ON t.intercept_id = i.id AND t.version = i.version AND t.to_state = 'submitting'
       WHERE i.state = 'submitting' AND i.lease_until > NOW(3)`,
    );
    expect(kept).toHaveLength(20);
  });

  it('share their commits', async () => {
    const orders = await jobs(20);
    const transaction = jest.spyOn(db, 'transaction');
    await Promise.all(orders.map((order) => desk.claim(order)));
    expect(transaction.mock.calls.length).toBeLessThanOrEqual(2);
    transaction.mockRestore();
  });

  it('are won by one of all that ask for the same row, in one process or several (I13)', async () => {
    const orders = await jobs(3);
    const other = aDesk();
    const tries = [desk, other, desk].flatMap((at) => orders.map((order) => at.claim(order)));
    const won = mine(await Promise.all(tries.map((one) => one.catch(() => null))));
    expect(won.map((claim) => claim.row.id).sort()).toEqual(orders.map((order) => order.id).sort());
    expect(await db.rows('SELECT 1 FROM attempt')).toHaveLength(3);
  });

  it('leave out a row whose refund was withdrawn meanwhile, which is judged instead (case 21, case 27)', async () => {
    const orders = await jobs(3);
    const [, gone] = orders;
    await db.run(
      `UPDATE after_sale a JOIN parcel_after_sale l ON l.after_sale_id = a.id
       SET a.facts = JSON_SET(a.facts, '$.status', JSON_OBJECT('atMs', ?, 'value', 'closed')) WHERE l.parcel_id = ?`,
      [Date.now() + 1_000_000, gone?.parcelId ?? ''],
    );
    const claims = await Promise.all(orders.map((order) => desk.claim(order)));
    expect(claims.map((claim) => claim !== null)).toEqual([true, false, true]);
    expect(await states(orders.map((order) => order.id))).toEqual(['submitting', 'withdrawn', 'submitting']);
  });

  it('do not wait for a parcel that somebody else holds', async () => {
    const orders = await jobs(3);
    const [first, held, last] = orders;
    if (!first || !held || !last) throw new Error('three jobs were asked for');
    let late: Promise<Claim | null> = Promise.resolve(null);
    await db.transaction(async (tx) => {
      await tx.rows('SELECT id FROM parcel WHERE id = ? FOR UPDATE', [held.parcelId]);
      late = desk.claim(held);
      expect(mine(await Promise.all([desk.claim(first), desk.claim(last)]))).toHaveLength(2);
    });
    expect(await late).not.toBeNull();
  });

  it('are refused to an older hand-over, and to a row that is gone', async () => {
    const [older, gone] = await jobs(2);
    if (!older || !gone) throw new Error('two jobs were asked for');
    const asked = [
      { ...older, dispatch: older.dispatch - 1 },
      { ...gone, id: 'nobody' },
    ];
    expect(await Promise.all(asked.map((order) => desk.claim(order)))).toEqual([null, null]);
    expect(await db.rows('SELECT 1 FROM attempt')).toEqual([]);
  });

  it('of a batch that breaks over one row are made one by one: its neighbours lose nothing (I9)', async () => {
    const orders = await jobs(3);
    const [, broken] = orders;
    await db.run(
      `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at) VALUES (?, 1, 'send', 0, 'r', NOW(3))`,
      [broken?.id ?? ''],
    );
    const claims = await Promise.allSettled(orders.map((order) => desk.claim(order)));
    expect(claims.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await states(orders.map((order) => order.id))).toEqual(['submitting', 'queued', 'submitting']);
  });
});

describe('answers that are written together', () => {
  it('each move their own row and settle their own attempt', async () => {
    const orders = await jobs(8);
    const claims = mine(await Promise.all(orders.map((order) => desk.claim(order))));
    const moved = await Promise.all(
      claims.map((claim, n) => desk.answer({ claim, answer: answered(ANSWERS[n % 4] ?? ACCEPTED) })),
    );
    const wanted = ['accepted', 'refused', 'queued', 'uncertain'];
    expect(moved.map((row) => row?.state)).toEqual([...wanted, ...wanted]);
    expect(await states(claims.map((claim) => claim.row.id))).toEqual([...wanted, ...wanted]);
    const outcomes = await db.rows<{ outcome: string; n: number }>(
      'SELECT outcome, COUNT(*) AS n FROM attempt GROUP BY outcome ORDER BY outcome',
    );
    expect(outcomes.map(({ outcome, n }) => [outcome, n])).toEqual([
      ['accepted', 2],
      ['not_sent', 2],
      ['refused', 2],
      ['unknown', 2],
    ]);
  });

  it('keep what is each one’s own: reference, stated fee, exchange', async () => {
    const claims = mine(await Promise.all((await jobs(3)).map((order) => desk.claim(order))));
    await Promise.all(
      claims.map((claim, n) =>
        desk.answer({
          claim,
          answer: {
            record: { ...ACCEPTED.record, exchange: `exchange ${n}`, rawText: n === 1 ? null : `text ${n}` },
            step: ACCEPTED.step,
            changes: { carrier_ref: `ref-${n}`, stated_fee_fen: 100 + n },
          },
        }),
      ),
    );
    const kept = await db.rows(
      `SELECT i.carrier_ref AS ref, i.stated_fee_fen AS fen, a.exchange, a.raw_text AS text
       FROM intercept i JOIN attempt a ON a.intercept_id = i.id ORDER BY i.carrier_ref`,
    );
    expect(kept).toEqual([
      { ref: 'ref-0', fen: 100, exchange: 'exchange 0', text: 'text 0' },
      { ref: 'ref-1', fen: 101, exchange: 'exchange 1', text: null },
      { ref: 'ref-2', fen: 102, exchange: 'exchange 2', text: 'text 2' },
    ]);
  });

  it('leave another owner’s row alone (I13)', async () => {
    const claims = mine(await Promise.all((await jobs(2)).map((order) => desk.claim(order))));
    const [taken, own] = claims;
    if (!taken || !own) throw new Error('two claims were asked for');
    await db.run('UPDATE intercept SET epoch = epoch + 1 WHERE id = ?', [taken.row.id]);
    const moved = await Promise.all([taken, own].map((claim) => desk.answer({ claim, answer: answered(ACCEPTED) })));
    expect(moved.map((row) => row?.state ?? null)).toEqual([null, 'accepted']);
    expect(await states([taken.row.id])).toEqual(['submitting']);
  });

  it('tell everybody outside who listens, once for each', async () => {
    await db.run(
      `INSERT INTO notification_target (id, kind, body, secrets, enabled) VALUES ('erp', 'webhook', '{"events":["intercept.*"]}', '{}', 1)`,
    );
    const claims = mine(await Promise.all((await jobs(3)).map((order) => desk.claim(order))));
    await db.run('DELETE FROM outbox');
    await Promise.all(claims.map((claim) => desk.answer({ claim, answer: answered(ACCEPTED) })));
    const told = await db.rows<{ id: string; topic: string }>('SELECT subject_id AS id, topic FROM outbox');
    expect(told.map((one) => one.topic)).toEqual(Array.from({ length: 3 }, () => 'intercept.accepted'));
    expect(new Set(told.map((one) => one.id))).toEqual(new Set(claims.map((claim) => claim.row.id)));
  });
});
