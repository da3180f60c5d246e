import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { House, type Running } from '../support/house.js';
import { aRefund, push, reaches } from '../support/refunds.js';
import { removeCompiledSandbox } from '../support/twin-process.js';
import { until } from '../support/until.js';

/** What must not be lost or doubled when processes die and Redis forgets. */
let house: House;
let worker: Running;

beforeAll(async () => {
  house = await House.open();
  await house.start('web,scheduler');
  worker = await house.start('worker');
}, 60_000);
afterAll(async () => {
  await house.close();
  await removeCompiledSandbox();
});

it('kill -9 between the claim and the answer ends in one order: the lease runs out, the courier is asked', async () => {
  const refund = await aRefund(house);
  await house.control(house.zto, 'faults', {
    endpoint: 'thirdcenter.createIntercept',
    kind: 'act_then_hang',
    waybillNo: refund.waybillNo,
    times: 1,
  });
  await push(house, refund);
  await until(async () => (await house.ztoSummary()).accepted === 1, { what: 'the courier to have acted' });
  await worker.end('SIGKILL');
  worker = await house.start('worker');
  await reaches(house, refund, ['returned'], 40_000);
  const { creates, duplicateAccepts } = await house.ztoSummary();
  expect({ creates, duplicateAccepts }).toEqual({ creates: 1, duplicateAccepts: 0 });
}, 60_000);

it('FLUSHALL with a backlog loses no parcel and doubles none', async () => {
  const before = await house.ztoSummary();
  await worker.end('SIGTERM');
  const refunds = [];
  for (let n = 0; n < 30; n += 1) refunds.push(await aRefund(house));
  for (const refund of refunds) await push(house, refund);
  await until(
    async () => {
      const rows = await house.db.rows<{ n: number }>(
        'SELECT COUNT(*) AS n FROM after_sale WHERE enrich_dispatched_at IS NOT NULL',
      );
      return rows[0]?.n === refunds.length;
    },
    { what: 'the backlog to be in Redis' },
  );
  await house.redis.flushdb();
  worker = await house.start('worker');
  for (const refund of refunds) await reaches(house, refund, ['returned'], 40_000);
  const after = await house.ztoSummary();
  expect(after.creates - before.creates).toBe(refunds.length);
  expect(after.duplicateAccepts).toBe(0);
}, 90_000);

it('a worker killed in the middle of a burst leaves every parcel turned around once', async () => {
  const before = await house.ztoSummary();
  const refunds = [];
  for (let n = 0; n < 30; n += 1) refunds.push(await aRefund(house));
  await Promise.all(refunds.map((refund) => push(house, refund)));
  await until(async () => (await house.ztoSummary()).creates - before.creates >= 5, {
    what: 'the first orders to be sent',
  });
  await worker.end('SIGKILL');
  worker = await house.start('worker');
  for (const refund of refunds) await reaches(house, refund, ['returned'], 60_000);
  const after = await house.ztoSummary();
  expect(after.interceptedWaybills - before.interceptedWaybills).toBe(refunds.length);
  expect(after.duplicateAccepts).toBe(0);
  const fees = await house.db.rows<{ n: number; parcels: number }>(
    `SELECT COUNT(*) AS n, COUNT(DISTINCT intercept_id) AS parcels FROM ledger_entry WHERE kind = 'fee'`,
  );
  expect(fees[0]?.n).toBe(fees[0]?.parcels);
}, 120_000);

it('SIGTERM ends a worker in order, within 25 s, and leaves nothing uncertain', async () => {
  const refund = await aRefund(house);
  await push(house, refund);
  const started = Date.now();
  await worker.end('SIGTERM');
  expect(Date.now() - started).toBeLessThan(25_000);
  worker = await house.start('worker');
  await reaches(house, refund, ['returned'], 30_000);
  const lost = await house.db.rows(`SELECT 1 FROM transition t JOIN intercept i ON i.id = t.intercept_id
    WHERE i.waybill_no = '${refund.waybillNo}' AND t.event = 'lose_answer'`);
  expect(lost).toEqual([]);
}, 60_000);

it('keeps every invariant', async () => {
  await house.verify();
});
