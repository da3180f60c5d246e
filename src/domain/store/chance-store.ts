import type { ChanceRow } from '../scorecard/chance.js';
import type { Ended } from '../scorecard/learn.js';
import type { Database, Sql } from './database.js';

/** Only the newest orders are looked at, whatever the table holds. */
const MOST_ORDERS = 100_000;

/** Orders with a known end, by courier, hour of the send in China, and the place where the parcel was seen last before it. */
export function readEndedOrders(sql: Sql, since: Date): Promise<Ended[]> {
  return sql.rows<Ended>(
    `SELECT o.carrier, HOUR(o.sent_at + INTERVAL 8 HOUR) AS hour,
       (SELECT s.place FROM sighting s WHERE s.parcel_id = o.parcel_id AND s.at <= o.sent_at AND s.place IS NOT NULL
        ORDER BY s.at DESC LIMIT 1) AS station,
       COUNT(*) AS asked, CAST(SUM(o.state IN ('intercepted', 'returned')) AS SIGNED) AS stopped
     FROM (SELECT i.carrier, i.parcel_id, i.sent_at, i.state FROM intercept i
           WHERE i.created_at >= ? AND i.sent_at IS NOT NULL AND i.state IN ('intercepted', 'returned', 'refused', 'missed')
           ORDER BY i.created_at DESC LIMIT ?) o
     GROUP BY o.carrier, hour, station`,
    [since, MOST_ORDERS],
  );
}

/** Puts what was learnt in place of what was known before. */
export function saveChances(db: Database, rows: readonly ChanceRow[], now: Date): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run('DELETE FROM stop_chance');
    if (rows.length === 0) return;
    await tx.run('INSERT INTO stop_chance (carrier, grouped_by, name, asked, stopped, learnt_at) VALUES ?', [
      rows.map(({ carrier, group, name, asked, stopped }) => [carrier, group, name, asked, stopped, now]),
    ]);
  });
}

/** What is known. */
export function loadChances(sql: Sql): Promise<ChanceRow[]> {
  return sql.rows<ChanceRow>(
    'SELECT carrier, grouped_by AS `group`, name, asked, stopped FROM stop_chance ORDER BY carrier, grouped_by, name',
  );
}
