import { gapMs } from '../../src/domain/intercept/lane-rate.js';
import type { RateLimit } from '../../src/domain/settings/settings.js';
import { Database } from '../../src/domain/store/database.js';
import { mostWithin } from '../limiter/run.js';
import { runLane } from '../rig/lane-run.js';
import { ask, requestFor } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { benchEnv } from '../rig/settings.js';
import { startTwin } from '../rig/twin.js';
import { fifo, optimum, plainEdf } from './policies.js';
import { simulate } from './simulate.js';
import { type StormShape, stormRows } from './storm.js';

/** What the courier's ledger says of a storm that really blew. */
export interface RealStorm {
  readonly rows: number;
  readonly sent: number;
  /** Orders that arrived at the courier by their deadline. */
  readonly inTime: number;
  readonly late: number;
  readonly valueFen: number;
  /** Over the same arrivals, simulated. */
  readonly optimum: number;
  readonly optimumValueFen: number;
  readonly fifo: number;
  readonly plainEdf: number;
  readonly worstSecond: number;
}

const AFTER_MS = 3_000;

/** A storm of 1.6 times the limit with deadlines of 10 to 40 s, over MySQL, Redis, the limiter and a twin. */
export async function realStorm(services: BenchServices, limit: RateLimit, lastsMs: number): Promise<RealStorm> {
  const shape: StormShape = {
    name: 'scaled',
    load: 1.6,
    lastsMs,
    deadlineMs: [10_000, 40_000],
    shops: [0.8, 0.1, 0.1],
    busyShare: 1,
  };
  const rows = stormRows(shape, gapMs(limit), 11);
  await emptyServices(services, true);
  const twin = await startTwin();
  await twin.introduce(rows.map((row) => row.id));
  const db = await Database.open({ url: services.databaseUrl, poolSize: 24 });
  const shops = [...new Set(rows.map((row) => row.shopId))];
  const env = benchEnv({ shops, rateLimit: limit, concurrency: 4, baseUrl: twin.baseUrl });
  const lane = await runLane(db, services.redisUrl, env);
  // The limiter's first quiet period passes before the storm.
  await new Promise((resolve) => setTimeout(resolve, limit.perMs + 500));
  const startMs = Date.now();
  const asked: Promise<void>[] = [];
  for (const row of rows) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, startMs + row.arriveMs - Date.now())));
    const fen = row.valueFen ?? 0;
    const request = requestFor(row.id, row.shopId, {
      deadlineAt: new Date(startMs + row.deadlineMs),
      refundAmountFen: fen,
      paidAmountFen: fen,
      parcels: [
        { carrier: 'zto', waybillNo: row.id, declaredValueFen: fen, pickedUpAt: new Date(startMs - 3_600_000) },
      ],
    });
    asked.push(ask(db, env, request).then(() => lane.wake()));
  }
  await Promise.all(asked);
  const lastMs = Math.max(...rows.map((row) => row.deadlineMs));
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, startMs + lastMs + AFTER_MS - Date.now())));
  const arrivals = await twin.arrivals();
  await lane.stop();
  await db.close();
  await twin.stop();
  if (lane.failures.length > 0) throw new Error(`${lane.failures.length} failed: ${lane.failures[0]}`);

  const inTime = rows.filter((row) => (arrivals.get(row.id) ?? Number.POSITIVE_INFINITY) <= startMs + row.deadlineMs);
  const best = simulate(optimum(), rows, gapMs(limit));
  const moments = [...arrivals.values()].sort((a, b) => a - b);
  return {
    rows: rows.length,
    sent: arrivals.size,
    inTime: inTime.length,
    late: arrivals.size - inTime.length,
    valueFen: inTime.reduce((sum, row) => sum + (row.valueFen ?? 0), 0),
    optimum: best.inTime,
    optimumValueFen: best.valueFen,
    fifo: simulate(fifo(), rows, gapMs(limit)).inTime,
    plainEdf: simulate(plainEdf(), rows, gapMs(limit)).inTime,
    worstSecond: mostWithin(moments, limit.perMs),
  };
}
