import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import { currentFacts, type MergedFacts } from '../aftersale/merge.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Sql } from './database.js';
import { isAscii, type Page, startsWith, Where } from './where.js';

/** One parcel of an after-sale with the intercept that stands for it; null state: none was opened yet. */
export interface AfterSaleParcel {
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly waybillNo: string;
  /** What its goods are worth, of this after-sale or as the parcel was declared, fen; null: unknown. */
  readonly valueFen: number | null;
  readonly interceptId: string | null;
  readonly state: InterceptState | null;
  readonly reason: Reason | null;
  readonly rule: string | null;
}

export interface AfterSaleView {
  readonly id: string;
  readonly shopId: string;
  readonly platform: string;
  readonly afterSaleId: string;
  readonly facts: AfterSaleFacts;
  readonly origin: string;
  readonly reason: Reason | null;
  readonly rule: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly parcels: readonly AfterSaleParcel[];
}

export interface AfterSaleFilter {
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  /** All shops the caller may see: numbers are looked up shop by shop. */
  readonly searchShops: readonly string[];
  /** Beginning of an after-sale or order number, or a whole waybill number. */
  readonly q?: string | undefined;
  readonly shopId?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

const COLUMNS = `a.id, a.shop_id AS shopId, a.platform, a.after_sale_id AS afterSaleId, a.facts, a.origin, a.reason, a.rule,
  a.created_at AS createdAt, a.updated_at AS updatedAt`;

type RawView = Omit<AfterSaleView, 'facts' | 'parcels'> & { readonly facts: string };
type RawParcel = Omit<AfterSaleParcel, 'mapped'> & { readonly afterSaleRow: string; readonly mapped: number };

/** One page of after-sales, newest first. */
export async function listAfterSales(sql: Sql, filter: AfterSaleFilter, page: Page): Promise<AfterSaleView[]> {
  const where = new Where()
    .andIf(filter.shopId, 'a.shop_id = ?')
    .andIf(filter.since, 'a.created_at >= ?')
    .andIf(filter.until, 'a.created_at < ?')
    .andIf(page.beforeId ?? undefined, 'a.id < ?');
  if (filter.shops) where.andIn('a.shop_id', filter.shops);
  if (filter.q !== undefined) {
    const like = startsWith(filter.q);
    // A list of no shops finds nothing; `IN ()` is no SQL.
    const shops = filter.searchShops.length > 0 ? filter.searchShops : [''];
    where.and(
      `a.id IN (SELECT id FROM (
         SELECT f.id FROM after_sale f WHERE f.shop_id IN (?) AND f.after_sale_id LIKE ?
         UNION SELECT o.id FROM after_sale o WHERE o.shop_id IN (?) AND o.order_id LIKE ?
         UNION SELECT l.after_sale_id FROM parcel p JOIN parcel_after_sale l ON l.parcel_id = p.id
           WHERE p.waybill_no IN (?)) found)`,
      shops,
      like,
      shops,
      like,
      [filter.q, filter.q.toUpperCase()],
    );
  }
  const rows = await sql.rows<RawView>(`SELECT ${COLUMNS} FROM after_sale a ${where.sql} ORDER BY a.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
  return withParcels(sql, rows);
}

/** One after-sale by our id; null if there is none or it is not the caller's to see. */
export async function readAfterSale(
  sql: Sql,
  id: string,
  shops: readonly string[] | null,
): Promise<AfterSaleView | null> {
  if (!isAscii(id)) return null;
  const where = new Where().and('a.id = ?', id);
  if (shops) where.andIn('a.shop_id', shops);
  const rows = await sql.rows<RawView>(`SELECT ${COLUMNS} FROM after_sale a ${where.sql}`, where.values);
  return (await withParcels(sql, rows))[0] ?? null;
}

async function withParcels(sql: Sql, rows: readonly RawView[]): Promise<AfterSaleView[]> {
  if (rows.length === 0) return [];
  const parcels = await sql.rows<RawParcel>(
    `SELECT l.after_sale_id AS afterSaleRow, p.carrier, p.raw_carrier AS rawCarrier, p.mapped, p.waybill_no AS waybillNo, COALESCE(l.value_fen, p.value_fen) AS valueFen,
       i.id AS interceptId, i.state, i.reason, i.rule
     FROM parcel_after_sale l JOIN parcel p ON p.id = l.parcel_id LEFT JOIN intercept i ON i.id = l.intercept_id
     WHERE l.after_sale_id IN (?) ORDER BY l.created_at, p.id`,
    [rows.map((r) => r.id)],
  );
  return rows.map((row) => ({
    ...row,
    facts: currentFacts(JSON.parse(row.facts) as MergedFacts),
    parcels: parcels
      .filter((p) => p.afterSaleRow === row.id)
      .map(({ afterSaleRow, ...parcel }) => ({ ...parcel, mapped: parcel.mapped === 1 })),
  }));
}
