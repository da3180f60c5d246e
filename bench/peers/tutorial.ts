import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { given } from '../rig/child.js';
import { forAll, waitFor } from '../rig/requests.js';
import { measure, questions, type ThroughputJob } from '../throughput/measured.js';
import { Fee, Intercept, keep, openTutorial, order } from './tutorial-order.js';

/**
 * What a tutorial on BullMQ and TypeORM comes to: save the row, add a job; the worker finds the row, calls the courier,
 * and saves the new state, the attempt and the fee in one transaction. It keeps none of Jiejian's promises: what was
 * sent before a crash is sent again, and nobody asks after a lost answer.
 */
const job = given<ThroughputJob>();
const db = await openTutorial(job.databaseUrl);
const connection = new Redis(job.redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue<{ id: string }>('tutorial', { connection });

let done = 0;
await measure(job, {
  takeIn: (waybills) =>
    forAll(waybills, 50, async (waybillNo) => {
      const id = await keep(db, waybillNo);
      await queue.add('send', { id }, { jobId: id, removeOnComplete: true });
    }),
  async work(ever) {
    const failed: string[] = [];
    const worker = new Worker<{ id: string }>(
      'tutorial',
      async ({ data }) => {
        await order(db, job.courierUrl, data.id);
        done += 1;
      },
      { connection: connection.duplicate(), concurrency: job.concurrency },
    );
    worker.on('failed', (_job, error) => failed.push(error.message));
    await waitFor('all jobs', async () => done + failed.length === ever, 600_000, 5);
    await worker.close();
    if (failed.length > 0) throw new Error(`${failed.length} failed: ${failed[0]}`);
  },
  asked: () => questions((sql) => db.query(sql)),
});
const ever = job.warmUp.count + job.rows.count;
const [fees, accepted] = await Promise.all([
  db.getRepository(Fee).count(),
  db.getRepository(Intercept).countBy({ state: 'accepted' }),
]);
if (fees !== ever || accepted !== ever) throw new Error('rows are missing');
await queue.close();
connection.disconnect();
await db.destroy();
process.exit(0);
