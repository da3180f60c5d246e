import { type DefaultJobOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { CANARY_ID } from '../domain/canary.js';
import { failpoint } from '../domain/failpoint.js';
import { enrichQueueName, jobIdOf, laneQueueName, QUEUE_PREFIX } from '../domain/queue-names.js';
import type { Handed, LaneQueue } from '../domain/store/dispatch-store.js';

/** One try each: MySQL decides what a failed job needs. Finished jobs leave no trace, failed ones stay an hour to be seen. */
const JOB_OPTIONS: DefaultJobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { age: 3_600, count: 1_000 },
};

const ALIVE = new Set(['waiting', 'prioritized', 'active', 'delayed']);

/** BullMQ takes priorities up to 2^21: four-minute steps since 2026 last until 2041, and the window is seconds long. */
const PRIORITY_STEP_MS = 4 * 60_000;
const PRIORITY_EPOCH_MS = Date.UTC(2026, 0, 1);
const LOWEST_PRIORITY = 2 ** 21 - 1;

/** Nearer deadlines first; never 0, which would run before everything. */
export function priorityOf(deadlineAt: Date): number {
  const steps = Math.floor((deadlineAt.getTime() - PRIORITY_EPOCH_MS) / PRIORITY_STEP_MS);
  return Math.min(Math.max(steps, 1), LOWEST_PRIORITY);
}

/**
 * The deadline that a row handed over now is placed by: those further away than two steps all count as that. Among them
 * the order of hand-over holds, in which shops share fairly, and nothing waits in Redis for ever behind nearer ones.
 */
function placedBy(deadlineAt: Date, now: Date): Date {
  return new Date(Math.min(deadlineAt.getTime(), now.getTime() + 2 * PRIORITY_STEP_MS));
}

/** A job that waits in Redis, with the hand-over it stands for. */
export interface WaitingJob {
  readonly jobId: string;
  readonly id: string;
  readonly dispatch: number;
}

/** What a job carries; whatever else lies in Redis is nobody's. */
const HAND_OVER = z.object({ id: z.string().catch(''), dispatch: z.number().catch(0) }).catch({ id: '', dispatch: 0 });
const PAGE = 1_000;

/** The only maker of queues. Queues come with the first job of a lane or shop and go with `retain`. */
export class Queues {
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly redis: Redis,
    private readonly onError: (queue: string, error: Error) => void,
  ) {}

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const made = new Queue(name, {
      connection: this.redis,
      prefix: QUEUE_PREFIX,
      defaultJobOptions: JOB_OPTIONS,
      streams: { events: { maxLen: 1_000 } },
    });
    made.on('error', (error) => this.onError(name, error));
    this.queues.set(name, made);
    return made;
  }

  /** Makes the queues of these lanes and shops known, so that Bull Board shows them before their first job. */
  async retain(lanes: readonly string[], shops: readonly string[]): Promise<void> {
    const wanted = new Set([
      ...lanes.flatMap((lane) => [laneQueueName('intercept', lane), laneQueueName('probe', lane)]),
      ...shops.map(enrichQueueName),
    ]);
    for (const name of wanted) this.queue(name);
    for (const [name, queue] of this.queues) {
      if (wanted.has(name)) continue;
      this.queues.delete(name);
      await queue.close();
    }
  }

  all(): readonly Queue[] {
    return [...this.queues.values()];
  }

  /** Does Redis answer at this moment? */
  async answers(): Promise<boolean> {
    return this.redis.ping().then(
      () => true,
      () => false,
    );
  }

  /** Hands rows to a lane's workers. Throws when Redis does not take them; they stay marked and are found missing. */
  async addToLane(kind: LaneQueue, laneId: string, rows: readonly Handed[], now = new Date()): Promise<void> {
    await this.queue(laneQueueName(kind, laneId)).addBulk(
      rows.map((row) => ({
        name: kind,
        data: { id: row.id, dispatch: row.dispatch },
        opts: { jobId: jobIdOf('ic', row.id, row.dispatch), priority: priorityOf(placedBy(row.deadlineAt, now)) },
      })),
    );
    failpoint('redis.added');
  }

  /**
   * Sends a canary through a lane. It goes before all others, so that a long queue does not look like a dead one; while
   * the last one waits its id is taken, so there is never more than one.
   */
  async addCanary(laneId: string): Promise<void> {
    const options = { jobId: `${CANARY_ID}-${laneId}`, removeOnComplete: true, removeOnFail: true };
    await this.queue(laneQueueName('intercept', laneId)).add(CANARY_ID, { id: CANARY_ID, dispatch: 0 }, options);
  }

  async addDetails(shopId: string, rows: readonly { id: string; dispatch: number }[]): Promise<void> {
    await this.queue(enrichQueueName(shopId)).addBulk(
      rows.map((row) => ({
        name: 'enrich',
        data: { id: row.id, dispatch: row.dispatch },
        opts: { jobId: jobIdOf('as', row.id, row.dispatch) },
      })),
    );
    failpoint('redis.added');
  }

  /** Of these hand-overs, those that have no job that could still run. */
  async missing<T extends { id: string; dispatch: number }>(
    name: string,
    prefix: 'ic' | 'as',
    rows: readonly T[],
  ): Promise<T[]> {
    const queue = this.queue(name);
    const alive = await Promise.all(
      rows.map(async (row) => ALIVE.has(await queue.getJobState(jobIdOf(prefix, row.id, row.dispatch)))),
    );
    return rows.filter((_, index) => !alive[index]);
  }

  /** The jobs of a queue that nobody works on yet. */
  async waiting(name: string): Promise<WaitingJob[]> {
    const queue = this.queue(name);
    const found: WaitingJob[] = [];
    for (let start = 0; ; start += PAGE) {
      const jobs = await queue.getJobs(['waiting', 'prioritized', 'delayed'], start, start + PAGE - 1);
      for (const job of jobs) {
        if (job?.id && job.name !== CANARY_ID) found.push({ jobId: job.id, ...HAND_OVER.parse(job.data) });
      }
      if (jobs.length === 0) return found;
    }
  }

  /** Removes a job that nobody works on; one that was taken meanwhile stays, its worker looks at the row itself. */
  async remove(name: string, jobId: string): Promise<boolean> {
    return (await this.queue(name).remove(jobId)) === 1;
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
  }
}
