import { createServer } from 'node:http';
import { Queue, Worker } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import { given } from '../rig/child.js';
import { keep, openTutorial, order } from './tutorial-order.js';

/** The tutorial behind a webhook: nothing is verified; the row is saved, the job added, then the event is answered. */
const { databaseUrl, redisUrl, courierUrl } = given<{ databaseUrl: string; redisUrl: string; courierUrl: string }>();
const db = await openTutorial(databaseUrl);
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const queue = new Queue<{ id: string }>('tutorial', { connection });
new Worker<{ id: string }>('tutorial', ({ data }) => order(db, courierUrl, data.id), {
  connection: connection.duplicate(),
  concurrency: 32,
});

const app = express();
app.post('/', express.json(), async (request, response) => {
  const [parcel] = (request.body as { parcels: { waybillNo: string }[] }).parcels;
  const id = await keep(db, parcel?.waybillNo ?? '');
  await queue.add('send', { id }, { jobId: id, removeOnComplete: true });
  response.json({ ok: true });
});
const server = createServer(app).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`);
});
// It ends with whoever started it.
process.stdin.on('end', () => process.exit(0)).resume();
