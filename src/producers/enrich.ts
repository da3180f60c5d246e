import { currentFacts } from '../domain/aftersale/merge.js';
import { CarrierFault } from '../domain/carrier/fault.js';
import type { CallContext } from '../domain/carrier/port.js';
import { type PlatformAdapter, UnreadableEvent } from '../domain/platform/port.js';
import type { Reason } from '../domain/reasons.js';
import type { Settings } from '../domain/settings/settings.js';
import { putOffDetail } from '../domain/store/after-sale-store.js';
import type { Database } from '../domain/store/database.js';
import type { DetailDesk } from './detail-desk.js';

export interface EnrichDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly desk: DetailDesk;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  /** A call to this shop's platform, within its rate limit; null: no slot came in time. */
  readonly openCall: (shopId: string) => Promise<CallContext | null>;
  readonly backoffMs: (tries: number) => number;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export type EnrichOutcome = 'stale' | 'no slot' | 'taken in' | 'put off' | 'unreadable';

const WHY: Partial<Record<CarrierFault['kind'], Reason>> = { credentials: 'auth_expired' };
/** A platform that refuses our authorisation is asked again this seldom, ms. */
const LOCKED_OUT_MS = 60_000;
/** An answer that we cannot read is read again this often only: it needs new code, not haste. */
const UNREADABLE_MS = 10 * 60_000;

/**
 * Reads one after-sale's detail from its platform and takes it in. The event that wanted it may be old or repeated:
 * the answer says how things are now, and taking it in twice changes nothing.
 */
export async function enrich(
  deps: EnrichDeps,
  job: { readonly id: string; readonly dispatch: number },
): Promise<EnrichOutcome> {
  const row = await deps.desk.read(job.id);
  const shop = row && deps.settings().shops.get(row.shopId);
  const platform = row && deps.platformOf(row.shopId);
  if (!row || !shop || !platform || row.enrichDispatch !== job.dispatch || row.enrichAt === null) return 'stale';
  const again = (ms: number, why: Reason) =>
    putOffDetail(deps.db, row.id, job.dispatch, new Date(deps.now().getTime() + ms), why);
  const call = await deps.openCall(shop.id);
  if (!call) {
    // No slot is no try: nothing was asked.
    await putOffDetail(deps.db, row.id, job.dispatch, deps.now(), null, 0);
    return 'no slot';
  }
  const wanted = { afterSaleId: row.afterSaleId, orderId: currentFacts(row.facts).orderId ?? null };
  try {
    const detail = await platform.fetchDetail(wanted, call, deps.now().getTime());
    await deps.desk.take({ shop, afterSaleId: row.afterSaleId, detail, dispatch: job.dispatch, rereadable: true });
    return 'taken in';
  } catch (error) {
    if (error instanceof CarrierFault) {
      const why = WHY[error.kind] ?? 'detail_failed';
      deps.log('detail.failed', { shop: shop.id, kind: error.kind, code: error.rawCode, why: error.message });
      await again(
        error.kind === 'credentials' ? LOCKED_OUT_MS : (error.retryAfterMs ?? deps.backoffMs(row.enrichTries + 1)),
        why,
      );
      return 'put off';
    }
    if (!(error instanceof UnreadableEvent)) throw error;
    deps.log('detail.unreadable', { shop: shop.id, afterSale: row.id, why: error.message });
    await again(UNREADABLE_MS, 'detail_failed');
    return 'unreadable';
  }
}
