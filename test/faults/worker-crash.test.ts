import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import type { Refund } from '../support/refunds.js';
import { until } from '../support/until.js';
import { courierCalls } from './harness/courier-calls.js';
import { FaultHouse } from './harness/fault-house.js';

/** Workers that die, freeze or stall at every edge of a send. A supervisor starts another one at once. */
let faults: FaultHouse;
let spare: Running | null = null;

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: 800 } });
  await faults.house.start('web,scheduler');
}, 90_000);
afterAll(() => faults.close());
beforeEach(async () => {
  await spare?.end('SIGTERM');
  spare = null;
});

const died = (running: Running) =>
  until(() => running.child.signalCode === 'SIGKILL', { what: 'the worker to be dead' });

/** A parcel whose worker is killed at a failpoint; the seconds until another one has brought it to the courier. */
async function killedAt(failpoint: string): Promise<{ refund: Refund; seconds: number; calls: readonly string[] }> {
  const doomed = await faults.doomed('worker', `${failpoint}=kill`);
  const refund = await faults.refund();
  await faults.comesTo(doomed, failpoint);
  await died(doomed);
  const from = performance.now();
  spare = await faults.house.start('worker');
  const seconds = await faults.recovery([refund], from);
  return { refund, seconds, calls: await courierCalls(faults.house, refund) };
}

/** The courier's own word that it stopped the parcel: it was asked, or its push came before we asked. */
async function heardOf(refund: Refund, calls: readonly string[]): Promise<boolean> {
  if (calls.includes('query')) return true;
  const scans = await faults.house.db.rows(
    `SELECT 1 FROM sighting s JOIN parcel p ON p.id = s.parcel_id
     WHERE p.waybill_no = ? AND s.phase IN ('returning', 'returned')`,
    [refund.waybillNo],
  );
  return scans.length > 0;
}

it('F5: killed before the commit of its claim: nothing had left, the next owner sends', async () => {
  const { seconds, calls } = await killedAt('claimTogether.commit');
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  faults.saw('F5', `courier asked: ${calls.join(', ')}`, seconds, 'worker_kill');
}, 60_000);

it('F6: killed after its claim, before the first byte: asked twice, then sent once', async () => {
  const { seconds, calls } = await killedAt('courier.order');
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  expect(calls.slice(0, calls.indexOf('create')).filter((call) => call === 'query')).toHaveLength(2);
  faults.saw('F6', `courier asked: ${calls.join(', ')}`, seconds, 'worker_kill');
}, 90_000);

it('F7: killed after the request was written, before the answer: asked, never sent again', async () => {
  const doomed = await faults.house.start('worker');
  const refund = await faults.quietRefund();
  const fault = { endpoint: 'thirdcenter.createIntercept', kind: 'act_then_hang', waybillNo: refund.waybillNo };
  await faults.house.control(faults.house.zto, 'faults', { ...fault, times: 1 });
  await faults.tell(refund);
  await until(async () => (await courierCalls(faults.house, refund)).includes('create'), {
    what: 'the order to arrive',
  });
  await doomed.end('SIGKILL');
  const from = performance.now();
  spare = await faults.house.start('worker');
  const seconds = await faults.recovery([refund], from);
  const calls = await courierCalls(faults.house, refund);
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  expect(await heardOf(refund, calls)).toBe(true);
  faults.saw('F7', `courier asked: ${calls.join(', ')}`, seconds, 'worker_kill');
}, 60_000);

it('F8: killed after the answer, before its commit: asked, never sent again', async () => {
  const { refund, seconds, calls } = await killedAt('courier.answered');
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  expect(await heardOf(refund, calls)).toBe(true);
  faults.saw('F8', `courier asked: ${calls.join(', ')}`, seconds, 'worker_kill');
}, 60_000);

it('F11: stopped past its lease just before the send, it does not send when it wakes up', async () => {
  const frozen = await faults.doomed('worker', 'courier.order=stop');
  const refund = await faults.refund();
  await faults.comesTo(frozen, 'courier.order');
  const from = performance.now();
  spare = await faults.house.start('worker');
  const seconds = await faults.recovery([refund], from);
  process.kill(frozen.child.pid ?? 0, 'SIGCONT');
  await until(() => frozen.output().includes('intercept.answered'), { what: 'the sleeper to have given up' });
  await frozen.end('SIGTERM');
  const calls = await courierCalls(faults.house, refund);
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  faults.saw('F11', 'the new owner asked and sent; the old one woke up and wrote nothing', seconds);
}, 90_000);

it('F12: stopped past its lease during the send: the new owner asks, the late answer changes nothing', async () => {
  const frozen = await faults.house.start('worker');
  const refund = await faults.quietRefund();
  const fault = { endpoint: 'thirdcenter.createIntercept', kind: 'slow', delayMs: 600, waybillNo: refund.waybillNo };
  await faults.house.control(faults.house.zto, 'faults', { ...fault, times: 1 });
  await faults.tell(refund);
  await until(async () => (await courierCalls(faults.house, refund)).includes('create'), {
    what: 'the order to arrive',
  });
  process.kill(frozen.child.pid ?? 0, 'SIGSTOP');
  const from = performance.now();
  spare = await faults.house.start('worker');
  const seconds = await faults.recovery([refund], from);
  process.kill(frozen.child.pid ?? 0, 'SIGCONT');
  await until(() => frozen.output().includes('intercept.answered'), { what: 'the late answer to be read' });
  await frozen.end('SIGTERM');
  const calls = await courierCalls(faults.house, refund);
  expect(calls.filter((call) => call === 'create')).toHaveLength(1);
  faults.saw('F12', `courier asked: ${calls.join(', ')}; the late answer was not applied`, seconds);
}, 60_000);

it('F13: an event loop that is blocked past lock and lease is like a stopped process', async () => {
  spare = await faults.house.start('worker');
  const blocked = await faults.doomed('worker', 'courier.answered=busy');
  const refunds = await faults.refundsAtOnce(8);
  await faults.comesTo(blocked, 'courier.answered');
  const seconds = await faults.recovery(refunds);
  await until(() => blocked.output().split('intercept.answered').length > 1, {
    what: 'it to go on',
    timeoutMs: 20_000,
  });
  await blocked.end('SIGTERM');
  faults.saw('F13', '8 parcels sent once, those of the blocked worker adopted by asking', seconds);
}, 60_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
