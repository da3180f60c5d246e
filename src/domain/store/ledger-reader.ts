import type { Sql } from './database.js';
import { type Page, Where } from './where.js';

/** One entry of the fee ledger, fen. */
export interface LedgerView {
  readonly id: string;
  readonly interceptId: string;
  readonly carrier: string;
  readonly shopId: string;
  readonly kind: 'fee' | 'reversal';
  readonly amountFen: number;
  readonly currency: 'CNY';
  readonly postedAt: Date;
  readonly reversesId: string | null;
  readonly verification: 'unverified' | 'matched' | 'disputed';
  readonly biller: string;
  /** What the tariff of its day says; null: none holds. */
  readonly tariffFen: number | null;
  readonly reversedById: string | null;
  readonly invoiceId: string | null;
  /** A correction that waits for a second person. */
  readonly askedToFen: number | null;
  readonly askedNote: string | null;
  readonly askedBy: string | null;
}

export interface LedgerFilter {
  /** The caller's shops; null: all. A fee belongs to the shop that asked. */
  readonly shops: readonly string[] | null;
  readonly interceptId?: string | undefined;
  readonly shopId?: string | undefined;
  readonly carrier?: string | undefined;
  readonly kind?: LedgerView['kind'] | undefined;
  readonly verification?: LedgerView['verification'] | undefined;
  readonly biller?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

const COLUMNS = `e.id, e.intercept_id AS interceptId, e.carrier, e.shop_id AS shopId, e.kind, e.amount_fen AS amountFen,
  e.currency, e.posted_at AS postedAt, e.reverses_id AS reversesId, e.verification, e.biller, e.tariff_fen AS tariffFen,
  r.id AS reversedById, e.invoice_id AS invoiceId, c.to_fen AS askedToFen, c.note AS askedNote, c.asked_by AS askedBy`;
const FROM = `ledger_entry e LEFT JOIN ledger_entry r ON r.reverses_id = e.id
  LEFT JOIN fee_correction c ON c.open_entry = e.id AND c.state = 'asked'`;

/** One page of the ledger, newest first. */
export function listLedger(sql: Sql, filter: LedgerFilter, page: Page): Promise<LedgerView[]> {
  const where = new Where()
    .andIf(filter.interceptId, 'e.intercept_id = ?')
    .andIf(filter.shopId, 'e.shop_id = ?')
    .andIf(filter.carrier, 'e.carrier = ?')
    .andIf(filter.kind, 'e.kind = ?')
    .andIf(filter.verification, 'e.verification = ?')
    .andIf(filter.biller, 'e.biller = ?')
    .andIf(filter.invoiceId, 'e.invoice_id = ?')
    .andIf(filter.since, 'e.posted_at >= ?')
    .andIf(filter.until, 'e.posted_at < ?')
    .andIf(page.beforeId ?? undefined, 'e.id < ?');
  if (filter.shops) where.andIn('e.shop_id', filter.shops);
  return sql.rows<LedgerView>(`SELECT ${COLUMNS} FROM ${FROM} ${where.sql} ORDER BY e.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
}

/** Every entry of one intercept, oldest first. */
export function ledgerOf(sql: Sql, interceptId: string): Promise<LedgerView[]> {
  return sql.rows<LedgerView>(`SELECT ${COLUMNS} FROM ${FROM} WHERE e.intercept_id = ? ORDER BY e.seq`, [interceptId]);
}
