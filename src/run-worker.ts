import { Loop } from './domain/loop.js';
import { type LaneState, laneStates } from './domain/store/lane-store.js';
import { PlatformCalls } from './platform-calls.js';
import { DetailDesk } from './producers/detail-desk.js';
import { enrich } from './producers/enrich.js';
import { RefundNews } from './producers/refund.js';
import { RefundShops } from './producers/refund-shops.js';
import { runNotify } from './run-notify.js';
import { adapterOf, type System } from './system.js';
import { backoffMs } from './workers/backoff.js';
import { LaneWorkers } from './workers/start-workers.js';

const LANES_MS = 500;
const FOLLOW_MS = 1_000;
const REFUNDS_MS = 1_000;

/** The workers: lanes, probes and detail reads, following the configuration. */
export async function runWorker(system: System): Promise<{ stop(): Promise<void> }> {
  const { db, redis, settings, book, now, note, bell, env, platformOf } = system;
  const platformCalls = new PlatformCalls(system);
  let lanes = new Map<string, LaneState>();
  const report = (loop: string, error: unknown) =>
    system.log.warn(
      { event: 'loop.failed', loop, why: error instanceof Error ? error.message : String(error) },
      'loop failed',
    );
  const readLanes = async () => {
    lanes = new Map((await laneStates(db)).map((state) => [state.id, state]));
  };
  await readLanes();
  const notify = runNotify(system, report);
  const desk = new DetailDesk(db, system.handOver, now);
  const workers = new LaneWorkers({
    db,
    redis,
    settings,
    book,
    now,
    safeMode: system.config.safeMode,
    wake: () => bell.ring('dispatch'),
    handOver: system.handOver,
    log: (event, fields) => {
      note(event, fields);
      if (event === 'lane.breaker') notify.alertsMayHaveChanged();
    },
    adapterOf,
    laneState: (id) => lanes.get(id) ?? null,
    connect: system.connectWorker,
    onError: (queue, error) => system.log.warn({ event: 'job.failed', queue, why: error.message }, 'job failed'),
    enrich: (job) =>
      enrich(
        { db, settings, desk, platformOf, openCall: (shop) => platformCalls.open(shop), backoffMs, now, log: note },
        job,
      ),
  });
  const states = new Loop('lane states', LANES_MS, readLanes, report);
  const follow = new Loop(
    'workers',
    FOLLOW_MS,
    async () => {
      await platformCalls.follow();
      await workers.follow();
    },
    report,
  );
  const news = new RefundNews();
  const refundShops = new RefundShops(() => refunds.wake());
  const refunds = new Loop(
    'refunds',
    REFUNDS_MS,
    async () => {
      const deps = {
        db,
        settings,
        env,
        platformOf,
        openCall: (shop: string) => platformCalls.open(shop),
        lookAtRoad: (id: string) => workers.lookAt(id),
        safeMode: system.config.safeMode,
        backoffMs,
        now,
        log: note,
      };
      const more = await news.follow(deps);
      await refundShops.start(deps);
      return more;
    },
    report,
  );
  bell.on('settings', () => follow.wake());
  return {
    async stop() {
      await Promise.all([states.stop(), follow.stop(), refunds.stop(), refundShops.stop()]);
      await workers.stop();
      await notify.stop();
      await platformCalls.close();
    },
  };
}
