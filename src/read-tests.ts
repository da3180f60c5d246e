import { CarrierFault } from './domain/carrier/fault.js';
import type { CallContext, CarrierRequest, CarrierResponse, InterceptCommand } from './domain/carrier/port.js';
import { laneIdOf } from './domain/ids.js';
import { UnreadableEvent } from './domain/platform/port.js';
import { type Secrets, SecretUnreadable } from './domain/secrets/secrets.js';
import type { ReadTest } from './domain/settings/read-test.js';
import type { RateLimit, Settings } from './domain/settings/settings.js';
import { loadSettings } from './domain/store/settings-store.js';
import { platformBySlug } from './producers/platforms/index.js';
import { adapterOf, type System } from './system.js';
import { createSender } from './workers/carriers/http.js';
import { type Slots, slotsFor } from './workers/limiter.js';

/** A person waits for the answer. */
const SLOT_WAIT_MS = 5_000;

/** What one test learns; the time it took is added by whoever ran it. */
type Learnt = ReadTest extends infer T ? (T extends ReadTest ? Omit<T, 'tookMs'> : never) : never;

interface Way {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** The budget that the workers' reads are counted in too: `jj:{<name>}:reads`. */
  readonly budget: string;
  readonly limit: RateLimit | null;
}

/** A test asks and never acts, whatever an adapter may do: a request that is no read is not sent. */
function readsOnly(send: (request: CarrierRequest) => Promise<CarrierResponse>): CallContext {
  return {
    async send(request) {
      if (request.effect === 'write') throw new CarrierFault('not_sent', 'a test never sends a request that could act');
      return send(request);
    },
  };
}

/**
 * Tries stored keys with one read each: of a track at a courier, of an after-sale at a platform. Every request takes a
 * slot of the budget that workers take theirs from. Keys are read from the database anew: what was saved a moment ago counts.
 */
export class ReadTests {
  private readonly slots = new Map<string, { limit: RateLimit | null; slots: Slots }>();

  constructor(
    private readonly system: Pick<System, 'db' | 'redis' | 'now'>,
    private readonly secrets: Secrets,
  ) {}

  /** Asks a courier where a parcel is, with the keys of this account. */
  account(id: string, wanted: { readonly waybillNo: string; readonly phoneTail: string | null }): Promise<ReadTest> {
    return this.timed(async (settings): Promise<Learnt> => {
      const account = settings.accounts.get(id);
      const adapter = account ? adapterOf(account) : null;
      if (!account || !adapter) return { outcome: 'not_made', because: 'keys_unreadable' };
      const { manifest } = adapter;
      if (!manifest.capabilities.track) return { outcome: 'not_made', because: 'no_such_read' };
      const way = {
        baseUrl: account.baseUrl ?? manifest.defaultBaseUrl,
        timeoutMs: account.timeoutMs ?? manifest.timeoutMs,
        budget: laneIdOf(account.carrier, account.id),
        limit: account.readRateLimit,
      };
      const waybillNo = manifest.normaliseWaybill(wanted.waybillNo);
      const command: InterceptCommand = {
        waybillNo,
        carrier: account.serves[0] ?? account.carrier,
        asKnownThere: null,
        carrierRef: null,
        returnAddress: null,
        requestId: 'test',
        bizNo: 'test',
        phoneTail: wanted.phoneTail,
      };
      return this.over(way, async (context): Promise<Learnt> => {
        const answer = await adapter.track(command, context);
        if (answer.kind === 'empty') return { outcome: 'empty' };
        const last = [...answer.sightings].sort((a, b) => b.at.getTime() - a.at.getTime())[0];
        const newest = last ? { at: last.at.toISOString(), phase: last.phase, text: last.text } : {};
        return { outcome: 'found', found: { waybillNo, scans: answer.sightings.length, ...newest } };
      });
    });
  }

  /** Reads one after-sale from a shop's platform, with the shop's keys. */
  shop(id: string, wanted: { readonly afterSaleId: string; readonly orderId: string | null }): Promise<ReadTest> {
    return this.timed(async (settings): Promise<Learnt> => {
      const shop = settings.shops.get(id);
      const plugin = shop && platformBySlug(shop.platform);
      const credentials = plugin?.manifest.credentials.safeParse(shop?.credentials);
      if (!shop || !plugin || !credentials?.success) return { outcome: 'not_made', because: 'keys_unreadable' };
      const { manifest } = plugin;
      if (!manifest.doors.detail) return { outcome: 'not_made', because: 'no_such_read' };
      const way = {
        baseUrl: shop.baseUrl ?? manifest.defaultBaseUrl,
        timeoutMs: manifest.timeoutMs,
        budget: `shop-${shop.id}`,
        limit: manifest.readRateLimit,
      };
      return this.over(way, async (context): Promise<Learnt> => {
        const platform = plugin.create(credentials.data);
        const { update, parcels } = await platform.fetchDetail(wanted, context, this.system.now().getTime());
        const { type = null, status = null } = update.facts;
        const changedAt = new Date(update.atMs).toISOString();
        return { outcome: 'found', found: { ...wanted, type, status, changedAt, parcels: parcels.length } };
      });
    });
  }

  private async timed(test: (settings: Settings) => Promise<Learnt>): Promise<ReadTest> {
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    try {
      const learnt = await test(await loadSettings(this.system.db, this.secrets));
      return { ...learnt, tookMs: took() };
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      return { outcome: 'not_made', because: 'keys_unreadable', tookMs: took() };
    }
  }

  private async over(way: Way, ask: (context: CallContext) => Promise<Learnt>): Promise<Learnt> {
    const slots = this.slotsOf(way);
    const sender = createSender({ baseUrl: way.baseUrl, timeoutMs: way.timeoutMs, connections: 1 });
    let slotless = false;
    try {
      return await ask(
        readsOnly(async (request) => {
          slotless = !(await slots.take(performance.now() + SLOT_WAIT_MS));
          if (slotless) throw new CarrierFault('not_sent', 'no slot of the read budget came in time');
          return sender.send(request);
        }),
      );
    } catch (error) {
      if (slotless) return { outcome: 'not_made', because: 'no_slot' };
      if (error instanceof CarrierFault) {
        return { outcome: 'failed', fault: error.kind, rawCode: error.rawCode, why: error.message };
      }
      if (!(error instanceof UnreadableEvent)) throw error;
      return { outcome: 'failed', fault: 'contract_broken', rawCode: null, why: error.message };
    } finally {
      await sender.close();
    }
  }

  /** One a budget: each listens to Redis for as long as the process lives. */
  private slotsOf({ budget, limit }: Way): Slots {
    const known = this.slots.get(budget);
    if (known) {
      known.limit = limit;
      return known.slots;
    }
    const slots = slotsFor(this.system.redis, budget, 'reads', () => this.slots.get(budget)?.limit ?? limit);
    this.slots.set(budget, { limit, slots });
    return slots;
  }
}
