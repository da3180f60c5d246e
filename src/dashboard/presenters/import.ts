import type { ImportProgress, ImportRowView, ImportView } from '../../domain/store/import-reader.js';
import type { ImportAnswer, ImportDetailAnswer, ImportRowAnswer } from '../api/schemas/import.js';
import { reasonText, time, timeOrNull } from './words.js';

const counted = (counts: Readonly<Partial<Record<string, number>>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n ?? 0]));

export function presentImport(batch: ImportView): ImportAnswer {
  return { ...batch, createdAt: time(batch.createdAt), finishedAt: timeOrNull(batch.finishedAt) };
}

export function presentImportDetail(batch: ImportView, progress: ImportProgress): ImportDetailAnswer {
  const { classes, outcomes, feeEstimateFen } = progress;
  return { ...presentImport(batch), classes: counted(classes), outcomes: counted(outcomes), feeEstimateFen };
}

/** What stands in a cell of the file; other kinds of values are shown as JSON writes them. */
const cell = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

export function presentImportRow({ fields, ...row }: ImportRowView): ImportRowAnswer {
  return {
    seq: row.seq,
    line: row.line,
    afterSaleId: cell(fields['afterSaleId']),
    orderId: cell(fields['orderId']),
    carrier: cell(fields['carrier']),
    waybillNo: cell(fields['waybillNo'] ?? fields['raw']),
    problem: row.problem,
    class: row.class,
    reason: row.reason,
    reasonText: row.reason === null ? null : reasonText(row.reason),
    joinsLine: row.joinsLine,
    feeFen: row.feeFen,
    outcome: row.outcome,
    interceptId: row.interceptId,
    state: row.state,
  };
}
