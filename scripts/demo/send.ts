import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { afterSaleOf, eventOf } from '../../sandbox/platforms/douyin/from-refund.js';
import { callbackUrl } from './configuration.js';
import { courierFacts } from './couriers.js';
import type { Sent } from './facts.js';
import type { DemoPlan, ShopDay } from './plan.js';
import type { Progress } from './progress.js';
import type { Twin } from './twin.js';
import type { Twins } from './twins.js';

const CHUNK = 500;
const LOOK_MS = 500;
/** A platform tells some events twice and out of order; a courier pushes some scans twice and out of order. */
const DUPLICATES = 0.05;
const REORDER = 0.1;
/** Below the shortest gap between an after-sale's first event and its next: which of them is true must not be chance. */
const REORDER_MS = 250;

const CREATED = z.object({ created: z.int() });
const EMITTED = z.object({ emitId: z.int(), events: z.int(), deliveries: z.int() });
const PROGRESS = EMITTED.extend({ sent: z.int(), acknowledged: z.int(), done: z.boolean() });

async function inChunks(twin: Twin, path: string, items: readonly unknown[]): Promise<void> {
  for (let from = 0; from < items.length; from += CHUNK)
    await twin.post(path, items.slice(from, from + CHUNK), CREATED);
}

/** Puts the day into the twins, and has the couriers push to the product. */
export async function loadTwins(twins: Twins, plan: DemoPlan, productUrl: string): Promise<void> {
  const cases = plan.days.flatMap((day) => day.cases);
  await Promise.all(
    plan.couriers.map(async (courier) => {
      const twin = twins.couriers[courier]?.twin;
      if (!twin) return;
      const { pushes, switches } = courierFacts(courier);
      const url = callbackUrl(courier, twins, productUrl);
      const told = { pushTracks: 'all', pushDuplicates: DUPLICATES, pushShuffle: REORDER, pushShuffleMs: REORDER_MS };
      await twin.post('/config', { ...(pushes ? { callbackUrl: url, ...told } : {}), ...switches }, z.unknown());
      const own = cases.filter(({ expected }) => expected.courier === courier);
      const parcels = own.flatMap(({ parcel }) => (parcel === null ? [] : [parcel]));
      await inChunks(twin, '/parcels', parcels);
    }),
  );
  for (const day of plan.days) await loadDay(twins, day);
}

async function loadDay(twins: Twins, { shop, cases }: ShopDay): Promise<void> {
  const twin = twins.platforms[shop.platform]?.twin;
  if (!twin) return;
  const refunds = cases.map(({ refund }) => ({ ...refund, shopId: shop.platformShopId }));
  if (shop.platform === 'douyin') await inChunks(twin, '/after-sales', refunds.map(afterSaleOf));
  else await inChunks(twin, '/refunds', refunds);
}

/**
 * Has the platforms tell of every shop's events, and waits until each message is acknowledged.
 * @param startProgress gets the number of messages
 */
export async function sendEvents(
  twins: Twins,
  plan: DemoPlan,
  productUrl: string,
  startProgress: (total: number) => Progress,
): Promise<Sent> {
  const started = await Promise.all(plan.days.map((day) => tellDay(twins, day, productUrl)));
  const emissions = started.flatMap((one) => one ?? []);
  const progress = startProgress(emissions.reduce((sum, { deliveries }) => sum + deliveries, 0));
  for (;;) {
    const now = await Promise.all(emissions.map(({ twin, emitId }) => twin.get(`/emit/${emitId}`, PROGRESS)));
    const sum = (field: 'events' | 'deliveries' | 'sent' | 'acknowledged') => now.reduce((n, one) => n + one[field], 0);
    progress.update(sum('acknowledged'));
    if (now.every(({ done }) => done)) {
      progress.stop();
      return { distinct: sum('events'), deliveries: sum('deliveries'), acknowledged: sum('acknowledged') };
    }
    await delay(LOOK_MS);
  }
}

async function tellDay(twins: Twins, { shop, ratePerSecond, cases }: ShopDay, productUrl: string) {
  const twin = twins.platforms[shop.platform]?.twin;
  if (!twin) return null;
  const told = cases.flatMap(({ events }) => events);
  const events = shop.platform === 'douyin' ? told.map(eventOf) : told;
  const targetUrl = `${productUrl}/webhooks/${shop.platform}/${shop.id}`;
  const disorder = { duplicates: DUPLICATES, reorder: REORDER, reorderMs: REORDER_MS };
  const emitted = await twin.post('/emit', { targetUrl, ratePerSecond, events, ...disorder }, EMITTED);
  return { twin, ...emitted };
}
