import { appRoutes } from '@bull-board/api/dist/routes.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { USER_ROLES } from '../../../src/domain/people/scopes.js';
import { freshRedis } from '../../support/redis.js';
import { type WebRig, webRig } from '../../support/web-rig.js';

/** What must not come out, wherever somebody put it by mistake. */
const CANARY = '13800001111';
/** Every door of Bull Board that changes something, from its own table, so that those of its next version are tried too. */
const WRITES = appRoutes.api.flatMap(({ method, route }) =>
  [method]
    .flat()
    .filter((m) => m !== 'get')
    .flatMap((m) =>
      [route]
        .flat()
        .map((path) => [m.toUpperCase(), path.replace(':queueName', 'intercept-zto-main').replace(/:\w+/g, 'ic-1')]),
    ),
);

let rig: WebRig;
let redis: Redis;
let cookie: string;
const queues: Queue[] = [];

function open(name: string): Queue {
  const queue = new Queue(name, { connection: redis, prefix: 'jj' });
  queues.push(queue);
  return queue;
}

beforeAll(async () => {
  redis = new Redis(await freshRedis(), { maxRetriesPerRequest: 1 });
  rig = await webRig({ queues: () => queues });
  for (const role of USER_ROLES) await rig.addUser(`${role}@example.com`, role);
  cookie = (await rig.logIn('viewer@example.com')).cookie;
  const queue = open('intercept-zto-main');
  const job = await queue.add('intercept', { id: '01kaq', dispatch: 1, phone: CANARY }, { jobId: 'ic-1' });
  await job.log(`called ${CANARY}`);
  await job.updateProgress({ phone: CANARY });
  // What a worker leaves behind when it fails.
  await redis.hset('jj:intercept-zto-main:ic-1', {
    failedReason: `answer of ${CANARY}\n    at secretPlace (/srv/app.js:1)`,
    stacktrace: JSON.stringify([`Error: ${CANARY}\n    at secretPlace (/srv/app.js:1)`]),
    returnvalue: JSON.stringify({ phone: CANARY }),
  });
});
afterAll(async () => {
  await Promise.all(queues.map((queue) => queue.close()));
  await redis.quit();
  await rig.close();
});

const get = (path: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${rig.url}/queues${path}`, { headers });

async function namesShown(): Promise<string[]> {
  const { queues: shown } = (await (await get('/api/queues')).json()) as { queues: { name: string }[] };
  return shown.map((queue) => queue.name);
}

describe('Bull Board', () => {
  it.each(['', '/', '/api/queues', '/static/js/main.js', '/queue/intercept-zto-main', '/api/redis/stats'])(
    'shows nothing at %s to whoever is not logged in',
    async (path) => {
      const answer = await get(path, {});
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
    },
  );

  it('is for people: a token does not open it', async () => {
    const authorization = await rig.token(['config:read', 'intercepts:read']);
    expect((await get('/api/queues', { authorization })).status).toBe(401);
  });

  it.each(USER_ROLES)('is open to the role %s', async (role) => {
    const session = await rig.logIn(`${role}@example.com`);
    expect((await get('/api/queues', { cookie: session.cookie })).status).toBe(200);
  });

  it('is a page that works under our policy: its scripts are files of ours', async () => {
    const page = await (await get('/')).text();
    const scripts = [...page.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src]) => src ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    expect(page).toContain('<base href="/queues/"');
    for (const src of scripts) expect((await get(`/${src}`)).headers.get('content-type')).toContain('javascript');
    // What is left in the page is data, not code.
    expect(page.match(/<script(?![^>]*src=)[^>]*>/g)).toEqual(['<script id="__UI_CONFIG__" type="application/json">']);
  });

  it.each([...WRITES, ['DELETE', '/api/queues/intercept-zto-main'], ['OPTIONS', '/']])(
    'takes no %s %s, logged in or not',
    async (method, path) => {
      const answer = await fetch(`${rig.url}/queues${path}`, { method, headers: { cookie } });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect((await fetch(`${rig.url}/queues${path}`, { method })).status).toBe(401);
    },
  );

  it('has left the queue as it was', async () => {
    const [queue] = queues;
    expect(await queue?.isPaused()).toBe(false);
    expect(await queue?.getJobCounts('waiting')).toEqual({ waiting: 1 });
  });

  it.each([
    '/api/queues?activeQueue=intercept-zto-main&status=waiting&page=1&jobsPerPage=10',
    '/api/queues/intercept-zto-main/ic-1',
    '/api/queues/intercept-zto-main/ic-1/logs',
  ])('lets no personal data and no stack out at %s', async (path) => {
    const answer = await get(path);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).not.toContain(CANARY);
    expect(text).not.toMatch(/secretPlace|\/srv\/app/);
  });

  it('still shows which job it is and what failed', async () => {
    const { job } = (await (await get('/api/queues/intercept-zto-main/ic-1')).json()) as { job: object };
    expect(job).toMatchObject({
      id: 'ic-1',
      data: { id: '01kaq', dispatch: 1, phone: '***' },
      failedReason: 'answer of ***1111',
      returnValue: '***',
      stacktrace: [],
    });
  });

  it('keeps the details of Redis to itself', async () => {
    expect((await get('/api/redis/stats')).status).toBe(403);
  });

  it('follows the configuration without a restart: queues come and go', async () => {
    const added = open('probe-zto-main');
    expect(await namesShown()).toEqual(['intercept-zto-main', 'probe-zto-main']);
    queues.splice(queues.indexOf(added), 1);
    expect(await namesShown()).toEqual(['intercept-zto-main']);
    expect((await get('/api/queues/probe-zto-main/ic-1')).status).toBe(404);
    await added.close();
  });

  it('says nothing of our insides when Redis is gone', async () => {
    const lost = redis.duplicate({ enableOfflineQueue: false, retryStrategy: () => null });
    const queue = new Queue('intercept-yto-main', { connection: lost, prefix: 'jj' });
    queue.on('error', () => undefined);
    await queue.waitUntilReady();
    lost.disconnect();
    queues.push(queue);
    const answer = await get('/api/queues');
    queues.splice(queues.indexOf(queue), 1);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1|closed|stack|ioredis/i);
    await queue.close().catch(() => undefined);
  });
});
