import { CarrierFault } from './domain/carrier/fault.js';
import type { CallContext } from './domain/carrier/port.js';
import type { System } from './system.js';
import { createSender, type Sender } from './workers/carriers/http.js';
import { slotsFor } from './workers/limiter.js';

/** Longest wait for a slot of a shop's read budget, ms. */
const SLOT_WAIT_MS = 5_000;

interface ShopCalls {
  readonly key: string;
  readonly sender: Sender;
  readonly take: (untilMs: number) => Promise<boolean>;
}

/** Calls to the shops' platforms, each shop within its own read budget, which all processes share. */
export class PlatformCalls {
  private readonly shops = new Map<string, ShopCalls>();

  constructor(private readonly system: Pick<System, 'settings' | 'platformOf' | 'redis'>) {}

  /** Makes the way to every shop's platform ready before its first event. */
  async follow(): Promise<void> {
    for (const shop of this.system.settings().shops.values()) if (shop.enabled) await this.callsOf(shop.id);
  }

  /** The way to a shop's platform with the slot of its first call taken; null: none came in time, nothing was asked. */
  async open(shopId: string): Promise<CallContext | null> {
    const calls = await this.callsOf(shopId);
    const taken = () => calls?.take(performance.now() + SLOT_WAIT_MS) ?? Promise.resolve(false);
    if (!calls || !(await taken())) return null;
    let first = true;
    return {
      async send(request) {
        if (!first && !(await taken())) {
          throw new CarrierFault('not_sent', "no slot of the shop's read budget came in time");
        }
        first = false;
        return calls.sender.send(request);
      },
    };
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
