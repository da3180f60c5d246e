import { z } from 'zod';
import type { Deliveries } from './deliveries.js';
import type { CallEntry, LedgerEntry, Verdict } from './ledger-entry.js';
import type { ParcelBook } from './parcel-book.js';
import type { TwinContext } from './twin.js';

const WINDOW_MS = z.coerce.number().positive().default(1000);

/** A courier's endpoints by what they do; `cancel` is left out where there is none. */
export interface CourierEndpoints {
  readonly create: string;
  readonly cancel?: string;
  readonly track: string;
}

/** Counts for tests and the demo, from the ledger and the parcels as they are now. `?windowMs=` is for maxCreatesPerSecond. */
export function courierSummary(
  { ledger, clock, arrivals }: TwinContext,
  endpoints: CourierEndpoints,
  book: ParcelBook,
  deliveries: Deliveries,
  query: URLSearchParams,
) {
  const now = clock.now();
  const windowMs = WINDOW_MS.parse(query.get('windowMs') ?? undefined);
  const calls = ledger.entries.filter(isCall);
  const creates = calls.filter(({ endpoint }) => endpoint === endpoints.create);
  const cancels = calls.filter(({ endpoint }) => endpoint === endpoints.cancel);
  return {
    creates: arrivals(endpoints.create).count,
    accepted: count(creates, 'accepted'),
    refused: count(creates, 'refused'),
    badSignature: count(calls, 'bad_signature'),
    badRequest: count(calls, 'bad_request'),
    throttled: count(calls, 'throttled'),
    notActed: count(calls, 'not_acted'),
    duplicateAccepts: creates.filter(({ facts }) => facts?.duplicate === true).length,
    maxCreatesPerSecond: arrivals(endpoints.create).largest(windowMs),
    cancels: cancels.length,
    cancelled: count(cancels, 'accepted'),
    trackQueries: calls.filter(({ endpoint }) => endpoint === endpoints.track).length,
    interceptedWaybills: book.count(now, ['stopped', 'returning', 'finished']),
    returned: book.count(now, ['finished']),
    missed: book.count(now, ['failed']),
    parcels: book.size,
    pushes: deliveries.counts(),
    byCode: byCode(calls),
  };
}

function isCall(entry: LedgerEntry): entry is LedgerEntry & CallEntry {
  return entry.kind === 'call';
}

function count(calls: readonly CallEntry[], verdict: Verdict): number {
  return calls.filter((call) => call.verdict === verdict).length;
}

function byCode(calls: readonly CallEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of calls) if (code !== undefined) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
