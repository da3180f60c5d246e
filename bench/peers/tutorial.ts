import { createHash } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { DataSource, EntitySchema } from 'typeorm';
import { given } from '../rig/child.js';
import { forAll, waitFor } from '../rig/requests.js';
import { TWIN_KEYS } from '../rig/twin.js';
import { measure, questions, type ThroughputJob } from '../throughput/measured.js';

/**
 * What a tutorial on BullMQ and TypeORM comes to: save the row, add a job; the worker finds the row, calls the courier,
 * and saves the new state, the attempt and the fee in one transaction. It keeps none of Jiejian's promises: what was
 * sent before a crash is sent again, and nobody asks after a lost answer.
 */
interface InterceptRow {
  id: string;
  waybillNo: string;
  state: string;
  createdAt: Date;
}
interface AttemptRow {
  id?: number;
  interceptId: string;
  code: string;
  body: string;
}
interface FeeRow {
  id?: number;
  interceptId: string;
  amountFen: number;
}

const Intercept = new EntitySchema<InterceptRow>({
  name: 'tutorial_intercept',
  columns: {
    id: { type: 'varchar', length: 64, primary: true },
    waybillNo: { type: 'varchar', length: 64 },
    state: { type: 'varchar', length: 32 },
    createdAt: { type: 'datetime', precision: 3 },
  },
});
const Attempt = new EntitySchema<AttemptRow>({
  name: 'tutorial_attempt',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    interceptId: { type: 'varchar', length: 64 },
    code: { type: 'varchar', length: 64 },
    body: { type: 'text' },
  },
});
const Fee = new EntitySchema<FeeRow>({
  name: 'tutorial_fee',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    interceptId: { type: 'varchar', length: 64 },
    amountFen: { type: 'int' },
  },
});

const job = given<ThroughputJob>();
const db = await new DataSource({
  type: 'mysql',
  url: job.databaseUrl,
  entities: [Intercept, Attempt, Fee],
  synchronize: true,
}).initialize();
const connection = new Redis(job.redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue<{ id: string }>('tutorial', { connection });

/** The order in ZTO's format, signed as its documents say. */
async function callCourier(row: InterceptRow): Promise<{ code: string; body: string }> {
  const body = JSON.stringify({
    billCode: row.waybillNo,
    requestId: row.id,
    destinationType: 2,
    thirdBizNo: row.id,
  });
  const digest = createHash('md5')
    .update(body + TWIN_KEYS.appSecret)
    .digest('base64');
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-companyid': TWIN_KEYS.appKey,
    'x-datadigest': digest,
  };
  const answer = await fetch(`${job.courierUrl}/thirdcenter.createIntercept`, { method: 'POST', headers, body });
  const text = await answer.text();
  const { status, statusCode } = JSON.parse(text) as { status: boolean; statusCode: string };
  if (!status) throw new Error(`the courier refuses: ${text}`);
  return { code: statusCode, body: text };
}

await measure(
  job.waybills.length,
  () =>
    forAll(job.waybills, 50, async (waybillNo) => {
      await db
        .getRepository(Intercept)
        .save({ id: `t-${waybillNo}`, waybillNo, state: 'queued', createdAt: new Date() });
      await queue.add('send', { id: `t-${waybillNo}` }, { jobId: `t-${waybillNo}`, removeOnComplete: true });
    }),
  async () => {
    let done = 0;
    const failed: string[] = [];
    const worker = new Worker<{ id: string }>(
      'tutorial',
      async ({ data }) => {
        const row = await db.getRepository(Intercept).findOneByOrFail({ id: data.id });
        const { code, body } = await callCourier(row);
        await db.transaction(async (tx) => {
          await tx.getRepository(Intercept).save({ ...row, state: 'accepted' });
          await tx.getRepository(Attempt).save({ interceptId: row.id, code, body });
          await tx.getRepository(Fee).save({ interceptId: row.id, amountFen: 300 });
        });
        done += 1;
      },
      { connection: connection.duplicate(), concurrency: job.concurrency },
    );
    worker.on('failed', (_job, error) => failed.push(error.message));
    await waitFor('all jobs', async () => done + failed.length === job.waybills.length, 600_000, 5);
    await worker.close();
    if (failed.length > 0) throw new Error(`${failed.length} failed: ${failed[0]}`);
  },
  () => questions((sql) => db.query(sql)),
);
const [fees, accepted] = await Promise.all([
  db.getRepository(Fee).count(),
  db.getRepository(Intercept).countBy({ state: 'accepted' }),
]);
if (fees !== job.waybills.length || accepted !== job.waybills.length) throw new Error('rows are missing');
await queue.close();
connection.disconnect();
await db.destroy();
process.exit(0);
