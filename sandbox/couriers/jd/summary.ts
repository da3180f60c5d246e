import { z } from 'zod';
import { courierSummary } from '../../frame/courier-summary.js';
import type { Deliveries } from '../../frame/deliveries.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { Arrivals } from '../../frame/sliding-window.js';
import type { TwinContext } from '../../frame/twin.js';
import { JOS_INTERCEPT, JOS_PATH } from './jos.js';
import { LOP_CANCEL, LOP_STATUS, LOP_TRACE } from './lop.js';
import type { JdOptions } from './options.js';

const WINDOW_MS = z.coerce.number().positive().default(1000);

/** As every courier's, with `statusQueries` on LOP. */
export function jdSummary(
  context: TwinContext,
  gateway: JdOptions['gateway'],
  book: ParcelBook,
  noPushes: Deliveries,
  query: URLSearchParams,
) {
  if (gateway === 'jos') return josSummary(context, book, noPushes, query);
  const calls = context.ledger.entries.filter((entry) => entry.kind === 'call');
  return {
    ...courierSummary(context, { create: LOP_CANCEL, track: LOP_TRACE }, book, noPushes, query),
    statusQueries: calls.filter(({ endpoint }) => endpoint === LOP_STATUS).length,
  };
}

/** JOS has one address for everything: the calls are told apart by their method, which only those that came through have. */
function josSummary(context: TwinContext, book: ParcelBook, noPushes: Deliveries, query: URLSearchParams) {
  const calls = context.ledger.entries.filter((entry) => entry.kind === 'call');
  const read = calls.filter(({ facts }) => facts?.method !== undefined);
  const creates = read.filter(({ facts }) => facts?.method === JOS_INTERCEPT);
  const arrivals = new Arrivals();
  for (const { at } of creates) arrivals.hit(at);
  return {
    ...courierSummary(context, { create: JOS_PATH, track: JOS_PATH }, book, noPushes, query),
    creates: creates.length,
    maxCreatesPerSecond: arrivals.largest(WINDOW_MS.parse(query.get('windowMs') ?? undefined)),
    trackQueries: read.length - creates.length,
  };
}
