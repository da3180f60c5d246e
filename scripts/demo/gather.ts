import { z } from 'zod';
import type { Api } from './api.js';
import { FEE_FEN } from './configuration.js';
import type { DemoFacts, Sent } from './facts.js';
import type { DemoPlan } from './plan.js';
import type { Product } from './product.js';
import type { Twins } from './twins.js';

const COURIER = z.object({
  duplicateAccepts: z.int(),
  maxCreatesPerSecond: z.int(),
  badSignature: z.int(),
  badRequest: z.int(),
});
const PLATFORM = z.object({ badSignature: z.int(), badRequest: z.int() });
const PARCELS = z.object({ parcels: z.array(z.object({ waybillNo: z.string(), status: z.string().nullable() })) });
/** ZTO's words for an order whose parcel was stopped (the twin's README): stopped, on its way back, back. */
const STOPPED: ReadonlySet<string | null> = new Set([
  'INTERCEPT_SUCCESS',
  'PACKAGE_DELIVERYING',
  'INTERCEPT_DISCONTINUE',
]);

/** Reads both sides of every number: what the product shows, and what the twins wrote down. */
export async function gatherFacts(
  product: Product,
  api: Api,
  twins: Twins,
  plan: DemoPlan,
  sent: Sent,
): Promise<DemoFacts> {
  // The twins first: a stop they show is one the product had the time to hear of.
  const { parcels } = await twins.zto.get('/parcels', PARCELS);
  const stopped = parcels.filter(({ status }) => STOPPED.has(status)).map(({ waybillNo }) => waybillNo);
  return {
    expected: plan.expected,
    sent,
    stopped,
    courier: await twins.zto.get(`/summary?windowMs=${plan.orderLimit.perMs}`, COURIER),
    platformRefused: await twins.douyin.get('/summary', PLATFORM),
    calls: await twins.zto.ledger('call'),
    pushes: await twins.douyin.ledger('push'),
    afterSales: await api.afterSales(),
    intercepts: await api.intercepts(),
    ledger: await api.ledger(),
    violations: await product.verify(),
    limitPerSecond: plan.orderLimit.max,
    feeFen: FEE_FEN,
  };
}
