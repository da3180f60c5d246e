import { median } from '../random.js';
import { runChild } from '../rig/child.js';
import { pidsOf } from '../rig/pids.js';
import type { Findings } from '../rig/report.js';
import { waybills } from '../rig/requests.js';
import { type BenchServices, emptyServices } from '../rig/services.js';
import { startTwin } from '../rig/twin.js';
import type { Throughput, ThroughputJob } from './measured.js';

const VARIANTS = [
  { name: 'BullMQ, no-op', program: 'peers/raw-bullmq.js', schema: false },
  { name: 'tutorial (BullMQ + TypeORM)', program: 'peers/tutorial.js', schema: false },
  { name: 'Jiejian', program: 'throughput/jiejian.js', schema: true },
] as const;
const CONCURRENCY = 100;
/** Rows that go before the ones that are measured. */
const WARM_UP = 1_000;

/** The same rows through three programs, each round in another order; each with a fresh database, Redis and courier. */
export async function benchThroughput(services: BenchServices, small: boolean): Promise<Findings> {
  const rounds = small ? 1 : 3;
  const count = small ? 2_000 : 10_000;
  const raw: (Throughput & { variant: string; round: number })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const at of VARIANTS.keys()) {
      const variant = VARIANTS[(at + round) % VARIANTS.length];
      if (!variant) continue;
      await emptyServices(services, variant.schema);
      const twin = await startTwin();
      const rows = { prefix: `73${round}`, count };
      const warmUp = { prefix: `72${round}`, count: WARM_UP };
      for (const { prefix, count: some } of [warmUp, rows]) await twin.introduce(waybills(prefix, some));
      const job: ThroughputJob = {
        databaseUrl: services.databaseUrl,
        redisUrl: services.redisUrl,
        courierUrl: twin.baseUrl,
        rows,
        warmUp,
        concurrency: CONCURRENCY,
        beside: await pidsOf(services, twin),
      };
      raw.push({ variant: variant.name, round, ...(await runChild<Throughput>(variant.program, job)) });
      const sent = (await twin.arrivals()).size;
      await twin.stop();
      if (variant !== VARIANTS[0] && sent !== WARM_UP + count) {
        throw new Error(`${variant.name} sent ${sent} of ${WARM_UP + count}`);
      }
    }
  }
  const of = (variant: string, field: keyof Throughput) =>
    median(raw.filter((r) => r.variant === variant).map((r) => r[field]));
  return {
    bench: 'throughput',
    columns: [
      'variant',
      'taken in /s',
      'processed /s',
      'to raw BullMQ',
      'to the tutorial',
      'CPU ms a job',
      'database',
      'Redis',
      'courier',
      'machine CPU ms a job',
      'to the tutorial',
      'SQL a job',
      'peak RSS MB',
    ],
    rows: VARIANTS.map(({ name }) => [
      name,
      of(name, 'takenInPerSecond'),
      of(name, 'processedPerSecond'),
      of(name, 'processedPerSecond') / of(VARIANTS[0].name, 'processedPerSecond'),
      of(name, 'processedPerSecond') / of(VARIANTS[1].name, 'processedPerSecond'),
      of(name, 'cpuMsPerJob'),
      of(name, 'databaseCpuMsPerJob'),
      of(name, 'redisCpuMsPerJob'),
      of(name, 'courierCpuMsPerJob'),
      of(name, 'machineCpuMsPerJob'),
      of(name, 'machineCpuMsPerJob') / of(VARIANTS[1].name, 'machineCpuMsPerJob'),
      of(name, 'statementsPerJob'),
      of(name, 'peakRssMb'),
    ]),
    notes: [
      `medians of ${rounds} interleaved rounds of ${count} rows after ${WARM_UP} to warm up, concurrency ${CONCURRENCY}, one process a variant, a twin of ZTO that keeps a ledger`,
      'counted afterwards: every row accepted once, every order at the courier once',
    ],
    raw,
  };
}
