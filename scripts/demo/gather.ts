import { z } from 'zod';
import type { Api } from './api.js';
import { DEMO_COURIERS, eachCourier } from './couriers.js';
import type { DemoFacts, Sent } from './facts.js';
import type { DemoPlan } from './plan.js';
import type { Product } from './product.js';
import type { Twins } from './twins.js';

const COURIER = z.object({
  duplicateAccepts: z.int(),
  maxCreatesPerSecond: z.int(),
  badSignature: z.int(),
  badRequest: z.int(),
  interceptedWaybills: z.int(),
});
const PLATFORM = z.object({ badSignature: z.int(), badRequest: z.int() });
const PARCELS = z.object({ parcels: z.array(z.object({ waybillNo: z.string(), status: z.string().nullable() })) });

/** Reads both sides of every number: what the product shows, and what the twins wrote down. */
export async function gatherFacts(
  product: Product,
  api: Api,
  twins: Twins,
  plan: DemoPlan,
  sent: Sent,
): Promise<DemoFacts> {
  // The twins first: a stop they show is one the product had the time to hear of.
  const couriers = await eachCourier(async (courier) => {
    const twin = twins.couriers[courier];
    const { parcels } = await twin.get('/parcels', PARCELS);
    const words = new Set<string | null>(DEMO_COURIERS[courier].stopped);
    return {
      stopped: parcels.filter(({ status }) => words.has(status)).map(({ waybillNo }) => waybillNo),
      summary: await twin.get(`/summary?windowMs=${plan.orderLimit.perMs}`, COURIER),
      feeFen: DEMO_COURIERS[courier].feeFen,
    };
  });
  const calls = await eachCourier((courier) => twins.couriers[courier].ledger('call'));
  return {
    expected: plan.expected,
    sent,
    couriers,
    platformRefused: await twins.douyin.get('/summary', PLATFORM),
    calls: Object.values(calls).flat(),
    pushes: await twins.douyin.ledger('push'),
    afterSales: await api.afterSales(),
    intercepts: await api.intercepts(),
    ledger: await api.ledger(),
    violations: await product.verify(),
    limitPerSecond: plan.orderLimit.max,
  };
}
