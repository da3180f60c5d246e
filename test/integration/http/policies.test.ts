import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BacktestAnswer, PolicyAnswer, PolicyVersionAnswer } from '../../../src/dashboard/api/schemas/policy.js';
import type { ScorecardsAnswer } from '../../../src/dashboard/api/schemas/scorecard.js';
import { patient } from '../../../src/domain/store/hand-over.js';
import { move } from '../../../src/domain/store/intercept-store.js';
import { ensureLanes } from '../../../src/domain/store/lane-store.js';
import { configVersion, loadSettings } from '../../../src/domain/store/settings-store.js';
import { learnFromOutcomes } from '../../../src/producers/chances.js';
import { watchClocks } from '../../../src/producers/sweeper.js';
import { BrakeWatch } from '../../../src/producers/watch-brakes.js';
import { anEnv, aPolicy } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { storeConfig } from '../../support/stored-config.js';
import { RIG_SECRETS } from '../../support/test-key.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const HOUR_MS = 3_600_000;
const RUSH = aPolicy({ id: 'rush', budget: { perDayFen: null, perHourCount: null, brake: 10 } });
const POLICIES = [aPolicy(), aPolicy({ id: 'careful', auto: false }), RUSH];
const SETTINGS = { ...TWO_SHOPS, policies: new Map(POLICIES.map((policy) => [policy.id, policy])) };

let rig: WebRig;
let erp: Erp;
let admin: string;
let viewer: string;
let ofShopTwo: string;
beforeAll(async () => {
  rig = await webRig({ settings: SETTINGS });
  await storeConfig(rig);
  await ensureLanes(rig.db, [{ carrier: 'zto', id: 'zto-main' }]);
  erp = new Erp(rig.db);
  admin = await rig.token(['config:read', 'config:write', 'intercepts:read']);
  viewer = await rig.token(['config:read']);
  ofShopTwo = await rig.token(['config:read', 'config:write'], ['dy-two']);
});
afterAll(() => rig.close());

async function call<T>(method: string, path: string, body?: unknown, as = admin) {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { authorization: as, 'content-type': 'application/json' };
  const answer = await fetch(`${rig.url}/api/v1${path}`, { method, headers, ...init });
  return { status: answer.status, body: (await answer.json()) as T };
}
const get = <T>(path: string, as = admin) => call<T>('GET', path, undefined, as);
const policyNamed = async (id: string) =>
  (await get<{ items: PolicyAnswer[] }>('/policies')).body.items.find((policy) => policy.id === id);
const versionsOf = async (id: string) =>
  (await get<{ items: PolicyVersionAnswer[] }>(`/policies/${id}/versions`)).body.items;

/** Saves the policy as the page of settings does. */
async function save(policy: object, reason: string) {
  const version = await configVersion(rig.db);
  return call('POST', '/config/changes', { version, reason, file: { policies: [policy] } });
}

describe('versions of a policy', () => {
  it('have an author, a reason and what they changed, and can be rolled back to', async () => {
    await save({ id: 'careful', auto: false, approvalAboveFen: 5_000 }, '双十一');
    const [newest, first] = await versionsOf('careful');
    expect(newest).toMatchObject({
      version: 2,
      by: 'token:erp',
      note: '双十一',
      changes: [{ field: 'approvalAboveFen', from: null, to: 5_000 }],
    });
    expect(first).toMatchObject({ version: 1, by: 'user:ops@example.com', note: null });
    const version = await configVersion(rig.db);
    const back = await call('POST', '/policies/careful/rollback', { version, to: 1, reason: '恢复' });
    expect([back.status, back.body]).toMatchObject([200, { changes: [{ section: 'policies', id: 'careful' }] }]);
    const [third] = await versionsOf('careful');
    expect(third).toMatchObject({ version: 3, note: 'version 1: 恢复', policy: { approvalAboveFen: null } });
  });

  it('are not rolled back over somebody else’s change', async () => {
    const stale = await call('POST', '/policies/careful/rollback', { version: 1, to: 1, reason: 'x' });
    expect([stale.status, stale.body]).toMatchObject([409, { code: 'config_moved' }]);
  });

  it('are a matter of the whole company', async () => {
    const answer = await call('POST', '/policies/default/rollback', { version: 1, to: 1, reason: 'x' }, ofShopTwo);
    expect(answer).toMatchObject({ status: 403, body: { code: 'all_shops_needed' } });
    expect((await call('POST', '/policies/default/rollback', {}, viewer)).status).toBe(403);
  });
});

describe('a condition that is wrong', () => {
  it.each([
    ['when it is tried', 'POST', '/policies/backtest', 'policy.when.expression'],
    ['when it is put into the shadow', 'PUT', '/policies/default/shadow', 'policy.when.expression'],
  ])('is refused %s, with the place and the reason', async (_when, method, path, field) => {
    const policy = { id: 'default', when: { expression: 'amountFen > 100 && carier == "zto"' } };
    const { status, body } = await call(method, path, { policy });
    expect([status, body]).toMatchObject([422, { errors: [{ field }] }]);
    expect(JSON.stringify(body)).toContain('at character 20: Unknown variable: carier');
  });

  it('is refused when it is saved', async () => {
    const { status, body } = await save({ id: 'careful', when: { expression: '1 +' } }, 'x');
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'file.policies[0].when.expression' }] }]);
  });
});

describe('a draft', () => {
  const draft = { id: 'default', when: { expression: 'valueFen >= 5000' } };

  it('is tried on what was decided, beside today’s policy', async () => {
    const cheap = {
      parcels: [{ ...(erp.next().parcels[0] ?? never()), waybillNo: '73100199990001', declaredValueFen: 900 }],
    };
    await erp.askForOne({ ...cheap, refundAmountFen: 900, paidAmountFen: 900 });
    const dear = await erp.accepted();
    await rig.db.transaction((tx) =>
      move(tx, dear, { event: 'stop', reason: 'courier_stopped', actor: 'courier' }, new Date()),
    );
    const { status, body } = await call<BacktestAnswer>(
      'POST',
      '/policies/backtest',
      { policy: draft, days: 7 },
      viewer,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      policyId: 'default',
      decisions: 2,
      today: { sent: 2, savedFen: 8_900 + 540, feesFen: 300 + 180, estimated: 1 },
      draft: { sent: 1, asked: 1, askedFen: 900, savedFen: 8_900, feesFen: 300, estimated: 0 },
      differs: 1,
      examples: [{ valueFen: 900, draft: { answer: 'asked', reason: 'policy_condition' } }],
      cut: false,
    });
    expect(body.sentences.draft.zh).toContain('包裹价值不低于 50.00 元');
  });

  it('is compared over the caller’s own shops only', async () => {
    const { body } = await call<BacktestAnswer>('POST', '/policies/backtest', { policy: draft }, ofShopTwo);
    expect(body).toMatchObject({ decisions: 0 });
    expect((await call('POST', '/policies/backtest', { policy: { id: 'none' } }, viewer)).status).toBe(404);
  });

  it('runs in the shadow of the published policy, changes nothing, and is published from there', async () => {
    expect((await get('/policies/default/shadow')).status).toBe(404);
    const began = await call('PUT', '/policies/default/shadow', { policy: draft });
    expect([began.status, began.body]).toMatchObject([200, { by: 'token:erp', comparison: { decisions: 0 } }]);
    expect(await erp.askForOne()).toMatchObject({ state: 'queued' });
    expect((await get('/policies/default/shadow')).body).toMatchObject({
      comparison: { decisions: 1, today: { sent: 1 }, draft: { sent: 1 } },
    });
    expect((await policyNamed('default'))?.shadow).toMatchObject({ by: 'token:erp' });
    const version = await configVersion(rig.db);
    const published = await call('POST', '/policies/default/shadow/publish', { version, reason: '试算良好' });
    expect(published.status).toBe(200);
    expect((await get('/policies/default/shadow')).status).toBe(404);
    expect((await versionsOf('default'))[0]).toMatchObject({ note: '试算良好', policy: { when: draft.when } });
  });

  it('is taken out of the shadow, once', async () => {
    await call('PUT', '/policies/careful/shadow', { policy: { auto: true } });
    const end = () => call('POST', '/policies/careful/shadow/end', { reason: 'no' });
    expect([(await end()).body, (await end()).body]).toEqual([{ ended: true }, { ended: false }]);
  });
});

describe('the brake', () => {
  const stored = () => loadSettings(rig.db, RIG_SECRETS);
  const settings = () => anEnv({ policies: [RUSH] }).settings;
  const look = (at: Date) => {
    const seen: string[] = [];
    const watch = new BrakeWatch({ db: rig.db, settings, now: () => at, log: (event) => seen.push(event) });
    return watch.look().then(() => seen);
  };

  it('stops a policy whose hour sees ten times the usual number, until a person has looked', async () => {
    await save({ id: 'rush' }, 'new');
    const now = new Date();
    const insert = (id: string, hoursAgo: number, n: number) =>
      rig.db.run(
        `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, channel, waybill_no, origin, request_id, state,
           reason, decision, policy_id, deadline_at, deadline_source, queued_at, created_at, updated_at)
         SELECT CONCAT(?, seq), CONCAT(?, seq), 1, 'dy-main', 'douyin', 'zto', 'carrier', CONCAT(?, seq), 'event', CONCAT(?, seq),
           'expired', 'gave_up', '{}', 'rush', ?, 'forecast', ?, ?, ? FROM seq_1_to_${n}`,
        [id, id, id, id, now, ...Array(3).fill(new Date(now.getTime() - hoursAgo * HOUR_MS))],
      );
    await insert('usual-', 50, 100);
    expect(await look(now)).toEqual([]);
    await insert('rush-', 0.5, 60);
    expect(await look(now)).toEqual(['policy.brake']);
    expect(await look(now)).toEqual([]);
    expect((await stored()).policies.get('rush')).toMatchObject({ braked: true });

    const env = anEnv({ policies: [aPolicy({ braked: true })] });
    const [held] = (await erp.ask(erp.next(), new Date(), env)).intercepts;
    expect(held).toMatchObject({ state: 'held', reason: 'policy_brake' });

    expect((await policyNamed('rush'))?.brake).toMatchObject({ hourCount: 60, usualCount: expect.closeTo(2, 0) });
    const release = () => call('POST', '/policies/rush/brake/release', { reason: '活动正常' });
    expect([(await release()).body, (await release()).body]).toEqual([{ released: true }, { released: false }]);
    expect((await stored()).policies.get('rush')).toMatchObject({ braked: false });
    await watchClocks({
      db: rig.db,
      handOver: patient(() => erp.env),
      now: () => new Date(Date.now() + 60_000),
      log: () => undefined,
    });
    expect(await erp.row(held?.id ?? '')).toMatchObject({ state: 'queued' });
    expect(await look(now)).toEqual([]);
    expect(await look(new Date(now.getTime() + 25 * HOUR_MS))).toEqual([]);
  });
});

describe('scorecards', () => {
  it('say how couriers keep their word, with the size of every sample', async () => {
    const broken = await erp.accepted();
    await rig.db.transaction((tx) =>
      move(tx, broken, { event: 'find_delivered', reason: 'delivered_after_acceptance', actor: 'courier' }, new Date()),
    );
    const { body } = await get<ScorecardsAnswer>('/scorecards?by=carrier');
    expect(body.items).toMatchObject([
      {
        carrier: 'zto',
        ended: 2,
        stopped: 1,
        success: 0.5,
        accepted: 2,
        breached: 1,
        breach: 0.5,
        savedFen: 8_900,
        feesFen: 300,
        costPerSavedYuan: 300 / 8_900,
        chance: { share: 0.6, from: 'prior', asked: 0 },
      },
    ]);
    for (const by of ['station', 'hour']) {
      const { items } = (await get<ScorecardsAnswer>(`/scorecards?by=${by}`)).body;
      expect(items.reduce((sum, { ended }) => sum + ended, 0)).toBe(2);
    }
    await learnFromOutcomes(rig.db, new Date());
    expect(await rig.db.rows('SELECT * FROM stop_chance')).toEqual([]);
  });
});

function never(): never {
  throw new Error('a request has a parcel');
}
