import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { DriftAnswer, LaneAnswer, TooLateAnswer } from '../../../src/dashboard/api/schemas/lane.js';
import type { Scope } from '../../../src/domain/people/scopes.js';
import { takeForRedis } from '../../../src/domain/store/dispatch-store.js';
import { ensureLanes, noteCanary, openBreaker, pauseLane } from '../../../src/domain/store/lane-store.js';
import { fillLanes } from '../../../src/producers/dispatch.js';
import { Queues } from '../../../src/producers/queues.js';
import { rebuildQueues } from '../../../src/producers/rebuild.js';
import { redisOptions } from '../../../src/redis.js';
import { anAccount, aPicture, aShop, REAL_BOOK } from '../../support/picture.js';
import { freshRedis } from '../../support/redis.js';
import { Erp } from '../../support/requests.js';
import { DOUYIN_KEYS, type WebRig, webRig, ZTO_KEYS } from '../../support/web-rig.js';

const LANE = 'zto-zto-main';
const SETTINGS = aPicture({
  shops: [aShop({ credentials: DOUYIN_KEYS }), aShop({ id: 'dy-two', platformShopId: '2', credentials: DOUYIN_KEYS })],
  accounts: [
    anAccount({ credentials: ZTO_KEYS, rateLimit: { max: 2, perMs: 60_000 } }),
    anAccount({ id: 'zto-two', shops: ['dy-two'], credentials: ZTO_KEYS }),
  ],
});

let rig: WebRig;
let redis: Redis;
let queues: Queues;
let erp: Erp;
beforeAll(async () => {
  redis = new Redis(redisOptions(await freshRedis(), 'producer'));
  queues = new Queues(redis, () => undefined);
  rig = await webRig({
    settings: SETTINGS,
    redis: {
      answers: () => queues.answers(),
      rebuild: (only, dryRun) => rebuildQueues(dispatch(), dryRun, only),
    },
  });
  erp = new Erp(rig.db, { settings: SETTINGS, book: REAL_BOOK });
  await ensureLanes(rig.db, [
    { carrier: 'zto', id: 'zto-main' },
    { carrier: 'zto', id: 'zto-two' },
  ]);
});
afterAll(async () => {
  await queues.close();
  redis.disconnect();
  await rig.close();
});

/** What the scheduler works with. */
const dispatch = () => ({
  db: rig.db,
  queues,
  settings: () => SETTINGS,
  book: REAL_BOOK,
  now: () => new Date(Date.now() + 10_000),
  log: () => undefined,
});

async function ask(path: string, init: { method?: string; scopes?: Scope[]; shops?: string[] | null } = {}) {
  const { method = 'GET', scopes = ['config:read', 'intercepts:read'], shops = null } = init;
  const headers = { authorization: await rig.token(scopes, shops) };
  const answer = await fetch(`${rig.url}/api/v1${path}`, { method, headers });
  return { status: answer.status, body: (await answer.json()) as { code?: string; queues?: unknown } };
}

async function lane(id = LANE): Promise<LaneAnswer> {
  const { items } = (await ask('/lanes')).body as { items?: LaneAnswer[] };
  const found = items?.find((one) => one.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
}

describe('a lane', () => {
  it('says what Redis holds of those that wait, and what waits in MySQL', async () => {
    await erp.askForMany(5);
    await takeForRedis(rig.db, { laneId: LANE, queue: 'intercept', window: 2, perMs: null }, new Date());
    expect(await lane()).toMatchObject({ waiting: 5, inWindow: 2 });
    await rig.db.run('UPDATE intercept SET dispatched_at = NULL');
  });

  it('says how much of its limit the last minute has used, by the attempts', async () => {
    const id = await erp.askForOne();
    const attempt = (seq: number, kind: string, at: Date) =>
      rig.db.run(
        `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, finished_at, outcome)
         VALUES (?, ?, ?, 1, 'r', ?, ?, 'refused')`,
        [id.id, seq, kind, at, at],
      );
    await attempt(1, 'send', new Date());
    await attempt(2, 'query', new Date());
    await attempt(3, 'send', new Date(Date.now() - 61_000));
    expect((await lane()).use).toEqual({ ordersLastMinute: 1, share: 0.5 });
    expect((await lane('zto-zto-two')).use).toEqual({ ordersLastMinute: 0, share: null });
    await rig.db.run('DELETE FROM attempt');
  });

  it('says why its breaker is open, and until when', async () => {
    const until = new Date(Date.now() + 60_000);
    await openBreaker(rig.db, LANE, 'credentials', until);
    expect(await lane()).toMatchObject({
      breaker: 'open',
      breakerReason: 'credentials',
      breakerUntil: until.toISOString(),
      emptyAt: null,
    });
    await rig.db.run(`UPDATE lane SET breaker = 'closed', breaker_reason = NULL, breaker_until = NULL`);
  });

  it('has no worker until a test job has come through', async () => {
    expect(await lane()).toMatchObject({ canaryAt: null, hasWorker: false });
    const at = new Date();
    await noteCanary(rig.db, LANE, at);
    await noteCanary(rig.db, LANE, new Date(at.getTime() - 5_000));
    expect(await lane()).toMatchObject({ canaryAt: at.toISOString(), hasWorker: true });
  });

  it('says what its courier’s interface can do, as the manifest does', async () => {
    expect((await lane()).capabilities).toEqual(REAL_BOOK.manifest('zto')?.capabilities);
  });
});

describe('those that come too late', () => {
  const soon = () => new Date(Date.now() + 20_000);
  const of = async (shops: string[] | null, path = `/lanes/${LANE}/too-late`) =>
    (await ask(path, { scopes: ['intercepts:read'], shops })).body as { items?: TooLateAnswer[] };

  it('are listed with the moment their turn comes, as many as the lane says', async () => {
    await rig.db.run('UPDATE intercept SET deadline_at = NOW(3) + INTERVAL 1 DAY');
    const deadlineAt = soon();
    const near = [await erp.askForOne({ deadlineAt }), await erp.askForOne({ deadlineAt })];
    const { items = [] } = await of(null);
    expect((await lane()).tooLateCount).toBe(1);
    expect(items).toHaveLength(1);
    const [row] = items;
    expect(near.map(({ id }) => id)).toContain(row?.id);
    // At two a minute the first goes now and the second half a minute later, ten seconds after its deadline.
    const waitMs = Date.parse(row?.turnAt ?? '') - Date.now();
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThan(35_000);
    expect(row).toMatchObject({ valueFen: 8_900, deadlineAt: deadlineAt.toISOString() });
  });

  it('are those of the caller’s shops, and nothing of a lane that they do not use', async () => {
    expect((await of(['dy-two'])).items).toEqual([]);
    expect((await of(['dy-main'])).items).toHaveLength(1);
    const foreign = await ask('/lanes/zto-zto-two/too-late', { shops: ['dy-main'] });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
  });

  it('are nobody’s without the right to see intercepts', async () => {
    expect((await ask(`/lanes/${LANE}/too-late`, { scopes: ['config:read'] })).status).toBe(403);
  });
});

describe('the drift between MySQL and Redis', () => {
  const drift = async () => (await ask(`/lanes/${LANE}/drift`)).body as DriftAnswer;
  const rebuild = (id = LANE, shops: string[] | null = null) =>
    ask(`/lanes/${id}/rebuild`, { method: 'POST', scopes: ['config:read', 'config:write'], shops });

  it('is nothing while every row has its job', async () => {
    await fillLanes({ ...dispatch(), now: () => new Date() });
    expect((await drift()).queues).toEqual([]);
  });

  it('does not count the test job of a lane that has no worker', async () => {
    await queues.addCanary(LANE);
    await queues.addCanary(LANE);
    expect((await drift()).queues).toEqual([]);
  });

  it('is counted without changing anything, mended on demand and audited', async () => {
    const [before] = await rig.db.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM intercept WHERE dispatched_at IS NOT NULL',
    );
    const handed = before?.n ?? 0;
    expect(handed).toBeGreaterThan(0);
    await redis.flushdb();
    const expected = [{ queue: `intercept-${LANE}`, withoutJob: handed, withoutRow: 0 }];
    expect((await drift()).queues).toEqual(expected);
    expect((await drift()).queues).toEqual(expected);
    const mended = await rebuild();
    expect([mended.status, mended.body.queues]).toEqual([200, expected]);
    expect((await drift()).queues).toEqual([]);
    const [entry] = await rig.db.rows<{ subject: string; detail: string }>(
      `SELECT subject, detail FROM audit WHERE action = 'queues_rebuilt'`,
    );
    expect([entry?.subject, JSON.parse(entry?.detail ?? '')]).toEqual([LANE, { queues: expected }]);
    expect(rig.woken.decided).toBeGreaterThan(0);
  });

  it('of a lane that the caller’s shops do not use is 404, and nothing is touched', async () => {
    const rebuilt = () => rig.db.rows(`SELECT id FROM audit WHERE action = 'queues_rebuilt'`);
    const before = await rebuilt();
    expect((await rebuild('zto-zto-two', ['dy-main'])).status).toBe(404);
    expect((await ask('/lanes/zto-zto-two/drift', { shops: ['dy-main'] })).status).toBe(404);
    expect(await rebuilt()).toEqual(before);
  });

  it('is not told while Redis is away', async () => {
    await pauseLane(rig.db, LANE, false);
    redis.disconnect();
    const answer = await ask(`/lanes/${LANE}/drift`);
    expect([answer.status, answer.body.code]).toEqual([503, 'redis_unavailable']);
    await redis.connect();
    expect((await ask(`/lanes/${LANE}/drift`)).status).toBe(200);
  });
});
