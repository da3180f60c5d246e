import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../src/domain/store/audit-store.js';
import { House, KEYS, type Running } from '../support/house.js';
import { type RawClient, rawClient } from '../support/raw-client.js';
import { until } from '../support/until.js';

const NEW = {
  douyin: { ...KEYS.douyin, appSecret: 'ds-new' },
  zto: { ...KEYS.zto, appSecret: 'zs-new' },
};

/** The web process as platforms and couriers meet it: when their keys change, and when it goes. */
let house: House;
let web: Running;

beforeAll(async () => {
  house = await House.open();
  web = await house.start('web');
}, 90_000);
afterAll(() => house.close());

let made = 0;
const md5 = (text: string) => createHash('md5').update(text);

/** A new message of the platform, signed with this secret. */
function message(appSecret: string): { readonly headers: Record<string, string>; readonly body: string } {
  made += 1;
  const body = JSON.stringify([{ tag: '200', msg_id: `k-${made}`, data: `{"aftersale_id":"70008931140${made}"}` }]);
  const sign = md5(KEYS.douyin.appKey + body + appSecret).digest('hex');
  return { headers: { 'app-id': KEYS.douyin.appKey, 'event-sign': sign }, body };
}

/** The platform tells of something, signed with this secret; the status of our answer. */
async function told(appSecret: string): Promise<number> {
  return (await fetch(`${house.url}/webhooks/douyin/dy-main`, { method: 'POST', ...message(appSecret) })).status;
}

/** The courier pushes something, signed with this secret. */
async function pushed(appSecret: string): Promise<number> {
  made += 1;
  const data = JSON.stringify({ billCode: `7310099${made}` });
  const digest = md5(data + appSecret).digest('base64');
  const body = new URLSearchParams({ data, data_digest: digest, msg_type: 'Traces', company_id: 'c' });
  return (await fetch(`${house.url}/callbacks/zto/zto-main`, { method: 'POST', body })).status;
}

/** Both tell again and again; every answer's status, once it is told to stop. */
function stream(): { readonly statuses: Set<number>; stop(): Promise<number> } {
  const statuses = new Set<number>();
  let goesOn = true;
  let count = 0;
  const run = async () => {
    for (; goesOn; count += 2) {
      statuses.add(await told(KEYS.douyin.appSecret));
      statuses.add(await pushed(KEYS.zto.appSecret));
    }
  };
  const done = run();
  return {
    statuses,
    async stop() {
      goesOn = false;
      await done;
      return count;
    },
  };
}

describe('keys that are replaced (S5)', () => {
  it('under a stream of messages signed with the ones before reject none of them', async () => {
    const messages = stream();
    await house.apply({ shop: { credentials: NEW.douyin }, account: { credentials: NEW.zto } });
    await until(async () => (await told(NEW.douyin.appSecret)) === 200, { what: 'the new key to be known' });
    expect(await pushed(NEW.zto.appSecret)).toBe(200);
    expect(await messages.stop()).toBeGreaterThan(10);
    expect([...messages.statuses]).toEqual([200]);
    expect([await told('nobody’s'), await pushed('nobody’s')]).toEqual([401, 401]);
  });

  it('are in the audit as replaced, with the end of their time and without a key', async () => {
    const [entry] = await house.db.rows<{ detail: string }>(
      "SELECT detail FROM audit WHERE action = 'settings.apply' ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({
      replaced: ['shops/dy-main', 'carrierAccounts/zto-main'],
      formerUntil: expect.stringMatching(/^20\d\d-/),
    });
    expect(entry?.detail).not.toContain(NEW.douyin.appSecret);
    expect((await verifyChain(house.db)).ok).toBe(true);
  });

  it('are refused at once when they are told to be forgotten', async () => {
    const back = { shop: { credentials: KEYS.douyin }, account: { credentials: KEYS.zto } };
    await house.apply(back);
    await until(async () => (await told(KEYS.douyin.appSecret)) === 200, { what: 'the key to be back' });
    expect(JSON.parse(await house.cli(['secrets', 'forget', '--json']))).toEqual({ forgotten: 2 });
    await until(async () => (await told(NEW.douyin.appSecret)) === 401, { what: 'the other to be refused' });
    expect(await pushed(NEW.zto.appSecret)).toBe(401);
    await house.apply({ shop: { credentials: NEW.douyin }, account: { credentials: NEW.zto } });
    await until(async () => (await told(NEW.douyin.appSecret)) === 200, { what: 'the new key to be known' });
  });

  it('no longer count when a day is over', async () => {
    for (const table of ['shop', 'carrier_account']) {
      await house.db.run(`UPDATE ${table} SET former_until = former_until - INTERVAL 1 DAY`);
    }
    await house.db.run("UPDATE setting SET value = value + 1 WHERE name = 'config_version'");
    await until(async () => (await told(KEYS.douyin.appSecret)) === 401, { what: 'the former key to be refused' });
    expect(await pushed(KEYS.zto.appSecret)).toBe(401);
    expect([await told(NEW.douyin.appSecret), await pushed(NEW.zto.appSecret)]).toEqual([200, 200]);
  });
});

/** A webhook as bytes on the wire. */
function wire(): string {
  const { headers, body } = message(NEW.douyin.appSecret);
  const lines = Object.entries({ Host: 'jj.example', ...headers, 'Content-Length': String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  return `POST /webhooks/douyin/dy-main HTTP/1.1\r\n${head}\r\n\r\n${body}`;
}

const ANSWER = /HTTP\/1\.1 (200|503) [\s\S]*?\r\n\r\n\{[^{}]*\}/g;
const answered = (client: RawClient) => client.said().match(ANSWER)?.length ?? 0;
const saidClose = (client: RawClient) => /connection: close/i.test(client.said());

/** Sends so many requests at once, each batch when the one before is answered, until it is told to close. */
async function keeps(client: RawClient, atOnce: number): Promise<{ sent: number }> {
  const count = { sent: 0 };
  while (!saidClose(client) && !client.isClosed()) {
    client.socket.write(Array.from({ length: atOnce }, wire).join(''));
    count.sent += atOnce;
    await until(() => answered(client) === count.sent || client.isClosed(), { what: 'all of them to be answered' });
  }
  return count;
}

const ended = () => until(() => web.child.exitCode !== null, { what: 'the process to end', timeoutMs: 30_000 });

describe('a web process that is told to go', () => {
  it('answers everything it has read: on kept connections, several at once, with slow bodies (F15)', async () => {
    const resets: string[] = [];
    const connection = (bytes = '') => {
      const client = rawClient(house.url, bytes);
      client.socket.on('error', ({ message: why }) => resets.push(why));
      return client;
    };
    const kept = Array.from({ length: 12 }, (_, i) => ({ client: connection(), atOnce: i % 3 === 0 ? 4 : 1 }));
    const counts = kept.map(({ client, atOnce }) => keeps(client, atOnce));
    const slow = Array.from({ length: 6 }, () => {
      const bytes = wire();
      const half = bytes.length - 40;
      return { client: connection(bytes.slice(0, half)), rest: bytes.slice(half) };
    });
    const stuck = connection(wire().slice(0, -5));
    const idle = connection(wire());
    const silent = connection();
    await until(() => answered(idle) === 1 && kept.every(({ client }) => answered(client) > 8), { what: 'a load' });
    web.child.kill('SIGTERM');
    await until(() => kept.every(({ client }) => saidClose(client)), { what: 'kept connections to be told' });
    for (const { client, rest } of slow) client.socket.write(rest);
    // Its sender never ends: it is turned away after ten seconds, not torn off.
    await stuck.closed(30_000);
    expect(stuck.said()).toMatch(/^HTTP\/1\.1 (408|503) /);
    await ended();
    const sent = (await Promise.all(counts)).map((count) => count.sent);
    expect(kept.map(({ client }) => answered(client))).toEqual(sent);
    expect(slow.map(({ client }) => answered(client))).toEqual(slow.map(() => 1));
    await Promise.all([idle.closed(), silent.closed()]);
    expect(resets).toEqual([]);
    expect(web.child.exitCode).toBe(0);
    const rows = await house.db.rows<{ n: number }>("SELECT COUNT(*) AS n FROM inbox WHERE event_id LIKE 'k-%'");
    const acknowledged = [...kept, ...slow, { client: idle }].flatMap(
      ({ client }) => client.said().match(/ 200 OK/g) ?? [],
    );
    expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged.length);
  }, 60_000);

  it('goes on the spot when it is told a second time', async () => {
    web = await house.start('web');
    const held = rawClient(house.url, wire().slice(0, -5));
    await until(async () => (await told(NEW.douyin.appSecret)) === 200, { what: 'it to have read the beginning' });
    web.child.kill('SIGTERM');
    await until(() => web.output().includes('SIGTERM: stopping'), { what: 'it to have heard' });
    // Two within a second are one press of Ctrl-C, which npm passes on.
    const heardAt = Date.now();
    await until(() => Date.now() - heardAt > 1_100, { what: 'a second to pass' });
    web.child.kill('SIGTERM');
    await until(() => web.child.exitCode !== null, { what: 'it to end', timeoutMs: 6_000 });
    expect(web.child.exitCode).toBe(1);
    held.socket.destroy();
  }, 90_000);
});
