import { z } from 'zod';
import { chinaDayStart } from '../../domain/china-time.js';
import { alertText } from '../../domain/notify/alerts.js';
import { type RaisedAlert, raisedAlerts } from '../../domain/store/alert-store.js';
import {
  CHART_STEPS,
  type ChartStep,
  type CourierChart,
  readCourierChart,
  stepStart,
} from '../../domain/store/courier-chart-reader.js';
import { unreadSince } from '../../domain/store/lag-reader.js';
import { type NotBack, refundedNotBack } from '../../domain/store/return-reader.js';
import { type AtRisk, readRisk } from '../../domain/store/risk-reader.js';
import { countWaiting, listWaiting } from '../../domain/store/waiting-reader.js';
import type { Caller } from '../auth/caller.js';
import { presentCourierChart } from '../presenters/courier-chart.js';
import { presentNotReady } from '../presenters/not-ready.js';
import { presentCounts, presentWaiting } from '../presenters/waiting.js';
import { time, timeOrNull } from '../presenters/words.js';
import { lanesFor } from './lane-routes.js';
import { Remembered } from './remembered.js';
import { ok, route } from './route.js';
import { COURIER_CHART, type CourierChartAnswer } from './schemas/courier-chart.js';
import { OVERVIEW, type OverviewAnswer } from './schemas/overview.js';

const FIRST_WAITING = 5;

/** How much of the past a chart shows, in its steps, and how old it may be, ms: days change slowly and cost more. */
const CHARTS = {
  hour: { steps: 24, maxAgeMs: 10_000 },
  day: { steps: 14, maxAgeMs: 60_000 },
} as const satisfies Record<ChartStep, { steps: number; maxAgeMs: number }>;

/** One reading for all who look at the same shops: the database is read as seldom with fifty open pages as with one. */
const charts = new WeakMap<object, Remembered<CourierChartAnswer>>();

function chartsOf(db: object): Remembered<CourierChartAnswer> {
  const known = charts.get(db) ?? new Remembered<CourierChartAnswer>();
  charts.set(db, known);
  return known;
}

/** Looks through everything that is on its way back: read as seldom with fifty open pages as with one. */
const NOT_BACK_AGE_MS = 5_000;
const notBacks = new WeakMap<object, Remembered<NotBack>>();

function notBackOf(db: object): Remembered<NotBack> {
  const known = notBacks.get(db) ?? new Remembered<NotBack>();
  notBacks.set(db, known);
  return known;
}

const presentAtRisk = (risk: AtRisk): OverviewAnswer['risk']['now'] => ({ ...risk });

/** An alert about a lane or a shop of somebody else is not shown; one about an endpoint is for those who see all shops. */
function concerns(alert: RaisedAlert, caller: Caller, lanes: readonly { readonly id: string }[]): boolean {
  const { subject } = alert;
  return caller.shops === null || caller.shops.includes(subject) || lanes.some((lane) => lane.id === subject);
}

const overview = route({
  method: 'get',
  path: '/overview',
  scope: 'intercepts:read',
  summary: 'What is at stake now: money and parcels at risk, what waits for a person, alerts, what is not ready',
  answers: { 200: { description: 'at this moment', schema: OVERVIEW } },
  async handle({ deps, caller }) {
    const now = deps.now();
    const { db } = deps;
    const filter = { shops: caller.shops };
    const lanes = await lanesFor(deps, caller);
    const notBack = await notBackOf(db).get(caller.shops?.join() ?? '*', NOT_BACK_AGE_MS, () =>
      refundedNotBack(db, caller.shops),
    );
    const risk = await readRisk(db, caller.shops, chinaDayStart(now), now);
    const { total, overdue } = presentCounts(await countWaiting(db, filter, now));
    const first = await listWaiting(db, filter, { limit: FIRST_WAITING, after: null });
    const alerts = (await raisedAlerts(db)).filter((alert) => concerns(alert, caller, lanes));
    const answer: OverviewAnswer = {
      at: time(now),
      risk: {
        now: presentAtRisk(risk.now),
        nextHour: presentAtRisk(risk.nextHour),
        lostToday: presentAtRisk(risk.lostToday),
        notBack: { ...notBack, oldestAt: timeOrNull(notBack.oldestAt) },
      },
      waiting: { total, overdue, first: first.map(presentWaiting) },
      alerts: alerts.map(({ kind, subject, since }) => {
        const { zh, en } = alertText(kind, 'raised', subject);
        return { kind, subject, since: time(since), text: { zh, en } };
      }),
      notReady: presentNotReady(await deps.redis.answers(), await unreadSince(db), lanes, now),
    };
    return ok(answer);
  },
});

const couriers = route({
  method: 'get',
  path: '/stats/couriers',
  scope: 'intercepts:read',
  summary: 'Success and time to answer of each courier: 24 hours by hour, or 14 days by day',
  query: z.strictObject({ by: z.enum(Object.keys(CHART_STEPS) as ChartStep[]).default('hour') }),
  answers: { 200: { description: 'a point a courier and step, by when the intercepts began', schema: COURIER_CHART } },
  async handle({ deps, caller, query: { by } }) {
    const { steps, maxAgeMs } = CHARTS[by];
    const read = async () => {
      const until = deps.now();
      const since = new Date(stepStart(until, by).getTime() - (steps - 1) * CHART_STEPS[by]);
      const chart: CourierChart = { by, since, until, shops: caller.shops };
      return presentCourierChart(chart, await readCourierChart(deps.db, chart), until);
    };
    return ok(await chartsOf(deps.db).get(`${by} ${caller.shops?.join() ?? '*'}`, maxAgeMs, read));
  },
});

export const overviewRoutes = [overview, couriers];
