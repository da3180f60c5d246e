import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Database } from '../../src/domain/store/database.js';
import { freePort } from '../support/free-port.js';
import { House, type Running } from '../support/house.js';
import { type LockedServers, lockedServers } from '../support/locked-servers.js';
import { aRefund, push, reaches } from '../support/refunds.js';
import { removeCompiledSandbox } from '../support/twin-process.js';
import { until } from '../support/until.js';

/** What must stay inside, wherever it came in. */
const CANARIES = {
  buyer: '金丝雀甲',
  phone: '13812345678',
  address: '文三路九十九号金丝雀大厦',
  returnName: '金丝雀乙',
  returnPhone: '13987654321',
  refreshToken: 'canary-refresh-token-7f3a9c',
} as const;

let servers: LockedServers;
let house: House;
let web: Running;
let worker: Running;
let lesser: { readonly databaseUrl: string; readonly redisUrl: string };
let metricsPort: number;
/** What the command line gave once and nobody may find again. */
const given: string[] = [];

beforeAll(async () => {
  servers = await lockedServers();
  metricsPort = await freePort();
  const restrict: LockedServers['restrict'] = async (grants) => {
    lesser = await servers.restrict(grants);
    return lesser;
  };
  house = await House.open({
    services: { ...servers, restrict },
    // No dependency may need what this takes away from every object.
    env: { METRICS_PORT: String(metricsPort), NODE_OPTIONS: '--disable-proto=delete', LOG_LEVEL: 'debug' },
    shop: {
      credentials: { appKey: 'dk', appSecret: 'ds', accessToken: 'dt', refreshToken: CANARIES.refreshToken },
      returnAddress: {
        name: CANARIES.returnName,
        phone: CANARIES.returnPhone,
        province: '浙江省',
        city: '杭州市',
        district: '西湖区',
        detail: CANARIES.address,
      },
    },
  });
  const user = ['user', 'add', '--email', 'op@example.com', '--role', 'admin', '--generate', '--json'];
  const token = ['token', 'create', '--name', 'second', '--scopes', 'money:read', '--json'];
  for (const command of [user, token]) {
    const { password, token: text } = JSON.parse(await house.cli(command)) as { password?: string; token?: string };
    given.push(password ?? text ?? '');
  }
  web = await house.start('web,scheduler');
}, 120_000);
afterAll(async () => {
  await house.close();
  await servers.close();
  await removeCompiledSandbox();
});

/** A message as Douyin sends it, signed, with more in it than we need. */
function tell(fields: object, tag = '200', raw?: string): Promise<Response> {
  const data = JSON.stringify({ aftersale_type: 1, aftersale_status: 6, ...fields });
  const body = raw ?? JSON.stringify([{ tag, msg_id: `m-${Math.random()}`, data }]);
  const sign = createHash('md5').update(`dk${body}ds`).digest('hex');
  return fetch(`${house.url}/webhooks/douyin/dy-main`, {
    method: 'POST',
    headers: { 'app-id': 'dk', 'event-sign': sign },
    body,
  });
}

function scan(waybillNo: string): Promise<Response> {
  const desc = `【杭州】快递员 李四（电话 ${CANARIES.phone}）正在派件`;
  const data = JSON.stringify({ billCode: waybillNo, action: 'DISPATCH', actionTime: '2026-11-22 10:00:00', desc });
  const digest = createHash('md5').update(`${data}zs`).digest('base64');
  const body = new URLSearchParams({ data, data_digest: digest, msg_type: 'Traces', company_id: 'c' });
  return fetch(`${house.url}/callbacks/zto/zto-main`, { method: 'POST', body });
}

async function redisDump(): Promise<string> {
  const client = new Redis(servers.redisUrl);
  const found: unknown[] = [];
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => client.get(key),
    hash: (key) => client.hgetall(key),
    list: (key) => client.lrange(key, 0, -1),
    set: (key) => client.smembers(key),
    zset: (key) => client.zrange(key, '0', '-1'),
    stream: (key) => client.xrange(key, '-', '+'),
  };
  for (const key of await client.keys('*')) found.push(key, await read[await client.type(key)]?.(key));
  client.disconnect();
  return JSON.stringify(found);
}

async function databaseDump(): Promise<string> {
  const tables = await house.db.rows<{ name: string }>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const rows = await Promise.all(tables.map(async ({ name }) => [name, await house.db.rows(`SELECT * FROM ${name}`)]));
  return JSON.stringify(rows);
}

/** What a job of an after-sale looks like in Redis while it waits for a worker; null: none waits. */
async function jobInRedis(): Promise<Record<string, unknown> | null> {
  const client = new Redis(servers.redisUrl);
  const texts: string[] = [];
  for (const key of await client.keys('jj:enrich-*:*')) {
    if ((await client.type(key)) === 'hash') texts.push((await client.hget(key, 'data')) ?? '');
  }
  client.disconnect();
  const text = texts.find((one) => one.includes('dispatch'));
  return text === undefined ? null : (JSON.parse(text) as Record<string, unknown>);
}
let waitingJob: Record<string, unknown> = {};

describe('under the least rights', () => {
  it('the whole way works: a refund comes in, the parcel comes back, the fee is booked', async () => {
    const refund = await aRefund(house);
    await push(house, refund);
    waitingJob = await until(jobInRedis, { what: 'a job without a worker to be in Redis', timeoutMs: 30_000 });
    worker = await house.start('worker');
    const { id } = await reaches(house, refund, ['returned'], 30_000);
    const { body } = await house.api<{ feeFen: number }>(`/api/v1/intercepts/${id}`);
    expect(body.feeFen).toBe(300);
    await house.verify();
  });

  it('so do the commands that write: keys are changed, the chain is checked', async () => {
    const rotated = JSON.parse(await house.cli(['secrets', 'rotate', '--json'])) as { unreadable: unknown[] };
    expect(rotated.unreadable).toEqual([]);
    expect(JSON.parse(await house.cli(['audit', 'verify', '--json']))).toMatchObject({ ok: true });
  });

  it('nothing had to be refused on the way', () => {
    expect(web.output() + worker.output()).not.toMatch(/command denied|NOPERM|Access denied/i);
  });

  it.each([
    ['a changed audit entry', "UPDATE audit SET actor = 'user:eve@example.com'"],
    ['a deleted audit entry', 'DELETE FROM audit'],
    ['a changed history', "UPDATE transition SET actor = 'x'"],
    ['a changed fee', 'UPDATE ledger_entry SET amount_fen = 1'],
    ['a deleted fee', 'DELETE FROM ledger_entry'],
    ['a trigger taken away', 'DROP TRIGGER audit_no_update'],
    ['a new table', 'CREATE TABLE planted (id INT)'],
    ['a table emptied', 'TRUNCATE TABLE intercept'],
    ['a table dropped', 'DROP TABLE inbox'],
    ['another database', 'SELECT * FROM mysql.user'],
    ['a file read', "SELECT LOAD_FILE('/etc/passwd') IS NOT NULL AND SLEEP(0) FROM mysql.db"],
    ['a new account', "CREATE USER 'eve'@'%'"],
  ])('the database refuses %s', async (_, statement) => {
    const db = await Database.open({ url: lesser.databaseUrl, poolSize: 1 });
    await expect(db.run(statement)).rejects.toThrow(/denied/i);
    await db.close();
  });

  it.each([
    ['FLUSHALL'],
    ['FLUSHDB'],
    ['KEYS', '*'],
    ['CONFIG', 'GET', 'requirepass'],
    ['SHUTDOWN', 'NOSAVE'],
    ['ACL', 'LIST'],
    ['MONITOR'],
    ['REPLICAOF', '127.0.0.1', '1'],
    ['GET', 'foreign'],
    ['EVAL', "return redis.call('GET', KEYS[1])", '1', 'foreign'],
    ['PUBLISH', 'foreign', 'x'],
  ])('Redis refuses %s %s', async (command, ...args) => {
    const client = new Redis(lesser.redisUrl, { retryStrategy: () => null });
    await expect(client.call(command, ...args)).rejects.toThrow(/NOPERM|no permissions|permission/i);
    client.disconnect();
  });
});

describe('what is nobody’s business', () => {
  const places = new Map<string, string>();

  beforeAll(async () => {
    const refund = await aRefund(house);
    const person = { buyer_name: CANARIES.buyer, phone: CANARIES.phone, address: CANARIES.address };
    const now = Math.floor(Date.now() / 1_000);
    expect((await tell({ ...person, aftersale_id: refund.afterSaleId, apply_time: now })).status).toBe(200);
    expect((await tell({}, '200', `not json, call ${CANARIES.phone} ${CANARIES.buyer}`)).status).toBe(200);
    await push(house, refund);
    const { id } = await reaches(house, refund, ['returned'], 30_000);
    expect((await scan(refund.waybillNo)).status).toBe(200);
    await until(async () => (await house.db.rows(`SELECT 1 FROM inbox WHERE status = 'new'`)).length === 0, {
      what: 'every message to be read',
    });
    const wrong = await Promise.all([
      house.api('/api/v1/intercepts', { shopId: 'dy-main', afterSaleId: CANARIES.address, ...person }),
      house.api(`/api/v1/intercepts/${CANARIES.phone}`),
      fetch(`${house.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `${CANARIES.buyer}@example.com`, password: given[0] }),
      }).then(async (answer) => ({ status: answer.status, body: await answer.text() })),
    ]);
    for (const { status } of wrong) expect(status).toBeGreaterThanOrEqual(400);
    const pages = ['/', '/livez', '/readyz', '/api/docs', '/api/openapi.json', '/nowhere'];
    const answers = await Promise.all([
      ...pages.map(async (path) => (await fetch(house.url + path)).text()),
      ...[`/intercepts/${id}`, '/intercepts', '/events?status=dead', '/lanes', '/shops', '/config', '/after-sales'].map(
        async (path) => JSON.stringify(await house.api(`/api/v1${path}`)),
      ),
    ]);
    places.set('error answers', JSON.stringify(wrong.map(({ body }) => body)));
    places.set('pages and API', answers.join('\n'));
    places.set('metrics', await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text());
    places.set('Redis', await redisDump());
    places.set('the database', await databaseDump());
    places.set('the command line', await readFile(`/proc/${web.child.pid}/cmdline`, 'utf8').catch(() => 'none'));
    places.set('the log', web.output() + worker.output());
  }, 90_000);

  it('was really sent: the message with the buyer in it is there, sealed, and so is the dead one', async () => {
    const rows = await house.db.rows<{ status: string; payload: string }>('SELECT status, payload FROM inbox');
    expect(rows.filter(({ payload }) => !payload.startsWith('v1:'))).toEqual([]);
    expect(rows.map(({ status }) => status)).toEqual(expect.arrayContaining(['done', 'dead']));
    expect(places.get('the database')).toContain('正在派件');
    expect(places.get('the log')).toContain('audit.anchor');
    expect(places.get('Redis')).toContain('jj:');
    expect(places.get('metrics')).toContain('jiejian_http_request_duration_seconds');
  });

  it.each(['error answers', 'pages and API', 'metrics', 'Redis', 'the database', 'the command line', 'the log'])(
    'is not in %s',
    (place) => {
      const text = places.get(place) ?? '';
      expect(text).not.toBe('');
      const passwords = [lesser.databaseUrl, lesser.redisUrl].map((url) => new URL(url).password);
      const secrets = [...Object.values(CANARIES), ...given, ...passwords];
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    },
  );

  it('is not in a job either, which names a row and nothing else (S18)', () => {
    expect(Object.keys(waitingJob).sort()).toEqual(['dispatch', 'id']);
  });
});
