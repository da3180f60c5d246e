import { readFileSync } from 'node:fs';

/** What a variant is given: services that are empty, and a courier that knows the waybills. */
export interface ThroughputJob {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly courierUrl: string;
  readonly waybills: readonly string[];
  readonly concurrency: number;
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

/** Times two stretches of work in this process and prints what they came to. */
export async function measure(
  count: number,
  takeIn: () => Promise<void>,
  work: () => Promise<void>,
  asked: () => Promise<number> = async () => 0,
): Promise<void> {
  const began = performance.now();
  await takeIn();
  const before = await asked();
  const takenIn = performance.now();
  const cpu = process.cpuUsage();
  const machine = machineCpuMs();
  await work();
  const ended = performance.now();
  const used = process.cpuUsage(cpu);
  const found: Throughput = {
    takenInPerSecond: count / ((takenIn - began) / 1_000),
    processedPerSecond: count / ((ended - takenIn) / 1_000),
    machineCpuMsPerJob: (machineCpuMs() - machine) / count,
    cpuMsPerJob: (used.user + used.system) / 1_000 / count,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
    statementsPerJob: ((await asked()) - before) / count,
  };
  process.stdout.write(JSON.stringify(found));
}
