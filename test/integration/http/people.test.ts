import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  NewTokenAnswer,
  SessionRowAnswer,
  TokenAnswer,
  UserAnswer,
} from '../../../src/dashboard/api/schemas/people.js';
import { ALL_SCOPES } from '../../../src/domain/people/scopes.js';
import { until } from '../../support/until.js';
import { cookiesOf, PASSWORD, type Session, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  rig = await webRig();
}, 30_000);
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.db.run('TRUNCATE audit');
  for (const table of ['user_account', 'session', 'api_token']) await rig.db.run(`DELETE FROM ${table}`);
  await rig.addUser('root@example.com', 'admin');
  await rig.addUser('second@example.com', 'admin');
  await rig.addUser('op@example.com', 'operator');
});

type As = Session | string;
async function call<T>(as: As, method: string, path: string, body?: unknown) {
  const who = typeof as === 'string' ? { authorization: as } : { cookie: as.cookie, 'x-csrf-token': as.csrfToken };
  const headers = { ...who, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(`${rig.url}/api${path}`, init);
  const text = await answer.text();
  return { status: answer.status, text, answer, body: JSON.parse(text || 'null') as T & { code?: string } };
}
const root = () => rig.logIn('root@example.com');
const users = async (as: As) => (await call<{ items: UserAnswer[] }>(as, 'GET', '/v1/users')).body.items;
async function userOf(as: As, email: string): Promise<UserAnswer> {
  const user = (await users(as)).find((one) => one.email === email);
  if (!user) throw new Error(`no user ${email}`);
  return user;
}
const lastAudit = async () => {
  const [row] = await rig.db.rows<{ actor: string; action: string; subject: string; detail: string }>(
    'SELECT actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT 1',
  );
  return { ...row, detail: JSON.parse(row?.detail ?? 'null') as unknown };
};
const logIn = (email: string, password: string) =>
  fetch(`${rig.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Firefox on a desk' },
    body: JSON.stringify({ email, password }),
  });

describe('users', () => {
  it('are added with a password that is shown once, and can log in with it', async () => {
    const admin = await root();
    const made = await call<UserAnswer & { password: string }>(admin, 'POST', '/v1/users', {
      email: 'New@Example.com',
      role: 'viewer',
      shops: ['dy-main'],
    });
    expect([made.status, made.body]).toMatchObject([
      201,
      { email: 'new@example.com', role: 'viewer', shops: ['dy-main'] },
    ]);
    expect((await logIn('new@example.com', made.body.password)).status).toBe(200);
    const list = await call(admin, 'GET', '/v1/users');
    expect(list.text).not.toMatch(/scrypt|password/);
    expect(list.text).not.toContain(made.body.password);
    expect((await call(admin, 'POST', '/v1/users', { email: 'new@example.com', role: 'viewer' })).body.code).toBe(
      'user_exists',
    );
  });

  it('get another role and other shops, with before, after and reason in the audit chain', async () => {
    const admin = await root();
    const { id, role, shops, disabled } = await userOf(admin, 'op@example.com');
    const was = { role, shops, disabled };
    const to = { role: 'finance', shops: ['dy-two'], was, reason: '转岗' };
    expect((await call(admin, 'PATCH', `/v1/users/${id}`, to)).body).toMatchObject({
      role: 'finance',
      shops: ['dy-two'],
    });
    expect(await lastAudit()).toMatchObject({
      actor: 'user:root@example.com',
      action: 'user.change',
      subject: 'op@example.com',
      detail: { before: was, after: { role: 'finance', shops: ['dy-two'], disabled: false }, reason: '转岗' },
    });
    const second = await rig.logIn('second@example.com');
    const late = await call(second, 'PATCH', `/v1/users/${id}`, { role: 'viewer', was });
    expect([late.status, late.body]).toMatchObject([
      409,
      { code: 'user_moved', meanwhile: [{ actor: 'user:root@example.com', action: 'user.change' }] },
    ]);
    expect((await userOf(admin, 'op@example.com')).role).toBe('finance');
  });

  it('are locked out at once and let in again', async () => {
    const [admin, op] = [await root(), await rig.logIn('op@example.com')];
    const { id } = await userOf(admin, 'op@example.com');
    expect((await call(op, 'GET', '/v1/intercepts')).status).toBe(200);
    await call(admin, 'POST', `/v1/users/${id}/disable`, { reason: '离职' });
    expect((await call(op, 'GET', '/v1/intercepts')).status).toBe(401);
    expect((await logIn('op@example.com', PASSWORD)).status).toBe(401);
    expect((await call(admin, 'POST', `/v1/users/${id}/enable`, {})).body).toMatchObject({ disabled: false });
    expect((await logIn('op@example.com', PASSWORD)).status).toBe(200);
  });

  it('get a new password that is shown once; the old one and their sessions are over', async () => {
    const [admin, op] = [await root(), await rig.logIn('op@example.com')];
    const { id } = await userOf(admin, 'op@example.com');
    const { body } = await call<{ password: string }>(admin, 'POST', `/v1/users/${id}/password`, {});
    expect((await call(op, 'GET', '/v1/intercepts')).status).toBe(401);
    expect((await logIn('op@example.com', PASSWORD)).status).toBe(401);
    expect((await logIn('op@example.com', body.password)).status).toBe(200);
    expect(JSON.stringify(await lastAudit())).not.toContain(body.password);
  });
});

describe('nobody', () => {
  it.each([
    ['changes his own role', 'PATCH', '', { role: 'viewer' }],
    ['limits himself to shops', 'PATCH', '', { shops: ['dy-main'] }],
    ['disables himself', 'POST', '/disable', {}],
  ])('%s', async (_, method, step, body) => {
    const admin = await root();
    const { id } = await userOf(admin, 'root@example.com');
    const { status, body: said } = await call(admin, method, `/v1/users/${id}${step}`, body);
    expect([status, said.code]).toEqual([409, 'not_yourself']);
  });

  it('takes the last administrator away: not a token, and not two administrators who disable each other', async () => {
    const token = await rig.token([...ALL_SCOPES]);
    const [one, two] = [await root(), await rig.logIn('second@example.com')];
    const [first, second] = [await userOf(one, 'root@example.com'), await userOf(one, 'second@example.com')];
    const answers = await Promise.all([
      call(two, 'POST', `/v1/users/${first.id}/disable`, {}),
      call(one, 'POST', `/v1/users/${second.id}/disable`, {}),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = (await users(token)).filter(({ role, disabled }) => role === 'admin' && !disabled);
    expect(left).toHaveLength(1);
    for (const [method, step, body] of [
      ['POST', '/disable', {}],
      ['PATCH', '', { role: 'viewer' }],
      ['PATCH', '', { shops: ['dy-main'] }],
    ] as const) {
      const { status, body: said } = await call(token, method, `/v1/users/${left[0]?.id}${step}`, body);
      expect([status, said.code]).toEqual([409, 'last_admin']);
    }
  });

  it('raises himself with a token that manages people: what it lacks it can neither give nor touch', async () => {
    const token = await rig.token(['people:write']);
    const admin = await userOf(await root(), 'root@example.com');
    const op = await userOf(await root(), 'op@example.com');
    const tries = [
      call(token, 'POST', '/v1/users', { email: 'mine@example.com', role: 'admin' }),
      call(token, 'PATCH', `/v1/users/${op.id}`, { role: 'admin' }),
      call(token, 'POST', `/v1/users/${admin.id}/password`, {}),
      call(token, 'POST', `/v1/users/${admin.id}/disable`, {}),
      call(token, 'POST', '/v1/tokens', { name: 'mine', scopes: ['config:write'] }),
    ];
    for (const { status, body } of await Promise.all(tries))
      expect([status, body.code]).toEqual([403, 'beyond_own_rights']);
  });

  it('who is limited to shops manages people, or he could widen his limits', async () => {
    await rig.addUser('shop-admin@example.com', 'admin', ['dy-main']);
    const limited = await rig.logIn('shop-admin@example.com');
    const paths = ['/v1/users', '/v1/tokens', '/v1/sessions', '/v1/audit', '/v1/audit/check'];
    for (const path of paths) expect((await call(limited, 'GET', path)).body.code).toBe('all_shops_needed');
    const posts = [call(limited, 'POST', '/v1/users', { email: 'x@example.com', role: 'admin' })];
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([403]);
  });
});

describe('tokens', () => {
  it('are shown once, know their last use, and end when they are revoked', async () => {
    const admin = await root();
    const made = await call<NewTokenAnswer>(admin, 'POST', '/v1/tokens', {
      name: 'ERP 聚水潭',
      scopes: ['intercepts:read', 'intercepts:read'],
      shops: ['dy-main'],
    });
    expect([made.status, made.body]).toMatchObject([201, { scopes: ['intercepts:read'], shops: ['dy-main'] }]);
    const find = async () => {
      const { body, text } = await call<{ items: TokenAnswer[] }>(admin, 'GET', '/v1/tokens');
      expect(text).not.toContain(made.body.token);
      return body.items.find(({ id }) => id === made.body.id);
    };
    expect(await find()).toMatchObject({ name: 'ERP 聚水潭', lastUsedAt: null, revokedAt: null });
    const use = () => call(`Bearer ${made.body.token}`, 'GET', '/v1/intercepts');
    expect((await use()).status).toBe(200);
    await until(async () => (await find())?.lastUsedAt !== null, { what: 'the use to be noted' });
    expect((await call(admin, 'POST', `/v1/tokens/${made.body.id}/revoke`, {})).status).toBe(200);
    expect((await use()).status).toBe(401);
    expect((await find())?.revokedAt).not.toBeNull();
    expect((await call(admin, 'POST', `/v1/tokens/${made.body.id}/revoke`, {})).status).toBe(404);
  });
});

describe('sessions', () => {
  it('are listed with their browser, and end at once when an administrator says so', async () => {
    const admin = await root();
    await logIn('op@example.com', PASSWORD);
    const op = await rig.logIn('op@example.com');
    const { body, text } = await call<{ items: SessionRowAnswer[] }>(admin, 'GET', '/v1/sessions');
    const his = body.items.filter(({ email }) => email === 'op@example.com');
    expect(his.map(({ agent }) => agent).sort()).toEqual(['Firefox on a desk', 'node']);
    expect(text).not.toContain(decodeURIComponent(op.cookie).slice(5, 30));
    for (const { id } of his) expect((await call(admin, 'POST', `/v1/sessions/${id}/end`, {})).status).toBe(200);
    expect((await call(op, 'GET', '/v1/intercepts')).status).toBe(401);
    expect(await lastAudit()).toMatchObject({ action: 'session.end', subject: 'op@example.com' });
  });
});

describe('one’s own account', () => {
  it('gets another password with the present one; other sessions end and this one goes on', async () => {
    const [here, elsewhere] = [await rig.logIn('op@example.com'), await rig.logIn('op@example.com')];
    const change = (current: string, password: string) =>
      call<{ csrfToken: string }>(here, 'POST', '/auth/password', { current, password });
    const wrong = await change('not my password', 'a new password');
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('"field":"current"')]);
    expect((await change(PASSWORD, 'short')).status).toBe(422);
    const done = await change(PASSWORD, 'a new password');
    expect(done.status).toBe(200);
    expect((await call(elsewhere, 'GET', '/v1/intercepts')).status).toBe(401);
    const now = { cookie: cookiesOf(done.answer), csrfToken: done.body.csrfToken };
    expect((await call(now, 'GET', '/v1/intercepts')).status).toBe(200);
    expect((await logIn('op@example.com', 'a new password')).status).toBe(200);
  });

  it('shows one’s own sessions and no other’s, and ends them', async () => {
    await root();
    const [here, elsewhere] = [await rig.logIn('op@example.com'), await rig.logIn('op@example.com')];
    type Own = SessionRowAnswer & { readonly current: boolean };
    const { body } = await call<{ items: Own[] }>(here, 'GET', '/auth/sessions');
    expect(body.items.map(({ email, current }) => [email, current]).sort()).toEqual([
      ['op@example.com', false],
      ['op@example.com', true],
    ]);
    const other = body.items.find(({ current }) => !current);
    const foreign = (await call<{ items: SessionRowAnswer[] }>(await root(), 'GET', '/v1/sessions')).body.items;
    const [notHis] = foreign.filter(({ email }) => email === 'root@example.com');
    expect((await call(here, 'POST', `/auth/sessions/${notHis?.id}/end`, {})).status).toBe(404);
    expect((await call(here, 'POST', `/auth/sessions/${other?.id}/end`, {})).status).toBe(200);
    expect((await call(elsewhere, 'GET', '/v1/intercepts')).status).toBe(401);
  });

  it('is for people with the CSRF token of their session, not for tokens', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    const body = { current: PASSWORD, password: 'a new password' };
    expect((await call({ cookie, csrfToken: 'x' }, 'POST', '/auth/password', body)).status).toBe(403);
    expect((await call(await rig.token([...ALL_SCOPES]), 'POST', '/auth/password', body)).status).toBe(401);
    expect((await call(await rig.token([...ALL_SCOPES]), 'GET', '/auth/sessions')).status).toBe(401);
  });
});
