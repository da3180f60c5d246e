import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import { OPERATE } from '../support/read-histories.js';
import type { Refund } from '../support/refunds.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';

/**
 * Agreeing a refund pays. The platform's twin keeps a ledger of what it was told and what it paid, fsynced before each
 * answer: `check` holds it against our rows, so "never twice" and "exactly that amount" are the twin's word.
 */
let faults: FaultHouse;
let spare: Running | null = null;
/** Refunds that the platform never heard of, though bytes may have left. */
const unheard: Refund[] = [];

beforeAll(async () => {
  faults = await FaultHouse.open({ agreeing: 1, policy: { agreeRefund: { at: 'intercepted' } } });
  await faults.house.start('web,scheduler');
}, 90_000);
afterAll(() => faults.close());
beforeEach(async () => {
  await spare?.end('SIGTERM');
  spare = null;
});

const died = (running: Running) =>
  until(() => running.child.signalCode === 'SIGKILL', { what: 'the worker to be dead', timeoutMs: 30_000 });

/** The platform's own word: how it took each call about this refund. */
async function verdicts(refund: Refund): Promise<string[]> {
  const { entries } = await faults.house.control<{ entries: { endpoint: string; verdict: string }[] }>(
    faults.house.douyin,
    `ledger?kind=call&afterSaleId=${refund.afterSaleId}`,
  );
  return entries.flatMap(({ endpoint, verdict }) => (endpoint === OPERATE ? [verdict] : []));
}

async function rowOf(
  refund: Refund,
): Promise<{ state: string; amountFen: number | null; lostAnswers: number } | undefined> {
  const rows = await faults.house.db.rows<{ state: string; amountFen: number | null; lostAnswers: number }>(
    `SELECT r.state, r.amount_fen AS amountFen, CAST((SELECT COUNT(*) FROM refund_step s WHERE s.refund_id = r.id
       AND s.event = 'lose_answer') AS SIGNED) AS lostAnswers
     FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id WHERE a.after_sale_id = ?`,
    [refund.afterSaleId],
  );
  return rows[0];
}

const becomes = (refund: Refund, state: string) =>
  until(async () => (await rowOf(refund))?.state === state, { what: `the refund to be ${state}`, timeoutMs: 30_000 });

/** A refund whose worker is killed at a failpoint, with its lease over and another worker there. */
async function killedAt(failpoint: string): Promise<Refund> {
  const doomed = await faults.doomed('worker', `${failpoint}=kill`);
  const refund = await faults.refund();
  await died(doomed);
  await afterCrash();
  return refund;
}

async function afterCrash(): Promise<void> {
  await faults.refundLeasesEnd();
  spare = await faults.house.start('worker');
}

/** Confirmed by reading it back, after one call, for all of the 89.00 that the buyer asked for. */
async function agreedOnce(refund: Refund): Promise<number> {
  const from = performance.now();
  await becomes(refund, 'confirmed');
  expect(await verdicts(refund)).toEqual(['accepted']);
  expect((await rowOf(refund))?.amountFen).toBe(8_900);
  return (performance.now() - from) / 1_000;
}

it('F73: killed before the first byte: read back, never sent', async () => {
  const refund = await killedAt('refund.order');
  await becomes(refund, 'unknown');
  expect(await verdicts(refund)).toEqual([]);
  unheard.push(refund);
  faults.saw('F73', 'claimed, 0 calls arrived; unknown, and read back until a person had it');
}, 60_000);

it('F74: killed after the request was written, before the answer: read back, agreed once', async () => {
  const doomed = await faults.house.start('worker');
  const refund = await faults.quietRefund();
  const fault = { endpoint: OPERATE, kind: 'act_then_hang', afterSaleId: refund.afterSaleId, times: 1 };
  await faults.house.control(faults.house.douyin, 'faults', fault);
  await faults.tell(refund);
  await until(async () => (await verdicts(refund)).length > 0, { what: 'the call to arrive', timeoutMs: 30_000 });
  await doomed.end('SIGKILL');
  await afterCrash();
  const seconds = await agreedOnce(refund);
  faults.saw('F74', 'one call, confirmed by reading it back', seconds, 'worker_kill');
}, 60_000);

it.each(['refund.answered', 'recordRefund.commit'])(
  'F75: killed after the answer, at %s: read back, agreed once',
  async (failpoint) => {
    const refund = await killedAt(failpoint);
    const seconds = await agreedOnce(refund);
    faults.saw('F75', `killed at ${failpoint}: one call, confirmed by reading it back`, seconds, 'worker_kill');
  },
  60_000,
);

it.each(['act_then_reset', 'act_then_hang', 'hang_before'])(
  'F76: the answer is lost (%s): read back, never sent again',
  async (kind) => {
    spare = await faults.house.start('worker');
    const refund = await faults.quietRefund();
    const fault = { endpoint: OPERATE, kind, afterSaleId: refund.afterSaleId, times: 1 };
    await faults.house.control(faults.house.douyin, 'faults', fault);
    await faults.tell(refund);
    await becomes(refund, kind === 'hang_before' ? 'unknown' : 'confirmed');
    if (kind === 'hang_before') unheard.push(refund);
    else await agreedOnce(refund);
    expect((await rowOf(refund))?.lostAnswers).toBe(1);
    faults.saw('F76', `${kind}: ${(await verdicts(refund)).join(', ')}, then read back`);
  },
  60_000,
);

it('what the platform never shows is a person’s after a quarter of an hour, and never sent again', async () => {
  spare = await faults.house.start('worker');
  const ids = unheard.map(({ afterSaleId }) => afterSaleId);
  expect(ids).toHaveLength(2);
  await faults.house.db.run(
    `UPDATE refund_action r JOIN after_sale a ON a.id = r.after_sale_id
     SET r.called_at = r.called_at - INTERVAL 15 MINUTE, r.next_at = NOW(3) WHERE a.after_sale_id IN (?)`,
    [ids],
  );
  const tasks = () => faults.house.db.rows("SELECT 1 FROM task WHERE kind = 'refund' AND state = 'open'");
  await until(async () => (await tasks()).length === ids.length, { what: 'a person to be told', timeoutMs: 30_000 });
  for (const refund of unheard) expect(await verdicts(refund)).toEqual(refund === unheard[0] ? [] : ['not_acted']);
  // The buyer takes it back: what the platform shows ends it.
  await faults.rest(unheard);
  await Promise.all(ids.map((id) => patch(id, { status: 28 })));
  await faults.house.db.run("UPDATE refund_action SET next_at = NOW(3) WHERE state = 'unknown'");
  for (const refund of unheard) await becomes(refund, 'asked');
}, 90_000);

async function patch(afterSaleId: string, change: object): Promise<void> {
  const answer = await fetch(`${faults.house.douyin.baseUrl}/_twin/after-sales/${afterSaleId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  expect(answer.status).toBe(200);
}

it('keeps every invariant, and the three histories agree', async () => {
  spare = await faults.house.start('worker');
  await faults.check();
}, 90_000);
