import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { laneQueueName } from '../../src/domain/queue-names.js';
import type { Running } from '../support/house.js';
import type { Refund } from '../support/refunds.js';
import { until } from '../support/until.js';
import { courierCalls } from './harness/courier-calls.js';
import { FaultHouse } from './harness/fault-house.js';

/** Processes that die between a platform's event and the job in Redis. Platforms tell again; everything else is ours. */
let faults: FaultHouse;
let scheduler: Running;
let worker: Running;
let web: Running | null = null;

beforeAll(async () => {
  faults = await FaultHouse.open();
  scheduler = await faults.house.start('scheduler');
  worker = await faults.house.start('worker');
}, 90_000);
afterAll(() => faults.close());

beforeEach(async () => {
  await web?.end('SIGTERM');
  web = null;
});

const died = (running: Running) => until(() => running.child.signalCode === 'SIGKILL', { what: 'it to be dead' });

/** What the platform heard from us about its event: a status for each try, or why there was none. */
async function answers(refund: Refund): Promise<(number | string)[]> {
  const { pushes } = await faults.house.control<{
    pushes: { afterSaleIds: string[]; attempts: { status?: number; error?: string }[] }[];
  }>(faults.house.douyin, 'pushes');
  return pushes
    .filter(({ afterSaleIds }) => afterSaleIds.includes(refund.afterSaleId))
    .flatMap(({ attempts }) => attempts.map(({ status, error }) => status ?? error ?? ''));
}

async function inboxRows(refund: Refund): Promise<number> {
  const rows = await faults.house.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM inbox WHERE event_id LIKE ?', [
    `%${refund.afterSaleId}`,
  ]);
  return rows[0]?.n ?? 0;
}

it.each([
  ['F1', 'storeEvents.commit', 0],
  ['F2', 'storeEvents.committed', 1],
] as const)(
  '%s: the web process is killed at %s: the platform tells again, one row at the end',
  async (id, at, kept) => {
    const doomed = await faults.doomed('web', `${at}=kill`);
    const refund = await faults.refund();
    await died(doomed);
    expect(await inboxRows(refund)).toBe(kept);
    const from = performance.now();
    web = await faults.house.start('web');
    const seconds = await faults.recovery([refund], from);
    await until(async () => (await answers(refund)).at(-1) === 200, { what: 'the platform to be content' });
    const heard = await answers(refund);
    expect(heard[0]).not.toBe(200);
    expect(await inboxRows(refund)).toBe(1);
    faults.saw(id, `platform heard ${heard.join(', ')}; inbox rows after the crash: ${kept}, at the end: 1`, seconds);
  },
  60_000,
);

it.each([
  ['F3', 'drainInbox.committed'],
  ['F4', 'takeForRedis.committed'],
  ['F4', 'redis.added'],
] as const)(
  '%s: the scheduler is killed at %s: another one picks the row up',
  async (id, at) => {
    web = await faults.house.start('web');
    await scheduler.end('SIGTERM');
    const doomed = await faults.doomed('scheduler', `${at}=kill`);
    const refund = await faults.refund();
    await died(doomed);
    const from = performance.now();
    scheduler = await faults.house.start('scheduler');
    const seconds = await faults.recovery([refund], from);
    expect((await courierCalls(faults.house, refund)).filter((call) => call === 'create')).toHaveLength(1);
    const jobs = await faults.house.redis.keys(`*${laneQueueName('intercept', 'zto-zto-main')}:ic-*`);
    expect(jobs).toEqual([]);
    faults.saw(id, `killed at ${at}: one order, no job left behind`, seconds);
  },
  60_000,
);

it('F4: a process of both roles is killed at straight.marked: the row that it marked by the short way is found without a job', async () => {
  web = await faults.house.start('web');
  await scheduler.end('SIGTERM');
  await worker.end('SIGTERM');
  const at = 'straight.marked';
  const doomed = await faults.doomed('scheduler,worker', `${at}=kill`);
  // The first goes by a filling, after which the lane is quiet.
  const refunds: Refund[] = [];
  const isDead = async () => {
    if (doomed.child.signalCode === 'SIGKILL') return true;
    refunds.push(await faults.refund());
    return false;
  };
  await until(isDead, { what: 'a row to go the short way', everyMs: 200 });
  const from = performance.now();
  [scheduler, worker] = await Promise.all([faults.house.start('scheduler'), faults.house.start('worker')]);
  const seconds = await faults.recovery(refunds, from);
  for (const refund of refunds) {
    expect((await courierCalls(faults.house, refund)).filter((call) => call === 'create')).toHaveLength(1);
  }
  faults.saw('F4', `killed at ${at}: one order each`, seconds);
}, 90_000);

it('F18: two of every role at once share the rows and double none', async () => {
  web = await faults.house.start('web');
  const more = await Promise.all([
    faults.house.start('scheduler'),
    faults.house.start('scheduler'),
    faults.house.start('worker'),
  ]);
  const before = await faults.house.ztoSummary();
  const refunds = await faults.refundsAtOnce(60);
  const seconds = await faults.recovery(refunds);
  const after = await faults.house.ztoSummary();
  expect(after.creates - before.creates).toBe(refunds.length);
  faults.saw('F18', `3 schedulers, 2 workers: 60 parcels, ${after.creates - before.creates} orders`, seconds);
  await Promise.all(more.map((running) => running.end('SIGTERM')));
}, 90_000);

it('F61: an event a thousand times at once is one row, acknowledged each time', async () => {
  web = await faults.house.start('web');
  const refund = await faults.refund({ count: 1_000 });
  await faults.recovery([refund]);
  await until(async () => (await answers(refund)).filter((answer) => answer === 200).length >= 1_000, {
    what: 'each of them to be acknowledged',
    timeoutMs: 60_000,
  });
  expect(await inboxRows(refund)).toBe(1);
  expect((await courierCalls(faults.house, refund)).filter((call) => call === 'create')).toHaveLength(1);
  faults.saw('F61', '1,000 deliveries acknowledged, 1 inbox row, 1 order');
}, 90_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
