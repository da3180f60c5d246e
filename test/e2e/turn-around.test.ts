import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../support/house.js';
import { aRefund, push, reaches, seen } from '../support/refunds.js';
import { removeCompiledSandbox } from '../support/twin-process.js';
import { until } from '../support/until.js';

/** The main path over real processes: signed webhooks in, orders out, two workers and a sweeper side by side. */
let house: House;

beforeAll(async () => {
  house = await House.open();
  await house.start('web,scheduler');
  await house.start('worker');
  await house.start('worker');
}, 60_000);
afterAll(async () => {
  await house.close();
  await removeCompiledSandbox();
});

const fees = async (id: string) =>
  (
    await house.db.rows<{ amountFen: number }>(
      'SELECT amount_fen AS amountFen FROM ledger_entry WHERE intercept_id = ?',
      [id],
    )
  ).map((row) => row.amountFen);

const fault = (endpoint: string, kind: string, waybillNo: string, times = 1) =>
  house.control(house.zto, 'faults', { endpoint: `thirdcenter.${endpoint}`, kind, waybillNo, times });

interface LedgerLine {
  readonly endpoint: string;
  readonly requestId?: string;
  readonly verdict: string;
}

/** What the courier was asked about this parcel, by its own ledger. */
async function asked(waybillNo: string, endpoint: string): Promise<LedgerLine[]> {
  const { entries } = await house.control<{ entries: LedgerLine[] }>(
    house.zto,
    `ledger?waybillNo=${waybillNo}&kind=call`,
  );
  return entries.filter((entry) => entry.endpoint === `thirdcenter.${endpoint}`);
}

describe('a refund-only for a parcel on the road', () => {
  it('turns the parcel around, books 3.00 once, and shows each step', async () => {
    const refund = await aRefund(house);
    await push(house, refund);
    const { id } = await reaches(house, refund, ['returned']);
    expect(await fees(id)).toEqual([300]);
    const { body } = await house.api<{ transitions: { event: string }[]; feeFen: number; afterSaleIds: string[] }>(
      `/api/v1/intercepts/${id}`,
    );
    expect(body.feeFen).toBe(300);
    expect(body.afterSaleIds).toEqual([refund.afterSaleId]);
    expect(body.transitions.map((t) => t.event)).toEqual(expect.arrayContaining(['claim', 'accept', 'stop', 'return']));
  });

  it('sends one order for twenty deliveries of the event, in whatever order they come', async () => {
    const refund = await aRefund(house);
    await Promise.all([push(house, refund, '200', 10), push(house, refund, '208', 5), push(house, refund, '200', 5)]);
    const { id } = await reaches(house, refund, ['returned']);
    expect(await asked(refund.waybillNo, 'createIntercept')).toHaveLength(1);
    expect(await fees(id)).toEqual([300]);
  });

  it('sends nothing when the buyer withdrew first, even though "applied" arrives after "closed" (case 30)', async () => {
    const refund = await aRefund(house);
    await push(house, refund, '207');
    await until(
      async () =>
        (await house.db.rows('SELECT 1 FROM after_sale WHERE after_sale_id = ?', [refund.afterSaleId])).length > 0,
      {
        what: 'the withdrawal to be known',
      },
    );
    await push(house, refund, '200');
    await until(
      async () => {
        const rows = await house.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM inbox WHERE status = 'new'`);
        return rows[0]?.n === 0;
      },
      { what: 'the inbox to be empty' },
    );
    expect((await seen(house, refund))?.state ?? 'none').toMatch(/none|withdrawn|skipped/);
    expect(await asked(refund.waybillNo, 'createIntercept')).toHaveLength(0);
  });

  it('asks the courier to cancel when the refund is withdrawn after it took the order, and ends only on its word (R80)', async () => {
    const refund = await aRefund(house, { outcome: 'never' });
    await push(house, refund);
    await reaches(house, refund, ['accepted']);
    await push(house, refund, '207');
    const { id } = await reaches(house, refund, ['withdrawn']);
    expect(await asked(refund.waybillNo, 'cancelIntercept')).toHaveLength(1);
    expect(await fees(id)).toEqual([]);
  });
});

describe('an answer that is lost', () => {
  it('after the courier took the order is asked for and adopted: one order, one fee (case 23)', async () => {
    const refund = await aRefund(house);
    await fault('createIntercept', 'act_then_hang', refund.waybillNo);
    await push(house, refund);
    const { id } = await reaches(house, refund, ['returned'], 30_000);
    expect(await asked(refund.waybillNo, 'createIntercept')).toHaveLength(1);
    expect(await fees(id)).toEqual([300]);
    const events = await house.db.rows<{ event: string }>('SELECT event FROM transition WHERE intercept_id = ?', [id]);
    expect(events.map((e) => e.event)).toContain('lose_answer');
  });

  it('before the courier acted is proved absent twice and sent again under the same request id (I9, I10)', async () => {
    const refund = await aRefund(house);
    await fault('createIntercept', 'reset_before', refund.waybillNo);
    await push(house, refund);
    await reaches(house, refund, ['returned'], 30_000);
    const creates = await asked(refund.waybillNo, 'createIntercept');
    expect(creates).toHaveLength(2);
    const attempts = await house.db.rows<{ requestId: string; outcome: string }>(
      `SELECT t.request_id AS requestId, t.outcome FROM attempt t JOIN intercept i ON i.id = t.intercept_id
       WHERE i.waybill_no = ? AND t.kind = 'send' ORDER BY t.seq`,
      [refund.waybillNo],
    );
    const kept = creates.find((c) => c.verdict === 'accepted')?.requestId;
    expect(attempts).toEqual([
      { requestId: kept, outcome: 'absent' },
      { requestId: kept, outcome: 'accepted' },
    ]);
    expect((await asked(refund.waybillNo, 'queryInterceptAndReturnStatus')).length).toBeGreaterThanOrEqual(2);
  });

  it('is never taken for a success when the courier sends garbage', async () => {
    const refund = await aRefund(house, { outcome: 'never' });
    await fault('createIntercept', 'garbage', refund.waybillNo);
    await push(house, refund);
    await reaches(house, refund, ['accepted'], 30_000);
    expect(await asked(refund.waybillNo, 'createIntercept')).toHaveLength(1);
    const outcomes = await house.db.rows<{ outcome: string }>(
      `SELECT t.outcome FROM attempt t JOIN intercept i ON i.id = t.intercept_id WHERE i.waybill_no = ? AND t.kind = 'query'`,
      [refund.waybillNo],
    );
    expect(outcomes.length).toBeGreaterThan(0);
  });
});

it('keeps every invariant through all of this, and sent nothing twice', async () => {
  await house.verify();
  expect((await house.ztoSummary()).duplicateAccepts).toBe(0);
});
