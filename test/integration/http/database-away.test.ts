import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { DOUYIN_KEYS, type WebRig, webRig } from '../../support/web-rig.js';

/** The contract: without a database the answer is 503 within 2 s. */
const LIMIT_MS = 2_000;

let rig: WebRig;
let token: string;
beforeAll(async () => {
  // Longer than an event may wait, so that it is the intake’s own deadline that answers.
  rig = await webRig({ statementTimeoutMs: 1_500 });
  token = await rig.token(['intercepts:read', 'intercepts:write']);
});
afterAll(() => rig.close());
afterEach(async () => {
  rig.proxy.thaw();
  await rig.proxy.accept();
  await until(async () => (await deliver('back')).status === 200, { what: 'the database to be back' });
});

const AWAY = [
  {
    state: 'frozen',
    how: 'open and say nothing',
    leave: async () => rig.proxy.freeze(),
    comeBack: async () => rig.proxy.thaw(),
  },
  {
    state: 'stopped',
    how: 'cut, new ones refused',
    leave: () => rig.proxy.refuse(),
    comeBack: () => rig.proxy.accept(),
  },
];

function deliver(id: string): Promise<Response> {
  const body = JSON.stringify([{ tag: '200', msg_id: id, data: '{}' }]);
  const sign = createHash('md5')
    .update(DOUYIN_KEYS.appKey + body + DOUYIN_KEYS.appSecret)
    .digest('hex');
  return fetch(`${rig.url}/webhooks/douyin/dy-main`, {
    method: 'POST',
    headers: { 'app-id': DOUYIN_KEYS.appKey, 'event-sign': sign },
    body,
  });
}

const eventIds = async () => {
  const rows = await rig.db.rows<{ id: string }>('SELECT event_id AS id FROM inbox');
  return rows.map((r) => r.id);
};

describe.each(AWAY)('while the database is $state, its connections $how,', ({ state, leave, comeBack }) => {
  it('an event is answered 503 with Retry-After within 2 s, in the platform’s words, and taken when it comes again', async () => {
    await leave();
    const startedAt = Date.now();
    const answer = await deliver(`lost-${state}`);
    expect(Date.now() - startedAt).toBeLessThan(LIMIT_MS);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toEqual({ code: 1, msg: 'fail' });
    await comeBack();
    await until(async () => (await deliver(`lost-${state}`)).status === 200, { what: 'the event to be taken' });
    expect(await eventIds()).toContain(`lost-${state}`);
  });

  it('a hundred events at once are all answered in time, none of them as stored', async () => {
    const hundred = async (name: string) => {
      const startedAt = Date.now();
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => deliver(`${state}-${name}-${i}`)));
      return { answers, tookMs: Date.now() - startedAt };
    };
    // What a hundred calls cost on this machine at this moment is not the database's doing.
    const there = await hundred('there');
    await leave();
    const { answers, tookMs } = await hundred('away');
    expect(tookMs - there.tookMs).toBeLessThan(LIMIT_MS);
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([503]));
  });

  it('we still say that we live', async () => {
    await leave();
    expect((await fetch(`${rig.url}/livez`)).status).toBe(200);
  });
});

describe('while the database is stopped', () => {
  it('the API says so as a problem without a word about our insides', async () => {
    await rig.proxy.refuse();
    const answer = await fetch(`${rig.url}/api/v1/intercepts`, { headers: { authorization: token } });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' });
    expect(text).not.toMatch(/ECONN|mysql|127\.0\.0\.1|SELECT/i);
  });

  it('the metrics say so and do not fail', async () => {
    await rig.proxy.refuse();
    expect(await rig.metrics.scrape()).toContain('jiejian_database_up 0');
  });
});
