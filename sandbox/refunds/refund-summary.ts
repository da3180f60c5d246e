import type { CallEntry, LedgerEntry, Verdict } from '../frame/ledger-entry.js';
import type { TwinContext } from '../frame/twin.js';
import type { Door } from './door.js';
import type { RefundBook } from './refund.js';

const isCall = (entry: LedgerEntry): entry is LedgerEntry & CallEntry => entry.kind === 'call';

/** The `summary` of every platform twin: calls by what became of them, and messages told. */
export function refundSummary(context: TwinContext, book: RefundBook, door: Door) {
  const calls = context.ledger.entries.filter(isCall);
  const count = (verdict: Verdict) => calls.filter((call) => call.verdict === verdict).length;
  return {
    refunds: book.size,
    calls: calls.length,
    answered: count('answered'),
    accepted: count('accepted'),
    repeated: count('repeated'),
    refused: count('refused'),
    badSignature: count('bad_signature'),
    badRequest: count('bad_request'),
    throttled: count('throttled'),
    notActed: count('not_acted'),
    messages: door.counts(),
  };
}
