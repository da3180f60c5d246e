import type { Sql } from './database.js';
import { Where } from './where.js';

/** Width of one point of a chart. Days begin when they do in China. */
export const CHART_STEPS = { hour: 3_600_000, day: 86_400_000 } as const;
export type ChartStep = keyof typeof CHART_STEPS;

const CHINA_AHEAD_MS = 8 * 3_600_000;

/** What became of the intercepts that began within one step, at one courier. */
export interface CourierPoint {
  readonly carrier: string;
  readonly at: Date;
  /** Orders that reached, or may have reached, the courier. */
  readonly asked: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly missed: number;
  /** How many orders it took, by the time from our first send to its yes: `[n, count]`, each up to 2^(n/4) ms. */
  readonly taken: readonly (readonly [number, number])[];
}

export interface CourierChart {
  readonly by: ChartStep;
  readonly since: Date;
  readonly until: Date;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
}

interface Row {
  readonly carrier: string;
  readonly step: number;
  readonly took: number | null;
  readonly asked: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly missed: number;
}

/** Times are told apart in quarters of a doubling: enough for a chart, and a reading of an index instead of a sort. */
export const TOOK = `CASE WHEN i.sent_at IS NOT NULL AND i.accepted_at >= i.sent_at
  THEN CEIL(4 * LOG2(GREATEST(1, TIMESTAMPDIFF(MICROSECOND, i.sent_at, i.accepted_at) / 1000))) END`;

/** Orders that reached, or may have reached, the courier. */
export const ASKED = '(i.sent_at IS NOT NULL OR i.accepted_at IS NOT NULL)';

/** The beginning of the step that this moment lies in. */
export function stepStart(at: Date, by: ChartStep): Date {
  const ms = CHART_STEPS[by];
  return new Date(Math.floor((at.getTime() + CHINA_AHEAD_MS) / ms) * ms - CHINA_AHEAD_MS);
}

/** Every step that has intercepts, by courier and time. `since` is the beginning of a step. */
export async function readCourierChart(sql: Sql, chart: CourierChart): Promise<CourierPoint[]> {
  const stepS = CHART_STEPS[chart.by] / 1_000;
  const where = new Where().and('i.created_at >= ? AND i.created_at < ?', chart.since, chart.until);
  if (chart.shops) where.andIn('i.shop_id', chart.shops);
  const rows = await sql.rows<Row>(
    `SELECT i.carrier, FLOOR(TIMESTAMPDIFF(SECOND, ?, i.created_at) / ?) AS step, ${TOOK} AS took,
       CAST(SUM(${ASKED}) AS SIGNED) AS asked,
       CAST(SUM(i.state IN ('intercepted', 'returned') AND ${ASKED}) AS SIGNED) AS succeeded,
       CAST(SUM(i.state = 'refused') AS SIGNED) AS refused,
       CAST(SUM(i.state = 'missed' AND ${ASKED}) AS SIGNED) AS missed
     FROM intercept i FORCE INDEX (intercept_cohort) ${where.sql} GROUP BY i.carrier, step, took ORDER BY i.carrier, step, took`,
    [chart.since, stepS, ...where.values],
  );
  const points = new Map<string, CourierPoint>();
  for (const row of rows) {
    const key = `${row.carrier} ${row.step}`;
    const at = new Date(chart.since.getTime() + Number(row.step) * CHART_STEPS[chart.by]);
    const so = points.get(key) ?? {
      carrier: row.carrier,
      at,
      asked: 0,
      succeeded: 0,
      refused: 0,
      missed: 0,
      taken: [],
    };
    points.set(key, {
      ...so,
      asked: so.asked + row.asked,
      succeeded: so.succeeded + row.succeeded,
      refused: so.refused + row.refused,
      missed: so.missed + row.missed,
      taken: row.took === null ? so.taken : [...so.taken, [Number(row.took), row.asked]],
    });
  }
  return [...points.values()];
}
