import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { Database } from '../../src/domain/store/database.js';
import { median, quantile, seeded } from '../random.js';
import type { Findings } from '../rig/report.js';
import { waitFor, waybills } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { ended, startTwin, TWIN_KEYS } from '../rig/twin.js';

const CLI = join(import.meta.dirname, '../../src/cli.js');
const DIR = '.data/bench/latency';
const FIGURES = ['p50', 'p99', 'most', 'toDecision', 'toClaim', 'toCourier'] as const;
type Figure = (typeof FIGURES)[number];
const PER_SECOND = [5, 20, 50] as const;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

function configuration(courierUrl: string, secret: string): string {
  return stringify({
    shops: [
      {
        id: 'bench-shop',
        platform: 'generic',
        platformShopId: '1',
        name: 'bench',
        crossBorder: false,
        status: 'active',
        agreementSignedAt: '2024-11-18T00:00:00+08:00',
        credentials: { secret },
        policy: 'default',
        mode: 'auto',
        autoFrom: '2020-01-01T00:00:00Z',
      },
    ],
    carrierAccounts: [
      {
        id: 'bench',
        carrier: 'zto',
        shops: '*',
        baseUrl: courierUrl,
        credentials: { ...TWIN_KEYS, noInterceptCodes: ['E23102'] },
        rateLimit: null,
        readRateLimit: null,
        timeoutMs: 5_000,
      },
    ],
    tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
    policies: [{ id: 'default', auto: true }],
  });
}

/** One signed message of a shop's own system: a full refund of one parcel that was picked up an hour ago. */
function message(waybillNo: string, secret: string) {
  const now = Date.now();
  const body = JSON.stringify({
    type: 'after_sale',
    afterSaleId: `as-${waybillNo}`,
    orderId: `so-${waybillNo}`,
    status: 'open',
    refundType: 'refund_only',
    refundAmountFen: 8_900,
    paidAmountFen: 8_900,
    updatedAt: new Date(now).toISOString(),
    parcels: [{ carrier: 'zto', waybillNo, pickedUpAt: new Date(now - 3_600_000).toISOString() }],
  });
  const [id, timestamp] = [`msg-${waybillNo}`, String(Math.floor(now / 1_000))];
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return { method: 'POST', body, headers };
}

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
  await emptyServices(services, false);
  const twin = await startTwin();
  await mkdir(DIR, { recursive: true });
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await writeFile(join(DIR, 'jiejian.yaml'), configuration(twin.baseUrl, secret));
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'] ?? '',
    LANG: 'en',
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const cli = async (args: readonly string[]) => {
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    if (code !== 0) throw new Error(`jiejian ${args.join(' ')} ended with ${code}: ${out}`);
  };
  await cli(['migrate']);
  await cli(['apply', join(DIR, 'jiejian.yaml')]);
  const roles = ['web', 'worker', 'scheduler'];
  const running = spawn(process.execPath, [CLI, 'start', '--roles', roles.join(',')], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const raw: ({ perSecond: number; round: number; count: number } & Record<Figure, number>)[] = [];
  try {
    const isUp = () =>
      fetch(`${url}/readyz`)
        .then((r) => r.ok)
        .catch(() => false);
    await waitFor('the product to start', isUp, 30_000);
    const rounds = small ? 1 : 3;
    for (let round = -1; round < rounds; round += 1) {
      for (const perSecond of PER_SECOND) {
        const forS = round < 0 ? 2 : small ? 5 : 10;
        const rows = waybills(`75${round + 1}${String(perSecond).padStart(2, '0')}`, perSecond * forS);
        await twin.introduce(rows);
        const sentAt = await sendAll(rows, perSecond, (w) =>
          fetch(`${url}/webhooks/generic/bench-shop`, message(w, secret)),
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
    await ended(running);
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
