import type { InterceptState } from '../intercept/machine.js';
import type { Sql, SqlValue } from './database.js';
import { Where } from './where.js';

/** What is counted: everything that began in the period, for these shops and this courier. */
export interface StatsFilter {
  readonly since: Date;
  readonly until: Date;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly shopId?: string | undefined;
  readonly carrier?: string | undefined;
}

export interface CourierSuccess {
  readonly carrier: string;
  /** Orders that reached, or may have reached, the courier. */
  readonly asked: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly missed: number;
}

/** Amounts in fen, times in ms. */
export interface Stats {
  readonly events: number;
  readonly byState: Readonly<Partial<Record<InterceptState, number>>>;
  readonly skippedByRule: Readonly<Record<string, number>>;
  readonly byCourier: readonly CourierSuccess[];
  readonly timeToSend: { readonly count: number; readonly p50Ms: number | null; readonly p99Ms: number | null };
  /** `elsewhereFen`: stops asked elsewhere, not due until a bill shows them (R71). */
  readonly fees: { readonly postedFen: number; readonly reversedFen: number; readonly elsewhereFen: number };
  readonly valueSavedFen: number;
  readonly refundedNotBack: { readonly count: number; readonly amountFen: number };
}

function over(filter: StatsFilter, alias: string, time: string): Where {
  const where = new Where().and(`${alias}.${time} >= ? AND ${alias}.${time} < ?`, filter.since, filter.until);
  if (filter.shops) where.andIn(`${alias}.shop_id`, filter.shops);
  return where.andIf(filter.shopId, `${alias}.shop_id = ?`);
}

const intercepts = (filter: StatsFilter) => over(filter, 'i', 'created_at').andIf(filter.carrier, 'i.carrier = ?');
const ASKED = '(i.sent_at IS NOT NULL OR i.accepted_at IS NOT NULL)';
const SUCCEEDED = `(i.state IN ('intercepted', 'returned') AND ${ASKED})`;

async function counts(sql: Sql, select: string, from: string, where: Where): Promise<Record<string, number>> {
  const rows = await sql.rows<{ name: string; n: number }>(
    `SELECT ${select} AS name, COUNT(*) AS n FROM ${from} ${where.sql} GROUP BY name ORDER BY name`,
    where.values,
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
}

async function one<T>(sql: Sql, statement: string, values: readonly SqlValue[], none: T): Promise<T> {
  return (await sql.rows<T>(statement, values))[0] ?? none;
}

/** Everything that came in over the doors, understood or not. */
async function countEvents(sql: Sql, filter: StatsFilter): Promise<number> {
  const where = new Where()
    .and('n.received_at >= ? AND n.received_at < ?', filter.since, filter.until)
    .and(`SUBSTRING_INDEX(n.source, ':', 1) = 'platform'`);
  if (filter.shops) where.andIn(`SUBSTRING_INDEX(n.source, ':', -1)`, filter.shops);
  where.andIf(filter.shopId, `SUBSTRING_INDEX(n.source, ':', -1) = ?`);
  return (await one(sql, `SELECT COUNT(*) AS n FROM inbox n ${where.sql}`, where.values, { n: 0 })).n;
}

/**
 * From hearing of the after-sale to the bytes leaving. Only parcels that could go at once: first round, and never held
 * for anything but reading the track; a parcel that waited for its pick-up says nothing about our speed.
 */
async function timeToSend(sql: Sql, filter: StatsFilter): Promise<Stats['timeToSend']> {
  const where = intercepts(filter)
    .and('i.sent_at IS NOT NULL AND i.round = 1')
    .and(
      `NOT EXISTS (SELECT 1 FROM transition t WHERE t.intercept_id = i.id AND t.to_state = 'held' AND t.reason <> 'checking')`,
    );
  const rows = await sql.rows<{ ms: number; place: number; total: number }>(
    `SELECT ms, place, total FROM (
       SELECT d.ms, ROW_NUMBER() OVER (ORDER BY d.ms) AS place, COUNT(*) OVER () AS total FROM (
         SELECT CAST(TIMESTAMPDIFF(MICROSECOND, (SELECT MAX(a.created_at) FROM parcel_after_sale l
           JOIN after_sale a ON a.id = l.after_sale_id WHERE l.parcel_id = i.parcel_id AND a.created_at <= i.created_at),
           i.sent_at) / 1000 AS SIGNED) AS ms
         FROM intercept i ${where.sql}) d WHERE d.ms IS NOT NULL) ranked
     WHERE place IN (CEIL(total * 0.5), CEIL(total * 0.99)) ORDER BY place`,
    where.values,
  );
  return { count: rows[0]?.total ?? 0, p50Ms: rows[0]?.ms ?? null, p99Ms: rows.at(-1)?.ms ?? null };
}

/** R75: the money is gone and no parcel of it is back. */
async function refundedNotBack(sql: Sql, filter: StatsFilter): Promise<Stats['refundedNotBack']> {
  const where = over(filter, 'a', 'created_at')
    .and(`JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.status.value')) = 'paid'`)
    .and('EXISTS (SELECT 1 FROM parcel_after_sale l WHERE l.after_sale_id = a.id)')
    .and(
      `NOT EXISTS (SELECT 1 FROM parcel_after_sale b JOIN intercept i ON i.parcel_id = b.parcel_id
         WHERE b.after_sale_id = a.id AND i.state = 'returned')`,
    )
    .and(
      `NOT EXISTS (SELECT 1 FROM parcel_after_sale r JOIN expected_return e ON e.parcel_id = r.parcel_id
         WHERE r.after_sale_id = a.id AND e.state IN ('received', 'settled'))`,
    );
  if (filter.carrier !== undefined) {
    where.and(
      `EXISTS (SELECT 1 FROM parcel_after_sale c JOIN parcel p ON p.id = c.parcel_id
         WHERE c.after_sale_id = a.id AND p.carrier = ?)`,
      filter.carrier,
    );
  }
  const statement = `SELECT COUNT(*) AS count,
    CAST(COALESCE(SUM(JSON_EXTRACT(a.facts, '$.refundAmountFen.value')), 0) AS SIGNED) AS amountFen
    FROM after_sale a ${where.sql}`;
  return one(sql, statement, where.values, { count: 0, amountFen: 0 });
}

function readFees(sql: Sql, filter: StatsFilter): Promise<Stats['fees']> {
  const where = over(filter, 'e', 'posted_at').andIf(filter.carrier, 'e.carrier = ?');
  // A reversal goes with its fee: both count, or neither.
  const verification =
    'COALESCE((SELECT f.verification FROM ledger_entry f WHERE f.id = e.reverses_id), e.verification)';
  const elsewhere = `(${verification} = 'unverified' AND EXISTS (SELECT 1 FROM transition t
    WHERE t.intercept_id = e.intercept_id AND t.reason = 'asked_elsewhere'))`;
  const sum = (condition: string) => `CAST(COALESCE(SUM(IF(${condition}, e.amount_fen, 0)), 0) AS SIGNED)`;
  return one(
    sql,
    `SELECT ${sum(`e.kind = 'fee' AND NOT ${elsewhere}`)} AS postedFen,
       ${sum(`e.kind = 'reversal' AND NOT ${elsewhere}`)} AS reversedFen,
       ${sum(`e.kind = 'fee' AND ${elsewhere}`)} AS elsewhereFen
     FROM ledger_entry e ${where.sql}`,
    where.values,
    { postedFen: 0, reversedFen: 0, elsewhereFen: 0 },
  );
}

export async function readStats(sql: Sql, filter: StatsFilter): Promise<Stats> {
  const decided = intercepts(filter);
  return {
    events: await countEvents(sql, filter),
    byState: await counts(sql, 'i.state', 'intercept i', decided),
    skippedByRule: await counts(
      sql,
      'COALESCE(i.rule, i.reason)',
      'intercept i',
      intercepts(filter).and(`i.state = 'skipped'`),
    ),
    byCourier: await sql.rows<CourierSuccess>(
      `SELECT i.carrier, CAST(SUM(${ASKED}) AS SIGNED) AS asked, CAST(SUM(${SUCCEEDED}) AS SIGNED) AS succeeded,
         CAST(SUM(i.state = 'refused') AS SIGNED) AS refused,
         CAST(SUM(i.state = 'missed' AND ${ASKED}) AS SIGNED) AS missed
       FROM intercept i ${decided.sql} GROUP BY i.carrier ORDER BY i.carrier`,
      decided.values,
    ),
    timeToSend: await timeToSend(sql, filter),
    fees: await readFees(sql, filter),
    valueSavedFen: (
      await one(
        sql,
        `SELECT CAST(COALESCE(SUM(IF(${SUCCEEDED}, i.value_fen, 0)), 0) AS SIGNED) AS fen FROM intercept i ${decided.sql}`,
        decided.values,
        { fen: 0 },
      )
    ).fen,
    refundedNotBack: await refundedNotBack(sql, filter),
  };
}
