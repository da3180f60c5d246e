import { isOver } from '../money/bill.js';
import { appendAudit } from './audit-store.js';
import { matchMonth } from './bill-match-store.js';
import { type MonthOf, sumMatch } from './bill-reader.js';
import type { Database, Sql } from './database.js';

/** A month of one biller that has lines. */
export interface BillMonth extends MonthOf {
  readonly lineCount: number;
  readonly chargedFen: number;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

/** The months there are, newest first. */
export function listMonths(sql: Sql): Promise<BillMonth[]> {
  return sql.rows(
    `SELECT m.source, m.period, m.closed_at AS closedAt, m.closed_by AS closedBy, COUNT(l.id) AS lineCount,
       CAST(COALESCE(SUM(l.amount_fen), 0) AS SIGNED) AS chargedFen
     FROM bill_month m LEFT JOIN bill_line l ON l.source = m.source AND l.period = m.period
     GROUP BY m.source, m.period, m.closed_at, m.closed_by ORDER BY m.period DESC, m.source LIMIT 200`,
  );
}

/** Who closed this month, and when; null: it is open. */
export async function closingOf(sql: Sql, { source, period }: MonthOf): Promise<{ at: Date; by: string } | null> {
  const [row] = await sql.rows<{ at: Date; by: string }>(
    'SELECT closed_at AS at, closed_by AS `by` FROM bill_month WHERE source = ? AND period = ? AND closed_at IS NOT NULL',
    [source, period],
  );
  return row ?? null;
}

export type Closing = 'closed' | 'closed_before' | 'month_not_over' | 'bill_being_read' | 'no_bill';

/**
 * Closes a month of one biller after a last match: its lines, and what they were found to be, stay as they are from then
 * on. Closed twice is closed once. Audited with the sums by class.
 */
export async function closeMonth(db: Database, month: MonthOf, actor: string, now: Date): Promise<Closing> {
  if (!isOver(month.period, now)) return 'month_not_over';
  await matchMonth(db, month);
  return db.transaction(async (tx) => {
    const { source, period } = month;
    const [row] = await tx.rows<{ closedAt: Date | null }>(
      'SELECT closed_at AS closedAt FROM bill_month WHERE source = ? AND period = ? FOR UPDATE',
      [source, period],
    );
    if (!row) return 'no_bill';
    if (row.closedAt !== null) return 'closed_before';
    const open = await tx.rows("SELECT 1 FROM bill WHERE source = ? AND state = 'reading' LIMIT 1", [source]);
    const [lines] = await tx.rows<{ n: number; fen: number; unmatched: number | null }>(
      `SELECT COUNT(*) AS n, CAST(COALESCE(SUM(amount_fen), 0) AS SIGNED) AS fen, CAST(SUM(class IS NULL) AS SIGNED) AS unmatched
       FROM bill_line WHERE source = ? AND period = ?`,
      [source, period],
    );
    if (open.length > 0 || (lines?.unmatched ?? 0) > 0) return 'bill_being_read';
    await tx.run(
      `UPDATE bill_month SET closed_at = ?, closed_by = ?, line_count = ?, charged_fen = ? WHERE source = ? AND period = ?`,
      [now, actor, lines?.n ?? 0, lines?.fen ?? 0, source, period],
    );
    const detail = { sums: await sumMatch(tx, month) };
    await appendAudit(tx, { at: now, actor, action: 'bill.month_closed', subject: `${source}/${period}`, detail });
    return 'closed';
  });
}
