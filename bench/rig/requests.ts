import type { Database } from '../../src/domain/store/database.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { type InterceptRequest, requestIntercepts } from '../../src/domain/store/request-store.js';

/** The request for one parcel of a shop, as its ERP would make it: a full refund of 89 yuan. */
export function requestFor(waybillNo: string, shopId: string, over: Partial<InterceptRequest> = {}): InterceptRequest {
  return {
    shopId,
    afterSaleId: `as-${waybillNo}`,
    orderId: `so-${waybillNo}`,
    type: 'refund_only',
    refundAmountFen: 8_900,
    paidAmountFen: 8_900,
    parcels: [{ carrier: 'zto', waybillNo, declaredValueFen: 8_900, pickedUpAt: new Date(Date.now() - 3_600_000) }],
    ...over,
  };
}

/** Asks for one intercept over the real path: after-sale, parcel, judgement, row. */
export async function ask(db: Database, env: JudgeEnv, request: InterceptRequest): Promise<void> {
  const shop = env.settings.shops.get(request.shopId);
  if (!shop) throw new Error(`there is no shop ${request.shopId}`);
  const { intercepts } = await requestIntercepts(db, env, shop, request, 'bench', new Date());
  if (intercepts[0]?.state !== 'queued') throw new Error(`${request.orderId} is ${intercepts[0]?.state}, not queued`);
}

/** Does work for every item, `sideBySide` at a time. */
export async function forAll<T>(
  items: readonly T[],
  sideBySide: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = [...items].reverse();
  const next = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: sideBySide }, next));
}

/** Waybills that no other round uses. */
export function waybills(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(7, '0')}`);
}

/** Looks until a condition holds. Throws after `timeoutMs`. */
export async function waitFor(
  what: string,
  holds: () => Promise<boolean>,
  timeoutMs: number,
  everyMs = 20,
): Promise<void> {
  for (const until = performance.now() + timeoutMs; !(await holds()); ) {
    if (performance.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
