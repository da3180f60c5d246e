import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { move } from '../../src/domain/store/intercept-store.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import type { ReplayFilter } from '../../src/domain/store/replay-preview.js';
import { readReplay } from '../../src/domain/store/replay-reader.js';
import { abortReplay, createReplay, openItems, type Replay, runItem } from '../../src/domain/store/replay-store.js';
import { verifyInvariants } from '../../src/domain/store/verify-store.js';
import { type ReplayDeps, runReplays } from '../../src/producers/replay.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aShop } from '../support/picture.js';
import { Erp } from '../support/requests.js';
import { until } from '../support/until.js';

const AUTO = anEnv();
const OBSERVE = anEnv({ shops: [aShop({ mode: 'observe' })] });
const UNSIGNED = anEnv({ shops: [aShop({ agreementSignedAt: null })] });
const REFUSED = { outcome: 'refused', rawCode: 'X', rawText: 'no', httpStatus: 200, exchange: null } as const;

let made: MigratedDatabase;
let db: Database;
let erp: Erp;
beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db, AUTO);
});
afterAll(async () => {
  try {
    expect(await verifyInvariants(db, { now: new Date() })).toEqual([]);
  } finally {
    await made.close();
  }
});
beforeEach(() => db.run(`DELETE FROM replay_item`));

const ask = async (env = AUTO) => {
  const [first] = (await erp.ask(erp.next(), new Date(), env)).intercepts;
  if (!first) throw new Error('the request opened no intercept');
  return first.id;
};
const refused = async (reason: 'courier_not_allowed' | 'courier_not_ours') => {
  const id = await ask();
  await recordAnswer(
    db,
    await erp.claim(id),
    { record: REFUSED, step: { event: 'refuse', reason }, changes: {} },
    new Date(),
  );
  return id;
};
const moved = async (id: string, event: 'stop' | 'miss', reason: 'courier_stopped' | 'courier_failed') => {
  const row = await erp.row(id);
  await db.transaction((tx) => move(tx, row, { event, reason, actor: 'courier' }, new Date()));
  return id;
};
async function uncertain(): Promise<string> {
  const id = await ask();
  const record = { outcome: 'unknown', rawCode: null, rawText: null, httpStatus: null, exchange: null } as const;
  const step = { event: 'lose_answer', reason: 'answer_lost' } as const;
  await recordAnswer(db, await erp.claim(id), { record, step, changes: {} }, new Date());
  return id;
}
async function delivered(): Promise<string> {
  const id = await ask(OBSERVE);
  const { parcelId } = await erp.row(id);
  await db.run(
    `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, source) VALUES (?, NOW(3), NOW(3), 'delivered', 'S', 'signed', 'push')`,
    [parcelId],
  );
  return id;
}

const order = (filter: ReplayFilter, over: { dryRun?: boolean; shops?: string[] } = {}) => ({
  name: 'after the outage',
  filter,
  dryRun: over.dryRun ?? false,
  actor: 'user:ann@example.com',
  shops: over.shops ?? null,
});
async function read(id: string): Promise<Replay> {
  const replay = await readReplay(db, id, null);
  if (!replay) throw new Error(`no replay ${id}`);
  return replay;
}
const deps = (env = AUTO): ReplayDeps => ({ db, env: () => env, now: () => new Date(), log: () => undefined });
async function run(id: string, env = AUTO): Promise<Replay> {
  await until(
    async () => {
      await runReplays(deps(env));
      return (await read(id)).state !== 'running';
    },
    { what: 'the replay to end' },
  );
  return read(id);
}
const roundsOf = async (id: string) => {
  const { parcelId } = await erp.row(id);
  return db.rows<{ state: string; reason: string }>(
    'SELECT state, reason FROM intercept WHERE parcel_id = ? ORDER BY round',
    [parcelId],
  );
};

describe('the preview of a replay', () => {
  it('says for each intercept what it would come to, costs it, and changes nothing', async () => {
    const ids = [
      await ask(OBSERVE),
      await ask(UNSIGNED),
      await refused('courier_not_ours'),
      await uncertain(),
      (await erp.accepted()).id,
      await moved((await erp.accepted()).id, 'stop', 'courier_stopped'),
      await delivered(),
      await refused('courier_not_allowed'),
      await moved((await erp.accepted()).id, 'miss', 'courier_failed'),
    ];
    const before = await db.rows('SELECT id, state, version FROM intercept ORDER BY id');
    const replay = await read(await createReplay(db, AUTO, order({ ids }, { dryRun: true }), new Date()));
    expect(replay).toMatchObject({
      state: 'previewed',
      total: ids.length,
      preview: {
        willSend: 3,
        readBackFirst: 2,
        alreadyIntercepted: 1,
        delivered: 1,
        withdrawn: 0,
        refusedForGood: 2,
        other: 0,
      },
      feeEstimateFen: 900,
      toDo: 0,
    });
    expect(await db.rows('SELECT id, state, version FROM intercept ORDER BY id')).toEqual(before);
    expect(await runReplays(deps())).toBe(false);
  });

  it('counts of each parcel its newest round only: what was replayed once is not counted again', async () => {
    const id = await refused('courier_not_ours');
    await run(await createReplay(db, AUTO, order({ ids: [id] }), new Date()));
    const again = await read(await createReplay(db, AUTO, order({ ids: [id] }), new Date()));
    expect(again.total).toBe(0);
  });

  it('holds only what its maker may see, and is seen only by who may see all of it', async () => {
    const id = await ask(OBSERVE);
    const other = await createReplay(db, AUTO, order({ ids: [id] }, { dryRun: true, shops: ['dy-two'] }), new Date());
    expect((await read(other)).total).toBe(0);
    const own = await createReplay(db, AUTO, order({ ids: [id] }, { dryRun: true, shops: ['dy-main'] }), new Date());
    expect((await readReplay(db, own, ['dy-main', 'dy-two']))?.total).toBe(1);
    expect(await readReplay(db, own, ['dy-two'])).toBeNull();
    const all = await createReplay(db, AUTO, order({ ids: [id] }, { dryRun: true }), new Date());
    expect(await readReplay(db, all, ['dy-main'])).toBeNull();
  });
});

describe('a replay', () => {
  it('lets go what was held, skipped or refused for a reason that was mended, and leaves the rest alone', async () => {
    const held = await ask(OBSERVE);
    const skipped = await ask(UNSIGNED);
    const mended = await refused('courier_not_ours');
    const lost = await uncertain();
    const forGood = await refused('courier_not_allowed');
    const ids = [held, skipped, mended, lost, forGood];
    const done = await run(await createReplay(db, AUTO, order({ ids }), new Date()));
    expect(done).toMatchObject({ state: 'done', total: 5, toDo: 3, done: 3, failed: 0, outcomes: { released: 3 } });
    expect((await erp.row(held)).releasedBy).toBe('user:ann@example.com');
    expect(await roundsOf(held)).toEqual([{ state: 'queued', reason: 'ready' }]);
    expect((await roundsOf(skipped)).map((r) => r.state)).toEqual(['skipped', 'queued']);
    expect((await roundsOf(mended)).map((r) => r.state)).toEqual(['refused', 'queued']);
    expect((await roundsOf(lost)).map((r) => r.state)).toEqual(['uncertain']);
    expect((await roundsOf(forGood)).map((r) => r.state)).toEqual(['refused']);
    expect(await db.rows(`SELECT 1 FROM audit WHERE action = 'replay_started'`)).not.toEqual([]);
  });

  it('done twice does nothing twice, by two runners at once or by a second order', async () => {
    const ids = [await refused('courier_not_ours'), await ask(UNSIGNED), await ask(OBSERVE)];
    const id = await createReplay(db, AUTO, order({ ids }), new Date());
    await Promise.all([runReplays(deps()), runReplays(deps()), runReplays(deps())]);
    await run(id);
    const rounds = await Promise.all(ids.map(roundsOf));
    expect(rounds.map((r) => r.length)).toEqual([2, 2, 1]);
    await run(await createReplay(db, AUTO, order({ ids }), new Date()));
    expect(await Promise.all(ids.map(roundsOf))).toEqual(rounds);
  });

  it('does an item once even if it was refused again right after: its outcome is part of its transaction', async () => {
    const id = await refused('courier_not_ours');
    const replay = { id: await createReplay(db, AUTO, order({ ids: [id] }), new Date()), name: 'n', actor: 'user:a' };
    const [seq = 0] = await openItems(db, replay.id, 10);
    await runItem(db, AUTO, replay, seq, new Date());
    const { parcelId } = await erp.row(id);
    const [next] = await db.rows<{ id: string }>('SELECT id FROM intercept WHERE parcel_id = ? AND round = 2', [
      parcelId,
    ]);
    const step = { event: 'refuse', reason: 'courier_not_ours' } as const;
    await recordAnswer(db, await erp.claim(next?.id ?? ''), { record: REFUSED, step, changes: {} }, new Date());
    await runItem(db, AUTO, replay, seq, new Date());
    expect((await roundsOf(id)).map((r) => r.state)).toEqual(['refused', 'refused']);
    expect(await read(replay.id)).toMatchObject({ done: 1, outcomes: { released: 1 } });
  });

  it('looks at each item as it is when its turn comes: what reached the courier meanwhile is left alone', async () => {
    const id = await ask(OBSERVE);
    const replay = await createReplay(db, AUTO, order({ ids: [id] }), new Date());
    const { parcelId } = await erp.row(id);
    await judgeParcel(db, AUTO, parcelId, 'system', new Date());
    await erp.claim(id);
    expect((await run(replay)).outcomes).toEqual({ readBackFirst: 1 });
    expect((await erp.row(id)).state).toBe('submitting');
    await db.run(`UPDATE intercept SET lease_until = NOW(3) + INTERVAL 1 HOUR WHERE id = ?`, [id]);
  });

  it('never releases what came to a person or was refused for good meanwhile: an order may be at the courier (I9, R63)', async () => {
    const [lost, no] = [await ask(OBSERVE), await ask(OBSERVE)];
    const replay = await createReplay(db, AUTO, order({ ids: [lost, no] }), new Date());
    for (const id of [lost, no]) await judgeParcel(db, AUTO, (await erp.row(id)).parcelId, 'system', new Date());
    const refuse = { event: 'refuse', reason: 'courier_not_allowed' } as const;
    await recordAnswer(db, await erp.claim(no), { record: REFUSED, step: refuse, changes: {} }, new Date());
    const lose = { event: 'lose_answer', reason: 'answer_lost' } as const;
    const unknown = { ...REFUSED, outcome: 'unknown' } as const;
    await recordAnswer(db, await erp.claim(lost), { record: unknown, step: lose, changes: {} }, new Date());
    const row = await erp.row(lost);
    const giveUp = { event: 'give_up', reason: 'answer_never_proved', actor: 'system' } as const;
    await db.transaction((tx) => move(tx, row, giveUp, new Date()));
    expect((await run(replay)).outcomes).toEqual({ readBackFirst: 1, refusedForGood: 1 });
    expect(await roundsOf(lost)).toEqual([{ state: 'needs_review', reason: 'answer_never_proved' }]);
    expect(await roundsOf(no)).toHaveLength(1);
  });

  it('is aborted between items: what is done stays done, the rest is never touched', async () => {
    const ids = [await ask(OBSERVE), await ask(OBSERVE), await ask(OBSERVE)];
    const id = await createReplay(db, AUTO, order({ ids }), new Date());
    const [first = 0] = await openItems(db, id, 1);
    await runItem(db, AUTO, { id, name: 'n', actor: 'user:a' }, first, new Date());
    expect(await abortReplay(db, id, 'user:a', new Date())).toBe(true);
    expect(await abortReplay(db, id, 'user:a', new Date())).toBe(false);
    await runItem(db, AUTO, { id, name: 'n', actor: 'user:a' }, first + 1, new Date());
    await runReplays(deps());
    expect(await read(id)).toMatchObject({ state: 'aborted', toDo: 3, done: 1 });
    const states = await Promise.all(ids.map(async (one) => (await erp.row(one)).state));
    expect(states.filter((state) => state === 'queued')).toHaveLength(1);
    expect(await db.rows(`SELECT 1 FROM audit WHERE action = 'replay_aborted' AND subject = ?`, [id])).toHaveLength(1);
  });

  it('notes an item that breaks and goes on with the next', async () => {
    const ids = [await ask(OBSERVE), await ask(OBSERVE)];
    const id = await createReplay(db, AUTO, order({ ids }), new Date());
    let calls = 0;
    const env = () => {
      calls += 1;
      if (calls > 1) return AUTO;
      return {
        settings: AUTO.settings,
        get book(): never {
          throw new TypeError('planted');
        },
      };
    };
    const runner = { ...deps(), env };
    await until(
      async () => {
        await runReplays(runner);
        return (await read(id)).state === 'done';
      },
      { what: 'the end' },
    );
    expect(await read(id)).toMatchObject({ done: 2, failed: 1, outcomes: { failed: 1, released: 1 } });
  });
});

describe('a courier that was mapped after its parcels were skipped (R17, R66)', () => {
  const aliased = (id = 'dy-main') => anEnv({ shops: [aShop({ id, carrierAliases: { '85 快递': 'zto' } })] });
  const skip = async (over = {}) => {
    const request = erp.next();
    const parcels = request.parcels.map((parcel) => ({ ...parcel, carrier: '85 快递', ...over }));
    const [first] = (await erp.ask({ ...request, parcels })).intercepts;
    if (!first) throw new Error('the request opened no intercept');
    expect(first).toMatchObject({ state: 'skipped', reason: 'carrier_not_connected' });
    return first.id;
  };

  it('is what the replay judges and sends under, with the scans and the value of the parcel', async () => {
    const id = await skip();
    const filter = { ids: [id], carrier: '85 快递', reason: 'R17' };
    const preview = await read(await createReplay(db, aliased(), order(filter, { dryRun: true }), new Date()));
    expect(preview).toMatchObject({ total: 1, preview: { willSend: 1 }, feeEstimateFen: 300 });
    const done = await run(await createReplay(db, aliased(), order(filter), new Date()), aliased());
    expect(done.outcomes).toEqual({ released: 1 });
    const { waybillNo } = await erp.row(id);
    const rows = await db.rows(
      'SELECT carrier, state, value_fen AS valueFen, round FROM intercept WHERE waybill_no = ? ORDER BY id',
      [waybillNo],
    );
    expect(rows).toEqual([
      { carrier: expect.stringMatching(/^unmapped-/), state: 'skipped', valueFen: 8_900, round: 1 },
      { carrier: 'zto', state: 'queued', valueFen: 8_900, round: 1 },
    ]);
  });

  it('joins the intercept that the parcel has already, and sends nothing twice (R64)', async () => {
    const waybillNo = '73100139990001';
    const id = await skip({ waybillNo });
    const request = erp.next();
    await erp.ask({ ...request, parcels: request.parcels.map((parcel) => ({ ...parcel, waybillNo })) });
    await run(await createReplay(db, aliased(), order({ ids: [id] }), new Date()), aliased());
    const rows = await db.rows(`SELECT id FROM intercept WHERE waybill_no = ? AND carrier = 'zto'`, [waybillNo]);
    expect(rows).toHaveLength(1);
    const links = await db.rows(
      `SELECT l.after_sale_id FROM parcel_after_sale l JOIN parcel p ON p.id = l.parcel_id
       WHERE p.waybill_no = ? AND p.carrier = 'zto' AND l.dropped_at IS NULL`,
      [waybillNo],
    );
    expect(links).toHaveLength(2);
  });

  it('changes nothing while no alias maps it, and never guesses from a part of the words', async () => {
    const id = await skip();
    const env = anEnv({ shops: [aShop({ carrierAliases: { '85': 'zto' } })] });
    const done = await run(await createReplay(db, env, order({ ids: [id] }), new Date()), env);
    expect(done.outcomes).toEqual({ unchanged: 1 });
    expect(await roundsOf(id)).toHaveLength(1);
  });
});
