import { monthBounds } from '../money/bill.js';
import type { MatchClass } from '../money/match.js';
import type { Sql } from './database.js';
import { Where } from './where.js';

/** One class of a month: how many lines, what was charged, what is due, fen. */
export interface MatchSum {
  readonly class: MatchClass | null;
  readonly count: number;
  readonly chargedFen: number;
  readonly dueFen: number;
}

/** One row behind a sum: a line of a bill, or a fee that nobody charged yet. */
export interface MatchRow {
  readonly id: number | string;
  readonly source: string;
  readonly period: string;
  /** null: not matched yet. */
  readonly class: MatchClass | null;
  readonly waybillNo: string;
  readonly chargedFen: number;
  readonly dueFen: number;
  readonly chargedOn: string | null;
  readonly billId: string | null;
  readonly line: number | null;
  readonly entryId: string | null;
  readonly interceptId: string | null;
  readonly shopId: string | null;
  readonly state: string | null;
}

export interface MonthOf {
  readonly source: string;
  readonly period: string;
}

const FEES_LEFT = `FROM ledger_entry e JOIN intercept i ON i.id = e.intercept_id
  WHERE e.biller = ? AND e.posted_at >= ? AND e.posted_at < ? AND e.kind = 'fee' AND e.verification = 'unverified'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM bill_line l WHERE l.entry_id = e.id)`;

const feesLeft = ({ source, period }: MonthOf) => {
  const { since, until } = monthBounds(period);
  return [source, since, until];
};

/** The sums of one month of one biller by class; each is the sum of the rows that `listMatch` gives for it. */
export async function sumMatch(sql: Sql, month: MonthOf): Promise<MatchSum[]> {
  const lines = await sql.rows<MatchSum>(
    `SELECT class, COUNT(*) AS count, CAST(SUM(amount_fen) AS SIGNED) AS chargedFen, CAST(SUM(due_fen) AS SIGNED) AS dueFen
     FROM bill_line WHERE source = ? AND period = ? GROUP BY class`,
    [month.source, month.period],
  );
  const [left] = await sql.rows<{ count: number; dueFen: number | null }>(
    `SELECT COUNT(*) AS count, CAST(SUM(e.amount_fen) AS SIGNED) AS dueFen ${FEES_LEFT}`,
    feesLeft(month),
  );
  const notYet = {
    class: 'not_yet_charged',
    count: left?.count ?? 0,
    chargedFen: 0,
    dueFen: left?.dueFen ?? 0,
  } as const;
  return notYet.count === 0 ? lines : [...lines, notYet];
}

/** Fees of a month that no bill has charged yet, from the newest. */
export function listNotCharged(
  sql: Sql,
  month: MonthOf,
  page: { readonly limit: number; readonly beforeId: string | null },
): Promise<MatchRow[]> {
  return sql.rows<MatchRow>(
    `SELECT e.id, e.biller AS source, ? AS period, 'not_yet_charged' AS class, i.waybill_no AS waybillNo, 0 AS chargedFen,
       e.amount_fen AS dueFen, NULL AS chargedOn, NULL AS billId, NULL AS line, e.id AS entryId, i.id AS interceptId,
       e.shop_id AS shopId, i.state ${FEES_LEFT} AND e.id < ? ORDER BY e.id DESC LIMIT ?`,
    [month.period, ...feesLeft(month), page.beforeId ?? '~', page.limit],
  );
}

export interface MatchFilter extends MonthOf {
  readonly classes?: readonly MatchClass[] | undefined;
  readonly billId?: string | undefined;
}

/** Lines of bills with what they were found to be, from the newest. */
export function listMatch(
  sql: Sql,
  filter: MatchFilter,
  page: { readonly limit: number; readonly beforeId: number | null },
): Promise<MatchRow[]> {
  const where = new Where()
    .and('l.source = ?', filter.source)
    .and('l.period = ?', filter.period)
    .andIf(filter.billId, 'l.bill_id = ?')
    .andIf(page.beforeId ?? undefined, 'l.id < ?');
  if (filter.classes) where.andIn('l.class', filter.classes);
  return sql.rows<MatchRow>(
    `SELECT l.id, l.source, l.period, l.class, l.waybill_no AS waybillNo, l.amount_fen AS chargedFen, l.due_fen AS dueFen,
       DATE_FORMAT(l.charged_on, '%Y-%m-%d') AS chargedOn, l.bill_id AS billId, l.line, l.entry_id AS entryId,
       l.intercept_id AS interceptId, l.shop_id AS shopId, i.state
     FROM bill_line l LEFT JOIN intercept i ON i.id = l.intercept_id ${where.sql} ORDER BY l.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}
