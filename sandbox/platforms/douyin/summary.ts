import type { CallEntry, LedgerEntry, Verdict } from '../../frame/ledger-entry.js';
import type { TwinContext } from '../../frame/twin.js';
import type { AfterSaleBook } from './after-sale.js';
import { DETAIL, INTERCEPT, LIST } from './gateway.js';
import type { Webhooks } from './webhooks.js';

/** Counts for tests and the demo, from the ledger and the pushes. */
export function douyinSummary(context: TwinContext, book: AfterSaleBook, hooks: Webhooks, windowMs: number) {
  const calls = context.ledger.entries.filter(isCall);
  const count = (verdict: Verdict) => calls.filter((call) => call.verdict === verdict).length;
  return {
    afterSales: book.size,
    details: context.arrivals(DETAIL).count,
    detailsRefused: calls.filter(({ endpoint, verdict }) => endpoint === DETAIL && verdict === 'refused').length,
    lists: context.arrivals(LIST).count,
    intercepts: intercepts(context, calls),
    badSignature: count('bad_signature'),
    badRequest: count('bad_request'),
    throttled: count('throttled'),
    notActed: count('not_acted'),
    maxDetailsPerSecond: context.arrivals(DETAIL).largest(windowMs),
    events: hooks.eventCount,
    pushes: hooks.deliveries.counts(),
    ackMs: ackMs(hooks),
    byCode: byCode(calls),
  };
}

/** Orders to intercept by what became of them; `repeated`: one for a parcel that had one already. */
function intercepts(context: TwinContext, calls: readonly CallEntry[]) {
  const asked = calls.filter(({ endpoint }) => endpoint === INTERCEPT);
  const count = (verdict: Verdict) => asked.filter((call) => call.verdict === verdict).length;
  return {
    asked: context.arrivals(INTERCEPT).count,
    accepted: count('accepted'),
    repeated: count('repeated'),
    refused: count('refused'),
  };
}

/** How long the receiver took to acknowledge, over all accepted attempts. */
function ackMs({ deliveries }: Webhooks): { p50: number; p99: number; max: number } {
  const taken = [...deliveries.all]
    .flatMap(({ answers }) => answers.filter(({ accepted }) => accepted).map(({ ms }) => ms))
    .sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function isCall(entry: LedgerEntry): entry is LedgerEntry & CallEntry {
  return entry.kind === 'call';
}

function byCode(calls: readonly CallEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of calls) if (code !== undefined) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
