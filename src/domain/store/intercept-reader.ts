import { currentFacts, type MergedFacts } from '../aftersale/merge.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { LookResult } from '../tracking/sighting.js';
import type { Sql } from './database.js';
import { isAscii, type Page, startsWith, Where } from './where.js';

/** One intercept as lists show it. Amounts in fen. */
export interface InterceptView {
  readonly id: string;
  readonly parcelId: string;
  readonly shopId: string;
  readonly platform: string;
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly accountId: string | null;
  readonly channel: string;
  readonly waybillNo: string;
  readonly state: InterceptState;
  readonly reason: Reason;
  readonly rule: string | null;
  readonly origin: string;
  readonly deadlineAt: Date;
  /** Fees posted less those reversed. */
  readonly feeFen: number;
  /** What the goods are worth, fen; null: not known. */
  readonly valueFen: number | null;
  /** What the stop would cost by the tariff when it was judged last, fen; null: there was none. */
  readonly priceFen: number | null;
  /** The courier's own code of the last answer that had one (R41). */
  readonly courierCode: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  readonly decision: string;
  readonly lastLookAt: Date | null;
  readonly lastLook: LookResult | null;
  readonly lastLookError: string | null;
  readonly links: readonly InterceptLink[];
}

/** An after-sale that travels in the parcel. */
export interface InterceptLink {
  readonly shopId: string;
  readonly orderId: string | null;
  readonly afterSaleId: string;
}

/** Which intercepts are meant; every field that is given must fit. */
export interface InterceptMatch {
  /** The caller's shops; null: all. An intercept is seen by whoever holds any shop linked to it (design.md "Data"). */
  readonly shops: readonly string[] | null;
  readonly state?: InterceptState | undefined;
  readonly carrier?: string | undefined;
  readonly shopId?: string | undefined;
  readonly platform?: string | undefined;
  /** The value of the goods, fen, both ends included; a row whose value is not known is in no range. */
  readonly minValueFen?: number | undefined;
  readonly maxValueFen?: number | undefined;
  /** A reason code or the number of a rule. */
  readonly reason?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

export interface InterceptFilter extends InterceptMatch {
  /** All shops there are, as far as the caller may see them: numbers of after-sales are looked up shop by shop. */
  readonly searchShops: readonly string[];
  /** Beginning of a waybill, an order, an after-sale or an intercept id. */
  readonly q?: string | undefined;
}

const COLUMNS = `i.id, i.parcel_id AS parcelId, i.shop_id AS shopId, i.platform, i.carrier, p.raw_carrier AS rawCarrier,
  p.mapped, i.account_id AS accountId, i.channel, i.waybill_no AS waybillNo, i.state, i.reason, i.rule, i.origin,
  i.deadline_at AS deadlineAt, i.value_fen AS valueFen, i.price_fen AS priceFen, i.created_at AS createdAt, i.updated_at AS updatedAt, i.version, i.decision,
  p.last_look_at AS lastLookAt, p.last_look AS lastLook, p.last_look_error AS lastLookError,
  (SELECT CAST(COALESCE(SUM(IF(f.kind = 'fee', f.amount_fen, -f.amount_fen)), 0) AS SIGNED)
     FROM ledger_entry f WHERE f.intercept_id = i.id) AS feeFen,
  (SELECT c.raw_code FROM attempt c WHERE c.intercept_id = i.id AND c.raw_code IS NOT NULL
     ORDER BY c.seq DESC LIMIT 1) AS courierCode`;
export const INTERCEPT_FROM = 'FROM intercept i JOIN parcel p ON p.id = i.parcel_id';

/** Limits a query over `intercept i` to what a holder of these shops may see. */
export function andVisible(where: Where, shops: readonly string[] | null): Where {
  if (shops === null) return where;
  if (shops.length === 0) return where.and('FALSE');
  return where.and(
    `(i.shop_id IN (?) OR EXISTS (SELECT 1 FROM parcel_after_sale v JOIN after_sale va ON va.id = v.after_sale_id
       WHERE v.parcel_id = i.parcel_id AND va.shop_id IN (?)))`,
    shops,
    shops,
  );
}

function andSearch(where: Where, q: string, searchShops: readonly string[]): void {
  const like = startsWith(q);
  const found: string[] = [];
  const values: (string | readonly string[])[] = [];
  // Couriers that ignore case are kept in capitals (R66); people type what they like.
  for (const form of new Set([like, like.toUpperCase()])) {
    found.push('SELECT w.id FROM intercept w WHERE w.waybill_no LIKE ?');
    values.push(form);
  }
  // Ids of ours are plain letters and digits; anything else cannot be one.
  if (/^[0-9a-z]+$/i.test(q)) {
    found.push('SELECT d.id FROM intercept d WHERE d.id LIKE ?');
    values.push(startsWith(q.toLowerCase()));
  }
  // One branch a column, so that each goes over its own index.
  for (const column of searchShops.length > 0 ? ['a.after_sale_id', 'a.order_id'] : []) {
    found.push(
      `SELECT o.id FROM after_sale a JOIN parcel_after_sale l ON l.after_sale_id = a.id
       JOIN intercept o ON o.parcel_id = l.parcel_id WHERE a.shop_id IN (?) AND ${column} LIKE ?`,
    );
    values.push(searchShops, like);
  }
  where.and(`i.id IN (SELECT id FROM (${found.join(' UNION ')}) found)`, ...values);
}

/** The rows of `intercept i JOIN parcel p` that a list, or a replay of that list, is about. */
export function matching(filter: InterceptMatch): Where {
  const where = andVisible(new Where(), filter.shops)
    .andIf(filter.state, 'i.state = ?')
    .andIf(filter.shopId, 'i.shop_id = ?')
    .andIf(filter.platform, 'i.platform = ?')
    .andIf(filter.minValueFen, 'i.value_fen >= ?')
    .andIf(filter.maxValueFen, 'i.value_fen <= ?')
    .andIf(filter.since, 'i.created_at >= ?')
    .andIf(filter.until, 'i.created_at < ?');
  if (filter.carrier !== undefined) {
    if (isAscii(filter.carrier)) {
      where.and('(i.carrier = ? OR (p.mapped = 0 AND p.raw_carrier = ?))', filter.carrier, filter.carrier);
    } else where.and('(p.mapped = 0 AND p.raw_carrier = ?)', filter.carrier);
  }
  if (filter.reason !== undefined) where.and('(i.reason = ? OR i.rule = ?)', filter.reason, filter.reason);
  return where;
}

/** The rows that a list is about, its search included. */
export function searched(filter: InterceptFilter): Where {
  const where = matching(filter);
  if (filter.q !== undefined) andSearch(where, filter.q, filter.searchShops);
  return where;
}

/** One page of intercepts, newest first. */
export async function listIntercepts(sql: Sql, filter: InterceptFilter, page: Page): Promise<InterceptView[]> {
  const where = searched(filter).andIf(page.beforeId ?? undefined, 'i.id < ?');
  return withLinks(
    sql,
    await sql.rows<RawView>(`SELECT ${COLUMNS} ${INTERCEPT_FROM} ${where.sql} ORDER BY i.id DESC LIMIT ?`, [
      ...where.values,
      page.limit,
    ]),
  );
}

/** One intercept, or null if there is none or it is not the caller's to see. */
export async function readIntercept(
  sql: Sql,
  id: string,
  shops: readonly string[] | null,
): Promise<InterceptView | null> {
  if (!isAscii(id)) return null;
  const where = andVisible(new Where().and('i.id = ?', id), shops);
  const rows = await sql.rows<RawView>(`SELECT ${COLUMNS} ${INTERCEPT_FROM} ${where.sql}`, where.values);
  return (await withLinks(sql, rows))[0] ?? null;
}

type RawView = Omit<InterceptView, 'links' | 'mapped'> & { readonly mapped: number };

interface RawLink {
  readonly parcelId: string;
  readonly interceptId: string | null;
  readonly shopId: string;
  readonly afterSaleId: string;
  readonly facts: string;
}

async function withLinks(sql: Sql, rows: readonly RawView[]): Promise<InterceptView[]> {
  if (rows.length === 0) return [];
  const links = await sql.rows<RawLink>(
    `SELECT l.parcel_id AS parcelId, l.intercept_id AS interceptId, a.shop_id AS shopId, a.after_sale_id AS afterSaleId,
       a.facts FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id
     WHERE l.parcel_id IN (?) ORDER BY l.created_at, a.id`,
    [rows.map((r) => r.parcelId)],
  );
  return rows.map((row) => {
    const ofParcel = links.filter((l) => l.parcelId === row.parcelId);
    // A later round takes the links along: an ended round then shows what travels in the parcel.
    const own = ofParcel.filter((l) => l.interceptId === row.id);
    return { ...row, mapped: row.mapped === 1, links: (own.length > 0 ? own : ofParcel).map(toLink) };
  });
}

function toLink(link: RawLink): InterceptLink {
  const orderId = currentFacts(JSON.parse(link.facts) as MergedFacts).orderId ?? null;
  return { shopId: link.shopId, orderId, afterSaleId: link.afterSaleId };
}
