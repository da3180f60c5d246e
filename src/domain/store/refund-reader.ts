import type { Reason } from '../reasons.js';
import type { RefundEvent, RefundOperation, RefundState } from '../refund/machine.js';
import type { Sql } from './database.js';
import { type Page, Where } from './where.js';

/** One step of a refund, as it is shown. */
export interface RefundStepView {
  readonly at: Date;
  readonly version: number;
  readonly from: RefundState | null;
  readonly event: RefundEvent | 'open';
  readonly to: RefundState;
  readonly actor: string;
  readonly reason: Reason;
  readonly note: string | null;
}

/** One decision about an after-sale's money, fen. */
export interface RefundView {
  readonly id: string;
  readonly shopId: string;
  readonly platform: string;
  /** The platform's number of the after-sale. */
  readonly afterSaleId: string;
  readonly interceptId: string;
  readonly waybillNo: string;
  readonly operation: RefundOperation;
  readonly state: RefundState;
  readonly reason: Reason;
  readonly amountFen: number | null;
  readonly approvedBy: string | null;
  readonly calledAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly rawCode: string | null;
  readonly rawText: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface RefundFilter {
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly shopId?: string | undefined;
  readonly state?: RefundState | undefined;
  readonly operation?: RefundOperation | undefined;
  readonly id?: string | undefined;
}

const SELECT = `SELECT r.id, r.shop_id AS shopId, r.platform, a.after_sale_id AS afterSaleId, r.intercept_id AS interceptId,
    i.waybill_no AS waybillNo, r.operation, r.state, r.reason, r.amount_fen AS amountFen, r.approved_by AS approvedBy,
    r.called_at AS calledAt, r.acknowledged_at AS acknowledgedAt, r.confirmed_at AS confirmedAt, r.raw_code AS rawCode,
    r.raw_text AS rawText, r.created_at AS createdAt, r.updated_at AS updatedAt
  FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id JOIN intercept i ON i.id = r.intercept_id`;

/** One page of refunds, newest first. */
export function listRefunds(sql: Sql, filter: RefundFilter, page: Page): Promise<RefundView[]> {
  const where = new Where()
    .andIf(filter.id, 'r.id = ?')
    .andIf(filter.shopId, 'r.shop_id = ?')
    .andIf(filter.state, 'r.state = ?')
    .andIf(filter.operation, 'r.operation = ?')
    .andIf(page.beforeId ?? undefined, 'r.id < ?');
  if (filter.shops) where.andIn('r.shop_id', filter.shops);
  return sql.rows<RefundView>(`${SELECT} ${where.sql} ORDER BY r.id DESC LIMIT ?`, [...where.values, page.limit]);
}

/** The refunds of these after-sales (our ids), each with its steps, oldest first. */
export async function refundsOf(
  sql: Sql,
  afterSales: readonly string[],
): Promise<(RefundView & { readonly steps: readonly RefundStepView[] })[]> {
  if (afterSales.length === 0) return [];
  const rows = await sql.rows<RefundView>(`${SELECT} WHERE r.after_sale_id IN (?) ORDER BY r.id`, [afterSales]);
  if (rows.length === 0) return [];
  const steps = await sql.rows<RefundStepView & { refundId: string }>(
    `SELECT refund_id AS refundId, at, version, from_state AS \`from\`, event, to_state AS \`to\`, actor, reason, note
     FROM refund_step WHERE refund_id IN (?) ORDER BY refund_id, version`,
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    ...row,
    steps: steps.filter(({ refundId }) => refundId === row.id).map(({ refundId: _, ...step }) => step),
  }));
}

/** How many refunds are in each state, and what they come to, fen. */
export function refundCounts(
  sql: Sql,
): Promise<{ operation: RefundOperation; state: RefundState; n: number; amountFen: number }[]> {
  return sql.rows(
    `SELECT operation, state, COUNT(*) AS n, CAST(COALESCE(SUM(amount_fen), 0) AS SIGNED) AS amountFen
     FROM refund_action GROUP BY operation, state`,
  );
}
