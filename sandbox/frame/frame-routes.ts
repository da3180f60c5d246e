import { z } from 'zod';
import type { ControlRoute } from './control.js';
import type { FaultBook } from './faults.js';
import type { Twin, TwinContext } from './twin.js';

const SINCE = z.coerce.number().int().nonnegative().default(0);
const LIMIT = z.coerce.number().int().positive().default(10_000);

/** The control calls that every twin has. */
export function frameRoutes(twin: Twin, context: TwinContext, faults: FaultBook): readonly ControlRoute[] {
  const { clock, seed } = context;
  return [
    {
      method: 'GET',
      path: '/_twin',
      effect: 'read',
      handle: () => ({
        status: 200,
        body: { twin: twin.name, pid: process.pid, at: clock.now(), seed, timeScale: clock.timeScale },
      }),
    },
    ledgerRoute(context),
    {
      method: 'GET',
      path: '/_twin/summary',
      effect: 'read',
      handle: ({ query }) => ({ status: 200, body: twin.summary(query) }),
    },
    {
      method: 'GET',
      path: '/_twin/config',
      effect: 'read',
      handle: () => ({ status: 200, body: twin.switches.read() }),
    },
    {
      method: 'POST',
      path: '/_twin/config',
      effect: 'change',
      handle: ({ body }) => {
        twin.switches.change(body);
        return { status: 200, body: twin.switches.read() };
      },
    },
    ...faultRoutes(faults),
  ];
}

function ledgerRoute({ ledger }: TwinContext): ControlRoute {
  return {
    method: 'GET',
    path: '/_twin/ledger',
    effect: 'read',
    handle: ({ query }) => {
      const since = SINCE.parse(query.get('since') ?? undefined);
      const limit = LIMIT.parse(query.get('limit') ?? undefined);
      const waybillNo = query.get('waybillNo') ?? query.get('afterSaleId');
      const kind = query.get('kind');
      const entries = ledger.entries
        .slice(since)
        .filter((entry) => kind === null || entry.kind === kind)
        .filter((entry) => waybillNo === null || ('waybillNo' in entry && entry.waybillNo === waybillNo))
        .slice(0, limit);
      return { status: 200, body: { entries, lastSeq: ledger.lastSeq } };
    },
  };
}

function faultRoutes(faults: FaultBook): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: '/_twin/faults',
      effect: 'change',
      handle: ({ body }) => ({ status: 201, body: { id: faults.add(body) } }),
    },
    {
      method: 'GET',
      path: '/_twin/faults',
      effect: 'read',
      handle: () => ({ status: 200, body: { faults: faults.list() } }),
    },
    {
      method: 'DELETE',
      path: '/_twin/faults',
      effect: 'change',
      handle: () => ({ status: 200, body: { removed: faults.clear() } }),
    },
  ];
}
