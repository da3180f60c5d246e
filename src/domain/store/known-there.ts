import { currentFacts } from '../aftersale/merge.js';
import type { AsKnownThere } from '../carrier/port.js';
import { standing } from '../eligibility/refund-rules.js';
import type { Intercept } from '../intercept/intercept.js';
import { afterSalesOf } from './after-sale-store.js';
import type { Sql } from './database.js';
import { wordsOf } from './parcel-store.js';

/** A parcel as its platform knows it: the word for the courier, and the shop's own after-sales that still want it back. */
export async function knownThere(sql: Sql, row: Pick<Intercept, 'parcelId' | 'shopId'>): Promise<AsKnownThere> {
  const parcels = await sql.rows<{ rawCarrier: string }>('SELECT raw_carrier AS rawCarrier FROM parcel WHERE id = ?', [
    row.parcelId,
  ]);
  const linked = ((await afterSalesOf(sql, [row.parcelId])).get(row.parcelId) ?? []).filter(
    (a) => a.shopId === row.shopId && a.droppedAt === null,
  );
  const facts = linked.map((a) => ({ afterSaleId: a.afterSaleId, now: currentFacts(a.facts) }));
  const wanted = facts.filter(({ now }) => ['valid', 'paid'].includes(standing(now)));
  return {
    rawCarrier: wordsOf(parcels[0]?.rawCarrier ?? '', linked[0]?.origin ?? '').rawCarrier,
    // A cancel comes when nobody wants it any more: the platform is then told by what it was asked for.
    wantedBy: (wanted.length > 0 ? wanted : facts).map(({ afterSaleId, now }) => ({
      afterSaleId,
      orderId: now.orderId ?? null,
      version: now.version ?? null,
    })),
  };
}
