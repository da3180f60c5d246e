import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { claimMessages, giveUpOld, sendAgain } from '../../src/domain/store/delivery-store.js';
import { move } from '../../src/domain/store/intercept-store.js';
import { finishTask } from '../../src/domain/store/task-reader.js';
import { NotifyRig } from '../support/notify-rig.js';
import { Erp } from '../support/requests.js';
import { type Received, type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';

const SECRET = `whsec_${Buffer.from('a key of thirty-two bytes, random').toString('base64')}`;
const PROGRAM = join(import.meta.dirname, '../support/notify-process.mjs');
const OK = { status: 200, body: '' };

let rig: NotifyRig;
let erp: Erp;
let receiver: ScriptedServer;
const servers: ScriptedServer[] = [];

beforeAll(async () => {
  rig = await NotifyRig.open();
  erp = new Erp(rig.db);
});
afterAll(() => rig.close());
beforeEach(async () => {
  receiver = await aReceiver();
});
afterEach(async () => {
  // First the receivers: a POST to a silent one would be waited for.
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rig.rest();
});

/** A receiver that takes everything; closed after the test, however that ends. */
async function aReceiver(): Promise<ScriptedServer> {
  const server = await scriptedServer();
  server.answer(OK);
  servers.push(server);
  return server;
}

const endpoint = (over: object = {}) => ({
  id: 'erp',
  url: `${receiver.baseUrl}/hooks?v=1`,
  secret: SECRET,
  events: ['intercept.*'],
  ...over,
});
const listen = (...endpoints: object[]) => rig.apply({ endpoints });

interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
}

/** The message of a request, its signature verified with the reference library. */
function verified({ headers, body }: Received): Message {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new Webhook(SECRET).verify(body, texts) as Message;
}
const ids = () => receiver.received().map((one) => one.headers['webhook-id']);
const types = () => receiver.received().map((one) => verified(one).type);

const deliveries = (count: number) => until(() => receiver.received().length >= count, { what: `${count} deliveries` });
const settled = () =>
  until(async () => (await rig.outbox()).every(({ state }) => state !== 'waiting'), { what: 'nothing to wait' });
const failedOnce = () => until(async () => (await rig.outbox())[0]?.error, { what: 'a failure to be noted' });

/** An intercept that was accepted, stopped and returned in three steps. */
async function stopped(): Promise<string> {
  const row = await erp.accepted();
  await rig.db.transaction(async (tx) => {
    const at = await move(tx, row, { event: 'stop', reason: 'courier_stopped', actor: 'courier' }, new Date());
    await move(tx, at, { event: 'return', reason: 'returned', actor: 'courier' }, new Date());
  });
  return row.id;
}

describe('the outbox', () => {
  it('stays empty while nobody listens: no endpoint, other events, or disabled', async () => {
    await listen();
    await erp.askForOne();
    await listen(endpoint({ events: ['claim.*', 'task.opened'] }), endpoint({ id: 'old', events: ['*'] }));
    await rig.db.run("UPDATE notification_target SET enabled = 0 WHERE id = 'endpoints/old'");
    await erp.accepted();
    expect(await rig.outbox()).toEqual([]);
  });

  it('gets one row an endpoint with one message id an event, whichever pattern fits', async () => {
    await listen(endpoint(), endpoint({ id: 'b', events: ['*'] }), endpoint({ id: 'c', events: ['intercept.queued'] }));
    await erp.accepted();
    const rows = await rig.outbox();
    const of = (type: string) => rows.filter(({ topic }) => topic === type);
    expect(of('intercept.queued').map(({ target }) => target)).toEqual(['endpoints/b', 'endpoints/c', 'endpoints/erp']);
    expect(of('intercept.accepted').map(({ target }) => target)).toEqual(['endpoints/b', 'endpoints/erp']);
    expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('forgets what its transaction forgets, since a step that was not taken must not be told', async () => {
    await listen(endpoint());
    const row = await erp.accepted();
    const before = (await rig.outbox()).length;
    const broken = rig.db.transaction(async (tx) => {
      await move(tx, row, { event: 'stop', reason: 'courier_stopped', actor: 'courier' }, new Date());
      expect(await tx.rows('SELECT id FROM outbox')).toHaveLength(before + 1);
      throw new Error('the commit never comes');
    });
    await expect(broken).rejects.toThrow('the commit never comes');
    expect(await rig.outbox()).toHaveLength(before);
  });

  it('holds no secret of any endpoint, nor does any other row', async () => {
    await rig.apply({
      endpoints: [endpoint()],
      notifications: [{ id: 'bot', kind: 'dingtalk', url: `${receiver.baseUrl}/bot-token`, events: ['intercept.*'] }],
    });
    receiver.answer({ body: '{"errcode":0}' });
    rig.start();
    await stopped();
    await settled();
    const tables = ['outbox', 'notification_target', 'audit', 'alert', 'setting'];
    const rows = await Promise.all(tables.map((table) => rig.db.rows(`SELECT * FROM ${table}`)));
    const text = JSON.stringify(rows);
    for (const word of [SECRET, SECRET.slice(6), 'a key of thirty-two', 'bot-token']) expect(text).not.toContain(word);
  });
});

describe('an endpoint', () => {
  it('gets every step once, in order, signed, as the intercept was after it', async () => {
    await listen(endpoint());
    rig.start();
    const id = await stopped();
    await settled();
    const messages = receiver.received().map(verified);
    expect(messages.map(({ type, data }) => [type, data.state, data.version, data.reason, data.feeFen])).toEqual([
      ['intercept.queued', 'queued', 1, 'ready', 0],
      ['intercept.accepted', 'accepted', 3, 'courier_accepted', 0],
      ['intercept.intercepted', 'intercepted', 4, 'courier_stopped', 300],
      ['intercept.returned', 'returned', 5, 'returned', 300],
    ]);
    expect(messages[2]?.data).toMatchObject({
      id,
      shopId: 'dy-main',
      carrier: 'zto',
      reasonText: { zh: expect.any(String), en: 'The courier stopped the parcel; it is on its way back.' },
      orderIds: [expect.any(String)],
      afterSaleIds: [expect.any(String)],
    });
    expect(receiver.received()[0]).toMatchObject({
      method: 'POST',
      path: '/hooks?v=1',
      headers: { 'content-type': 'application/json' },
    });
    expect(new Set(ids()).size).toBe(4);
  });

  it.each([
    ['answers 500', { status: 500, body: 'no' }, 'answered HTTP 500'],
    ['redirects', { status: 302, headers: { location: '/elsewhere' }, body: '' }, 'answered HTTP 302'],
    ['does not answer in time', { fault: 'silence' }, 'no answer within 300 ms'],
    ['breaks the connection', { fault: 'drop' }, expect.stringContaining('the connection failed')],
  ] as const)('that %s is tried again with the same id and the same bytes', async (_what, reply, why) => {
    await listen(endpoint());
    receiver.answer(reply);
    rig.start({ timeoutMs: 300 });
    await erp.askForOne();
    await failedOnce();
    expect(await rig.outbox()).toMatchObject([{ state: 'waiting', tries: 1, error: why }]);
    receiver.answer(OK);
    rig.skip(6_000);
    await settled();
    expect(await rig.outbox()).toMatchObject([{ state: 'delivered', tries: 2, status: 200, error: null }]);
    const [first, second] = receiver.received();
    expect(receiver.received()).toHaveLength(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(second?.path).toBe('/hooks?v=1');
    expect(second && verified(second).type).toBe('intercept.queued');
  });

  it('that asks for quiet gets it, for all its messages, while others go on', async () => {
    const witness = await aReceiver();
    await listen(endpoint(), endpoint({ id: 'witness', url: witness.baseUrl }));
    receiver.answer({ status: 503, headers: { 'retry-after': '60' }, body: '' });
    rig.start();
    await erp.askForOne();
    await failedOnce();
    receiver.answer(OK);
    rig.skip(50_000);
    await erp.askForOne();
    await until(() => witness.received().length === 2, { what: 'the other endpoint to hear of both' });
    const ours = (await rig.outbox()).filter(({ target }) => target === 'endpoints/erp');
    expect(ours.map(({ tries }) => tries)).toEqual([1, 0]);
    rig.skip(15_000);
    await deliveries(3);
    await settled();
  });

  it('learns of a later step only after the earlier one, though that one failed', async () => {
    await listen(endpoint());
    receiver.answer({ status: 500, body: '' });
    rig.start();
    const row = await erp.accepted();
    await failedOnce();
    // Nothing of this intercept overtakes; of another one it does.
    receiver.answer(OK);
    const other = await erp.askForOne();
    await deliveries(2);
    const last = receiver.received()[1];
    expect(last && verified(last).data.id).toBe(other.id);
    rig.skip(6_000);
    await settled();
    const ours = receiver
      .received()
      .map(verified)
      .filter(({ data }) => data.id === row.id);
    expect(ours.map(({ type }) => type)).toEqual(['intercept.queued', 'intercept.queued', 'intercept.accepted']);
  });

  it('that is dead holds up nobody else', async () => {
    const dead = await aReceiver();
    dead.answer({ fault: 'silence' });
    await listen(endpoint(), endpoint({ id: 'dead', url: dead.baseUrl }));
    rig.start({ timeoutMs: 20_000, leaseMs: 60_000 });
    await erp.askForMany(20);
    await deliveries(20);
    expect(new Set(ids()).size).toBe(20);
    expect(dead.received()).toHaveLength(4);
  });

  it('gets a message once from two processes at work', async () => {
    await listen(endpoint());
    rig.start();
    rig.start();
    await erp.askForMany(20);
    await settled();
    expect(receiver.received()).toHaveLength(20);
    expect(new Set(ids()).size).toBe(20);
  });

  it('gets it again, under the same id, after the process died between the POST and its mark', async () => {
    await listen(endpoint());
    await erp.askForOne();
    const child = spawn(process.execPath, [PROGRAM, rig.url, rig.secretKey, '30000'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    receiver.answer(() => {
      child.kill('SIGKILL');
      return OK;
    });
    await once(child, 'exit');
    receiver.answer(OK);
    expect(await rig.outbox()).toMatchObject([{ state: 'waiting', tries: 1 }]);
    rig.start();
    rig.skip(31_000);
    await settled();
    expect(receiver.received()).toHaveLength(2);
    expect(new Set(ids()).size).toBe(1);
    expect(types()).toEqual(['intercept.queued', 'intercept.queued']);
    expect(receiver.received()[0]?.body).toBe(receiver.received()[1]?.body);
  });

  it('keeps its messages for three days, then they are dead, until a person sends them again', async () => {
    await listen(endpoint());
    await erp.askForOne();
    rig.skip(3 * 86_400_000 - 1_000);
    receiver.answer({ status: 500, body: '' });
    rig.start();
    await settled();
    const [row] = await rig.outbox();
    expect(row).toMatchObject({ state: 'dead', status: 500, error: 'answered HTTP 500' });
    receiver.answer(OK);
    expect(await sendAgain(rig.db, row?.id ?? 0, rig.now())).toBe(true);
    expect(await sendAgain(rig.db, row?.id ?? 0, rig.now())).toBe(false);
    rig.skip(0);
    await until(async () => (await rig.outbox())[0]?.state === 'delivered', { what: 'the delivery' });
    expect(new Set(ids()).size).toBe(1);
  });

  it('that answers 410 is disabled, audited and told of; applying the file again brings it back with what waited', async () => {
    const other = { id: 'ops', kind: 'webhook', url: `${receiver.baseUrl}/ops`, events: ['alert.*'] };
    await rig.apply({ endpoints: [endpoint()], notifications: [other] });
    const ofErp = () => receiver.received().filter(({ path }) => path.startsWith('/hooks'));
    receiver.answer(({ path }) => (path === '/ops' ? OK : { status: 410, body: '' }));
    rig.start();
    await erp.accepted();
    await until(() => receiver.received().some(({ path }) => path === '/ops'), { what: 'the alert' });
    const alert = receiver.received().find(({ path }) => path === '/ops');
    expect(JSON.parse(alert?.body ?? '')).toMatchObject({
      type: 'alert.endpoint_gone',
      data: { subject: 'endpoints/erp', state: 'raised' },
    });
    expect(alert?.headers['webhook-signature']).toBeUndefined();
    expect(await rig.db.rows("SELECT subject FROM audit WHERE action = 'target.disable'")).toEqual([
      { subject: 'endpoints/erp' },
    ]);
    expect((await rig.outbox()).map(({ topic, state }) => [topic, state])).toEqual([
      ['intercept.queued', 'dead'],
      ['intercept.accepted', 'waiting'],
      ['alert.endpoint_gone', 'delivered'],
    ]);
    receiver.answer(OK);
    await rig.apply({ endpoints: [endpoint()], notifications: [other] });
    await rig.watchAlerts();
    await settled();
    expect(ofErp().map((one) => verified(one).type)).toEqual(['intercept.queued', 'intercept.accepted']);
    expect((await rig.outbox()).at(-1)?.topic).toBe('alert.endpoint_recovered');
  });

  it('is found at its new address and with its new secret without a restart', async () => {
    const moved = await aReceiver();
    await listen(endpoint());
    rig.start();
    await erp.askForOne();
    await settled();
    await listen(endpoint({ url: moved.baseUrl, secret: 'another secret' }));
    await erp.askForOne();
    await settled();
    const [one] = moved.received();
    const texts = Object.fromEntries(Object.entries(one?.headers ?? {}).map(([name, value]) => [name, String(value)]));
    expect(() => new Webhook('another secret', { format: 'raw' }).verify(one?.body ?? '', texts)).not.toThrow();
    expect([receiver.received().length, moved.received().length]).toEqual([1, 1]);
  });

  it('that was disabled for three days gets nothing of them', async () => {
    await listen(endpoint());
    await erp.askForOne();
    await listen();
    rig.skip(3 * 86_400_000 + 1_000);
    expect(await claimMessages(rig.db, 'endpoints/none', 4, 1_000, rig.now())).toEqual([]);
    expect(await giveUpOld(rig.db, rig.now())).toBe(1);
    expect(await rig.outbox()).toMatchObject([{ state: 'dead', error: 'the target was disabled' }]);
  });

  it('is told of tasks that are opened, done, and closed by themselves (R78)', async () => {
    await listen(endpoint({ events: ['task.*'] }));
    rig.start();
    const overdue = async () => {
      const row = await erp.accepted();
      const take = { event: 'hand_over', reason: 'outcome_overdue', actor: 'system' } as const;
      return rig.db.transaction((tx) => move(tx, row, take, new Date()));
    };
    const first = await overdue();
    const [task] = await rig.db.rows<{ id: string }>('SELECT id FROM task WHERE intercept_id = ?', [first.id]);
    await rig.db.transaction((tx) => finishTask(tx, task?.id ?? '', new Date()));
    await rig.db.transaction((tx) => finishTask(tx, task?.id ?? '', new Date()));
    const second = await overdue();
    await rig.db.transaction((tx) =>
      move(tx, second, { event: 'stop', reason: 'courier_stopped', actor: 'user:a@b.c' }, new Date()),
    );
    await settled();
    const told = receiver.received().map(verified);
    expect(told.map(({ type, data }) => [type, data.interceptId, data.state])).toEqual(
      expect.arrayContaining([
        ['task.opened', first.id, 'open'],
        ['task.closed', first.id, 'done'],
        ['task.opened', second.id, 'open'],
        ['task.closed', second.id, 'closed'],
      ]),
    );
    expect(told).toHaveLength(4);
    const opened = told.find(({ type, data }) => type === 'task.opened' && data.interceptId === first.id);
    expect(opened?.data).toMatchObject({ waybillNo: first.waybillNo, nextStep: { zh: expect.any(String) } });
  });
});
