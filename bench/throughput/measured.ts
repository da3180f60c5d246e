import { readFileSync } from 'node:fs';
import { profiled } from '../rig/child.js';
import { cpuMsOf, type Pids } from '../rig/pids.js';
import { waybills } from '../rig/requests.js';

/** What a variant is given: services that are empty, and a courier that knows the waybills. */
export interface ThroughputJob {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly courierUrl: string;
  readonly rows: Rows;
  /** Go the same way before anything is measured: programs that have just started are slow, the larger ones more so. */
  readonly warmUp: Rows;
  readonly concurrency: number;
  readonly beside: Pids;
}

/** So many waybills of one prefix: the names themselves would be more than a command line takes. */
interface Rows {
  readonly prefix: string;
  readonly count: number;
}

export interface Throughput {
  /** From an event to a job that waits, per second. */
  readonly takenInPerSecond: number;
  /** From a job that waits to an answer that is kept, per second. */
  readonly processedPerSecond: number;
  /** CPU of this process while it processed, ms a job. */
  readonly cpuMsPerJob: number;
  /** CPU of the whole machine meanwhile, ms a job: product, database, Redis, courier, and whatever else ran. */
  readonly machineCpuMsPerJob: number;
  /** Of these, what the servers beside this process used. */
  readonly databaseCpuMsPerJob: number;
  readonly redisCpuMsPerJob: number;
  readonly courierCpuMsPerJob: number;
  readonly peakRssMb: number;
  /** Statements that the database was asked for each job processed: the same on every machine. */
  readonly statementsPerJob: number;
}

/** How many statements the database has been asked since it started; nobody else uses it meanwhile. */
export async function questions(rows: (sql: string) => Promise<unknown>): Promise<number> {
  const answer = await rows(`SHOW GLOBAL STATUS LIKE 'Questions'`);
  const [first]: unknown[] = Array.isArray(answer) ? answer : [];
  return Number(typeof first === 'object' && first && 'Value' in first ? first.Value : Number.NaN);
}

/** CPU that the machine has used since it started, ms (proc(5): the first line counts hundredths of a second). */
function machineCpuMs(): number {
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = ticks.map(Number);
  return (user + nice + system + irq + softirq) * 10;
}

const cpuBeside = ({ database, redis, courier }: Pids) => ({
  database: cpuMsOf(database),
  redis: cpuMsOf(redis),
  courier: cpuMsOf(courier),
});

/** The two stretches that a variant is measured in. */
export interface Variant {
  /** Makes a job of each waybill, none of which is worked on. */
  readonly takeIn: (waybills: readonly string[]) => Promise<void>;
  /** Works until none waits; `ever` is how many were taken in since the program started. */
  readonly work: (ever: number) => Promise<void>;
  readonly asked?: () => Promise<number>;
}

/** Warms the variant up, times its two stretches in this process, and prints what they came to. */
export async function measure(job: ThroughputJob, variant: Variant): Promise<void> {
  const { takeIn, work, asked = async () => 0 } = variant;
  const { rows, warmUp } = job;
  await takeIn(waybills(warmUp.prefix, warmUp.count));
  await work(warmUp.count);
  const began = performance.now();
  await takeIn(waybills(rows.prefix, rows.count));
  const before = await asked();
  const takenIn = performance.now();
  const cpu = process.cpuUsage();
  const machine = machineCpuMs();
  const servers = cpuBeside(job.beside);
  await profiled(() => work(warmUp.count + rows.count));
  const ended = performance.now();
  const used = process.cpuUsage(cpu);
  const serversAfter = cpuBeside(job.beside);
  const found: Throughput = {
    takenInPerSecond: rows.count / ((takenIn - began) / 1_000),
    processedPerSecond: rows.count / ((ended - takenIn) / 1_000),
    machineCpuMsPerJob: (machineCpuMs() - machine) / rows.count,
    cpuMsPerJob: (used.user + used.system) / 1_000 / rows.count,
    databaseCpuMsPerJob: (serversAfter.database - servers.database) / rows.count,
    redisCpuMsPerJob: (serversAfter.redis - servers.redis) / rows.count,
    courierCpuMsPerJob: (serversAfter.courier - servers.courier) / rows.count,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
    statementsPerJob: ((await asked()) - before) / rows.count,
  };
  process.stdout.write(JSON.stringify(found));
}
