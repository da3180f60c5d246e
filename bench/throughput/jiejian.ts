import { Database } from '../../src/domain/store/database.js';
import { given } from '../rig/child.js';
import { runLane } from '../rig/lane-run.js';
import { ask, forAll, requestFor, waitFor } from '../rig/requests.js';
import { benchEnv } from '../rig/settings.js';
import { measure, questions, type ThroughputJob } from './measured.js';

/** Jiejian in one process: requests over the real path into MySQL, then dispatcher, Redis, workers, adapter, answers. */
const job = given<ThroughputJob>();
const db = await Database.open({ url: job.databaseUrl, poolSize: 24 });
const env = benchEnv({ shops: ['shop'], rateLimit: null, concurrency: job.concurrency, baseUrl: job.courierUrl });

const count = async (where: string) => {
  const [row] = await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${where}`);
  return row?.n ?? 0;
};

await measure(job, {
  takeIn: (waybills) => forAll(waybills, 50, (waybillNo) => ask(db, env, requestFor(waybillNo, 'shop'))),
  async work() {
    const lane = await runLane(db, job.redisUrl, env);
    const open = `intercept WHERE state IN ('queued', 'submitting', 'uncertain')`;
    await waitFor('all answers', async () => (await count(open)) === 0, 600_000, 50);
    await lane.stop();
    if (lane.failures.length > 0) throw new Error(`${lane.failures.length} failed: ${lane.failures[0]}`);
  },
  asked: () => questions((sql) => db.rows(sql)),
});
const ever = job.warmUp.count + job.rows.count;
const accepted = await count(`intercept WHERE state = 'accepted'`);
const attempts = await count(`attempt WHERE kind = 'send' AND outcome = 'accepted'`);
if (accepted !== ever || attempts !== ever) {
  throw new Error(`${accepted} accepted, ${attempts} attempts of ${ever}`);
}
await db.close();
process.exit(0);
