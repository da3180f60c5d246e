import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Refund } from '../support/refunds.js';
import { until } from '../support/until.js';
import { courierCalls } from './harness/courier-calls.js';
import { FaultHouse } from './harness/fault-house.js';

/** The courier is a second truth: it is slow, forgets, answers nonsense or nothing at all. It is asked, never assumed. */
const CREATE = 'thirdcenter.createIntercept';
const TIMEOUT_MS = 800;

let faults: FaultHouse;

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: TIMEOUT_MS } });
  await faults.house.start('web,scheduler');
  await faults.house.start('worker');
}, 90_000);
afterAll(() => faults.close());

const script = (fault: Record<string, unknown>) => faults.house.control(faults.house.zto, 'faults', fault);
const noFaults = () => fetch(`${faults.house.zto.baseUrl}/_twin/faults`, { method: 'DELETE' });
/** One parcel whose order meets this fault once. */
async function meets(fault: Record<string, unknown>): Promise<{ refund: Refund; seconds: number; calls: string[] }> {
  const refund = await faults.quietRefund();
  await script({ endpoint: CREATE, waybillNo: refund.waybillNo, times: 1, ...fault });
  await faults.tell(refund);
  const seconds = await faults.recovery([refund]);
  return { refund, seconds, calls: await courierCalls(faults.house, refund) };
}

/** Faults after which the courier has our order, or may have it: what it must be asked, and how often it may be sent. */
const LOST = [
  ['F48', 'accepted, then silence', { kind: 'act_then_hang' }, 1],
  ['F49', 'accepted, then reset', { kind: 'act_then_reset' }, 1],
  ['F49', 'accepted, half of the answer', { kind: 'act_then_half_body' }, 1],
  ['F49', 'accepted, an empty 200', { kind: 'garbage', body: '' }, 1],
  ['F47', 'read, not accepted, silence', { kind: 'hang_before' }, 2],
  ['F50', 'accepted 4 s after our timeout', { kind: 'act_late', delayMs: TIMEOUT_MS + 4_000 }, 1],
  ['F54', 'a byte a second', { kind: 'drip', delayMs: 1_000 }, 1],
  ['F55', '100 MB of answer', { kind: 'huge' }, 1],
  ['F56', 'an HTML page with status 200', { kind: 'garbage' }, 1],
] as const;

describe('an answer that is lost', () => {
  it.each(LOST)(
    '%s: %s: asked, and sent no more than it must',
    async (id, name, fault, most) => {
      const { refund, seconds, calls } = await meets(fault);
      expect(calls.filter((call) => call === 'create')).toHaveLength(most);
      expect(calls).toContain('query');
      faults.saw(id, `${name}: ${(await courierCalls(faults.house, refund)).join(', ')}`, seconds);
    },
    60_000,
  );

  it('F51: a courier that forgets request ids gets no second order all the same', async () => {
    await faults.house.control(faults.house.zto, 'config', { forgetIdempotency: true, allowSecondIntercept: true });
    const { seconds, calls } = await meets({ kind: 'act_then_hang' });
    await faults.house.control(faults.house.zto, 'config', { forgetIdempotency: false, allowSecondIntercept: false });
    expect(calls.filter((call) => call === 'create')).toHaveLength(1);
    faults.saw('F51', `its memory switched off: ${calls.join(', ')}`, seconds);
  }, 60_000);
});

const RETRY_AFTER = { seconds: '1', 'an HTTP date': 'Wed, 21 Oct 2015 07:28:00 GMT', nonsense: 'soon', negative: '-5' };

it.each(Object.entries(RETRY_AFTER))(
  'F52: 429 with %s to wait',
  async (name, value) => {
    const { seconds, calls } = await meets({ kind: 'http_error', status: 429, headers: { 'retry-after': value } });
    expect(calls.filter((call) => call === 'create').length).toBeLessThanOrEqual(3);
    faults.saw('F52', `Retry-After ${name}: ${calls.join(', ')}`, seconds);
  },
  60_000,
);

it('F46: nobody listens: not sent for sure, tried again, the lane rests meanwhile', async () => {
  await faults.net.courier.refuse();
  const refunds = await faults.refundsAtOnce(10);
  const open = () => faults.house.db.rows("SELECT 1 FROM lane WHERE breaker = 'open'");
  await until(async () => (await open()).length > 0, { what: 'the breaker to open', timeoutMs: 20_000 });
  await faults.net.courier.accept();
  const seconds = await faults.recovery(refunds);
  const lost = await faults.house.db.rows(
    "SELECT 1 FROM transition t JOIN intercept i ON i.id = t.intercept_id WHERE t.event = 'lose_answer' AND i.waybill_no IN (?)",
    [refunds.map(({ waybillNo }) => waybillNo)],
  );
  expect(lost).toEqual([]);
  faults.saw('F46', 'breaker opened; no answer was taken for lost', seconds, 'courier_outage');
}, 90_000);

it('F53: a storm of errors: the breaker keeps the courier from being hammered', async () => {
  await script({ endpoint: '*', kind: 'http_error', status: 503 });
  const before = await arrived();
  const refunds = await faults.refundsAtOnce(10);
  const open = () => faults.house.db.rows<{ n: number }>('SELECT breaker_trips AS n FROM lane');
  await until(async () => ((await open())[0]?.n ?? 0) >= 2, { what: 'it to open twice', timeoutMs: 30_000 });
  const during = (await arrived()) - before;
  await noFaults();
  const seconds = await faults.recovery(refunds);
  expect(during).toBeLessThan(6 * refunds.length);
  faults.saw('F53', `${during} calls arrived during the storm for 10 parcels`, seconds, 'courier_outage');
}, 90_000);

/** All calls that reached the courier so far. */
async function arrived(): Promise<number> {
  const { entries } = await faults.house.control<{ entries: unknown[] }>(faults.house.zto, 'ledger?kind=call');
  return entries.length;
}

it('F60: a redirect is not followed', async () => {
  const { seconds, calls } = await meets({
    kind: 'http_error',
    status: 302,
    headers: { location: `${faults.house.url}/livez` },
  });
  expect(calls).toContain('query');
  faults.saw('F60', `302 to another host: ${calls.join(', ')}`, seconds);
}, 60_000);

it('F59: pushes twice, out of order and late end in the same place', async () => {
  await faults.house.control(faults.house.zto, 'config', { pushDuplicates: 0.5, pushShuffle: 0.5, pushShuffleMs: 500 });
  const refunds = await faults.refundsAtOnce(20);
  await faults.rest(refunds);
  const states = await faults.states();
  expect(refunds.map(({ waybillNo }) => states.get(waybillNo))).toEqual(refunds.map(() => 'returned'));
  await faults.house.control(faults.house.zto, 'config', { pushDuplicates: 0, pushShuffle: 0 });
  faults.saw('F59', 'half of the pushes twice, half of them late: 20 of 20 returned');
}, 60_000);

it('F49: the line is cut after 40 bytes of each answer for a while', async () => {
  const refunds = await faults.quietRefunds(6);
  const remove = faults.net.courier.add({ kind: 'limit_data', bytes: 40 }, 'down');
  const before = await arrived();
  await Promise.all(refunds.map((refund) => faults.tell(refund)));
  // After three the breaker opens, and nothing more arrives.
  await until(async () => (await arrived()) - before >= 3, { what: 'calls to be cut' }).finally(remove);
  const seconds = await faults.recovery(refunds);
  faults.saw('F49', 'answers cut after 40 bytes: 6 parcels, none twice', seconds, 'courier_outage');
}, 90_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
