import type { LedgerView } from '../../domain/store/ledger-reader.js';
import type { LedgerEntryAnswer } from '../api/schemas/ledger-entry.js';
import { time } from './words.js';

export function presentLedgerEntry(entry: LedgerView): LedgerEntryAnswer {
  return {
    id: entry.id,
    interceptId: entry.interceptId,
    carrier: entry.carrier,
    shopId: entry.shopId,
    kind: entry.kind,
    amountFen: entry.amountFen,
    currency: entry.currency,
    postedAt: time(entry.postedAt),
    reversesId: entry.reversesId,
    verification: entry.verification,
  };
}
