import type { Invariant } from '../invariants.js';

const FEES = `(SELECT invoice_id, COUNT(*) AS n, SUM(IF(kind = 'fee', amount_fen, -amount_fen)) AS fen
  FROM ledger_entry WHERE invoice_id IS NOT NULL GROUP BY invoice_id)`;
const LINES = `(SELECT source, period, COUNT(*) AS n, SUM(amount_fen) AS fen FROM bill_line GROUP BY source, period)`;
const LINE_AGREES = `EXISTS (SELECT 1 FROM bill_line b WHERE b.entry_id = e.id AND b.class = 'agrees')`;
const LINE_DISPUTES = `EXISTS (SELECT 1 FROM bill_line b WHERE b.entry_id = e.id AND b.class = 'wrong_amount')`;

/** What must hold of bills and invoices (R34, R35), as statements that select the offenders as `subject`. */
export const MONEY_CHECKS: readonly { readonly invariant: Invariant; readonly sql: string }[] = [
  {
    invariant: 'R34_total',
    sql: `SELECT v.id AS subject FROM invoice v LEFT JOIN ${FEES} f ON f.invoice_id = v.id
          WHERE COALESCE(f.fen, 0) <> v.total_fen OR COALESCE(f.n, 0) <> v.entry_count`,
  },
  {
    invariant: 'R34_unmatched',
    sql: `SELECT e.id AS subject FROM ledger_entry e WHERE e.invoice_id IS NOT NULL AND NOT ${LINE_AGREES}`,
  },
  {
    invariant: 'R35_matched',
    sql: `SELECT e.id AS subject FROM ledger_entry e
          WHERE (e.verification = 'matched' AND NOT ${LINE_AGREES})
             OR (e.verification = 'disputed' AND NOT ${LINE_DISPUTES})`,
  },
  {
    invariant: 'R35_closed',
    sql: `SELECT CONCAT(m.source, '/', m.period) AS subject FROM bill_month m
          LEFT JOIN ${LINES} l ON l.source = m.source AND l.period = m.period
          WHERE m.closed_at IS NOT NULL AND (COALESCE(l.n, 0) <> m.line_count OR COALESCE(l.fen, 0) <> m.charged_fen)`,
  },
];
