import { newId } from '../ids.js';
import { INVOICE_STEPS, type InvoiceState, type InvoiceStep } from '../money/invoice.js';
import { appendAudit } from './audit-store.js';
import type { MonthOf } from './bill-reader.js';
import type { Database, Sql } from './database.js';
import { type Page, Where } from './where.js';

export interface InvoiceView {
  readonly id: string;
  readonly source: string;
  readonly period: string;
  readonly shopId: string;
  readonly state: InvoiceState;
  readonly entries: number;
  readonly totalFen: number;
  /** Of its fees, what was reversed since: to be credited by whoever issued it. */
  readonly reversedFen: number;
  readonly number: string | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly issuedAt: Date | null;
  readonly filedAt: Date | null;
}

/**
 * Asks for an invoice over the fees of one shop that this biller charged in this month and whose lines agree (R34). Each
 * fee is on one invoice at most: what is left over a second time is nothing. Gives the invoice's id; null: nothing to invoice.
 */
export function requestInvoice(
  db: Database,
  { source, period, shopId, actor }: MonthOf & { readonly shopId: string; readonly actor: string },
  now: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const id = newId();
    const fees = await tx.rows<{ id: string; amountFen: number }>(
      `SELECT e.id, e.amount_fen AS amountFen FROM bill_line l JOIN ledger_entry e ON e.id = l.entry_id
       WHERE l.source = ? AND l.period = ? AND l.class = 'agrees' AND e.shop_id = ? AND e.invoice_id IS NULL
         AND e.verification = 'matched' AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id)
       ORDER BY e.id FOR UPDATE`,
      [source, period, shopId],
    );
    if (fees.length === 0) return null;
    const totalFen = fees.reduce((sum, { amountFen }) => sum + amountFen, 0);
    await tx.run(
      `INSERT INTO invoice (id, source, period, shop_id, state, entry_count, total_fen, requested_by, requested_at) VALUES (?)`,
      [[id, source, period, shopId, 'requested', fees.length, totalFen, actor, now]],
    );
    await tx.run('UPDATE ledger_entry SET invoice_id = ? WHERE id IN (?)', [id, fees.map((fee) => fee.id)]);
    const detail = { source, period, shopId, entries: fees.length, totalFen };
    await appendAudit(tx, { at: now, actor, action: 'invoice.requested', subject: id, detail });
    return id;
  });
}

export type InvoiceMove = 'moved' | 'not_found' | 'wrong_state';

/** Takes an invoice one step on; the same step again changes nothing and is `wrong_state`. Audited. */
export function moveInvoice(
  db: Database,
  order: {
    readonly id: string;
    readonly step: InvoiceStep;
    /** Printed on it; given when it is issued. */
    readonly number: string | null;
    readonly actor: string;
    readonly shops: readonly string[] | null;
  },
  now: Date,
): Promise<InvoiceMove> {
  return db.transaction(async (tx) => {
    const { id, step, number, actor } = order;
    const [row] = await tx.rows<{ state: InvoiceState; shopId: string }>(
      'SELECT state, shop_id AS shopId FROM invoice WHERE id = ? FOR UPDATE',
      [id],
    );
    if (!row || (order.shops !== null && !order.shops.includes(row.shopId))) return 'not_found';
    const { from, to } = INVOICE_STEPS[step];
    if (row.state !== from) return 'wrong_state';
    const at = step === 'issue' ? { issued: now, filed: null } : { issued: null, filed: now };
    await tx.run(
      `UPDATE invoice SET state = ?, number = COALESCE(?, number), issued_at = COALESCE(?, issued_at),
         filed_at = COALESCE(?, filed_at) WHERE id = ? AND state = ?`,
      [to, number, at.issued, at.filed, id, from],
    );
    await appendAudit(tx, { at: now, actor, action: `invoice.${to}`, subject: id, detail: { from, to, number } });
    return 'moved';
  });
}

/** One page of invoices, newest first; `id`: that one alone. */
export function listInvoices(
  sql: Sql,
  filter: {
    readonly shops: readonly string[] | null;
    readonly id?: string | undefined;
    readonly source?: string | undefined;
    readonly period?: string | undefined;
    readonly shopId?: string | undefined;
    readonly state?: InvoiceState | undefined;
  },
  page: Page,
): Promise<InvoiceView[]> {
  const where = new Where()
    .andIf(filter.id, 'v.id = ?')
    .andIf(filter.source, 'v.source = ?')
    .andIf(filter.period, 'v.period = ?')
    .andIf(filter.shopId, 'v.shop_id = ?')
    .andIf(filter.state, 'v.state = ?')
    .andIf(page.beforeId ?? undefined, 'v.id < ?');
  if (filter.shops) where.andIn('v.shop_id', filter.shops);
  return sql.rows(
    `SELECT v.id, v.source, v.period, v.shop_id AS shopId, v.state, v.entry_count AS entries, v.total_fen AS totalFen,
       v.number, v.requested_by AS requestedBy, v.requested_at AS requestedAt, v.issued_at AS issuedAt, v.filed_at AS filedAt,
       CAST(COALESCE((SELECT SUM(r.amount_fen) FROM ledger_entry f JOIN ledger_entry r ON r.reverses_id = f.id
         WHERE f.invoice_id = v.id), 0) AS SIGNED) AS reversedFen
     FROM invoice v ${where.sql} ORDER BY v.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}

/** What could be invoiced now, by biller, month and shop. */
export function invoiceable(
  sql: Sql,
  shops: readonly string[] | null,
): Promise<(MonthOf & { shopId: string; entries: number; totalFen: number })[]> {
  const where = new Where().and(
    `l.class = 'agrees' AND e.invoice_id IS NULL AND e.verification = 'matched'
     AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id)`,
  );
  if (shops) where.andIn('e.shop_id', shops);
  return sql.rows(
    `SELECT l.source, l.period, e.shop_id AS shopId, COUNT(*) AS entries, CAST(SUM(e.amount_fen) AS SIGNED) AS totalFen
     FROM bill_line l JOIN ledger_entry e ON e.id = l.entry_id ${where.sql}
     GROUP BY l.source, l.period, e.shop_id ORDER BY l.period DESC, l.source, e.shop_id LIMIT 500`,
    where.values,
  );
}
