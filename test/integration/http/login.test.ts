import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../../src/domain/store/audit-store.js';
import { disableUser } from '../../../src/domain/store/people-store.js';
import { cookiesOf, PASSWORD, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  rig = await webRig();
  await rig.addUser('op@example.com', 'operator');
});
afterAll(() => rig.close());

function post(path: string, body: unknown, headers: Record<string, string> = {}, base = rig.url): Promise<Response> {
  return fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const logIn = (body: unknown, headers: Record<string, string> = {}) => post('/api/auth/login', body, headers);
const RIGHT = { email: 'op@example.com', password: PASSWORD };
const session = (cookie: string) => fetch(`${rig.url}/api/auth/session`, { headers: { cookie } });

describe('logging in', () => {
  it('gives the user, a CSRF token and a cookie that scripts cannot read', async () => {
    const answer = await logIn(RIGHT);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      user: { email: 'op@example.com', role: 'operator', shops: null },
      csrfToken: expect.any(String),
    });
    const [jj] = answer.headers.getSetCookie().filter((line) => line.startsWith('jj='));
    expect(jj).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax/);
  });

  it('never shows the password’s hash', async () => {
    expect(await (await logIn(RIGHT)).text()).not.toMatch(/scrypt|hash/i);
  });

  it.each([
    ['a wrong password', { ...RIGHT, password: 'wrong horse battery' }],
    ['an unknown address', { ...RIGHT, email: 'nobody@example.com' }],
  ])('with %s is 401, in the same words', async (_, body) => {
    const answer = await logIn(body);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'wrong_password' });
    expect(cookiesOf(answer)).toBe('');
  });

  it.each([
    ['no password', { email: 'op@example.com' }],
    ['objects where text belongs', { email: { $ne: '' }, password: { $ne: '' } }],
    ['nothing', {}],
  ])('with %s is 422', async (_, body) => {
    expect((await logIn(body)).status).toBe(422);
  });

  it('that fails is in the log, with where it came from and no address of anybody', async () => {
    await logIn({ email: 'somebody@example.com', password: 'not his password' });
    const entry = rig.logged.filter(({ event }) => event === 'login.failed').at(-1);
    expect(entry?.fields).toEqual({ account: expect.stringMatching(/^[0-9a-f]{12}$/), address: expect.any(String) });
    expect(JSON.stringify(rig.logged)).not.toMatch(/somebody|not his password/);
  });

  it('with broken JSON is 400, without an echo of it', async () => {
    const answer = await logIn('{"email": "op@exa');
    const text = await answer.text();
    expect([answer.status, JSON.parse(text)]).toMatchObject([400, { code: 'bad_json' }]);
    expect(text).not.toContain('op@exa');
  });

  it('gives a new session id, so that an id planted beforehand is worth nothing', async () => {
    const first = cookiesOf(await logIn(RIGHT));
    const second = cookiesOf(await logIn(RIGHT, { cookie: first }));
    expect(second).not.toBe('');
    expect(second.split('; ')[0]).not.toBe(first.split('; ')[0]);
    expect((await session(first)).status).toBe(401);
    expect((await session(second)).status).toBe(200);
  });

  it('keeps only a hash of the session’s id', async () => {
    const cookie = decodeURIComponent(cookiesOf(await logIn(RIGHT)));
    const id = /(?:^|; )jj=s:([^.]+)\./.exec(cookie)?.[1] ?? '';
    expect(id).toHaveLength(32);
    const rows = await rig.db.rows<{ id: string; body: string }>('SELECT id, body FROM session');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  it('is refused from another site’s page, although it has no session to protect yet', async () => {
    expect((await logIn(RIGHT, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await logIn(RIGHT, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await logIn(RIGHT, { origin: rig.url })).status).toBe(200);
  });

  it('stands in the audit chain', async () => {
    await logIn(RIGHT);
    const rows = await rig.db.rows<{ actor: string }>("SELECT actor FROM audit WHERE action = 'login'");
    expect(rows).toContainEqual({ actor: 'user:op@example.com' });
    expect(await verifyChain(rig.db)).toMatchObject({ ok: true });
  });
});

describe('a session', () => {
  it('shows its user and the CSRF token again after a reload', async () => {
    const { cookie, csrfToken } = await rig.logIn('op@example.com');
    const answer = await session(cookie);
    expect(await answer.json()).toMatchObject({ user: { email: 'op@example.com' }, csrfToken });
  });

  it('is over after logging out', async () => {
    const { cookie, csrfToken } = await rig.logIn('op@example.com');
    expect((await post('/api/auth/logout', {}, { cookie, 'x-csrf-token': csrfToken })).status).toBe(204);
    expect((await session(cookie)).status).toBe(401);
  });

  it('cannot be ended by another page, which does not know the CSRF token', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    expect((await post('/api/auth/logout', {}, { cookie })).status).toBe(403);
    expect((await session(cookie)).status).toBe(200);
  });

  it.each(['jj=s%3Aforged.signature', 'jj=', 'jj=s:x', 'other=1'])('with the cookie %s is none', async (cookie) => {
    expect((await session(cookie)).status).toBe(401);
  });

  it('ends at once when its user is disabled', async () => {
    await rig.addUser('leaver@example.com', 'admin');
    const { cookie } = await rig.logIn('leaver@example.com');
    await rig.db.run("UPDATE user_account SET disabled = 1 WHERE email = 'leaver@example.com'");
    expect((await session(cookie)).status).toBe(401);
    expect((await logIn({ email: 'leaver@example.com', password: PASSWORD })).status).toBe(401);
  });

  it('is cleared from the database when a user is disabled by an administrator', async () => {
    await rig.addUser('second@example.com', 'viewer');
    const { cookie } = await rig.logIn('second@example.com');
    await disableUser(rig.db, 'second@example.com', { actor: 'cli:admin', now: new Date() });
    await rig.db.run("UPDATE user_account SET disabled = 0 WHERE email = 'second@example.com'");
    expect((await session(cookie)).status).toBe(401);
  });

  it('ends half an hour after its last use', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    await rig.db.run('UPDATE session SET expires_at = expires_at - INTERVAL 30 MINUTE');
    expect((await session(cookie)).status).toBe(401);
  });

  it('ends twelve hours after the login, however busy it was', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    const old = Date.now() - 12 * 3_600_000;
    await rig.db.run(`UPDATE session SET body = REGEXP_REPLACE(body, '"loggedInAt":[0-9]+', ?)`, [
      `"loggedInAt":${old}`,
    ]);
    expect((await session(cookie)).status).toBe(401);
  });
});

describe('over HTTPS', () => {
  let https: WebRig;
  beforeAll(async () => {
    https = await webRig({ config: { publicUrl: 'https://jj.example.com' } });
    await https.addUser('op@example.com', 'operator');
  });
  afterAll(() => https.close());

  it('cookies are tied to this host and to TLS, and browsers are told to stay on it', async () => {
    const answer = await post('/api/auth/login', RIGHT, {}, https.url);
    const lines = answer.headers.getSetCookie();
    expect(lines.map((line) => line.split('=', 1)[0])).toEqual(expect.arrayContaining(['__Host-jj', '__Host-jj-csrf']));
    for (const line of lines) expect(line).toMatch(/; Secure/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('a login works with a page’s own origin only', async () => {
    const origin = { origin: 'https://jj.example.com' };
    expect((await post('/api/auth/login', RIGHT, origin, https.url)).status).toBe(200);
    expect((await post('/api/auth/login', RIGHT, { origin: 'https://evil.example' }, https.url)).status).toBe(403);
  });
});

describe('without TLS', () => {
  it('nobody logs in from outside, since the cookie would travel in the open', async () => {
    const plain = await webRig({ config: { publicUrl: 'http://jj.example.com' } });
    try {
      await plain.addUser('op@example.com', 'operator');
      const answer = await post('/api/auth/login', RIGHT, {}, plain.url);
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'https_required' }]);
    } finally {
      await plain.close();
    }
  });
});

describe('guessing', () => {
  it('is stopped with 429 and Retry-After, while the owner at another address still gets in', async () => {
    const guarded = await webRig({ config: { trustProxy: 1 } });
    try {
      await guarded.addUser('op@example.com', 'operator');
      const from = (ip: string, password: string) =>
        post('/api/auth/login', { ...RIGHT, password }, { 'x-forwarded-for': ip }, guarded.url);
      const statuses: number[] = [];
      for (let i = 0; i < 11; i += 1) statuses.push((await from('127.0.0.9', `guess number ${i}`)).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
      const refused = await from('127.0.0.9', PASSWORD);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
      expect((await from('127.0.0.10', PASSWORD)).status).toBe(200);
    } finally {
      await guarded.close();
    }
  });
});
