import type { Redis } from 'ioredis';
import { CANARY_ID } from '../domain/canary.js';
import type { CarrierAdapter } from '../domain/carrier/port.js';
import { failpoint } from '../domain/failpoint.js';
import { laneIdOf } from '../domain/ids.js';
import { enrichQueueName, laneQueueName } from '../domain/queue-names.js';
import { laneAccount, laneAccounts } from '../domain/settings/lanes.js';
import type { AccountSettings, ShopSettings } from '../domain/settings/settings.js';
import type { HandOver } from '../domain/store/hand-over.js';
import { findIntercept } from '../domain/store/intercept-store.js';
import { type LaneState, noteCanary } from '../domain/store/lane-store.js';
import { Ahead } from './ahead.js';
import { LaneBreaker } from './breaker.js';
import { createSender, type Sender } from './carriers/http.js';
import { maskExchange } from './carriers/mask.js';
import { Desk } from './desk.js';
import { judgeEnv, type Lane, type OpenCall, type WorkerDeps } from './lane.js';
import { slotsFor } from './limiter.js';
import { type LaneJob, processIntercept } from './process-intercept.js';
import { lookNow, processProbe } from './process-probe.js';
import { type QueueWorker, type QueueWorkerDeps, startQueueWorker } from './queue-worker.js';

export interface LaneWorkersDeps extends Omit<WorkerDeps, 'laneOf' | 'desk'>, QueueWorkerDeps {
  /** For limiters: commands only, shared by all lanes. */
  readonly redis: Redis;
  readonly adapterOf: (account: AccountSettings) => CarrierAdapter | null;
  readonly laneState: (laneId: string) => LaneState | null;
  /** What becomes of rows that a judgement makes ready. Left out: they wait. */
  readonly handOver?: HandOver;
  /** Does the detail read of one after-sale; given by main.ts, since platforms belong to the producers. */
  readonly enrich: (job: LaneJob) => Promise<unknown>;
}

/** Detail reads of one shop that may run at once. */
const ENRICH_CONCURRENCY = 8;

interface Running {
  readonly key: string;
  readonly workers: readonly QueueWorker[];
  readonly sender: Sender | null;
  readonly lane: Lane | null;
}

/** A lane's way to its courier; each call keeps its own exchange, masked of every secret of the account. */
function callsOver(sender: Sender, secrets: readonly string[]): OpenCall {
  return (mayWrite) => {
    let last: { status: number | null; text: string } | null = null;
    return {
      context: {
        send: (request) =>
          sender.send(request, {
            onWrite: () => {
              failpoint(mayWrite ? 'courier.order' : 'courier.read');
              if (mayWrite && !mayWrite()) throw new Error('no longer the owner of this order');
            },
            onExchange: (exchange) => {
              last = {
                status: exchange.response?.status ?? null,
                text: JSON.stringify(maskExchange(exchange, secrets)),
              };
            },
          }),
      },
      exchange: () => last,
    };
  };
}

/** Every text in an account's credentials, however deep: none of them may be kept with an exchange. */
function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

/** What makes a lane's workers obsolete when it changes. Limits are read at each slot and need no restart. */
function keyOf(account: AccountSettings): string {
  const { id, carrier, baseUrl, credentials, concurrency, timeoutMs } = account;
  return JSON.stringify({ id, carrier, baseUrl, credentials, concurrency, timeoutMs });
}

/**
 * The workers of every lane and shop, following the configuration: new accounts get workers, changed ones are replaced
 * after their jobs ended, disabled ones go (contract section 4: within 2 s, without a restart).
 */
export class LaneWorkers {
  private running = new Map<string, Running>();
  private readonly desk: Desk;

  constructor(private readonly deps: LaneWorkersDeps) {
    this.desk = new Desk(deps.db, () => judgeEnv(deps), deps.now, deps.handOver);
  }

  /** Brings the running workers in line with the settings of this moment. */
  async follow(): Promise<void> {
    const { shops } = this.deps.settings();
    const wanted = new Map<string, { key: string; start: () => Running | null }>();
    for (const account of laneAccounts(this.deps.settings(), this.deps.book)) {
      const key = keyOf(account);
      wanted.set(`lane/${laneIdOf(account.carrier, account.id)}`, { key, start: () => this.startLane(account, key) });
    }
    for (const shop of shops.values()) {
      if (shop.enabled) wanted.set(`shop/${shop.id}`, { key: shop.id, start: () => this.startShop(shop) });
    }
    for (const [name, running] of this.running) {
      if (wanted.get(name)?.key === running.key) continue;
      this.running.delete(name);
      await stopRunning(running);
    }
    for (const [name, { start }] of wanted) {
      if (this.running.has(name)) continue;
      const started = start();
      if (started) this.running.set(name, started);
    }
  }

  async stop(): Promise<void> {
    const all = [...this.running.values()];
    this.running.clear();
    await Promise.all(all.map(stopRunning));
  }

  /** Reads the track of an intercept's parcel at once; false: nobody here can, or the courier did not answer. */
  async lookAt(interceptId: string): Promise<boolean> {
    const row = await findIntercept(this.deps.db, interceptId);
    const lane = row?.laneId ? this.laneOf(row.laneId) : null;
    if (!row || !lane) return false;
    const outcome = await lookNow({ ...this.deps, desk: this.desk, laneOf: (id) => this.laneOf(id) }, lane, row);
    return outcome === 'looked';
  }

  private laneOf(laneId: string): Lane | null {
    return this.running.get(`lane/${laneId}`)?.lane ?? null;
  }

  private startShop(shop: ShopSettings): Running {
    const work = (job: LaneJob) => this.deps.enrich(job);
    const worker = startQueueWorker<LaneJob>(enrichQueueName(shop.id), ENRICH_CONCURRENCY, work, this.deps);
    return { key: shop.id, workers: [worker], sender: null, lane: null };
  }

  private startLane(account: AccountSettings, key: string): Running | null {
    const deps: LaneWorkersDeps & WorkerDeps = { ...this.deps, desk: this.desk, laneOf: (id) => this.laneOf(id) };
    const adapter = deps.adapterOf(account);
    if (!adapter) return null;
    const id = laneIdOf(account.carrier, account.id);
    const timeoutMs = account.timeoutMs ?? adapter.manifest.timeoutMs;
    const sender = createSender({
      baseUrl: account.baseUrl ?? adapter.manifest.defaultBaseUrl,
      timeoutMs,
      connections: account.concurrency * 2,
    });
    const limitNow = (pick: (a: AccountSettings) => AccountSettings['rateLimit']) => () => {
      const now = laneAccount(deps.settings(), deps.book, id);
      return now ? pick(now) : null;
    };
    const lane: Lane = {
      id,
      account,
      adapter,
      timeoutMs,
      orders: slotsFor(
        deps.redis,
        id,
        'orders',
        limitNow((a) => a.rateLimit),
      ),
      ahead: new Ahead(limitNow((a) => a.rateLimit)),
      reads: slotsFor(
        deps.redis,
        id,
        'reads',
        limitNow((a) => a.readRateLimit),
      ),
      breaker: new LaneBreaker(id, {
        db: deps.db,
        state: () => deps.laneState(id),
        now: deps.now,
        onChange: (change) => deps.log('lane.breaker', change),
      }),
      openCall: callsOver(sender, secretsIn(account.credentials)),
      paused: () => deps.laneState(id)?.paused ?? false,
    };
    void lane.orders.warm();
    void lane.reads.warm();
    const send = (job: LaneJob) =>
      job.id === CANARY_ID ? noteCanary(deps.db, id, deps.now()) : processIntercept(deps, lane, job);
    const probe = (job: LaneJob) => processProbe(deps, lane, job);
    return {
      key,
      sender,
      lane,
      workers: [
        startQueueWorker<LaneJob>(laneQueueName('intercept', id), account.concurrency, send, deps),
        startQueueWorker<LaneJob>(laneQueueName('probe', id), account.concurrency, probe, deps),
      ],
    };
  }
}

async function stopRunning(running: Running): Promise<void> {
  running.lane?.ahead.close();
  await Promise.all(running.workers.map((worker) => worker.stop()));
  await running.sender?.close();
}
