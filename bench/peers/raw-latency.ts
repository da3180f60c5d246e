import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { given } from '../rig/child.js';
import { atRandomMoments } from '../rig/open-loop.js';
import { waitFor } from '../rig/requests.js';

/** BullMQ alone: from `add` until the handler is called, ms, of jobs that are added at random moments. */
const { redisUrl, perSecond, count } = given<{ redisUrl: string; perSecond: number; count: number }>();
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue<{ n: number }>('raw', { connection });
const addedAt: number[] = [];
const took: number[] = [];
const worker = new Worker<{ n: number }>(
  'raw',
  async ({ data }) => {
    took.push(performance.now() - (addedAt[data.n] ?? Number.NaN));
  },
  { connection: connection.duplicate(), concurrency: 32 },
);
await worker.waitUntilReady();
await atRandomMoments(count, perSecond, async (n) => {
  addedAt[n] = performance.now();
  await queue.add('send', { n }, { removeOnComplete: true });
});
await waitFor('all jobs', async () => took.length === count, 60_000, 20);
process.stdout.write(JSON.stringify(took));
await worker.close();
await queue.close();
connection.disconnect();
process.exit(0);
