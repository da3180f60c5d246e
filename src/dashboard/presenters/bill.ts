import type { BillMonth } from '../../domain/store/bill-month-store.js';
import type { MatchRow, MatchSum } from '../../domain/store/bill-reader.js';
import type { BillSource, BillView } from '../../domain/store/bill-store.js';
import type {
  BillAnswer,
  BillMonthAnswer,
  BillSourceAnswer,
  MatchMonthAnswer,
  MatchRowAnswer,
} from '../api/schemas/bill.js';
import { time } from './words.js';

const timeOr = (at: Date | null) => (at === null ? null : time(at));

export function presentBill({ format: _format, ...bill }: BillView): BillAnswer {
  return { ...bill, createdAt: time(bill.createdAt), finishedAt: timeOr(bill.finishedAt) };
}

export function presentBillSource(source: BillSource): BillSourceAnswer {
  return { ...source, changedAt: time(source.changedAt) };
}

/** Nobody has asked for what is not yet charged: it is no difference. */
const differenceOf = (of: Pick<MatchSum, 'class' | 'chargedFen' | 'dueFen'>): number =>
  of.class === 'not_yet_charged' ? 0 : of.chargedFen - of.dueFen;

export function presentMatchSum(sum: MatchSum): MatchMonthAnswer['sums'][number] {
  return { ...sum, differenceFen: differenceOf(sum) };
}

export function presentMatchRow(row: MatchRow): MatchRowAnswer {
  return { ...row, id: String(row.id), differenceFen: differenceOf(row) };
}

export function presentBillMonth(month: BillMonth): BillMonthAnswer {
  return { ...month, closedAt: timeOr(month.closedAt) };
}
