import type { CallEntry, LedgerEntry, Verdict } from '../../frame/ledger-entry.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { TwinContext } from '../../frame/twin.js';
import { CANCEL, CREATE, QUERY } from './intercept.js';
import type { TrackPusher } from './push.js';
import { TRACK } from './track.js';

/** Counts for tests and the demo, from the ledger and the parcels as they are now. `windowMs`: see maxCreatesPerSecond. */
export function ztoSummary(context: TwinContext, book: ParcelBook, pusher: TrackPusher, windowMs: number) {
  const { ledger, clock } = context;
  const now = clock.now();
  const calls = ledger.entries.filter(isCall);
  const creates = calls.filter(({ endpoint }) => endpoint === CREATE);
  const cancels = calls.filter(({ endpoint }) => endpoint === CANCEL);
  return {
    creates: context.arrivals(CREATE).count,
    accepted: count(creates, 'accepted'),
    repeated: count(creates, 'repeated'),
    refused: count(creates, 'refused'),
    badSignature: count(calls, 'bad_signature'),
    badRequest: count(calls, 'bad_request'),
    throttled: count(calls, 'throttled'),
    notActed: count(calls, 'not_acted'),
    duplicateAccepts: creates.filter(({ facts }) => facts?.duplicate === true).length,
    maxCreatesPerSecond: context.arrivals(CREATE).largest(windowMs),
    cancels: cancels.length,
    cancelled: count(cancels, 'accepted'),
    statusQueries: calls.filter(({ endpoint }) => endpoint === QUERY).length,
    trackQueries: calls.filter(({ endpoint }) => endpoint === TRACK).length,
    interceptedWaybills: book.count(now, ['stopped', 'returning', 'finished']),
    returned: book.count(now, ['finished']),
    missed: book.count(now, ['failed']),
    parcels: book.size,
    pushes: pusher.deliveries.counts(),
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
