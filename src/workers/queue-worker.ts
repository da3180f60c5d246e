import { type Processor, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { QUEUE_PREFIX } from '../domain/queue-names.js';

export interface QueueWorkerDeps {
  /** A connection for one worker; it is closed with it. */
  readonly connect: () => Redis;
  readonly onError: (queue: string, error: Error) => void;
}

/** A job that was being worked on by a process that died is noticed this soon, ms; MySQL then decides what it needs. */
const LOCK_MS = 8_000;

/** A running worker of one queue. */
export interface QueueWorker {
  /** Takes no new job, lets those under way end. */
  stop(): Promise<void>;
}

/**
 * The only maker of workers. BullMQ's own retries and its limiter stay off: a stalled job is never run again by itself
 * (`maxStalledCount: 0`), because MySQL knows whether its order may have left.
 */
export function startQueueWorker<T>(
  name: string,
  concurrency: number,
  work: (job: T) => Promise<unknown>,
  deps: QueueWorkerDeps,
): QueueWorker {
  const connection = deps.connect();
  const processor: Processor<T> = async (job) => {
    await work(job.data);
  };
  const worker = new Worker<T>(name, processor, {
    connection,
    prefix: QUEUE_PREFIX,
    concurrency,
    maxStalledCount: 0,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS / 2,
    drainDelay: 2,
    removeOnComplete: { count: 0 },
    removeOnFail: { age: 3_600, count: 1_000 },
  });
  worker.on('error', (error) => deps.onError(name, error));
  worker.on('failed', (_job, error) => deps.onError(name, error));
  return {
    async stop() {
      await worker.close();
      connection.disconnect();
    },
  };
}
