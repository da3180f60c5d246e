import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Intercept } from '../../src/domain/intercept/intercept.js';
import { conditionsText } from '../../src/domain/money/tariff.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeDetail } from '../../src/domain/store/detail-store.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import type { InterceptRequest } from '../../src/domain/store/request-store.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPolicy, aShop } from '../support/picture.js';
import { recordReport } from '../support/record-report.js';
import { Erp } from '../support/requests.js';

let made: MigratedDatabase;
let db: Database;
let erp: Erp;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db, anEnv());
});
afterAll(() => made.close());

const judge = (row: Pick<Intercept, 'parcelId'>, env: Erp['env']) =>
  judgeParcel(db, env, row.parcelId, 'system', new Date());

describe('a budget', () => {
  const limited = (id: string, perHourCount: number) => {
    const policies = [aPolicy({ id, budget: { perDayFen: null, perHourCount } })];
    return new Erp(db, anEnv({ policies, shops: [aShop({ policyId: id })] }), aShop({ policyId: id }));
  };

  it('of three an hour lets three go and holds the fourth', async () => {
    const few = limited('three', 3);
    const ids = [];
    for (const request of [erp.next(), erp.next(), erp.next(), erp.next()])
      ids.push((await few.ask(request)).intercepts[0]);
    expect(ids.map((i) => i?.reason)).toEqual(['ready', 'ready', 'ready', 'budget_used_up']);
  });

  it('does not take back what it let go, when it is judged once more before the send', async () => {
    const few = limited('two', 2);
    const rows: Intercept[] = [];
    for (const request of [erp.next(), erp.next()])
      rows.push(await few.row((await few.ask(request)).intercepts[0]?.id ?? ''));
    for (const row of rows) await judge(row, few.env);
    for (const row of rows) expect(await few.row(row.id)).toMatchObject({ state: 'queued', reason: 'ready' });
  });
});

describe('a price with conditions (R31)', () => {
  const tariffs = [
    { carrier: 'zto', feeFen: 300, from: '2024-11-18' },
    { carrier: 'zto', feeFen: 800, from: '2024-11-18', when: { weightGrams: { atLeast: 3_000 } } },
    { carrier: 'zto', feeFen: 900, from: '2024-11-18', when: { weightGrams: { atLeast: 3_000 }, channel: ['zto'] } },
  ];
  const heavy = { weightGrams: 4_200 };
  const under = (id: string, over: Parameters<typeof aPolicy>[0]) => {
    const shop = aShop({ policyId: id });
    const { settings, book } = anEnv({ policies: [aPolicy({ id, ...over })], shops: [shop] });
    return new Erp(db, { settings: { ...settings, tariffs }, book }, shop);
  };
  const weighing = (freight: InterceptRequest['parcels'][number]['freight']) => {
    const request = erp.next();
    return { ...request, parcels: request.parcels.map((parcel) => ({ ...parcel, freight })) };
  };

  it('is what a budget counts, and what is booked when the stop takes', async () => {
    for (const { carrier, feeFen, from, when } of tariffs.slice(1)) {
      await db.run('INSERT INTO tariff (carrier, valid_from, fee_fen, conditions) VALUES (?, ?, ?, ?)', [
        carrier,
        from,
        feeFen,
        conditionsText(when),
      ]);
    }
    const few = under('fen', { budget: { perDayFen: 1_500, perHourCount: null } });
    const rows: Intercept[] = [];
    for (const freight of [heavy, heavy, {}]) {
      const [asked] = (await few.ask(weighing(freight))).intercepts;
      rows.push(await few.row(asked?.id ?? ''));
    }
    expect(rows.map(({ reason, priceFen }) => [reason, priceFen])).toEqual([
      ['ready', 900],
      ['ready', 900],
      ['budget_used_up', 300],
    ]);
    const claim = await few.claim(rows[0]?.id ?? '');
    const record = { outcome: 'accepted', rawCode: '', rawText: '', httpStatus: 200, exchange: null } as const;
    const step = { event: 'accept', reason: 'courier_accepted' } as const;
    await recordAnswer(db, claim, { record, step, changes: {} }, new Date());
    const stop = [{ event: 'stop', reason: 'courier_stopped' }] as const;
    const report = { call: null, look: null, steps: stop, settle: null, nextAt: new Date(), absentSince: null };
    await recordReport(db, few.env, await few.row(claim.row.id), { ...report, cancelAnswered: false }, new Date());
    const fees = await db.rows('SELECT amount_fen AS fen FROM ledger_entry WHERE intercept_id = ?', [claim.row.id]);
    expect(fees).toEqual([{ fen: 900 }]);
  });

  it('follows what the seller’s own system tells of the parcel by its webhook', async () => {
    const row = await erp.row((await erp.askForOne()).id);
    const [sale] = await db.rows<{ id: string }>(
      `SELECT a.after_sale_id AS id FROM after_sale a JOIN parcel_after_sale l ON l.after_sale_id = a.id
       WHERE l.parcel_id = ?`,
      [row.parcelId],
    );
    const named = { rawCarrier: 'zto', rawCarrierName: null, waybillNo: row.waybillNo, freight: heavy };
    const env = { ...erp.env, settings: { ...erp.env.settings, tariffs } };
    const detail = { update: { atMs: Date.now() + 1_000, facts: {} }, parcels: [named] };
    await takeDetail(db, env, aShop(), sale?.id ?? '', detail, new Date());
    expect(await erp.row(row.id)).toMatchObject({ state: 'queued', priceFen: 900 });
  });

  it('is what a condition of a policy looks at, as soon as the weight is known', async () => {
    const cheap = under('cheap', { when: { expression: 'feeFen < 500' } });
    const request = erp.next();
    const [light] = (await cheap.ask(request)).intercepts;
    expect(light).toMatchObject({ state: 'queued' });
    const weighed = request.parcels.map((parcel) => ({ ...parcel, freight: heavy }));
    await cheap.ask({ ...request, parcels: weighed });
    expect(await cheap.row(light?.id ?? '')).toMatchObject({
      state: 'held',
      reason: 'policy_condition',
      priceFen: 900,
    });
  });
});
