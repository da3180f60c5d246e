import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Database } from '../../src/domain/store/database.js';
import { median, quantile } from '../random.js';
import { runChild } from '../rig/child.js';
import { message } from '../rig/messages.js';
import { atRandomMoments } from '../rig/open-loop.js';
import { startProduct } from '../rig/product.js';
import type { Findings } from '../rig/report.js';
import { waitFor, waybills } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { ended, startTwin, type Twin } from '../rig/twin.js';
import { type Stages, stagesOf } from './stages.js';

const VARIANTS = ['BullMQ, add to process', 'tutorial', 'Jiejian'] as const;
type Variant = (typeof VARIANTS)[number];
const TUTORIAL = join(import.meta.dirname, '../peers/tutorial-web.js');
const READY = z.object({ port: z.int() });
/** A bare secret for the tutorial, which does not look at it. */
const UNREAD = `whsec_${Buffer.alloc(32).toString('base64')}`;
/** Longest that a rate which cannot be followed takes to be worked off, ms. */
const DRAIN_MS = 180_000;

interface Measured {
  readonly variant: Variant;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly stages: Stages | null;
}

/** Where events go, and how the orders that came of them are found out. */
interface Target {
  readonly twin: Twin;
  readonly url: string;
  readonly secret: string;
}

/** How long each of these events took until its order arrived at the courier, ms. */
async function eventsTo({ twin, url, secret }: Target, rows: readonly string[], perSecond: number) {
  await twin.introduce(rows);
  const sentAt = new Map<string, number>();
  await atRandomMoments(rows.length, perSecond, async (n) => {
    const waybillNo = rows[n] ?? '';
    sentAt.set(waybillNo, Date.now());
    const answer = await fetch(url, message(waybillNo, secret));
    if (!answer.ok) throw new Error(`the webhook was answered with ${answer.status}`);
  });
  let arrived: ReadonlyMap<string, number> = new Map();
  const allThere = async () => {
    arrived = await twin.arrivals();
    return rows.every((waybillNo) => arrived.has(waybillNo));
  };
  await waitFor('all orders at the courier', allThere, DRAIN_MS, 200);
  return { sentAt, arrived, took: rows.map((w) => (arrived.get(w) ?? 0) - (sentAt.get(w) ?? 0)) };
}

/** From the moment an event is sent until its order arrives at the courier: the product, a tutorial, and BullMQ alone. */
export async function benchLatency(services: BenchServices, small: boolean): Promise<Findings> {
  const rates = small ? [50, 200] : [50, 200, 500];
  const rounds = small ? 1 : 3;
  const seconds = small ? 5 : 10;
  const raw: Measured[] = [];
  const add = (variant: Variant, perSecond: number, took: readonly number[], stages: Stages | null) =>
    raw.push({ variant, perSecond, p50: median(took), p99: quantile(took, 0.99), stages });
  for (let round = 0; round < rounds; round += 1) {
    for (const perSecond of rates) {
      await emptyServices(services, false);
      const given = { redisUrl: services.redisUrl, perSecond, count: perSecond * seconds };
      add(VARIANTS[0], perSecond, await runChild<number[]>('peers/raw-latency.js', given), null);
    }
    await tutorial(services, async (target) => {
      for (const perSecond of [...WARM, ...rates]) {
        const { took } = await eventsTo(target, rowsOf('77', round, perSecond, seconds), perSecond);
        if (!WARM.includes(perSecond)) add('tutorial', perSecond, took, null);
      }
    });
    await jiejian(services, async (target) => {
      for (const perSecond of [...WARM, ...rates]) {
        const rows = rowsOf('75', round, perSecond, seconds);
        const found = await eventsTo(target, rows, perSecond);
        if (WARM.includes(perSecond)) continue;
        add('Jiejian', perSecond, found.took, await stages(services, rows, found));
      }
    });
  }
  return findings(raw, rates, rounds, seconds);
}

/** A rate that is not counted: what runs for the first time is slow. */
const WARM: readonly number[] = [30];

const rowsOf = (prefix: string, round: number, perSecond: number, seconds: number) =>
  waybills(`${prefix}${round}${String(perSecond).padStart(4, '0')}`, perSecond * seconds);

async function tutorial(services: BenchServices, use: (target: Target) => Promise<void>): Promise<void> {
  await emptyServices(services, false);
  const twin = await startTwin();
  const { databaseUrl, redisUrl } = services;
  const child = spawn(
    process.execPath,
    [TUTORIAL, JSON.stringify({ databaseUrl, redisUrl, courierUrl: twin.baseUrl })],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line');
  try {
    await use({ twin, url: `http://127.0.0.1:${READY.parse(JSON.parse(String(line))).port}/`, secret: UNREAD });
  } finally {
    child.stdin.end();
    await ended(child);
    await twin.stop();
  }
}

async function jiejian(services: BenchServices, use: (target: Target) => Promise<void>): Promise<void> {
  const twin = await startTwin();
  const product = await startProduct(services, ['web', 'worker', 'scheduler'], twin.baseUrl);
  try {
    await use({ twin, url: `${product.url}/webhooks/generic/bench-shop`, secret: product.secret });
  } finally {
    await product.stop();
    await twin.stop();
  }
}

async function stages(
  services: BenchServices,
  rows: readonly string[],
  found: { readonly sentAt: ReadonlyMap<string, number>; readonly arrived: ReadonlyMap<string, number> },
): Promise<Stages> {
  const db = await Database.open({ url: services.databaseUrl });
  try {
    return await stagesOf(db, rows, found);
  } finally {
    await db.close();
  }
}

function findings(raw: readonly Measured[], rates: readonly number[], rounds: number, seconds: number): Findings {
  const of = (variant: Variant, perSecond: number, field: 'p50' | 'p99') =>
    median(raw.filter((r) => r.variant === variant && r.perSecond === perSecond).map((r) => r[field]));
  const stage = (perSecond: number, field: keyof Stages) =>
    median(raw.flatMap((r) => (r.perSecond === perSecond && r.stages ? [r.stages[field]] : [])));
  return {
    bench: 'latency',
    columns: [
      'events /s',
      'variant',
      'p50 ms',
      'p99 ms',
      'p99 to BullMQ',
      'p99 to the tutorial',
      'to decision',
      'then to claim',
      'then to courier',
    ],
    rows: rates.flatMap((perSecond) =>
      VARIANTS.map((variant) => {
        const p99 = of(variant, perSecond, 'p99');
        const to = (other: Variant) => p99 / of(other, perSecond, 'p99');
        const parts =
          variant === 'Jiejian'
            ? [stage(perSecond, 'toDecision'), stage(perSecond, 'toClaim'), stage(perSecond, 'toCourier')]
            : ['', '', ''];
        return [perSecond, variant, of(variant, perSecond, 'p50'), p99, to(VARIANTS[0]), to('tutorial'), ...parts];
      }),
    ),
    notes: [
      'Jiejian: signed webhook sent → inbox → judged → MySQL → Redis → claimed → order arrives at the twin; all roles in one process, no limit',
      'tutorial: webhook sent → row saved → job added → row found → order arrives at the twin; one process; nothing verified, nothing judged',
      `BullMQ: job added → handler called, in one process; medians of ${rounds} rounds of ${seconds} s, arrivals at random moments`,
    ],
    raw,
  };
}
