import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { REPLAY, REPLAY_PREVIEW } from '../../../src/dashboard/api/schemas/replay.js';
import { createSecrets } from '../../../src/domain/secrets/secrets.js';
import { insertEvents } from '../../../src/domain/store/inbox-store.js';
import { applySettings, configVersion, loadSettings } from '../../../src/domain/store/settings-store.js';
import { runReplays } from '../../../src/producers/replay.js';
import { aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { aFile, parsed } from '../../support/settings-file.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };
const secrets = createSecrets(randomBytes(32).toString('base64'));

let rig: WebRig;
let all: string;
let one: string;
beforeAll(async () => {
  rig = await webRig();
  const scopes = ['intercepts:read', 'intercepts:write', 'config:read', 'config:write'] as const;
  all = await rig.token(scopes);
  one = await rig.token(scopes, ['dy-two']);
});
afterAll(() => rig.close());

async function call(method: string, path: string, body?: unknown, as = all, headers = {}) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method,
    headers: { authorization: as, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('replays over HTTP', () => {
  let erp: Erp;
  beforeAll(() => {
    const observe = { ...TWO_SHOPS, shops: new Map([['dy-main', aShop({ mode: 'observe' })]]) };
    erp = new Erp(rig.db, { settings: observe, book: REAL_BOOK });
  });
  const filter = async () => ({ ids: [(await erp.askForOne()).id, (await erp.askForOne()).id] });

  it('preview, run, tell how far they are, and can be aborted', async () => {
    const body = { name: '放行', filter: await filter(), dryRun: true };
    const preview = await call('POST', '/replays', body);
    expect([preview.status, REPLAY_PREVIEW.parse(preview.body)]).toMatchObject([
      200,
      { total: 2, preview: { willSend: 2, other: 0 }, feeEstimateFen: 600 },
    ]);
    const woken = rig.woken.decided;
    const started = await call('POST', '/replays', { ...body, dryRun: false });
    expect([started.status, started.body]).toMatchObject([202, { total: 2, preview: { willSend: 2 } }]);
    expect(rig.woken.decided).toBe(woken + 1);
    const path = `/replays/${started.body.id}`;
    expect(REPLAY.parse((await call('GET', path)).body)).toMatchObject({ state: 'running', toDo: 2, done: 0 });
    const deps = { db: rig.db, env: () => ENV, now: () => new Date(), log: () => undefined };
    while (await runReplays(deps));
    expect((await call('GET', path)).body).toMatchObject({ state: 'done', name: '放行', outcomes: { released: 2 } });
    expect((await call('POST', `${path}/abort`)).body).toMatchObject({ state: 'done' });
    const other = await call('POST', '/replays', { ...body, dryRun: false, filter: await filter() });
    expect((await call('POST', `/replays/${other.body.id}/abort`)).body).toMatchObject({ state: 'aborted', done: 0 });
  });

  it('asked for twice under one Idempotency-Key are one', async () => {
    const body = { name: 'once', filter: await filter() };
    const key = { 'idempotency-key': 'k-1' };
    const first = await call('POST', '/replays', body, all, key);
    expect((await call('POST', '/replays', body, all, key)).body).toEqual(first.body);
    expect((await call('POST', '/replays', { ...body, name: 'x' }, all, key)).status).toBe(409);
  });

  it('hold nothing of another shop, and are not there for who may not see them', async () => {
    const body = { name: 'mine', filter: await filter() };
    expect((await call('POST', '/replays', { ...body, dryRun: true }, one)).body).toMatchObject({ total: 0 });
    const { body: made } = await call('POST', '/replays', { ...body, dryRun: true });
    expect((await call('GET', `/replays/${made.id}`, undefined, one)).status).toBe(404);
    expect((await call('POST', `/replays/${made.id}/abort`, {}, one)).status).toBe(404);
  });

  it.each([
    ['without a name', { filter: {} }, 'name'],
    ['with a filter we do not know', { name: 'n', filter: { colour: 1 } }, 'filter.colour'],
    ['with a state we do not know', { name: 'n', filter: { state: 'lost' } }, 'filter.state'],
  ])('are 422 %s', async (_, body, field) => {
    const answer = await call('POST', '/replays', body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field }]]);
  });
});

describe('the inbox over HTTP', () => {
  beforeEach(async () => {
    await rig.db.run('DELETE FROM inbox');
    const at = new Date('2026-11-22T10:00:00Z');
    const event = (source: string, n: number) => ({
      source,
      eventId: `e-${n}`,
      payload: '{"phone":1}',
      receivedAt: at,
    });
    await insertEvents(rig.db, [
      event('platform:douyin:dy-main', 1),
      event('platform:douyin:dy-main', 2),
      event('platform:douyin:dy-two', 3),
      event('courier:zto:zto-main', 4),
    ]);
    await rig.db.run(
      `UPDATE inbox SET status = 'dead', tries = 5, reason = 'no JSON, call 13812345678' WHERE event_id <> 'e-2'`,
    );
  });
  const ids = (answer: { body: Record<string, unknown> }) =>
    (answer.body.items as { eventId: string }[]).map((event) => event.eventId);

  it('lists dead letters with their reason and without what they said', async () => {
    const answer = await call('GET', '/events?status=dead');
    expect(ids(answer)).toEqual(['e-3', 'e-1', 'e-4']);
    const event = (answer.body.items as Record<string, unknown>[]).at(-1);
    expect(event).toEqual({
      id: expect.stringMatching(/^\d+$/),
      source: 'courier:zto:zto-main',
      eventId: 'e-4',
      status: 'dead',
      reason: 'no JSON, call ***5678',
      tries: 5,
      receivedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(ids(await call('GET', '/events'))).toHaveLength(4);
  });

  it('goes on from page to page by the number of the last one', async () => {
    const first = await call('GET', '/events?limit=3');
    const rest = await call('GET', `/events?limit=3&cursor=${first.body.nextCursor}`);
    expect([...ids(first), ...ids(rest)]).toEqual(['e-3', 'e-2', 'e-1', 'e-4']);
    expect(rest.body.nextCursor).toBeNull();
    const foreign = Buffer.from('a'.repeat(26)).toString('base64url');
    expect((await call('GET', `/events?cursor=${foreign}`)).status).toBe(422);
  });

  it('shows to who is limited to a shop the messages of that shop alone', async () => {
    expect(ids(await call('GET', '/events', undefined, one))).toEqual(['e-3']);
  });

  it('lets a dead letter be read anew, once, audited', async () => {
    const [row] = await rig.db.rows<{ id: number }>(`SELECT id FROM inbox WHERE event_id = 'e-1'`);
    const path = `/events/${row?.id}/replay`;
    expect((await call('POST', path, {}, one)).status).toBe(404);
    expect((await call('POST', path)).status).toBe(202);
    expect(await rig.db.rows('SELECT status, tries, reason FROM inbox WHERE id = ?', [row?.id ?? 0])).toEqual([
      { status: 'new', tries: 0, reason: null },
    ]);
    expect(await call('POST', path)).toMatchObject({ status: 409, body: { code: 'event_not_dead' } });
    const audit = await rig.db.rows(`SELECT subject FROM audit WHERE action = 'event_replayed'`);
    expect(audit).toEqual([{ subject: String(row?.id) }]);
    expect((await call('POST', '/events/99999999/replay')).status).toBe(404);
    expect((await call('POST', '/events/1e3/replay')).status).toBe(404);
  });

  it('tells of each shop when its platform was last heard (R77), and nothing secret', async () => {
    const { body } = await call('GET', '/shops');
    expect(body.items).toMatchObject([
      { id: 'dy-main', intake: 'push', lastEventAt: '2026-11-22T10:00:00.000Z' },
      { id: 'dy-two', lastEventAt: '2026-11-22T10:00:00.000Z' },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/secret|credential|accessToken/i);
    await rig.db.run('DELETE FROM inbox');
    expect((await call('GET', '/shops', undefined, one)).body.items).toMatchObject([
      { id: 'dy-two', lastEventAt: null },
    ]);
  });
});

describe('the limits of a lane', () => {
  beforeAll(() =>
    applySettings(rig.db, secrets, parsed(aFile()), { prune: false, actor: 'cli:test', now: new Date() }),
  );
  const path = '/lanes/zto-zto-main';
  const stored = async () => (await loadSettings(rig.db, secrets)).accounts.get('zto-main');

  it('change in the stored configuration, whose version workers follow; what is absent stays', async () => {
    const version = await configVersion(rig.db);
    const answer = await call('PATCH', path, { rateLimit: { max: 5, perMs: 2_000 }, concurrency: 3 });
    expect(answer).toMatchObject({
      status: 200,
      body: { id: 'zto-zto-main', rateLimit: { max: 5, perMs: 2_000 }, concurrency: 3 },
    });
    expect(await configVersion(rig.db)).toBe(version + 1);
    expect(await stored()).toMatchObject({
      rateLimit: { max: 5, perMs: 2_000 },
      readRateLimit: { max: 20, perMs: 1_000 },
      concurrency: 3,
      credentials: { appSecret: 'zto-secret' },
    });
    await call('PATCH', path, { readRateLimit: null });
    expect(await stored()).toMatchObject({ rateLimit: { max: 5, perMs: 2_000 }, readRateLimit: null });
    const audit = await rig.db.rows<{ detail: string }>(
      `SELECT detail FROM audit WHERE action = 'lane_limits_changed'`,
    );
    expect(audit).toHaveLength(2);
    expect(audit[0]?.detail).toContain('"from":10,"to":3');
  });

  it('that are as asked already change nothing: no version, no audit entry', async () => {
    await call('PATCH', path, { concurrency: 4 });
    const version = await configVersion(rig.db);
    expect((await call('PATCH', path, { concurrency: 4 })).status).toBe(200);
    expect(await configVersion(rig.db)).toBe(version);
  });

  it.each([
    ['nothing', {}],
    ['a rate of zero', { rateLimit: { max: 0, perMs: 1_000 } }],
    ['a field we do not know', { rate: 1 }],
  ])('are 422 for %s', async (_, body) => {
    expect((await call('PATCH', path, body)).status).toBe(422);
  });

  it('are 404 for a lane that is not there', async () => {
    expect((await call('PATCH', '/lanes/nothing', { concurrency: 1 })).status).toBe(404);
  });
});

describe('/api/docs', () => {
  it('shows every route on one page of our own, without a script', async () => {
    const answer = await fetch(`${rig.url}/api/docs`);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const route of ['POST /api/v1/intercepts', 'PATCH /api/v1/lanes/{id}', 'POST /api/v1/replays']) {
      expect(text).toContain(`<code>${route}</code>`);
    }
    expect(text).toContain('id="InterceptRequest"');
    expect(text).not.toMatch(/<script|https?:\/\//);
    expect((await fetch(`${rig.url}/api/docs.css`)).headers.get('content-type')).toContain('text/css');
  });
});
