import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scope } from '../../../src/domain/people/scopes.js';
import { raiseAlert } from '../../../src/domain/store/alert-store.js';
import { ensureLanes, pauseLane } from '../../../src/domain/store/lane-store.js';
import { type EventStream, eventStream } from '../../support/event-stream.js';
import { aShop } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { until } from '../../support/until.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
let erp: Erp;
let second: Erp;
const open: EventStream[] = [];
beforeAll(async () => {
  rig = await webRig();
  const env = { settings: TWO_SHOPS, book: new Erp(rig.db).env.book };
  erp = new Erp(rig.db, env);
  second = new Erp(rig.db, env, aShop({ id: 'dy-two' }));
  await ensureLanes(rig.db, [{ carrier: 'zto', id: 'zto-main' }]);
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => rig.close());

async function listen(headers: Record<string, string>): Promise<EventStream> {
  const stream = await eventStream(`${rig.url}/api/v1/live`, headers);
  open.push(stream);
  return stream;
}

/** A stream that has been told of its beginning, so that what follows is news. */
async function listenTo(scopes: readonly Scope[], shops: readonly string[] | null = null): Promise<EventStream> {
  const stream = await listen({ authorization: await rig.token(scopes, shops) });
  await until(() => stream.changes.length > 0, { what: 'the first event' });
  stream.forget();
  return stream;
}

const told = (stream: EventStream, kind: string) =>
  until(() => stream.changes.includes(kind), { what: `word of ${kind}` });

const BOTH: Scope[] = ['intercepts:read', 'config:read'];

describe('the live stream', () => {
  it('is server-sent events, and says first that anything may have changed', async () => {
    const stream = await listen({ authorization: await rig.token(BOTH) });
    expect([stream.status, stream.contentType]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await told(stream, 'intercepts');
    expect(stream.text).toMatch(/^retry: 3000\n\n/);
    expect([...stream.changes].sort()).toEqual(['alerts', 'intercepts', 'lanes', 'replays', 'settings', 'tasks']);
  });

  it('says that intercepts have changed, once for a change', async () => {
    const stream = await listenTo(BOTH);
    await erp.askForOne();
    await told(stream, 'intercepts');
    stream.forget();
    await pauseLane(rig.db, 'zto-zto-main', true);
    await told(stream, 'lanes');
    expect(stream.changes).toEqual(['lanes']);
  });

  it('says that tasks, alerts and batches have changed', async () => {
    const stream = await listenTo(BOTH);
    const { id } = await erp.askForOne();
    await rig.db.run(
      `INSERT INTO task (id, kind, intercept_id, parcel_id, reason, due_at, created_at)
       SELECT '01k0000000000000000000task', 'decide', id, parcel_id, 'approval', NOW(3), NOW(3) FROM intercept WHERE id = ?`,
      [id],
    );
    await told(stream, 'tasks');
    await raiseAlert(rig.db, 'lane_down', 'zto-zto-main', new Date());
    await told(stream, 'alerts');
    await rig.db.run(
      `INSERT INTO replay (id, name, actor, filter, state, total, preview, fee_estimate_fen, created_at)
       VALUES ('01k000000000000000000batch', 'b', 'a', '{}', 'running', 0, '{}', 0, NOW(3))`,
    );
    await told(stream, 'replays');
  });

  it('says nothing of what happens at a shop of somebody else', async () => {
    const own = await listenTo(BOTH, ['dy-two']);
    const other = await listenTo(BOTH, ['dy-main']);
    await erp.askForOne();
    await told(other, 'intercepts');
    const parcels = [{ carrier: 'zto', waybillNo: '73100139990001', declaredValueFen: 8_900, pickedUpAt: new Date() }];
    await second.askForOne({ shopId: 'dy-two', afterSaleId: 'two-1', orderId: 'two-1', parcels });
    await told(own, 'intercepts');
    expect(own.changes.filter((kind) => kind === 'intercepts')).toHaveLength(1);
  });

  it('says nothing of lanes to whoever may not read the configuration', async () => {
    const stream = await listenTo(['intercepts:read']);
    await pauseLane(rig.db, 'zto-zto-main', false);
    await erp.askForOne();
    await told(stream, 'intercepts');
    expect(stream.changes).not.toContain('lanes');
  });

  it('ends when its session does, by logging out', async () => {
    await rig.addUser('leaver@example.com', 'viewer');
    const { cookie, csrfToken } = await rig.logIn('leaver@example.com');
    const stream = await listen({ cookie });
    await until(() => stream.changes.length > 0, { what: 'the first event' });
    await fetch(`${rig.url}/api/auth/logout`, { method: 'POST', headers: { cookie, 'x-csrf-token': csrfToken } });
    await until(() => stream.ended, { what: 'the end of the stream' });
  });

  it('ends when its person is disabled, or its token revoked', async () => {
    await rig.addUser('gone@example.com', 'viewer');
    const { cookie } = await rig.logIn('gone@example.com');
    const byPerson = await listen({ cookie });
    const byToken = await listenTo(['intercepts:read']);
    await rig.db.run('UPDATE user_account SET disabled = 1 WHERE email = ?', ['gone@example.com']);
    await rig.db.run('UPDATE api_token SET revoked_at = NOW(3) WHERE revoked_at IS NULL');
    await until(() => byPerson.ended && byToken.ended, { what: 'the end of both streams' });
  });

  it('is 429 for the ninth of one caller, and open again when one of them has left', async () => {
    const authorization = await rig.token(['intercepts:read']);
    const streams = await Promise.all(Array.from({ length: 8 }, () => listen({ authorization })));
    const ninth = await fetch(`${rig.url}/api/v1/live`, { headers: { authorization } });
    expect([ninth.status, await ninth.json()]).toMatchObject([429, { code: 'too_many_requests' }]);
    streams[0]?.close();
    await until(async () => (await listen({ authorization })).status === 200, { what: 'a free place' });
  });

  it('goes on by itself after MySQL was away', async () => {
    const stream = await listenTo(['intercepts:read']);
    await rig.proxy.refuse();
    expect(await rig.db.answers()).toBe(false);
    await rig.proxy.accept();
    await until(() => rig.db.answers(), { what: 'the database' });
    await erp.askForOne();
    await told(stream, 'intercepts');
    expect(stream.ended).toBe(false);
  });
});
