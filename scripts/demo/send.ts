import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { DEMO_COURIERS, eachCourier } from './couriers.js';
import type { Sent } from './facts.js';
import type { DemoPlan } from './plan.js';
import type { Progress } from './progress.js';
import type { Twins } from './twins.js';

const CHUNK = 500;
const LOOK_MS = 500;
/** A platform tells some events twice and out of order; a courier pushes some scans twice and out of order. */
const DUPLICATES = 0.05;
const REORDER = 0.1;
/** Below the shortest gap between an after-sale's first event and its next: which of them is true must not be chance. */
const REORDER_MS = 250;

const CREATED = z.object({ created: z.int() });
const STORM = z.object({ emitId: z.int(), events: z.int(), deliveries: z.int() });
const STORM_PROGRESS = STORM.extend({ sent: z.int(), acknowledged: z.int(), done: z.boolean() });

/** Puts the day into the twins, and has the couriers push their scans to the product. */
export async function loadTwins(twins: Twins, plan: DemoPlan, productUrl: string): Promise<void> {
  const pushes = { pushTracks: 'all', pushDuplicates: DUPLICATES, pushShuffle: REORDER, pushShuffleMs: REORDER_MS };
  await eachCourier(async (courier) => {
    const twin = twins.couriers[courier];
    const { accountId, switches } = DEMO_COURIERS[courier];
    const callbackUrl = `${productUrl}/callbacks/${courier}/${accountId}`;
    await twin.post('/config', { callbackUrl, ...pushes, ...switches }, z.unknown());
    const parcels = plan.parcels[courier];
    for (let from = 0; from < parcels.length; from += CHUNK) {
      await twin.post('/parcels', parcels.slice(from, from + CHUNK), CREATED);
    }
  });
  for (let from = 0; from < plan.afterSales.length; from += CHUNK) {
    await twins.douyin.post('/after-sales', plan.afterSales.slice(from, from + CHUNK), CREATED);
  }
}

/**
 * Has the platform send every shop's events to its webhook, and waits until each delivery is acknowledged.
 * @param startProgress gets the number of deliveries
 */
export async function sendEvents(
  twins: Twins,
  plan: DemoPlan,
  productUrl: string,
  startProgress: (total: number) => Progress,
): Promise<Sent> {
  const storms = await Promise.all(
    plan.storms
      .filter(({ events }) => events.length > 0)
      .map(({ shop, ratePerSecond, events }) => {
        const targetUrl = `${productUrl}/webhooks/douyin/${shop.id}`;
        const disorder = { duplicates: DUPLICATES, reorder: REORDER, reorderMs: REORDER_MS };
        return twins.douyin.post('/emit', { targetUrl, ratePerSecond, events, ...disorder }, STORM);
      }),
  );
  const progress = startProgress(storms.reduce((sum, { deliveries }) => sum + deliveries, 0));
  for (;;) {
    const now = await Promise.all(storms.map(({ emitId }) => twins.douyin.get(`/emit/${emitId}`, STORM_PROGRESS)));
    const sum = (field: 'events' | 'deliveries' | 'sent' | 'acknowledged') => now.reduce((n, one) => n + one[field], 0);
    progress.update(sum('acknowledged'));
    if (now.every(({ done }) => done)) {
      progress.stop();
      return { distinct: sum('events'), deliveries: sum('deliveries'), acknowledged: sum('acknowledged') };
    }
    await delay(LOOK_MS);
  }
}
