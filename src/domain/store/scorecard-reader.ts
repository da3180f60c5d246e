import type { ScoreGroup, Scores } from '../scorecard/scorecard.js';
import { ASKED, TOOK } from './courier-chart-reader.js';
import type { Sql } from './database.js';
import { Where } from './where.js';

/** What is scored: orders that were sent in the period, by courier and one more trait. */
export interface ScorecardFilter {
  readonly by: ScoreGroup;
  readonly since: Date;
  readonly until: Date;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly shopId?: string | undefined;
  readonly carrier?: string | undefined;
}

interface Row extends Omit<Scores, 'taken'> {
  readonly took: number | null;
  readonly n: number;
}

/** The newest orders of the period, as many as are read in a second or two. */
const MOST_ORDERS = 100_000;

/** The trait of one order; constants of ours. The station is the place of its newest scan before the send. */
const NAMES: Readonly<Record<ScoreGroup, string>> = {
  carrier: `''`,
  hour: 'LPAD(HOUR(i.sent_at + INTERVAL 8 HOUR), 2, 0)',
  station: `COALESCE((SELECT s.place FROM sighting s WHERE s.parcel_id = i.parcel_id AND s.at <= i.sent_at
    AND s.place IS NOT NULL ORDER BY s.at DESC LIMIT 1), '')`,
};

/** Every group that was asked for something, in the order of courier and name. Times as in `readCourierChart`. */
export async function readScores(sql: Sql, filter: ScorecardFilter): Promise<Scores[]> {
  const where = new Where()
    .and('i.created_at >= ? AND i.created_at < ? AND i.sent_at IS NOT NULL', filter.since, filter.until)
    .andIf(filter.shopId, 'i.shop_id = ?')
    .andIf(filter.carrier, 'i.carrier = ?');
  if (filter.shops) where.andIn('i.shop_id', filter.shops);
  const NAME = NAMES[filter.by];
  const rows = await sql.rows<Row>(
    `SELECT o.carrier, o.name, o.took, COUNT(*) AS n, COUNT(*) AS asked,
       CAST(SUM(o.state IN ('intercepted', 'returned')) AS SIGNED) AS stopped,
       CAST(SUM(o.state IN ('intercepted', 'returned', 'refused', 'missed')) AS SIGNED) AS ended,
       CAST(SUM(o.accepted_at IS NOT NULL) AS SIGNED) AS accepted,
       CAST(SUM(o.accepted_at IS NOT NULL AND o.state = 'missed') AS SIGNED) AS breached,
       CAST(COALESCE(SUM(IF(o.state IN ('intercepted', 'returned'), o.value_fen, 0)), 0) AS SIGNED) AS savedFen,
       CAST(COALESCE(SUM(o.fee), 0) AS SIGNED) AS feesFen
     FROM (SELECT i.carrier, i.state, i.accepted_at, i.value_fen, ${TOOK} AS took, ${NAME} AS name,
             (SELECT SUM(IF(f.kind = 'fee', f.amount_fen, -f.amount_fen)) FROM ledger_entry f WHERE f.intercept_id = i.id) AS fee
           FROM intercept i ${where.sql} AND ${ASKED} ORDER BY i.created_at DESC LIMIT ?) o
     GROUP BY o.carrier, o.name, o.took ORDER BY o.carrier, o.name, o.took`,
    [...where.values, MOST_ORDERS],
  );
  return [...addUp(rows)];
}

/** One row a group, from one a group and time to answer. */
function addUp(rows: readonly Row[]): Iterable<Scores> {
  const groups = new Map<string, Scores>();
  for (const { took, n, ...row } of rows) {
    const key = JSON.stringify([row.carrier, row.name]);
    const taken: Scores['taken'] = took === null ? [] : [[Number(took), n]];
    const so = groups.get(key);
    groups.set(
      key,
      so
        ? {
            ...so,
            asked: so.asked + row.asked,
            stopped: so.stopped + row.stopped,
            ended: so.ended + row.ended,
            accepted: so.accepted + row.accepted,
            breached: so.breached + row.breached,
            savedFen: so.savedFen + row.savedFen,
            feesFen: so.feesFen + row.feesFen,
            taken: [...so.taken, ...taken],
          }
        : { ...row, taken },
    );
  }
  return groups.values();
}
