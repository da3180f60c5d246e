import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { intakeFailed, intakeWorked } from '../../src/domain/store/intake-state-store.js';
import { closeBreaker, halfOpenBreakers, openBreaker } from '../../src/domain/store/lane-store.js';
import { LANE } from '../support/migrated-database.js';
import { NotifyRig } from '../support/notify-rig.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { aShopEntry } from '../support/settings-file.js';
import { until } from '../support/until.js';

const OK = { dingtalk: '{"errcode":0}', wecom: '{"errcode":0}', feishu: '{"code":0}', webhook: '' } as const;
let rig: NotifyRig;
let bots: ScriptedServer;

/** The bots, and one shop with this much of its own. */
const configured = (shop: Record<string, unknown>) =>
  rig.apply({
    shops: [aShopEntry(shop)],
    notifications: Object.keys(OK).map((kind) => ({
      id: kind,
      kind,
      url: `${bots.baseUrl}/${kind}`,
      events: ['alert.*'],
    })),
  });

beforeAll(async () => {
  rig = await NotifyRig.open();
  bots = await scriptedServer();
  await configured({});
});
afterAll(async () => {
  await rig.close();
  await bots.close();
});
beforeEach(() => bots.answer(({ path }) => ({ body: OK[path.slice(1) as keyof typeof OK] })));
afterEach(async () => {
  await rig.rest();
  await rig.db.run(`UPDATE lane SET breaker = 'closed', breaker_until = NULL, breaker_reason = NULL`);
  await rig.db.run('DELETE FROM after_sale');
  await rig.db.run('DELETE FROM intake_state');
});

/** What was told so far, once a target. */
const told = async () =>
  (await rig.outbox()).filter(({ target }) => target.endsWith('/feishu')).map((row) => row.topic);
const until2s = () => new Date(Date.now() + 2_000);

async function afterSaleWithout(auth: 'auth_expired' | null): Promise<void> {
  await rig.db.run(
    `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, facts, origin, known_at, reason, enrich_at, created_at, updated_at)
     VALUES ('as1', 'dy-main', 'douyin', '7000', '{}', 'event', NOW(3), ?, ?, NOW(3), NOW(3))
     ON DUPLICATE KEY UPDATE reason = VALUES(reason), enrich_at = VALUES(enrich_at)`,
    [auth, auth ? new Date() : null],
  );
}

describe('an alert', () => {
  it('is told once when a breaker opens, not at each new try, and once when it closes', async () => {
    await openBreaker(rig.db, LANE, 'unavailable', until2s());
    await rig.watchAlerts();
    for (let i = 0; i < 3; i += 1) {
      await halfOpenBreakers(rig.db, new Date(Date.now() + 60_000));
      await rig.watchAlerts();
      await openBreaker(rig.db, LANE, 'unavailable', until2s());
      await rig.watchAlerts();
    }
    expect(await told()).toEqual(['alert.lane_down']);
    await halfOpenBreakers(rig.db, new Date(Date.now() + 60_000));
    await closeBreaker(rig.db, LANE);
    await rig.watchAlerts();
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.lane_down', 'alert.lane_recovered']);
  });

  it('is told once by however many processes watch', async () => {
    await openBreaker(rig.db, LANE, 'unavailable', until2s());
    await Promise.all(Array.from({ length: 8 }, () => rig.watchAlerts()));
    await closeBreaker(rig.db, LANE);
    expect(await told()).toEqual(['alert.lane_down']);
    await rig.db.run(`UPDATE lane SET breaker = 'closed'`);
    await Promise.all(Array.from({ length: 8 }, () => rig.watchAlerts()));
    expect(await told()).toEqual(['alert.lane_down', 'alert.lane_recovered']);
  });

  it('says of refused keys that they are the cause, because waiting does not help then', async () => {
    await openBreaker(rig.db, LANE, 'credentials', until2s());
    await rig.watchAlerts();
    await rig.db.run(`UPDATE lane SET breaker = 'closed', breaker_reason = NULL`);
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.credentials_refused', 'alert.credentials_recovered']);
  });

  it('is raised for a shop whose platform refuses our authorisation, until a read succeeds', async () => {
    await afterSaleWithout('auth_expired');
    await rig.watchAlerts();
    await rig.watchAlerts();
    await afterSaleWithout(null);
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.auth_expired', 'alert.auth_recovered']);
  });

  it('is raised for a shop whose polls fail for over two minutes, once, until one works again (R77)', async () => {
    await configured({ intake: 'both' });
    const failed = (agoMs: number) =>
      intakeFailed(rig.db, 'dy-main', 'poll', 'no answer in time', null, new Date(Date.now() - agoMs));
    await failed(110_000);
    await rig.watchAlerts();
    expect(await told()).toEqual([]);
    await failed(0);
    rig.skip(15_000);
    await rig.watchAlerts();
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.intake_stopped']);
    await intakeWorked(rig.db, 'dy-main', 'poll', { cursorAt: new Date(), nextAt: null }, rig.now());
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.intake_stopped', 'alert.intake_recovered']);
  });

  it('is over when the shop no longer uses the door that failed, or the shop is switched off', async () => {
    await configured({ intake: 'both' });
    await intakeFailed(rig.db, 'dy-main', 'poll', 'keys refused', null, new Date(Date.now() - 600_000));
    await intakeFailed(rig.db, 'dy-gone', 'poll', 'keys refused', null, new Date(Date.now() - 600_000));
    await rig.watchAlerts();
    expect((await rig.outbox()).map((row) => row.subject)).toEqual(expect.arrayContaining(['dy-main']));
    expect((await rig.outbox()).map((row) => row.subject)).not.toContain('dy-gone');
    await configured({ intake: 'push' });
    await rig.watchAlerts();
    expect(await told()).toEqual(['alert.intake_stopped', 'alert.intake_recovered']);
  });

  it('is not raised for a lane that nobody uses any more', async () => {
    await rig.db.run(
      `INSERT INTO lane (id, carrier, account_id, breaker) VALUES ('yto-old', 'yto', 'old', 'open')
       ON DUPLICATE KEY UPDATE breaker = 'open'`,
    );
    await rig.watchAlerts();
    expect(await told()).toEqual([]);
  });

  it('reaches each kind of bot in its own format, and a plain webhook as it is', async () => {
    rig.start();
    await openBreaker(rig.db, LANE, 'unavailable', until2s());
    await rig.watchAlerts();
    await until(async () => (await rig.outbox()).every(({ state }) => state === 'delivered'), {
      what: 'all deliveries',
    });
    const bodies = new Map(bots.received().map(({ path, body }) => [path, JSON.parse(body)]));
    const words = expect.stringMatching(/^【截件】[\s\S]*zto-zto-main[\s\S]*alert\.lane_down$/);
    expect(bodies.get('/dingtalk')).toEqual({ msgtype: 'text', text: { content: words } });
    expect(bodies.get('/wecom')).toEqual({ msgtype: 'text', text: { content: words } });
    expect(bodies.get('/feishu')).toEqual({ msg_type: 'text', content: { text: words } });
    expect(bodies.get('/webhook')).toMatchObject({
      type: 'alert.lane_down',
      data: { alert: 'lane_down', subject: LANE, state: 'raised', text: { zh: expect.any(String) } },
    });
  });

  it('that a bot refuses in its body is sent again, though the status was 200', async () => {
    bots.answer({ body: '{"errcode":310000,"code":19024}' });
    rig.start();
    await openBreaker(rig.db, LANE, 'unavailable', until2s());
    await rig.watchAlerts();
    const feishu = async () => (await rig.outbox()).find(({ target }) => target.endsWith('/feishu'));
    await until(async () => (await feishu())?.error, { what: 'the refusal' });
    expect(await feishu()).toMatchObject({ state: 'waiting', status: 200, error: 'the bot answered code 19024' });
    bots.answer({ body: '{"errcode":0,"code":0}' });
    rig.skip(6_000);
    await until(async () => (await feishu())?.state === 'delivered', { what: 'the second try' });
  });
});
