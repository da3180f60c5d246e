import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Route } from '../../../src/dashboard/api/route.js';
import { ROUTES } from '../../../src/dashboard/api/routes.js';
import type { ShopObject } from '../../../src/dashboard/ui/actions/action.js';
import { ACTIONS } from '../../../src/dashboard/ui/actions/actions.js';
import { ALL_SCOPES } from '../../../src/domain/people/scopes.js';
import { REAL_BOOK } from '../../support/picture.js';
import { type WebRig, webRig } from '../../support/web-rig.js';
import { OWNER, SETTINGS, SHOP_OBJECTS, STRANGER, storeSettings } from './shop-objects.js';

/** Whose the object in an address is. `people`: everybody's or nobody's, only for those who see all shops. */
type Whose = ShopObject | 'people' | 'parcel' | 'after_sale';
const BY_FOLDER: Readonly<Record<string, Whose>> = {
  intercepts: 'intercept',
  'after-sales': 'after_sale',
  events: 'event',
  bills: 'people',
  'bill-sources': 'people',
  invoices: 'invoice',
  ledger: 'fee',
  imports: 'import',
  lanes: 'lane',
  parcels: 'parcel',
  refunds: 'refund',
  returns: 'return',
  claims: 'claim',
  replays: 'replay',
  tasks: 'task',
  'config/accounts': 'account',
  'config/shops': 'shop',
  deliveries: 'people',
  policies: 'people',
  sessions: 'people',
  tokens: 'people',
  users: 'people',
};

const withId = ROUTES.filter(({ path }) => path.includes('/:'));
const folderOf = (path: string) => path.slice(1, path.indexOf('/:'));

/** Bodies that get as far as the object. */
const BODIES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    Object.values(ACTIONS).map(({ call, body = {} }: { call: string; body?: object }) => [call, body]),
  ),
  'PUT /parcels/:carrier/:waybillNo': {
    orders: [{ shopId: OWNER, orderId: '4835804142146757001', paidFen: 8_900 }],
    complete: true,
  },
  'POST /imports/:id/chunks': { seq: 0, base64: 'YQ==' },
  'POST /policies/:id/rollback': { version: 0, to: 1, reason: 'x' },
  'POST /policies/:id/brake/release': { reason: 'x' },
  'PUT /policies/:id/shadow': { policy: {} },
  'POST /policies/:id/shadow/publish': { version: 0, reason: 'x' },
  'POST /imports/:id/uploaded': { chunks: 1 },
  'POST /bills/:id/chunks': { seq: 0, base64: 'YQ==' },
  'POST /bills/:id/uploaded': { chunks: 1 },
  'PUT /bill-sources/:source': { waybillNo: 'no', amount: 'fen' },
  'POST /ledger/:id/correct': { toFen: 290, note: 'as billed' },
  'POST /invoices/:id/issue': { number: 'No.1' },
};

let rig: WebRig;
const tokens = { stranger: '', owner: '' };
const ids = new Map<Whose, string>();
beforeAll(async () => {
  rig = await webRig({ settings: SETTINGS });
  await storeSettings(rig);
  tokens.stranger = await rig.token(ALL_SCOPES, [STRANGER]);
  tokens.owner = await rig.token(ALL_SCOPES, [OWNER]);
  const env = { settings: SETTINGS, book: REAL_BOOK };
  for (const kind of Object.keys(SHOP_OBJECTS) as ShopObject[]) ids.set(kind, await SHOP_OBJECTS[kind](rig, env));
  const [sale] = await rig.db.rows<{ id: string }>('SELECT id FROM after_sale WHERE shop_id = ? LIMIT 1', [OWNER]);
  const [parcel] = await rig.db.rows<{ carrier: string; waybillNo: string }>(
    'SELECT p.carrier, p.waybill_no AS waybillNo FROM parcel p JOIN intercept i ON i.parcel_id = p.id WHERE i.id = ?',
    [ids.get('intercept') ?? ''],
  );
  ids.set('after_sale', sale?.id ?? '').set('parcel', `${parcel?.carrier}/${parcel?.waybillNo}`);
});
afterAll(() => rig.close());

async function call({ method, path }: Route, who: keyof typeof tokens): Promise<number> {
  const whose = BY_FOLDER[folderOf(path)] ?? 'people';
  const [, rest = ''] = /^\/.*?\/:\w+(?:\/:\w+)?(.*)$/.exec(path) ?? [];
  const url = `${rig.url}/api/v1/${folderOf(path)}/${ids.get(whose) ?? 'nothing'}${rest}`;
  const headers = { authorization: tokens[who], 'content-type': 'application/json' };
  const body = JSON.stringify(BODIES[`${method.toUpperCase()} ${path}`] ?? {});
  const answer = await fetch(url, method === 'get' ? { headers } : { method: method.toUpperCase(), headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);
const ofPeople = (route: Route) => BY_FOLDER[folderOf(route.path)] === 'people';

describe('the table of whose objects are whose', () => {
  it('knows every address with an id in it, so that a new one cannot be forgotten', () => {
    expect(withId.map(({ path }) => folderOf(path)).filter((folder) => !(folder in BY_FOLDER))).toEqual([]);
    for (const folder of Object.keys(BY_FOLDER)) expect(withId.map(({ path }) => folderOf(path))).toContain(folder);
  });
});

// The stranger first: what the owner does afterwards uses some of the objects up.
describe.each(named(withId.filter((route) => !ofPeople(route))))('%s', (_, route) => {
  it('is 404 for whoever sees another shop only, whatever his scopes', async () => {
    expect(await call(route, 'stranger')).toBe(404);
  });
});

describe.each(named(withId.filter(ofPeople)))('%s', (_, route) => {
  it('is 403 for whoever does not see all shops', async () => {
    expect(await call(route, 'stranger')).toBe(403);
  });
});

describe.each(named(withId.filter((route) => !ofPeople(route))))('%s by the owner', (_, route) => {
  it('is found', async () => {
    expect([401, 403, 404, 405]).not.toContain(await call(route, 'owner'));
  });
});

describe('lists', () => {
  const lists = ROUTES.filter(({ method, path }) => method === 'get' && !path.includes('/:') && path !== '/live');
  const text = async (path: string, who: keyof typeof tokens) =>
    (await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization: tokens[who] } })).text();
  /** What tells that something of the owner's shop is in an answer. */
  const marks = () => [OWNER, ...[...ids.values()].filter((id) => id.length > 12), ids.get('lane') ?? '', 'zto-own'];

  it.each(lists.map(({ path }) => path))('%s holds nothing of another shop', async (path) => {
    const answer = await text(path, 'stranger');
    expect(marks().filter((mark) => answer.includes(mark))).toEqual([]);
  });

  it('show the owner what is his, so that the marks mean something', async () => {
    const seen = await Promise.all(
      ['/intercepts', '/lanes', '/tasks', '/replays', '/shops'].map((path) => text(path, 'owner')),
    );
    for (const answer of seen) expect(marks().some((mark) => answer.includes(mark))).toBe(true);
  });
});
