import { mayHavePaid } from '../../domain/refund/machine.js';
import type { RefundStepView, RefundView } from '../../domain/store/refund-reader.js';
import type { RefundAnswer, RefundStory } from '../api/schemas/refund.js';
import { maskPhones, reasonText, time, timeOrNull } from './words.js';

const masked = (text: string | null) => (text === null ? null : maskPhones(text));

/** One refund as it leaves: money in fen, the platform's own words beside it. */
export function presentRefund(row: RefundView): RefundAnswer {
  return {
    id: row.id,
    shopId: row.shopId,
    platform: row.platform,
    afterSaleId: row.afterSaleId,
    interceptId: row.interceptId,
    waybillNo: row.waybillNo,
    operation: row.operation,
    state: row.state,
    reason: row.reason,
    reasonText: reasonText(row.reason),
    amountFen: row.amountFen,
    approvedBy: row.approvedBy,
    calledAt: timeOrNull(row.calledAt),
    acknowledgedAt: timeOrNull(row.acknowledgedAt),
    confirmedAt: timeOrNull(row.confirmedAt),
    rawCode: row.rawCode,
    rawText: masked(row.rawText),
    createdAt: time(row.createdAt),
    updatedAt: time(row.updatedAt),
  };
}

/** The same with its steps, and what a person may do about it. */
export function presentRefundStory(row: RefundView & { readonly steps: readonly RefundStepView[] }): RefundStory {
  const open = row.state === 'waiting' || row.state === 'asked';
  return {
    ...presentRefund(row),
    mayApprove: row.operation === 'agree' && open && row.calledAt === null && !mayHavePaid(row.state),
    maySettle: row.state === 'asked',
    steps: row.steps.map((step) => ({
      ...step,
      at: time(step.at),
      reasonText: reasonText(step.reason),
      note: masked(step.note),
    })),
  };
}
