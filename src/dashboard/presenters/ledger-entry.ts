import type { LedgerView } from '../../domain/store/ledger-reader.js';
import type { LedgerEntryAnswer } from '../api/schemas/ledger-entry.js';
import { time } from './words.js';

export function presentLedgerEntry(entry: LedgerView): LedgerEntryAnswer {
  const { askedToFen, askedNote, askedBy, ...shown } = entry;
  return {
    ...shown,
    postedAt: time(entry.postedAt),
    differenceFen: entry.tariffFen === null || entry.kind === 'reversal' ? 0 : entry.amountFen - entry.tariffFen,
    correction: askedToFen === null ? null : { toFen: askedToFen, note: askedNote ?? '', askedBy: askedBy ?? '' },
  };
}
