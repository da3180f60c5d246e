import { CHART_STEPS, type CourierChart, type CourierPoint } from '../../domain/store/courier-chart-reader.js';
import type { CourierChartAnswer } from '../api/schemas/courier-chart.js';
import { time } from './words.js';

type Figures = Omit<CourierChartAnswer['couriers'][number], 'carrier' | 'points'>;
type Counted = Omit<CourierPoint, 'carrier' | 'at'>;
type Times = CourierPoint['taken'];

/** The time within which this share of the orders was taken, ms; null: none was. */
export function quantile(times: Times, share: number): number | null {
  const total = times.reduce((sum, [, count]) => sum + count, 0);
  let left = total * share;
  for (const [quarters, count] of times) {
    left -= count;
    if (left <= 0 && count > 0) return Math.round(2 ** (quarters / 4));
  }
  return null;
}

function figures(point: Counted): Figures {
  const { asked, succeeded, refused, missed } = point;
  const ended = succeeded + refused + missed;
  const taken = [...point.taken].sort(([a], [b]) => a - b);
  return {
    asked,
    succeeded,
    refused,
    missed,
    share: ended === 0 ? null : succeeded / ended,
    taken: taken.reduce((sum, [, count]) => sum + count, 0),
    p50Ms: quantile(taken, 0.5),
    p95Ms: quantile(taken, 0.95),
  };
}

function sum(points: readonly Counted[]): Counted {
  const times = new Map<number, number>();
  for (const [quarters, count] of points.flatMap(({ taken }) => taken)) {
    times.set(quarters, (times.get(quarters) ?? 0) + count);
  }
  const of = (name: 'asked' | 'succeeded' | 'refused' | 'missed') =>
    points.reduce((all, point) => all + point[name], 0);
  return {
    asked: of('asked'),
    succeeded: of('succeeded'),
    refused: of('refused'),
    missed: of('missed'),
    taken: [...times],
  };
}

/** Couriers that were asked for something, each with a point for every step of the period. */
export function presentCourierChart(
  chart: CourierChart,
  points: readonly CourierPoint[],
  readAt: Date,
): CourierChartAnswer {
  const steps: string[] = [];
  for (let at = chart.since.getTime(); at < chart.until.getTime(); at += CHART_STEPS[chart.by]) {
    steps.push(time(new Date(at)));
  }
  const asked = points.filter((point) => point.asked > 0);
  const carriers = [...new Set(asked.map(({ carrier }) => carrier))];
  return {
    by: chart.by,
    readAt: time(readAt),
    since: time(chart.since),
    until: time(chart.until),
    steps,
    couriers: carriers.map((carrier) => {
      const own = asked.filter((point) => point.carrier === carrier);
      const at = new Map(own.map((point) => [time(point.at), figures(point)]));
      return { carrier, ...figures(sum(own)), points: steps.map((step) => at.get(step) ?? null) };
    }),
  };
}
