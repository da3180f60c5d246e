import { currentFacts } from '../aftersale/merge.js';
import type { InterceptState } from '../intercept/machine.js';
import { type AskedFor, askedFor } from '../refund/asked.js';
import { lockAfterSaleById } from './after-sale-store.js';
import type { Database, Sql } from './database.js';
import type { StepRange } from './follow-store.js';
import { openRefund } from './refund-store.js';

const PAGE = 1_000;
/** Steps of an intercept that bear on its refund. */
const NEWS = [
  'accepted',
  'intercepted',
  'returned',
  'refused',
  'missed',
  'expired',
  'needs_review',
] as const satisfies InterceptState[];
/** After-sales that joined a parcel whose story was told before they came, ms. */
const JOINED_MS = 3 * 3_600_000;

interface News {
  readonly afterSaleId: string;
  readonly interceptId: string;
}

const FROM_PARCEL = `JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id AND l.dropped_at IS NULL
  JOIN after_sale a ON a.id = l.after_sale_id`;

/**
 * Follows the steps of all intercepts in a range: opens the refund case of every after-sale they concern and makes the known
 * ones due. Nothing is asked of the writers of those steps. Returns how far it came, and whether more is there.
 */
export async function followSteps(
  db: Database,
  shops: readonly string[],
  { after, upTo }: StepRange,
  now: Date,
): Promise<{ readonly to: number; readonly more: boolean }> {
  if (shops.length === 0) return { to: upTo, more: false };
  const rows = await db.rows<News & { id: number }>(
    `SELECT t.id, a.id AS afterSaleId, i.id AS interceptId FROM transition t
     JOIN intercept i ON i.id = t.intercept_id ${FROM_PARCEL}
     WHERE t.id > ? AND t.id <= ? AND t.to_state IN (?) AND a.shop_id IN (?) ORDER BY t.id LIMIT ?`,
    [after, upTo, NEWS, shops, PAGE],
  );
  await takeNews(db, rows, now);
  const full = rows.length === PAGE;
  // A step may concern several after-sales: the last one of a full page is read again.
  return { to: full ? Math.max(after + 1, (rows.at(-1)?.id ?? upTo) - 1) : upTo, more: full };
}

/** Opens the cases of after-sales that joined a parcel after its last step (R64). */
export async function followJoined(db: Database, shops: readonly string[], now: Date): Promise<void> {
  if (shops.length === 0) return;
  const rows = await db.rows<News>(
    `SELECT a.id AS afterSaleId, i.id AS interceptId FROM after_sale a
     JOIN parcel_after_sale l ON l.after_sale_id = a.id AND l.dropped_at IS NULL
     JOIN intercept i ON i.id = l.intercept_id
     WHERE a.created_at >= ? AND a.shop_id IN (?) AND i.state IN (?)
       AND NOT EXISTS (SELECT 1 FROM refund_action r WHERE r.after_sale_id = a.id) LIMIT ?`,
    [new Date(now.getTime() - JOINED_MS), shops, NEWS, PAGE],
  );
  await takeNews(db, rows, now);
}

async function takeNews(db: Database, news: readonly News[], now: Date): Promise<void> {
  const byAfterSale = new Map(news.map((item) => [item.afterSaleId, item]));
  if (byAfterSale.size === 0) return;
  const ids = [...byAfterSale.keys()];
  const known = await db.rows<{ afterSaleId: string }>(
    'SELECT after_sale_id AS afterSaleId FROM refund_action WHERE after_sale_id IN (?) AND operation = ?',
    [ids, 'agree'],
  );
  await wakeRefunds(
    db,
    known.map(({ afterSaleId }) => afterSaleId),
    now,
  );
  for (const { afterSaleId } of known) byAfterSale.delete(afterSaleId);
  for (const item of byAfterSale.values()) await db.transaction((tx) => openCase(tx, item, now));
}

/** Their cases are looked at at once; one whose call is under way has its own clock. */
export async function wakeRefunds(sql: Sql, afterSaleIds: readonly string[], now: Date): Promise<void> {
  if (afterSaleIds.length === 0) return;
  await sql.run(
    `UPDATE refund_action SET next_at = ? WHERE after_sale_id IN (?) AND state IN ('waiting', 'asked', 'dropped')
       AND (next_at IS NULL OR next_at > ?)`,
    [now, afterSaleIds, now],
  );
}

/** What the after-sale asked for when its parcel was judged; null: it joined the parcel later. */
async function askedWhenJudged(tx: Sql, { afterSaleId, interceptId }: News): Promise<AskedFor | null> {
  const rows = await tx.rows<{ decision: string }>('SELECT decision FROM intercept WHERE id = ?', [interceptId]);
  const { asked } = JSON.parse(rows[0]?.decision ?? '{}') as { asked?: Readonly<Record<string, AskedFor>> };
  return asked?.[afterSaleId] ?? null;
}

async function openCase(tx: Sql, news: News, now: Date): Promise<void> {
  const { afterSaleId, interceptId } = news;
  const afterSale = await lockAfterSaleById(tx, afterSaleId);
  if (!afterSale) return;
  const asked = (await askedWhenJudged(tx, news)) ?? askedFor(currentFacts(afterSale.facts));
  const { shopId, platform } = afterSale;
  const fresh = { afterSaleId, operation: 'agree', shopId, platform, interceptId, ...asked } as const;
  await openRefund(tx, { ...fresh, reason: 'refund_waits' }, 'system', now);
}
