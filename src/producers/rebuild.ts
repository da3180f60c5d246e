import { laneIdOf } from '../domain/ids.js';
import { enrichQueueName, laneQueueName } from '../domain/queue-names.js';
import { laneAccounts } from '../domain/settings/lanes.js';
import { detailsHandedBefore, takeDetailsBack } from '../domain/store/detail-dispatch-store.js';
import { handedBefore, takeAllBack } from '../domain/store/dispatch-store.js';
import { type DispatchDeps, MISSING_AFTER_MS } from './dispatch.js';
import type { WaitingJob } from './queues.js';

/** What Redis and MySQL disagree about in one queue. */
export interface Drift {
  readonly queue: string;
  /** Rows handed over that Redis has no job for. */
  readonly withoutJob: number;
  /** Jobs whose row does not wait for them. */
  readonly withoutRow: number;
}

interface Handed {
  readonly id: string;
  readonly dispatch: number;
}

/** One queue with what MySQL has handed to it, and how to take rows of it back. */
interface Looked {
  readonly queue: string;
  readonly prefix: 'ic' | 'as';
  readonly handedBy: (before: Date) => Promise<readonly Handed[]>;
  readonly takeBack: (rows: readonly Handed[]) => Promise<unknown>;
}

function queuesOf(deps: DispatchDeps): Looked[] {
  const { db } = deps;
  const lanes = laneAccounts(deps.settings(), deps.book).flatMap(({ carrier, id }) => {
    const laneId = laneIdOf(carrier, id);
    return (['intercept', 'probe'] as const).map(
      (kind): Looked => ({
        queue: laneQueueName(kind, laneId),
        prefix: 'ic',
        handedBy: (before) => handedBefore(db, laneId, kind, before),
        takeBack: (rows) => takeAllBack(db, rows),
      }),
    );
  });
  const shops = [...deps.settings().shops.keys()].map(
    (shopId): Looked => ({
      queue: enrichQueueName(shopId),
      prefix: 'as',
      handedBy: async (before) => (await detailsHandedBefore(db, before)).filter((row) => row.shopId === shopId),
      takeBack: (rows) => takeDetailsBack(db, rows),
    }),
  );
  return [...lanes, ...shops];
}

/**
 * Compares every queue with what MySQL has handed over, and unless `dryRun` makes Redis match: rows without a job are
 * taken back, to be handed over anew, and jobs without a row are removed. It may run beside work. Queues that agree
 * are left out of the answer. `only`: names of the queues that are meant; null: all.
 */
export async function rebuildQueues(
  deps: DispatchDeps,
  dryRun: boolean,
  only: readonly string[] | null = null,
): Promise<Drift[]> {
  const drift: Drift[] = [];
  for (const { queue, prefix, handedBy, takeBack: back } of queuesOf(deps)) {
    if (only !== null && !only.includes(queue)) continue;
    const now = deps.now().getTime();
    // Jobs first: a row is marked before its job is added, so a job read here has its row below.
    const waiting = await deps.queues.waiting(queue);
    const wanted = new Set((await handedBy(new Date(now + 60_000))).map((row) => `${row.id}/${row.dispatch}`));
    const orphans = waiting.filter((job: WaitingJob) => !wanted.has(`${job.id}/${job.dispatch}`));
    // A row marked a moment ago may be on its way to Redis.
    const missing = await deps.queues.missing(queue, prefix, await handedBy(new Date(now - MISSING_AFTER_MS)));
    if (!dryRun) {
      await back(missing);
      for (const job of orphans) await deps.queues.remove(queue, job.jobId);
    }
    if (missing.length + orphans.length > 0) {
      drift.push({ queue, withoutJob: missing.length, withoutRow: orphans.length });
    }
  }
  return drift;
}
