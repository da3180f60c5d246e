import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../../src/dashboard/api/routes.js';
import type { ActionRow, ShopObject } from '../../../src/dashboard/ui/actions/action.js';
import { ACTIONS } from '../../../src/dashboard/ui/actions/actions.js';
import { scopesOf, USER_ROLES } from '../../../src/domain/people/scopes.js';
import { REAL_BOOK } from '../../support/picture.js';
import { type Session, type WebRig, webRig } from '../../support/web-rig.js';
import { OWNER, SETTINGS, SHOP_OBJECTS, STRANGER, storeSettings } from './shop-objects.js';

const ENV = { settings: SETTINGS, book: REAL_BOOK };

let rig: WebRig;
const sessions = new Map<string, Session>();
const ids = new Map<ShopObject, string>();
beforeAll(async () => {
  rig = await webRig({ settings: SETTINGS });
  await storeSettings(rig);
  for (const role of USER_ROLES) await rig.addUser(`${role}@example.com`, role);
  await rig.addUser('stranger@example.com', 'admin', [STRANGER]);
  await rig.addUser('owner@example.com', 'admin', [OWNER]);
  for (const name of [...USER_ROLES, 'stranger', 'owner']) sessions.set(name, await rig.logIn(`${name}@example.com`));
  for (const kind of Object.keys(SHOP_OBJECTS) as ShopObject[]) ids.set(kind, await SHOP_OBJECTS[kind](rig, ENV));
});
afterAll(() => rig.close());

/** Carries an action out as this person. `:id` is the owner's object, or one that does not exist. */
async function act({ call, of, body = {} }: ActionRow, who: string, id = of === null ? 'nothing' : ids.get(of)) {
  const [method = '', path = ''] = call.split(' ');
  const { cookie, csrfToken } = sessions.get(who) ?? { cookie: '', csrfToken: '' };
  const headers = { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' };
  const url = `${rig.url}/api/v1${path.replace(/:\w+/g, id ?? 'nothing')}`;
  const answer = await fetch(url, method === 'GET' ? { headers } : { method, headers, body: JSON.stringify(body) });
  await answer.arrayBuffer();
  return answer.status;
}

const actions: [string, ActionRow][] = Object.entries(ACTIONS);

describe.each(actions)('%s', (_, action) => {
  it('is a route of the API with the same scope, so that the table tells no tales', () => {
    const [method = '', path = ''] = action.call.split(' ');
    const route = ROUTES.find((one) => one.method === method.toLowerCase() && one.path === path);
    expect(route?.scope).toBe(action.scope);
  });

  it.each(USER_ROLES)('is for the role %s what docs/ui.md says', async (role) => {
    // Nothing is carried out: the object does not exist, or the body is a preview's.
    const status = await act(action, role, 'nothing');
    if (scopesOf(role).has(action.scope)) expect([401, 403, 405]).not.toContain(status);
    else expect(status).toBe(403);
  });
});

const owned = actions.filter(([, { of }]) => of !== null);

describe.each(owned)('%s on an object of another shop', (_, action) => {
  it('is 404, as if it did not exist', async () => {
    expect(await act(action, 'stranger')).toBe(404);
  });
});

describe.each(owned)('%s on an object of the person’s own shop', (_, action) => {
  it('is found', async () => {
    expect([401, 403, 404]).not.toContain(await act(action, 'owner'));
  });
});
