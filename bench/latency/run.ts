import { Database } from '../../src/domain/store/database.js';
import { median, quantile, seeded } from '../random.js';
import { message } from '../rig/messages.js';
import { startProduct } from '../rig/product.js';
import type { Findings } from '../rig/report.js';
import { waitFor, waybills } from '../rig/requests.js';
import type { BenchServices } from '../rig/services.js';
import { startTwin } from '../rig/twin.js';

const FIGURES = ['p50', 'p99', 'most', 'toDecision', 'toClaim', 'toCourier'] as const;
type Figure = (typeof FIGURES)[number];
const PER_SECOND = [5, 20, 50, 100, 200] as const;

interface Stages {
  readonly waybillNo: string;
  readonly decidedAt: Date;
  readonly claimedAt: Date;
}

/** When each parcel was decided, and when its claim began. */
async function stagesOf(databaseUrl: string): Promise<ReadonlyMap<string, Stages>> {
  const db = await Database.open({ url: databaseUrl });
  const rows = await db.rows<Stages>(
    `SELECT i.waybill_no AS waybillNo, i.created_at AS decidedAt, a.started_at AS claimedAt
     FROM intercept i JOIN attempt a ON a.intercept_id = i.id AND a.kind = 'send'`,
  );
  await db.close();
  return new Map(rows.map((row) => [row.waybillNo, row]));
}

/** From the moment a platform sends its event until the order arrives at the courier, over the whole product. */
export async function benchLatency(services: BenchServices, small: boolean): Promise<Findings> {
  const twin = await startTwin();
  const product = await startProduct(services, ['web', 'worker', 'scheduler'], twin.baseUrl);
  const raw: ({ perSecond: number; round: number; count: number } & Record<Figure, number>)[] = [];
  try {
    const rounds = small ? 1 : 3;
    for (let round = -1; round < rounds; round += 1) {
      for (const perSecond of PER_SECOND) {
        const forS = round < 0 ? 2 : small ? 5 : 10;
        const rows = waybills(`75${round + 1}${String(perSecond).padStart(3, '0')}`, perSecond * forS);
        await twin.introduce(rows);
        const sentAt = await sendAll(rows, perSecond, (w) =>
          fetch(`${product.url}/webhooks/generic/bench-shop`, message(w, product.secret)),
        );
        let arrived = new Map<string, number>() as ReadonlyMap<string, number>;
        const allThere = async () => {
          arrived = await twin.arrivals();
          return rows.every((w) => arrived.has(w));
        };
        await waitFor('all orders at the courier', allThere, 60_000, 200);
        if (round < 0) continue;
        const took = rows.map((w) => (arrived.get(w) ?? 0) - (sentAt.get(w) ?? 0));
        const stages = await stagesOf(services.databaseUrl);
        const between = (from: (w: string) => number | undefined, to: (w: string) => number | undefined) =>
          median(rows.map((w) => (to(w) ?? Number.NaN) - (from(w) ?? Number.NaN)));
        const decided = (w: string) => stages.get(w)?.decidedAt.getTime();
        const claimed = (w: string) => stages.get(w)?.claimedAt.getTime();
        raw.push({
          perSecond,
          round,
          count: rows.length,
          p50: median(took),
          p99: quantile(took, 0.99),
          most: Math.max(...took),
          toDecision: between((w) => sentAt.get(w), decided),
          toClaim: between(decided, claimed),
          toCourier: between(claimed, (w) => arrived.get(w)),
        });
      }
    }
  } finally {
    await product.stop();
    await twin.stop();
  }
  return {
    bench: 'latency',
    columns: ['events /s', 'p50 ms', 'p99 ms', 'most ms', 'p50 to decision', 'then to claim', 'then to courier'],
    rows: PER_SECOND.map((perSecond) => {
      const of = (field: Figure) => median(raw.filter((r) => r.perSecond === perSecond).map((r) => r[field]));
      return [perSecond, ...FIGURES.map(of)];
    }),
    notes: [
      'signed webhook sent → inbox → judged → MySQL → Redis → claimed → order arrives at the twin; all roles in one process, no limit',
      'medians over rounds; arrivals at random moments; the clock is the machine’s, ms',
    ],
    raw,
  };
}

/** Sends at random moments (open loop: nobody waits for an answer), and says when each was sent. */
async function sendAll(
  rows: readonly string[],
  perSecond: number,
  send: (waybillNo: string) => Promise<Response>,
): Promise<ReadonlyMap<string, number>> {
  const random = seeded(rows.length);
  const sentAt = new Map<string, number>();
  const answers: Promise<void>[] = [];
  for (let at = performance.now(), i = 0; i < rows.length; i += 1) {
    at += (-Math.log(1 - random()) * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
    const waybillNo = rows[i] ?? '';
    sentAt.set(waybillNo, Date.now());
    answers.push(
      send(waybillNo).then((answer) => {
        if (!answer.ok) throw new Error(`the webhook was answered with ${answer.status}`);
      }),
    );
  }
  await Promise.all(answers);
  return sentAt;
}
