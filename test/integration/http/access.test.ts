import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../../src/dashboard/api/routes.js';
import { ALL_SCOPES, type Scope, scopesOf, USER_ROLES } from '../../../src/domain/people/scopes.js';
import { type Session, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
const sessions = new Map<string, Session>();
beforeAll(async () => {
  rig = await webRig();
  for (const role of USER_ROLES) {
    await rig.addUser(`${role}@example.com`, role);
    sessions.set(role, await rig.logIn(`${role}@example.com`));
  }
});
afterAll(() => rig.close());

/** An address of the route that names nothing. */
const addressOf = (route: { path: string }) => `${rig.url}/api/v1${route.path.replaceAll(/:\w+/g, 'nothing')}`;

function call(route: (typeof ROUTES)[number], headers: Record<string, string>): Promise<Response> {
  const method = route.method.toUpperCase();
  const json = { 'content-type': 'application/json', ...headers };
  return fetch(addressOf(route), method === 'GET' ? { headers } : { method, headers: json, body: '{}' });
}

const named = ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);
const writes = named.filter(([, route]) => route.method !== 'get');

describe.each(named)('%s', (_, route) => {
  it('is 401 for whoever is not known', async () => {
    const answer = await call(route, {});
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
  });

  it('is 401 for a token that does not exist, even with a good session beside it', async () => {
    const cookie = sessions.get('admin')?.cookie ?? '';
    const answer = await call(route, { authorization: `Bearer jj_${'A'.repeat(43)}`, cookie });
    expect(answer.status).toBe(401);
  });

  it('is 403 for a token with every scope but the one it needs', async () => {
    const others = ALL_SCOPES.filter((scope): scope is Scope => scope !== route.scope);
    const answer = await call(route, { authorization: await rig.token(others) });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'missing_scope' }]);
  });

  it('is open for a token with that scope alone', async () => {
    const { status } = await call(route, { authorization: await rig.token([route.scope]) });
    expect([200, 404, 422]).toContain(status);
  });

  it.each(USER_ROLES)('is for a person with the role %s what the role’s scopes say', async (role) => {
    const { cookie, csrfToken } = sessions.get(role) ?? { cookie: '', csrfToken: '' };
    const { status } = await call(route, { cookie, 'x-csrf-token': csrfToken });
    if (scopesOf(role).has(route.scope)) expect([200, 404, 422]).toContain(status);
    else expect(status).toBe(403);
  });

  it('answers an unknown method with 405 and says which there are', async () => {
    const answer = await fetch(addressOf(route), { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([
      405,
      expect.stringContaining(route.method.toUpperCase()),
    ]);
  });
});

describe.each(writes)('%s by a person', (_, route) => {
  it.each([
    ['without the CSRF token', {}],
    ['with a made-up one', { 'x-csrf-token': `${'0'.repeat(64)}.${'0'.repeat(64)}` }],
  ])('is 403 %s', async (__, headers) => {
    const answer = await call(route, { cookie: sessions.get('admin')?.cookie ?? '', ...headers });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'csrf_token_invalid' }]);
  });

  it('is 403 with the token of another session, even if its cookie was planted too', async () => {
    const planted = sessions.get('operator') ?? { cookie: '', csrfToken: '' };
    const cookieOf = (role: string, name: string) =>
      sessions
        .get(role)
        ?.cookie.split('; ')
        .find((pair) => pair.startsWith(`${name}=`)) ?? '';
    const cookie = `${cookieOf('admin', 'jj')}; ${cookieOf('operator', 'jj-csrf')}`;
    const answer = await call(route, { cookie, 'x-csrf-token': planted.csrfToken });
    expect(await answer.json()).toMatchObject({ code: 'csrf_token_invalid' });
  });

  it('is 403 from another site’s page, token or not', async () => {
    const { cookie, csrfToken } = sessions.get('admin') ?? { cookie: '', csrfToken: '' };
    const answer = await call(route, { cookie, 'x-csrf-token': csrfToken, 'sec-fetch-site': 'cross-site' });
    expect(await answer.json()).toMatchObject({ code: 'cross_site_request' });
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/livez',
    '/api/openapi.json',
    '/api/v1/intercepts',
    '/nowhere',
    '/queues',
    '/webhooks/douyin/dy-main',
  ])('of %s carries the security headers, a request id, and no word about what we are made of', async (path) => {
    const { headers } = await fetch(rig.url + path);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self';.*script-src 'self';/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-z]{26}$/);
  });

  it('keeps the request id of a proxy, unless it could forge a line of the log', async () => {
    const idFor = async (id: string) => {
      const answer = await fetch(`${rig.url}/livez`, { headers: { 'x-request-id': id } });
      return answer.headers.get('x-request-id');
    };
    expect(await idFor('edge-1234-abcd')).toBe('edge-1234-abcd');
    expect(await idFor('{"level":60}')).not.toBe('{"level":60}');
  });
});

describe('what does not exist', () => {
  it.each(['/nowhere', '/api/v2/intercepts', '/api/v1/intercept', '/api/auth/nowhere', '/metrics'])(
    '%s is a 404 problem for whoever does not ask for a page',
    async (path) => {
      const answer = await fetch(rig.url + path, { headers: { accept: 'application/json' } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await answer.json()).toMatchObject({ code: 'not_found', status: 404 });
    },
  );

  it('a path that cannot be decoded is 400, not a crash', async () => {
    const answer = await fetch(`${rig.url}/api/v1/intercepts/%E0%A4%A`, { headers: { authorization: 'Bearer x' } });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'bad_request' }]);
  });
});

describe('health', () => {
  it('names the components that are not ready, and nothing more', async () => {
    expect(await (await fetch(`${rig.url}/readyz`)).json()).toEqual({ notReady: [] });
    rig.notReady.push('database');
    const answer = await fetch(`${rig.url}/readyz`);
    rig.notReady.length = 0;
    expect([answer.status, await answer.json()]).toEqual([503, { notReady: ['database'] }]);
  });

  it('lives without a login and without a word', async () => {
    expect(await (await fetch(`${rig.url}/livez`)).json()).toEqual({ status: 'ok' });
  });
});
