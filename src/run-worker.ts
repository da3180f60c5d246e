import type { CallContext } from './domain/carrier/port.js';
import { Loop } from './domain/loop.js';
import { type LaneState, laneStates } from './domain/store/lane-store.js';
import { enrich } from './producers/enrich.js';
import { runNotify } from './run-notify.js';
import type { System } from './system.js';
import { backoffMs } from './workers/backoff.js';
import { createSender, type Sender } from './workers/carriers/http.js';
import { slotsFor } from './workers/limiter.js';
import { LaneWorkers } from './workers/start-workers.js';

const LANES_MS = 500;
const FOLLOW_MS = 1_000;
const DETAIL_SLOT_MS = 5_000;

interface ShopCalls {
  readonly key: string;
  readonly sender: Sender;
  readonly take: (untilMs: number) => Promise<boolean>;
}

/** Calls to the shops' platforms, each shop within its own read budget. */
class PlatformCalls {
  private readonly shops = new Map<string, ShopCalls>();

  constructor(private readonly system: System) {}

  /** Makes the way to every shop's platform ready before its first event. */
  async follow(): Promise<void> {
    for (const shop of this.system.settings().shops.values()) if (shop.enabled) await this.callsOf(shop.id);
  }

  async open(shopId: string): Promise<CallContext | null> {
    const calls = await this.callsOf(shopId);
    if (!calls || !(await calls.take(performance.now() + DETAIL_SLOT_MS))) return null;
    return { send: (request) => calls.sender.send(request) };
  }

  private async callsOf(shopId: string): Promise<ShopCalls | null> {
    const shop = this.system.settings().shops.get(shopId);
    const platform = this.system.platformOf(shopId);
    if (!shop || !platform) return null;
    const { manifest } = platform;
    const key = `${shop.baseUrl ?? manifest.defaultBaseUrl}`;
    let calls = this.shops.get(shopId);
    if (calls?.key !== key) {
      await calls?.sender.close();
      const sender = createSender({ baseUrl: key, timeoutMs: manifest.timeoutMs, connections: 16 });
      const slots = slotsFor(this.system.redis, `shop-${shopId}`, 'reads', () => manifest.readRateLimit);
      calls = { key, sender, take: slots.take };
      this.shops.set(shopId, calls);
      await slots.warm();
    }
    return calls;
  }

  async close(): Promise<void> {
    await Promise.all([...this.shops.values()].map(({ sender }) => sender.close()));
  }
}

/** The workers: lanes, probes and detail reads, following the configuration. */
export async function runWorker(system: System): Promise<{ stop(): Promise<void> }> {
  const { db, redis, settings, book, now, note, bell, env, platformOf, carrierOf } = system;
  const platformCalls = new PlatformCalls(system);
  let lanes = new Map<string, LaneState>();
  const report = (loop: string, error: unknown) =>
    system.log.warn(
      { event: 'loop.failed', loop, why: error instanceof Error ? error.message : String(error) },
      'loop failed',
    );
  const readLanes = async () => {
    lanes = new Map((await laneStates(db)).map((state) => [state.id, state]));
    return false;
  };
  await readLanes();
  const notify = runNotify(system, report);
  const workers = new LaneWorkers({
    db,
    redis,
    settings,
    book,
    now,
    safeMode: system.config.safeMode,
    wake: (what) => bell.ring(what),
    log: (event, fields) => {
      note(event, fields);
      if (event === 'lane.breaker') notify.alertsMayHaveChanged();
    },
    carrierOf,
    laneState: (id) => lanes.get(id) ?? null,
    connect: system.connectWorker,
    onError: (queue, error) => system.log.warn({ event: 'job.failed', queue, why: error.message }, 'job failed'),
    enrich: async (job) => {
      const outcome = await enrich(
        { db, settings, env, platformOf, openCall: (shop) => platformCalls.open(shop), backoffMs, now, log: note },
        job,
      );
      if (outcome === 'taken in') bell.ring('dispatch');
    },
  });
  const states = new Loop('lane states', LANES_MS, readLanes, report);
  const follow = new Loop(
    'workers',
    FOLLOW_MS,
    async () => {
      await platformCalls.follow();
      await workers.follow();
      return false;
    },
    report,
  );
  bell.on('settings', () => follow.wake());
  return {
    async stop() {
      await Promise.all([states.stop(), follow.stop()]);
      await workers.stop();
      await notify.stop();
      await platformCalls.close();
    },
  };
}
