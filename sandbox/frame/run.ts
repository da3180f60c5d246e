import type { AddressInfo } from 'node:net';
import { systemClock } from './clock.js';
import { type ControlRoute, matchRoute } from './control.js';
import { FaultBook } from './faults.js';
import { frameRoutes } from './frame-routes.js';
import { Ledger } from './ledger.js';
import type { LedgerEntry } from './ledger-entry.js';
import { Random } from './random.js';
import { serveTwin } from './serve.js';
import { Arrivals } from './sliding-window.js';
import type { Twin, TwinContext } from './twin.js';

export interface RunOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly ledgerFile: string;
  readonly seed: number;
  readonly timeScale: number;
  /** The ledger cannot be written any more. */
  readonly onBroken: (cause: unknown) => void;
}

export interface RunningTwin {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the ledger, does again what it says was done, and listens on 127.0.0.1. */
export async function startTwin(build: (context: TwinContext) => Twin, options: RunOptions): Promise<RunningTwin> {
  const context = await openContext(options);
  const twin = build(context);
  const faults = new FaultBook(new Random(options.seed ^ 0x5f356495));
  const routes = [...frameRoutes(twin, context, faults), ...twin.controls];
  for (const entry of context.ledger.entries) replay(entry, twin, context, faults, routes);
  const server = serveTwin({ twin, context, faults, routes, onBroken: options.onBroken });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', done);
  });
  twin.start();
  return {
    port: portOf(server.address()),
    close: async () => {
      twin.stop();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      await context.ledger.close();
    },
  };
}

async function openContext({ ledgerFile, seed, timeScale }: RunOptions): Promise<TwinContext> {
  const arrivals = new Map<string, Arrivals>();
  return {
    clock: systemClock(timeScale),
    random: new Random(seed),
    ledger: await Ledger.open(ledgerFile),
    seed,
    arrivals: (endpoint) => {
      const known = arrivals.get(endpoint) ?? new Arrivals();
      arrivals.set(endpoint, known);
      return known;
    },
  };
}

function replay(
  entry: LedgerEntry,
  twin: Twin,
  context: TwinContext,
  faults: FaultBook,
  routes: readonly ControlRoute[],
): void {
  if (entry.kind === 'control') {
    const found = matchRoute(routes, entry.method, entry.path);
    if (found?.route.effect !== 'change') return;
    found.route.handle({ params: found.params, query: new URLSearchParams(), body: entry.body, at: entry.at });
    return;
  }
  if (entry.kind === 'call') {
    context.arrivals(entry.endpoint).hit(entry.at);
    if (entry.fault !== undefined) faults.restoreFired(entry.fault);
  }
  twin.restore(entry);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return address.port;
}
