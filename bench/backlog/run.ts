import { Database } from '../../src/domain/store/database.js';
import { median } from '../random.js';
import { runLane } from '../rig/lane-run.js';
import type { Findings } from '../rig/report.js';
import { waitFor } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { benchEnv } from '../rig/settings.js';
import { startTwin } from '../rig/twin.js';
import { fillBacklog, waybillOf } from './fill.js';

const CONCURRENCY = 100;
/** Answers before the clock starts: the lane is warm and its window full. */
const WARM = 500;

interface Measured {
  readonly waiting: number;
  readonly counted: number;
  readonly perSecond: number;
  readonly statementsPerJob: number;
}

/** The rate of one lane with more and more rows behind it: nothing may be read as a whole. */
export async function benchBacklog(services: BenchServices, small: boolean, most: number | null): Promise<Findings> {
  const sizes = small ? [1_000, 10_000] : [1_000, 10_000, 100_000, most ?? 1_000_000];
  const rounds = small ? 1 : 3;
  const raw: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const waiting of sizes) raw.push(await rateBehind(services, waiting, small ? 500 : 4_000));
  }
  const of = (waiting: number, field: keyof Measured) =>
    median(raw.filter((r) => r.waiting === waiting).map((r) => r[field]));
  const base = of(10_000, 'perSecond');
  return {
    bench: 'backlog',
    columns: ['waiting rows', 'counted', 'processed /s', 'to 10,000 rows', 'SQL a job'],
    rows: sizes.map((waiting) => {
      const perSecond = of(waiting, 'perSecond');
      return [waiting, of(waiting, 'counted'), perSecond, perSecond / base, of(waiting, 'statementsPerJob')];
    }),
    notes: [
      `medians of ${rounds} interleaved rounds, concurrency ${CONCURRENCY}, no limit, dispatcher and workers in one process, a twin of ZTO that keeps a ledger`,
    ],
    raw,
  };
}

/** The rate of a lane behind which so many rows wait, over the next `counted` of them. */
async function rateBehind(services: BenchServices, waiting: number, counted: number): Promise<Measured> {
  await emptyServices(services, true);
  const db = await Database.open({ url: services.databaseUrl, poolSize: 24, statementTimeoutMs: 600_000 });
  await fillBacklog(db, waiting);
  const twin = await startTwin();
  // The window is filled ahead of what is counted.
  const known = Math.min(waiting, WARM + counted + 20_000);
  await twin.introduce(Array.from({ length: known }, (_, n) => waybillOf(n + 1)));
  const env = benchEnv({ shops: ['shop'], rateLimit: null, concurrency: CONCURRENCY, baseUrl: twin.baseUrl });
  const answered = async () =>
    (await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM intercept WHERE state = 'accepted'`))[0]?.n ?? 0;
  const asked = async () => Number((await db.rows<{ Value: string }>(`SHOW GLOBAL STATUS LIKE 'Questions'`))[0]?.Value);
  const lane = await runLane(db, services.redisUrl, env);
  await waitFor('the lane to be warm', async () => (await answered()) >= WARM, 120_000, 20);
  const [from, before, questions] = [performance.now(), await answered(), await asked()];
  const goal = Math.min(before + counted, waiting);
  await waitFor('the rows that are counted', async () => (await answered()) >= goal, 600_000, 50);
  const done = (await answered()) - before;
  const measured = {
    waiting,
    counted: done,
    perSecond: done / ((performance.now() - from) / 1_000),
    statementsPerJob: ((await asked()) - questions) / done,
  };
  await lane.stop();
  await twin.stop();
  await db.close();
  if (lane.failures.length > 0) throw new Error(`${lane.failures.length} failed: ${lane.failures[0]}`);
  return measured;
}
