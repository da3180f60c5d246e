import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ROUTES } from '../../../src/dashboard/api/routes.js';
import { ALL_SCOPES } from '../../../src/domain/people/scopes.js';
import { type Session, type WebRig, webRig } from '../../support/web-rig.js';

/**
 * Every route beside the table of the API, and what keeps strangers out. `anybody`: it says nothing that is a secret;
 * `signature`: the message proves itself; `person`: a session; `write`: a session, its CSRF token and our own page.
 */
const OUTSIDE: readonly [method: string, path: string, prefix: string, guard: string][] = [
  ['get', '/openapi.json', '/api', 'anybody'],
  ['get', '/docs', '/api', 'anybody'],
  ['get', '/docs.css', '/api', 'anybody'],
  ['post', '/login', '/api/auth', 'anybody'],
  ['get', '/session', '/api/auth', 'person'],
  ['post', '/logout', '/api/auth', 'write'],
  ['post', '/password', '/api/auth', 'write'],
  ['get', '/sessions', '/api/auth', 'person'],
  ['post', '/sessions/:id/end', '/api/auth', 'write'],
  ['get', '/webhooks/:platform/:shopId', '', 'signature'],
  ['post', '/webhooks/:platform/:shopId', '', 'signature'],
  ['post', '/callbacks/:carrier/:accountId', '', 'signature'],
  ['get', '/livez', '', 'anybody'],
  ['get', '/readyz', '', 'anybody'],
  ['get', '/assets/:name', '', 'anybody'],
  ['get', '/{*page}', '', 'anybody'],
];

let rig: WebRig;
let admin: Session;
beforeAll(async () => {
  rig = await webRig();
  await rig.addUser('admin@example.com', 'admin');
  admin = await rig.logIn('admin@example.com');
});
afterAll(() => rig.close());

const ROUTE = z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) });

/** Methods and paths of all routes of a router and those below it; Bull Board is an application of its own with a test of its own. */
function walk(router: unknown): string[] {
  const stack: unknown =
    typeof router === 'object' || typeof router === 'function' ? Reflect.get(Object(router), 'stack') : null;
  if (!Array.isArray(stack)) return [];
  return stack.flatMap((layer: { route?: unknown; handle?: unknown }) => {
    const route = ROUTE.safeParse(layer.route);
    if (!route.success) return walk(layer.handle);
    const { path, methods } = route.data;
    return Object.keys(methods)
      .filter((method) => method !== '_all')
      .map((method) => `${method} ${path}`);
  });
}

describe('the routes of the server', () => {
  it('are those of the two tables, so that none can be added without its guard being tried', () => {
    const known = [
      ...ROUTES.map(({ method, path }) => `${method} ${path}`),
      ...OUTSIDE.map(([m, path]) => `${m} ${path}`),
    ];
    const found = walk(rig.app.router);
    expect(found.length).toBeGreaterThan(60);
    expect([...new Set(found)].sort()).toEqual([...new Set(known)].sort());
  });
});

function call(method: string, path: string, headers: Record<string, string>): Promise<Response> {
  const url = `${rig.url}${path.replace(/:\w+/g, 'nothing')}`;
  const json = { 'content-type': 'application/json', ...headers };
  return fetch(url, method === 'get' ? { headers } : { method: method.toUpperCase(), headers: json, body: '{}' });
}

const guarded = (guards: readonly string[]) =>
  OUTSIDE.filter(([, , , guard]) => guards.includes(guard)).map(
    ([m, path, prefix]) => [`${m} ${prefix}${path}`, m, prefix + path] as const,
  );

describe.each(guarded(['person', 'write']))('%s', (_, method, path) => {
  it('is 401 for strangers and for tokens, however much they may do', async () => {
    expect((await call(method, path, {})).status).toBe(401);
    expect((await call(method, path, { authorization: await rig.token(ALL_SCOPES) })).status).toBe(401);
  });
});

describe.each(guarded(['write']))('%s by a person', (_, method, path) => {
  it.each([
    ['without the CSRF token', {}, 'csrf_token_invalid'],
    ['with a made-up one', { 'x-csrf-token': `${'0'.repeat(64)}.${'0'.repeat(64)}` }, 'csrf_token_invalid'],
    ['from another site’s page', { 'sec-fetch-site': 'cross-site' }, 'cross_site_request'],
    ['from another origin', { origin: 'https://evil.example' }, 'cross_site_request'],
  ])('is 403 %s', async (__, headers, code) => {
    const answer = await call(method, path, { cookie: admin.cookie, ...headers });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code }]);
  });
});

describe.each(guarded(['signature']))('%s', (_, method, path) => {
  it('is 404 for shops and accounts that do not exist, before anything is read', async () => {
    expect((await call(method, path, {})).status).toBe(404);
  });
});

describe('an answer to something unforeseen (S10)', () => {
  it('says nothing of our insides, and the log says where to look', async () => {
    await rig.db.run('RENAME TABLE task TO task_away');
    const answer = await call('get', '/api/v1/tasks', { authorization: await rig.token(['intercepts:read']) });
    await rig.db.run('RENAME TABLE task_away TO task');
    const text = await answer.text();
    const { requestId } = JSON.parse(text) as { requestId: string };
    expect([answer.status, JSON.parse(text)]).toMatchObject([500, { code: 'internal_error' }]);
    expect(text).not.toMatch(/task_away|doesn.t exist|SELECT|\bat \w|\.ts|\.js|ER_|mysql|typeorm|jj_test/i);
    expect(rig.logged).toContainEqual({
      event: 'http.request_failed',
      fields: expect.objectContaining({ requestId }),
    });
  });
});
