import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Sql } from '../domain/store/database.js';
import { laneLoads, lanesInUse } from '../domain/store/lane-reader.js';
import { refundCounts } from '../domain/store/refund-reader.js';

const PREFIX = 'jiejian_';
/** A scrape must not wait for a database that is away. */
const SCRAPE_LIMIT_MS = 2_000;

export interface Metrics {
  /** Everything measured, in Prometheus' text format; reads the lanes first. */
  scrape(): Promise<string>;
  readonly contentType: string;
  /** Times every request by the template of its route, never by its address. */
  readonly timed: RequestHandler;
  badSignature(source: string): void;
}

const LANE_GAUGES = {
  waiting: 'intercepts that may be sent now',
  held: 'intercepts that wait for something',
  inFlight: 'orders whose answer is awaited',
  uncertain: 'orders whose answer was lost',
} as const;

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer the scrape in time')), SCRAPE_LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Gauges that are read from MySQL when somebody looks; while it is away they are absent and `database_up` is 0. */
function laneGauges(registry: Registry, sql: Sql): () => Promise<void> {
  const registers = [registry];
  const lanes = Object.entries(LANE_GAUGES).map(([field, help]) => {
    const name = `${PREFIX}lane_${field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`;
    return [field as keyof typeof LANE_GAUGES, new Gauge({ name, help, labelNames: ['lane'], registers })] as const;
  });
  const inbox = new Gauge({ name: `${PREFIX}inbox_waiting`, help: 'messages not understood yet', registers });
  const refunds = new Gauge({
    name: `${PREFIX}refunds`,
    help: 'decisions about the money of after-sales, by what was decided and where it stands (R73)',
    labelNames: ['operation', 'state'],
    registers,
  });
  const refundFen = new Gauge({
    name: `${PREFIX}refunds_fen`,
    help: 'what these decisions come to, fen',
    labelNames: ['operation', 'state'],
    registers,
  });
  const up = new Gauge({ name: `${PREFIX}database_up`, help: '1: the database answered this scrape', registers });
  return async () => {
    try {
      const loads = await withinLimit(lanesInUse(sql).then((inUse) => laneLoads(sql, inUse)));
      const waiting = await withinLimit(
        sql.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM inbox WHERE status = 'new'`),
      );
      for (const [field, gauge] of lanes) {
        gauge.reset();
        for (const load of loads) gauge.set({ lane: load.laneId }, load[field]);
      }
      const decided = await withinLimit(refundCounts(sql));
      refunds.reset();
      refundFen.reset();
      for (const { operation, state, n, amountFen } of decided) {
        refunds.set({ operation, state }, n);
        refundFen.set({ operation, state }, amountFen);
      }
      inbox.set(waiting[0]?.n ?? 0);
      up.set(1);
    } catch {
      for (const [, gauge] of lanes) gauge.reset();
      inbox.reset();
      refunds.reset();
      refundFen.reset();
      up.set(0);
    }
  };
}

/** All that is measured in the web process. Names are stable: alarms and dashboards of users hang on them. */
export function createMetrics(sql: Sql): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const durations = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'time from the request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [registry],
  });
  const forged = new Counter({
    name: `${PREFIX}bad_signatures_total`,
    help: 'messages whose signature was wrong',
    labelNames: ['source'],
    registers: [registry],
  });
  const readGauges = laneGauges(registry, sql);
  return {
    contentType: registry.contentType,
    async scrape() {
      await readGauges();
      return registry.metrics();
    },
    badSignature: (source) => forged.inc({ source }),
    timed(req, res, next) {
      const end = durations.startTimer();
      res.once('finish', () => {
        const template: unknown = req.route?.path;
        const route = typeof template === 'string' ? `${req.baseUrl}${template}` : 'other';
        end({ method: req.method, route, status: String(res.statusCode) });
      });
      next();
    },
  };
}

/** The server for METRICS_PORT: `/metrics` and nothing else. The caller lets it listen. */
export function createMetricsServer(metrics: Pick<Metrics, 'scrape' | 'contentType'>): Server {
  return createServer((req, res) => {
    if (req.method !== 'GET' || req.url?.split('?', 1)[0] !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metrics.scrape().then(
      (text) => res.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
}
