import { z } from 'zod';
import type { Api } from './api.js';
import { billCouriers } from './bills.js';
import { eachName } from './by-name.js';
import { courierFacts } from './couriers.js';
import type { CourierSide, DemoFacts, Sent } from './facts.js';
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
const PAID = z.object({ refunds: z.int(), fen: z.int() }).default({ refunds: 0, fen: 0 });
const PLATFORM = z.object({ badSignature: z.int(), badRequest: z.int(), paid: PAID });
const PARCELS = z.object({ parcels: z.array(z.object({ waybillNo: z.string(), status: z.string().nullable() })) });

/** Reads both sides of every number: what the product shows, and what the twins wrote down. */
export async function gatherFacts(
  product: Product,
  api: Api,
  twins: Twins,
  plan: DemoPlan,
  sent: Sent,
): Promise<DemoFacts> {
  const running = <T>(twin: T | undefined, name: string): T => {
    if (twin === undefined) throw new Error(`the twin of ${name} was never started`);
    return twin;
  };
  // The twins first: a stop they show is one the product had the time to hear of.
  const couriers = await eachName(plan.couriers, async (courier): Promise<CourierSide> => {
    const { twin } = running(twins.couriers[courier], courier);
    const { stopped, feeFen } = courierFacts(courier);
    const { parcels } = await twin.get('/parcels', PARCELS);
    const words = new Set<string | null>(stopped);
    return {
      stopped: parcels.filter(({ status }) => words.has(status)).map(({ waybillNo }) => waybillNo),
      summary: await twin.get(`/summary?windowMs=${plan.orderLimit.perMs}`, COURIER),
      feeFen,
    };
  });
  const calls = await eachName(plan.couriers, (name) => running(twins.couriers[name], name).twin.ledger('call'));
  const platforms = await eachName(plan.platforms, async (name) => {
    const { twin } = running(twins.platforms[name], name);
    return { pushes: await twin.ledger('push'), refused: await twin.get('/summary', PLATFORM) };
  });
  const billing = await billCouriers(api, twins, plan);
  return {
    expected: plan.expected,
    sent,
    couriers,
    platformsRefused: Object.values(platforms).map(({ refused }) => refused),
    calls: Object.values(calls).flat(),
    pushes: Object.values(platforms).flatMap(({ pushes }) => pushes),
    afterSales: await api.afterSales(),
    intercepts: await api.intercepts(),
    ledger: await api.ledger(),
    refunds: await api.refunds(),
    returns: await api.returns(),
    claims: await api.claims(),
    paidThere: Object.values(platforms).map(({ refused }) => refused.paid),
    billing,
    violations: await product.verify(),
    limitPerSecond: plan.orderLimit.max,
  };
}
