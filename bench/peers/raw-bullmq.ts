import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { given } from '../rig/child.js';
import { waitFor } from '../rig/requests.js';
import { measure, type ThroughputJob } from '../throughput/measured.js';

/** The ceiling: BullMQ alone, jobs added by the hundred, a worker that does nothing. No database, no courier. */
const job = given<ThroughputJob>();
const connection = new Redis(job.redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue('raw', { connection });
let done = 0;
const count = () => {
  done += 1;
};

await measure(job, {
  async takeIn(waybills) {
    for (let from = 0; from < waybills.length; from += 100) {
      const rows = waybills.slice(from, from + 100);
      await queue.addBulk(
        rows.map((waybillNo) => ({ name: 'send', data: { waybillNo }, opts: { removeOnComplete: true } })),
      );
    }
  },
  async work(ever) {
    const worker = new Worker('raw', async () => count(), {
      connection: connection.duplicate(),
      concurrency: job.concurrency,
    });
    await waitFor('all jobs', async () => done === ever, 600_000, 5);
    await worker.close();
  },
});
await queue.close();
connection.disconnect();
process.exit(0);
