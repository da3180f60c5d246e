import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';

/** Processes that are told to go, run out of memory, break outside of everything, have another clock, or nobody who reads their log. */
let faults: FaultHouse;
let worker: Running | null = null;

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: 800 } });
  await faults.house.start('web,scheduler');
}, 90_000);
afterAll(() => faults.close());
beforeEach(async () => {
  await worker?.end('SIGTERM');
  worker = null;
});

/** Code that runs inside a process of the product beside it. */
const beside = (code: string) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` });
const creates = async () => (await faults.house.ztoSummary()).creates;

/** A worker that ends by itself in the middle of a burst; another one takes over. */
async function endsInBurst(running: Running): Promise<{ code: number | null; seconds: number }> {
  const before = await creates();
  const ended = once(running.child, 'close') as Promise<[number | null]>;
  const refunds = await faults.refundsAtOnce(10);
  running.child.kill('SIGUSR2');
  const [code] = await ended;
  worker = await faults.house.start('worker');
  const seconds = await faults.recovery(refunds);
  expect((await creates()) - before).toBe(refunds.length);
  return { code, seconds };
}

/** Code that runs when the process is told to. */
const TOLD = "process.on('SIGUSR2', () => { %% })";

it('F14: a worker that runs out of memory dies, and another one takes its work over', async () => {
  const leak = TOLD.replace('%%', 'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))');
  const { NODE_OPTIONS } = beside(leak);
  const greedy = await faults.house.start('worker', { NODE_OPTIONS: `${NODE_OPTIONS} --max-old-space-size=120` });
  const { code, seconds } = await endsInBurst(greedy);
  expect(code).not.toBe(0);
  faults.saw('F14', `ended with ${code ?? greedy.child.signalCode}`, seconds);
}, 90_000);

it.each([
  ['a promise that nobody waits for', "Promise.reject(new Error('boom'))"],
  ['an exception outside of everything', "throw new Error('boom')"],
])(
  'F17: %s ends the process with 1',
  async (name, code) => {
    const broken = await faults.house.start('worker', beside(TOLD.replace('%%', code)));
    const ended = await endsInBurst(broken);
    expect(ended.code).toBe(1);
    faults.saw('F17', `${name}: exit code 1`, ended.seconds);
  },
  60_000,
);

it('F15: SIGTERM in the middle of a burst: orders under way are answered, nothing is uncertain', async () => {
  worker = await faults.house.start('worker');
  const refunds = await faults.refundsAtOnce(30);
  const before = await creates();
  await until(async () => (await creates()) - before >= 3, { what: 'orders to be under way' });
  const started = performance.now();
  await worker.end('SIGTERM');
  const stoppedInMs = Math.round(performance.now() - started);
  expect(worker.child.exitCode).toBe(0);
  expect(stoppedInMs).toBeLessThan(25_000);
  worker = await faults.house.start('worker');
  const seconds = await faults.recovery(refunds);
  const lost = await faults.house.db.rows(
    "SELECT 1 FROM transition t JOIN intercept i ON i.id = t.intercept_id WHERE t.event = 'lose_answer' AND i.waybill_no IN (?)",
    [refunds.map(({ waybillNo }) => waybillNo)],
  );
  expect(lost).toEqual([]);
  faults.saw('F15', `ended in ${stoppedInMs} ms with code 0, no answer lost`, seconds);
}, 60_000);

it('F16: SIGTERM, then SIGKILL before it was done', async () => {
  worker = await faults.house.start('worker');
  await faults.house.control(faults.house.zto, 'faults', {
    endpoint: 'thirdcenter.createIntercept',
    kind: 'act_then_hang',
    times: 3,
  });
  const before = await creates();
  const refunds = await faults.refundsAtOnce(10);
  await until(async () => (await creates()) > before, { what: 'orders to be under way' });
  worker.child.kill('SIGTERM');
  await worker.end('SIGKILL');
  worker = await faults.house.start('worker');
  const seconds = await faults.recovery(refunds);
  faults.saw('F16', 'as kill -9: lost answers were asked for', seconds);
}, 60_000);

it.each([
  ['10 minutes ahead', 600_000],
  ['an hour behind', -3_600_000],
])(
  'F68: a worker whose clock is %s takes over no lease before its time',
  async (name, ms) => {
    const shift = `const now = Date.now.bind(Date); const Real = Date; const shift = ${ms};
    globalThis.Date = class extends Real { constructor(...a) { if (a.length) super(...a); else super(now() + shift); }
      static now() { return now() + shift; } };`;
    worker = await faults.house.start('worker', beside(shift));
    const before = await creates();
    const refunds = await faults.refundsAtOnce(6);
    const seconds = await faults.recovery(refunds);
    expect((await creates()) - before).toBe(refunds.length);
    // A call of 800 ms may run out of time on a busy machine; what takes a lease over is `system`.
    const taken = await faults.house.db.rows(
      `SELECT i.waybill_no FROM transition t JOIN intercept i ON i.id = t.intercept_id
       WHERE t.event = 'lose_answer' AND t.actor = 'system' AND i.waybill_no IN (?)`,
      [refunds.map(({ waybillNo }) => waybillNo)],
    );
    expect(taken).toEqual([]);
    faults.saw('F68', `${name}: 6 parcels sent once, no lease taken over`, seconds);
  },
  60_000,
);

it('F72: nobody reads the log any more: orders go on', async () => {
  worker = await faults.house.start('worker', { LOG_LEVEL: 'trace' });
  worker.child.stdout?.pause();
  worker.child.stderr?.pause();
  const refunds = await faults.refundsAtOnce(60);
  const seconds = await faults.recovery(refunds).finally(() => worker?.child.stdout?.resume());
  faults.saw('F72', '60 parcels sent while the pipe of the log was full', seconds);
}, 90_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
