import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPLAY, REPLAY_ITEM } from '../../../src/dashboard/api/schemas/replay.js';
import { runReplays } from '../../../src/producers/replay.js';
import { aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };

let rig: WebRig;
let all: string;
let main: string;
let two: string;
let erp: Erp;
/** The clock of the runner, ms. */
let nowMs = Date.now();
beforeAll(async () => {
  rig = await webRig();
  const scopes = ['intercepts:read', 'intercepts:write'] as const;
  all = await rig.token(scopes);
  main = await rig.token(scopes, ['dy-main']);
  two = await rig.token(scopes, ['dy-two']);
  const observe = { ...TWO_SHOPS, shops: new Map([['dy-main', aShop({ mode: 'observe' })]]) };
  erp = new Erp(rig.db, { settings: observe, book: REAL_BOOK });
});
afterAll(() => rig.close());

const runOnce = () => runReplays({ db: rig.db, env: () => ENV, now: () => new Date(nowMs), log: () => undefined });

async function call(method: string, path: string, body?: unknown, as = all) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method,
    headers: { authorization: as, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const start = async (count: number, over: Record<string, unknown> = {}, as = all) => {
  const ids = await erp.askForMany(count);
  const { status, body } = await call('POST', '/replays', { name: 'a batch', filter: { ids }, ...over }, as);
  expect(status).toBe(202);
  return { ids, id: String(body.id) };
};
const read = async (id: string) => REPLAY.parse((await call('GET', `/replays/${id}`)).body);

describe('the rate of a replay', () => {
  it('lets go what its seconds allow, whoever runs it and however often, and never catches up more than one second', async () => {
    const { id } = await start(12, { perSecond: 4 });
    nowMs = Date.now();
    expect((await read(id)).perSecond).toBe(4);
    nowMs += 1_000;
    await Promise.all([runOnce(), runOnce(), runOnce()]);
    expect((await read(id)).done).toBe(4);
    nowMs += 500;
    await runOnce();
    expect((await read(id)).done).toBe(6);
    nowMs += 60_000;
    await Promise.all([runOnce(), runOnce()]);
    expect((await read(id)).done).toBe(10);
    nowMs += 1_000;
    while (await runOnce());
    await runOnce();
    expect(await read(id)).toMatchObject({ done: 12, state: 'done' });
  });

  it.each([0, 1_001, 2.5])('of %s is 422', async (perSecond) => {
    const answer = await call('POST', '/replays', { name: 'n', filter: {}, perSecond });
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field: 'perSecond' }]]);
  });
});

describe('a replay that was confirmed', () => {
  it('is not begun if another number would be sent now, and says what is true (409)', async () => {
    const ids = await erp.askForMany(2);
    const order = { name: 'confirmed', filter: { ids }, expectWillSend: 2 };
    expect((await call('POST', '/replays', { ...order, expectWillSend: 3 })).status).toBe(409);
    const [first, second] = await Promise.all([call('POST', '/replays', order), call('POST', '/replays', order)]);
    while (await runOnce());
    await runOnce();
    // Begun at the same moment, both hold the same items: each is let go once, the later one finds nothing to do.
    const ended = await Promise.all([first, second].map(({ body }) => read(String(body.id))));
    expect(ended.reduce((sum, { outcomes }) => sum + (outcomes.released ?? 0), 0)).toBeLessThanOrEqual(4);
    const rounds = await rig.db.rows('SELECT id FROM intercept WHERE id IN (?)', [ids]);
    expect(rounds).toHaveLength(2);
    for (const id of ids) await rig.db.run(`UPDATE intercept SET state = 'accepted' WHERE id = ?`, [id]);
    const late = await call('POST', '/replays', order);
    expect([late.status, late.body]).toMatchObject([
      409,
      { code: 'preview_outdated', total: 2, preview: { willSend: 0, readBackFirst: 2 } },
    ]);
  });
});

describe('the list of replays', () => {
  it('holds those that were begun, newest first, page by page; previews are not in it', async () => {
    const { id: first } = await start(1, { name: 'first' });
    const { id: second } = await start(1, { name: 'second' });
    await call('POST', '/replays', { name: 'only looked', filter: {}, dryRun: true });
    const page = await call('GET', '/replays?limit=1');
    const rest = await call('GET', `/replays?limit=1&cursor=${page.body.nextCursor}`);
    const seen = [page, rest].map(({ body }) => REPLAY.array().parse(body.items)[0]?.id);
    expect(seen).toEqual([second, first]);
    const all = REPLAY.array().parse((await call('GET', '/replays?limit=200')).body.items);
    expect(all.map(({ state }) => state)).not.toContain('previewed');
  });

  it('shows to who holds some shops the replays over those shops alone', async () => {
    const { id: own } = await start(1, {}, main);
    const { id: everybody } = await start(1);
    const seenBy = async (as: string) =>
      REPLAY.array()
        .parse((await call('GET', '/replays?limit=200', undefined, as)).body.items)
        .map(({ id }) => id);
    expect(await seenBy(main)).toEqual([own]);
    expect(await seenBy(two)).toEqual([]);
    expect(await seenBy(all)).toEqual(expect.arrayContaining([own, everybody]));
    expect((await call('GET', `/replays/${own}/items`, undefined, two)).status).toBe(404);
  });
});

describe('the items of a replay', () => {
  it('tell in its order what became of each parcel and why', async () => {
    const { ids, id } = await start(3);
    const [stuck = ''] = ids;
    await rig.db.run(`UPDATE intercept SET state = 'accepted', accepted_at = NOW(3) WHERE id = ?`, [stuck]);
    const open = REPLAY_ITEM.array().parse((await call('GET', `/replays/${id}/items?outcome=open`)).body.items);
    expect(open.map(({ seq, outcome }) => [seq, outcome])).toEqual([
      [1, null],
      [2, null],
      [3, null],
    ]);
    while (await runOnce());
    await runOnce();
    const first = await call('GET', `/replays/${id}/items?limit=2`);
    const second = await call('GET', `/replays/${id}/items?limit=2&cursor=${first.body.nextCursor}`);
    const items = REPLAY_ITEM.array().parse([...(first.body.items as []), ...(second.body.items as [])]);
    expect(items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(items.find(({ interceptId }) => interceptId === stuck)).toMatchObject({
      outcome: 'readBackFirst',
      state: 'accepted',
      carrier: 'zto',
    });
    const released = items.filter(({ interceptId }) => interceptId !== stuck);
    for (const item of released) {
      expect(item).toMatchObject({ outcome: 'released', reason: 'ready', state: 'queued', resultId: item.interceptId });
      expect(item.reasonText?.zh).not.toBe('ready');
    }
    const only = await call('GET', `/replays/${id}/items?outcome=readBackFirst`);
    expect(only.body.items).toHaveLength(1);
  });
});
