import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimForSend } from '../../src/domain/store/claim-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { patient } from '../../src/domain/store/hand-over.js';
import {
  judgeOwed,
  judgeParcels,
  type SweepDeps,
  sweep,
  watchClocks,
  watchOutcomes,
} from '../../src/producers/sweeper.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPolicy } from '../support/picture.js';
import { Erp } from '../support/requests.js';

const HOUR_MS = 3_600_000;
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
  await db.run(
    `UPDATE intercept SET state = 'expired', dispatched_at = NULL, queued_at = NULL WHERE state <> 'expired'`,
  );
  await db.run('UPDATE parcel SET judge_at = NULL');
});

const deps = (laterMs = 0, env = anEnv()): SweepDeps => ({
  db,
  handOver: patient(() => env),
  now: () => new Date(Date.now() + laterMs),
  log: () => undefined,
});

describe('a sweep', () => {
  it('turns a claim whose owner died into a question, never into another send', async () => {
    const { id } = await erp.askForOne();
    await claimForSend(db, await erp.handOver(id), 0, new Date());
    await sweep(deps());
    expect(await erp.row(id)).toMatchObject({ state: 'uncertain', reason: 'answer_lost' });
  });

  it('leaves a claim alone whose lease still runs', async () => {
    const { id } = await erp.askForOne();
    await erp.claim(id);
    await sweep(deps());
    expect(await erp.row(id)).toMatchObject({ state: 'submitting' });
  });
});

describe('what time does', () => {
  it('ends what can no longer be sent in time (I12)', async () => {
    const { id } = await erp.askForOne({ deadlineAt: new Date(Date.now() + 60_000) });
    await watchClocks(deps(120_000));
    expect(await erp.row(id)).toMatchObject({ state: 'expired', reason: 'deadline_passed' });
  });

  it('hands an order to a person that has had no end for three days, once, with a task (R78)', async () => {
    const { id } = await erp.accepted();
    for (let i = 0; i < 2; i += 1) await watchOutcomes(deps(73 * HOUR_MS));
    expect(await erp.row(id)).toMatchObject({ state: 'needs_review', reason: 'outcome_overdue' });
    expect(await db.rows('SELECT reason FROM task WHERE intercept_id = ?', [id])).toEqual([
      { reason: 'outcome_overdue' },
    ]);
  });

  it('of four sweepers at once moves each row once', async () => {
    const ids = await erp.askForMany(20, { deadlineAt: new Date(Date.now() + 60_000) });
    await Promise.all(Array.from({ length: 4 }, () => watchClocks(deps(120_000))));
    for (const id of ids) expect(await erp.row(id)).toMatchObject({ state: 'expired', version: 2 });
  });

  it('lets held rows go when the budget refills', async () => {
    const env = anEnv({ policies: [aPolicy({ budget: { perDayFen: null, perHourCount: 0 } })] });
    const [held] = (await erp.ask(erp.next(), new Date(), env)).intercepts;
    expect(held).toMatchObject({ state: 'held', reason: 'budget_used_up' });
    await watchClocks(deps(60_000));
    expect(await erp.row(held?.id ?? '')).toMatchObject({ state: 'queued' });
  });

  it('lets held rows go when the hours of their policy begin, and does not leave them to their deadline', async () => {
    const china = new Date(Date.now() + 8 * HOUR_MS).getUTCHours();
    const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;
    const later = { hours: `${clock(china + 2)}-${clock(china + 6)}` };
    const env = anEnv({ policies: [aPolicy({ when: later })] });
    const deadlineAt = new Date(Date.now() + 20 * HOUR_MS);
    const [held] = (await erp.ask(erp.next({ deadlineAt }), new Date(), env)).intercepts;
    expect(held).toMatchObject({ state: 'held', reason: 'policy_condition' });
    await watchClocks(deps(3 * HOUR_MS, env));
    expect(await erp.row(held?.id ?? '')).toMatchObject({ state: 'queued' });
  });

  it('does not run on and on over rows that have to wait: a full page of them is not more work', async () => {
    const env = anEnv({ policies: [aPolicy({ budget: { perDayFen: null, perHourCount: 0 } })] });
    for (let i = 0; i < 20; i += 1)
      await Promise.all(Array.from({ length: 11 }, () => erp.ask(erp.next(), new Date(), env)));
    await watchClocks(deps(60_000, env));
    expect(await watchClocks(deps(61_000, env))).toBe(false);
  });

  it('reaches a row past its deadline though a page of others must wait behind a courier that is down', async () => {
    const waiting = erp.next();
    const parcels = waiting.parcels.map(({ pickedUpAt: _, ...parcel }) => parcel);
    await erp.ask({ ...waiting, parcels });
    await db.run(
      `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at)
       SELECT CONCAT('down-', seq), 'zto', CONCAT('down-', seq), 'zto', 1, NOW(3) FROM seq_1_to_250`,
    );
    await db.run(
      `INSERT INTO parcel_after_sale (parcel_id, after_sale_id, value_fen, created_at)
       SELECT p.id, a.id, 100, NOW(3) FROM parcel p JOIN after_sale a ON a.after_sale_id = ? WHERE p.id LIKE 'down-%'`,
      [waiting.afterSaleId],
    );
    await db.run(`UPDATE parcel SET judge_at = NULL`);
    const ids = await db.rows<{ id: string }>(`SELECT id FROM parcel WHERE id LIKE 'down-%'`);
    await judgeParcels(
      deps(),
      ids.map((p) => p.id),
    );
    await db.run(
      `UPDATE intercept SET deadline_at = NOW(3) - INTERVAL 1 HOUR WHERE state = 'held' AND reason = 'checking'`,
    );
    await db.run(`UPDATE after_sale SET created_at = NOW(3) - INTERVAL 60 HOUR WHERE after_sale_id = ?`, [
      waiting.afterSaleId,
    ]);
    const { id } = await erp.askForOne({ deadlineAt: new Date(Date.now() + 1_000) });
    for (let i = 0; i < 3; i += 1) await watchClocks(deps(2_000));
    expect(await erp.row(id)).toMatchObject({ state: 'expired' });
  });
});

describe('judgements that are owed', () => {
  it('are made up for, and owed no more', async () => {
    const { id } = await erp.askForOne();
    const { parcelId } = await erp.row(id);
    await db.run('UPDATE parcel SET judge_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [parcelId]);
    expect(await judgeOwed(deps(), 0)).toBe(1);
    expect(await judgeOwed(deps(), 0)).toBe(0);
  });

  it('do not wait for one that fails', async () => {
    const { id } = await erp.askForOne();
    const { parcelId } = await erp.row(id);
    const said: unknown[] = [];
    const broken = { ...anEnv(), settings: { ...anEnv().settings, shops: new Map() } };
    await judgeParcels({ ...deps(0, broken), log: (event) => said.push(event) }, ['no-such-parcel', parcelId]);
    expect(said).toEqual([]);
    expect(await erp.row(id)).toMatchObject({ state: 'queued' });
  });
});
