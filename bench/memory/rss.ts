import { Database } from '../../src/domain/store/database.js';
import { fillBacklog, waybillOf } from '../backlog/fill.js';
import { runLane } from '../rig/lane-run.js';
import type { Findings } from '../rig/report.js';
import { waitFor } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { benchEnv } from '../rig/settings.js';
import { startTwin } from '../rig/twin.js';

const CONCURRENCY = 100;
/** Parcels that the twin is told of ahead of the lane. */
const AHEAD = 30_000;
const LOOK_MS = { small: 1_000, whole: 5_000 } as const;
/** What was ordered is asked after each half minute, as on a real lane, but not as often as it is ordered here. */
const READS = { max: 50, perMs: 1_000 } as const;
/** Longest without an end, ms: a million at the slowest rate seen. */
const END_MS = 40 * 60_000;
/** Parts of all jobs after which the memory is told. */
const PARTS = [0.01, 0.1, 0.25, 0.5, 0.75, 1] as const;
const MB = 1_048_576;

/** The resident memory of dispatcher and workers in this process, as job after job goes through: it must not grow with them. */
export async function benchRss(services: BenchServices, small: boolean, most: number | null): Promise<Findings> {
  const jobs = most ?? (small ? 5_000 : 1_000_000);
  const lookMs = small ? LOOK_MS.small : LOOK_MS.whole;
  await emptyServices(services, true);
  const db = await Database.open({ url: services.databaseUrl, poolSize: 24, statementTimeoutMs: 600_000 });
  await fillBacklog(db, jobs);
  const twin = await startTwin();
  let known = 0;
  const introduceUpTo = async (upTo: number) => {
    const next = Math.min(upTo, jobs);
    if (next > known) await twin.introduce(Array.from({ length: next - known }, (_, n) => waybillOf(known + n + 1)));
    known = Math.max(known, next);
  };
  await introduceUpTo(2 * AHEAD);
  const env = benchEnv({
    shops: ['shop'],
    rateLimit: null,
    readRateLimit: READS,
    concurrency: CONCURRENCY,
    baseUrl: twin.baseUrl,
  });
  const raw: { readonly done: number; readonly rss: number }[] = [];
  const from = performance.now();
  const lane = await runLane(db, services.redisUrl, env);
  const isOver = async () => {
    const rows = await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM intercept WHERE state = 'accepted'`);
    const done = rows[0]?.n ?? 0;
    raw.push({ done, rss: process.memoryUsage.rss() });
    if (known < done + AHEAD) await introduceUpTo(done + 2 * AHEAD);
    return done >= jobs || lane.failures.length > 0;
  };
  await waitFor('every job to be done', isOver, END_MS, lookMs);
  const perSecond = jobs / ((performance.now() - from) / 1_000);
  await lane.stop();
  await twin.stop();
  await db.close();
  if (lane.failures.length > 0) throw new Error(`${lane.failures.length} failed: ${lane.failures[0]}`);
  const away = (done: number, part: number) => Math.abs(done - part * jobs);
  const nearest = (part: number) => raw.reduce((a, b) => (away(b.done, part) < away(a.done, part) ? b : a));
  const rssAt = (part: number) => nearest(part).rss / MB;
  return {
    bench: 'rss',
    columns: ['jobs done', 'RSS MB', 'to a tenth of them'],
    rows: PARTS.map((part) => [nearest(part).done, rssAt(part), rssAt(part) / rssAt(0.1)]),
    notes: [
      `${jobs} jobs at ${Math.round(perSecond)} a second, dispatcher and workers in the process of the bench; of looks ${lookMs / 1_000} s apart those nearest to each part`,
    ],
    raw,
  };
}
