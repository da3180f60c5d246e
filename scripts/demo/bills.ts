import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Courier } from '../../sandbox/scenario-couriers.js';
import { chinaDay } from '../../src/domain/china-time.js';
import type { Api } from './api.js';
import { type BillError, type DemoCharge, type Done, planBills } from './bill-plan.js';
import { eachName } from './by-name.js';
import { type ByCourier, courierFacts, takesOrders } from './couriers.js';
import { DemoFailed } from './demo-failed.js';
import type { DemoPlan } from './plan.js';
import { yuan } from './render.js';
import type { Twins } from './twins.js';

const READ_TIMEOUT_MS = 60_000;
const PARCELS = z.object({ parcels: z.array(z.object({ waybillNo: z.string(), status: z.string().nullable() })) });
const BILL = z.object({ id: z.string(), state: z.string(), created: z.int() });
const SUMS = z.object({
  sums: z.array(z.object({ class: z.string().nullable(), chargedFen: z.int(), dueFen: z.int() })),
});
const LINES = z.object({
  items: z.array(z.object({ waybillNo: z.string(), chargedFen: z.int(), dueFen: z.int() })),
});
/** What a line that is in order is found to be. */
const IN_ORDER: readonly (string | null)[] = ['agrees', 'not_yet_charged'];

/** One courier's bill as the product sees it: charged in all, due for it, and not charged yet, fen. */
export interface BillSide {
  readonly chargedFen: number;
  readonly dueFen: number;
  readonly notChargedFen: number;
}

export interface BillFacts {
  readonly bills: ByCourier<BillSide>;
  readonly planted: readonly BillError[];
  /** What the match named. */
  readonly found: readonly BillError[];
}

async function doneBy(twins: Twins, courier: Courier): Promise<Done> {
  const running = twins.couriers[courier];
  if (!running) throw new Error(`the twin of ${courier} was never started`);
  const words = new Set<string | null>(courierFacts(courier).stopped);
  const { parcels } = await running.twin.get('/parcels', PARCELS);
  const stopped = parcels.filter(({ status }) => words.has(status)).map(({ waybillNo }) => waybillNo);
  const calls = await running.twin.ledger('call');
  const asked = calls.filter(({ endpoint, verdict }) => takesOrders(endpoint) && verdict === 'accepted');
  const failed = asked.flatMap(({ waybillNo }) => (waybillNo && !stopped.includes(waybillNo) ? [waybillNo] : []));
  return { stopped, failed: [...new Set(failed)] };
}

/** Uploads the bill of one courier, as a person does at the page, and waits until it is read. */
async function importBill(api: Api, source: Courier, day: string, charges: readonly DemoCharge[]): Promise<void> {
  await api.send('PUT', `bill-sources/${source}`, { waybillNo: '运单号', amount: '金额', chargedOn: '日期' });
  const rows = charges.map(({ waybillNo, fen }) => [waybillNo, yuan(fen), day].join(','));
  const csv = ['运单号,金额,日期', ...rows, ''].join('\n');
  const order = { source, period: day.slice(0, 7), fileName: `${source}.csv` };
  const { id } = BILL.parse(await api.send('POST', 'bills', order));
  await api.send('POST', `bills/${id}/chunks`, { seq: 0, base64: Buffer.from(csv).toString('base64') });
  await api.send('POST', `bills/${id}/uploaded`, { chunks: 1 });
  for (const giveUpAt = Date.now() + READ_TIMEOUT_MS; ; ) {
    const { state } = BILL.parse(await api.send('GET', `bills/${id}`));
    if (state === 'done') return;
    if (state === 'unreadable' || Date.now() > giveUpAt) throw new DemoFailed('billUnread', { courier: source, state });
    await delay(50);
  }
}

async function sideOf(api: Api, source: Courier, period: string): Promise<BillSide & { found: readonly BillError[] }> {
  const month = `source=${source}&period=${period}`;
  const { sums } = SUMS.parse(await api.send('GET', `bill-match?${month}`));
  const found: BillError[] = [];
  for (const { class: name } of sums) {
    if (name === null || IN_ORDER.includes(name)) continue;
    const { items } = LINES.parse(await api.send('GET', `bill-match/lines?${month}&class=${name}&limit=200`));
    found.push(...items.map((item) => ({ courier: source, class: name, ...item })));
  }
  const total = (of: 'chargedFen' | 'dueFen', left: boolean) =>
    sums.filter((sum) => (sum.class === 'not_yet_charged') === left).reduce((fen, sum) => fen + sum[of], 0);
  return {
    chargedFen: total('chargedFen', false),
    dueFen: total('dueFen', false),
    notChargedFen: total('dueFen', true),
    found,
  };
}

/** Makes each courier's bill of what its twin did, with three mistakes, imports it and reads what the match says. */
export async function billCouriers(api: Api, twins: Twins, plan: DemoPlan): Promise<BillFacts> {
  const day = chinaDay(new Date());
  const { bills, planted } = planBills(await eachName(plan.couriers, (courier) => doneBy(twins, courier)));
  const sides = await eachName(plan.couriers, async (courier) => {
    await importBill(api, courier, day, bills[courier] ?? []);
    return sideOf(api, courier, day.slice(0, 7));
  });
  return { bills: sides, planted, found: Object.values(sides).flatMap(({ found }) => found) };
}
