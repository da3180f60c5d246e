import type { BillLine } from '../money/bill-line.js';
import type { Text } from '../text.js';
import type { Database, Sql } from './database.js';

export interface NumberedLine {
  readonly line: number;
  readonly key: string;
  readonly charge: BillLine;
}

export interface BadLine {
  readonly line: number;
  readonly problem: Text;
  /** The row as it stood in the file. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What one page of a file holds: charges, bad rows, and how many rows it came from. */
export interface BillPage {
  readonly lines: readonly NumberedLine[];
  readonly bad: readonly BadLine[];
  readonly leftOut: number;
}

const CLOSED: Text = {
  zh: '该月已关账，不再接收新的收费；请与对方协商计入下一个月',
  en: 'this month is closed and takes no more charges; have it billed in a later one',
};

/** The months of these lines, held against whoever would close them; gives those that are closed. */
async function closedMonths(tx: Sql, source: string, periods: readonly string[]): Promise<ReadonlySet<string>> {
  const months = [...new Set(periods)].sort().map((period) => [source, period]);
  await tx.run('INSERT INTO bill_month (source, period) VALUES ? ON DUPLICATE KEY UPDATE period = bill_month.period', [
    months,
  ]);
  const rows = await tx.rows<{ period: string }>(
    'SELECT period FROM bill_month WHERE source = ? AND period IN (?) AND closed_at IS NOT NULL LOCK IN SHARE MODE',
    [source, months.map(([, period]) => period ?? '')],
  );
  return new Set(rows.map(({ period }) => period));
}

/**
 * Writes one page of a bill down. Lines that are there already, by whatever bill, change nothing: the unique key is the
 * promise. The whole page and its counts are one transaction, so a page that is read twice counts once.
 */
export function addBillPage(
  db: Database,
  bill: { readonly id: string; readonly source: string },
  page: BillPage,
): Promise<void> {
  return db.transaction(async (tx) => {
    const { lines } = page;
    const bad = [...page.bad];
    let created = 0;
    if (lines.length > 0) {
      const closed = await closedMonths(
        tx,
        bill.source,
        lines.map(({ charge }) => charge.period),
      );
      const there = await tx.rows<{ key: string }>(
        'SELECT line_key AS `key` FROM bill_line WHERE source = ? AND line_key IN (?)',
        [bill.source, lines.map(({ key }) => key)],
      );
      const known = new Set(there.map(({ key }) => key));
      const fresh = lines.filter(({ key }) => !known.has(key));
      const late = fresh.filter(({ charge }) => closed.has(charge.period));
      bad.push(...late.map(({ line, charge }) => ({ line, problem: CLOSED, fields: { ...charge } })));
      const taken = fresh.filter(({ charge }) => !closed.has(charge.period));
      created = taken.length;
      if (taken.length > 0) {
        await tx.run(
          `INSERT INTO bill_line (source, line_key, bill_id, line, waybill_no, amount_fen, charged_on, period) VALUES ?
           ON DUPLICATE KEY UPDATE line = bill_line.line`,
          [
            taken.map(({ line, key, charge }) => [
              bill.source,
              key,
              bill.id,
              line,
              charge.waybillNo,
              charge.amountFen,
              charge.chargedOn,
              charge.period,
            ]),
          ],
        );
      }
    }
    if (bad.length > 0) {
      await tx.run(
        'INSERT INTO bill_bad_line (bill_id, line, problem, fields) VALUES ? ON DUPLICATE KEY UPDATE line = bill_bad_line.line',
        [bad.map(({ line, problem, fields }) => [bill.id, line, JSON.stringify(problem), JSON.stringify(fields)])],
      );
    }
    await tx.run(
      `UPDATE bill SET read_count = read_count + ?, created_count = created_count + ?, left_out_count = left_out_count + ?,
         bad_count = bad_count + ? WHERE id = ?`,
      [lines.length + page.bad.length + page.leftOut, created, page.leftOut, bad.length, bill.id],
    );
  });
}

/** A reader that did not come to its end left counts behind; the lines themselves are known again by their keys. */
export async function restartBill(sql: Sql, id: string): Promise<void> {
  await sql.run('DELETE FROM bill_bad_line WHERE bill_id = ?', [id]);
  await sql.run(
    `UPDATE bill SET read_count = 0, left_out_count = 0, bad_count = 0,
       created_count = (SELECT COUNT(*) FROM bill_line WHERE bill_id = ?) WHERE id = ?`,
    [id, id],
  );
}

/** Bad rows of a bill in the order of the file, after `afterLine`. */
export async function listBadLines(sql: Sql, billId: string, afterLine: number, limit: number): Promise<BadLine[]> {
  const rows = await sql.rows<{ line: number; problem: string; fields: string }>(
    'SELECT line, problem, fields FROM bill_bad_line WHERE bill_id = ? AND line > ? ORDER BY line LIMIT ?',
    [billId, afterLine, limit],
  );
  return rows.map(({ line, problem, fields }) => ({
    line,
    problem: JSON.parse(problem) as Text,
    fields: JSON.parse(fields) as Record<string, unknown>,
  }));
}
