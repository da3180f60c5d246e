import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CourierChartAnswer } from '../../../src/dashboard/api/schemas/courier-chart.js';
import type { OverviewAnswer } from '../../../src/dashboard/api/schemas/overview.js';
import { raiseAlert } from '../../../src/domain/store/alert-store.js';
import { noteCanary } from '../../../src/domain/store/lane-store.js';
import { Stories } from '../../support/parcel-stories.js';
import { anAccount, aPicture, aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { DOUYIN_KEYS, type WebRig, webRig, ZTO_KEYS } from '../../support/web-rig.js';

const SETTINGS = aPicture({
  shops: [
    aShop({ credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-approve', platformShopId: '2', mode: 'approve', credentials: DOUYIN_KEYS }),
  ],
  accounts: [
    anAccount({ shops: ['dy-main'], credentials: ZTO_KEYS }),
    anAccount({ id: 'zto-approve', shops: ['dy-approve'], credentials: ZTO_KEYS }),
  ],
});
const ENV = { settings: SETTINGS, book: REAL_BOOK };

let rig: WebRig;
let stories: Stories;
let redisAnswers = true;
beforeAll(async () => {
  rig = await webRig({ settings: SETTINGS, redis: { answers: async () => redisAnswers, rebuild: async () => [] } });
  const [main, careful] = [...SETTINGS.shops.values()];
  stories = await Stories.on(rig.db, new Erp(rig.db, ENV, main), new Erp(rig.db, ENV, careful));
});
afterAll(() => rig.close());

async function read<T>(path: string, shops: readonly string[] | null = null): Promise<T> {
  const authorization = await rig.token(['intercepts:read'], shops);
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const overview = (shops: readonly string[] | null = null) => read<OverviewAnswer>('/overview', shops);

describe('what is at stake', () => {
  it('is nothing on an empty database', async () => {
    const { risk, waiting, alerts } = await overview();
    const none = { count: 0, valueFen: 0, withoutValue: 0 };
    expect(risk).toEqual({ now: none, nextHour: none, lostToday: none, notBack: { ...none, oldestAt: null } });
    expect([waiting.total, waiting.first, alerts]).toEqual([0, [], []]);
  });

  it('counts those that no courier has taken, in parcels and in goods', async () => {
    await stories.queued({ deadlineAt: new Date(Date.now() + 2 * 3_600_000) });
    await stories.queued({ deadlineAt: new Date(Date.now() + 1_800_000) });
    await stories.uncertain();
    await stories.accepted();
    await stories.returned();
    // Has not left the warehouse: nothing travels.
    const still = await stories.notPickedUp();
    await rig.db.run(`UPDATE intercept SET reason = 'not_picked_up' WHERE id = ?`, [still]);
    const { risk } = await overview();
    expect(risk.now).toEqual({ count: 3, valueFen: 3 * 8_900, withoutValue: 0 });
    expect(risk.nextHour).toEqual({ count: 1, valueFen: 8_900, withoutValue: 0 });
    expect(risk.lostToday.count).toBe(0);
  });

  it('counts what went on to the buyer today, and not what did so yesterday', async () => {
    await stories.refused();
    const old = await stories.refused();
    await rig.db.run('UPDATE intercept SET updated_at = updated_at - INTERVAL 1 DAY WHERE id = ?', [old]);
    expect((await overview()).risk.lostToday).toEqual({ count: 1, valueFen: 8_900, withoutValue: 0 });
  });

  it('says of how many the value is not known, instead of taking it for nothing', async () => {
    const id = await stories.queued();
    await rig.db.run('UPDATE intercept SET value_fen = NULL WHERE id = ?', [id]);
    expect((await overview()).risk.now).toEqual({ count: 4, valueFen: 3 * 8_900, withoutValue: 1 });
  });

  it('is each shop’s own', async () => {
    await stories.awaitingApproval();
    expect((await overview(['dy-approve'])).risk.now.count).toBe(1);
    expect((await overview(['dy-main'])).risk.now.count).toBe(4);
    expect((await overview([])).risk.now.count).toBe(0);
  });
});

describe('what needs a person', () => {
  it('is shown nearest due time first, five at most, each shop’s own', async () => {
    for (let n = 0; n < 6; n += 1) await stories.needsReview();
    const { waiting } = await overview(['dy-main']);
    expect(waiting.total).toBeGreaterThanOrEqual(6);
    expect(waiting.first).toHaveLength(5);
    const due = waiting.first.map((item) => item.dueAt);
    expect(due).toEqual([...due].sort());
    expect((await overview(['dy-approve'])).waiting.first.map((item) => item.shopId)).not.toContain('dy-main');
  });
});

describe('the alerts', () => {
  it('are those about the caller’s lanes and shops; those about endpoints are for whoever sees all shops', async () => {
    const now = new Date();
    await raiseAlert(rig.db, 'lane_down', 'zto-zto-main', now);
    await raiseAlert(rig.db, 'auth_expired', 'dy-approve', now);
    await raiseAlert(rig.db, 'endpoint_gone', 'erp', now);
    const subjects = async (shops: readonly string[] | null) =>
      (await overview(shops)).alerts.map(({ subject }) => subject).sort();
    expect(await subjects(null)).toEqual(['dy-approve', 'erp', 'zto-zto-main']);
    expect(await subjects(['dy-main'])).toEqual(['zto-zto-main']);
    expect(await subjects(['dy-approve'])).toEqual(['dy-approve']);
    const [alert] = (await overview(['dy-main'])).alerts;
    expect(alert?.text.en).toBe(
      'Lane zto-zto-main keeps failing; sending is paused and tried again by itself. If it lasts, ask the courier.',
    );
  });
});

describe('what is not ready', () => {
  const named = async (shops: readonly string[] | null = null) =>
    (await overview(shops)).notReady.map(({ component, subject }) => [component, subject]);

  it('is that no lane has a worker, then those that have none, then nothing', async () => {
    await rig.db.run('UPDATE lane SET canary_at = NULL');
    expect(await named()).toEqual([['worker', null]]);
    await noteCanary(rig.db, 'zto-zto-main', new Date());
    expect(await named()).toEqual([['worker', 'zto-zto-approve']]);
    expect(await named(['dy-main'])).toEqual([]);
    await noteCanary(rig.db, 'zto-zto-approve', new Date());
    expect(await named()).toEqual([]);
  });

  it('is Redis while it does not answer', async () => {
    redisAnswers = false;
    expect(await named()).toEqual([['redis', null]]);
    redisAnswers = true;
  });

  it('is the intake when a message has waited for half a minute', async () => {
    const insert = `INSERT INTO inbox (source, event_id, payload, due_at, received_at) VALUES (?, ?, '{}', ?, ?)`;
    const at = (ms: number) => new Date(Date.now() + ms);
    await rig.db.run(insert, ['platform:douyin:dy-main', 'later', at(60_000), at(-90_000)]);
    expect(await named()).toEqual([]);
    await rig.db.run(insert, ['platform:douyin:dy-main', 'now', at(-31_000), at(-31_000)]);
    expect(await named()).toEqual([['intake', null]]);
  });
});

describe('the chart of couriers', () => {
  it.each([
    ['hour', 24],
    ['day', 14],
  ] as const)('by %s has %d steps, the last of them now, and the orders in it', async (by, count) => {
    const chart = await read<CourierChartAnswer>(`/stats/couriers?by=${by}`);
    expect(chart.steps).toHaveLength(count);
    expect(Date.parse(chart.until) - Date.parse(chart.steps.at(-1) ?? '')).toBeLessThan(
      by === 'hour' ? 3_600_000 : 864e5,
    );
    const [zto] = chart.couriers;
    // Sent: one lost, one accepted, one returned, two refused.
    expect(zto).toMatchObject({ carrier: 'zto', asked: 5, succeeded: 1, refused: 2, missed: 0, taken: 2 });
    expect(zto?.share).toBeCloseTo(1 / 3);
    expect(zto?.points.filter((point) => point !== null)).toHaveLength(1);
    // The stories answer after 184 ms; times are told within a fifth.
    expect(zto?.p50Ms).toBeGreaterThanOrEqual(184);
    expect(zto?.p50Ms).toBeLessThan(184 * 1.25);
  });

  it('is each shop’s own', async () => {
    expect((await read<CourierChartAnswer>('/stats/couriers', ['dy-approve'])).couriers).toEqual([]);
    expect((await read<CourierChartAnswer>('/stats/couriers', [])).couriers).toEqual([]);
  });

  it('refuses a step that it does not know', async () => {
    const authorization = await rig.token(['intercepts:read']);
    const answer = await fetch(`${rig.url}/api/v1/stats/couriers?by=week`, { headers: { authorization } });
    expect(answer.status).toBe(422);
  });
});
