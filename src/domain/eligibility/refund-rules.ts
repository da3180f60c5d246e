import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import { isFreightOf } from '../aftersale/freight-part.js';
import type { Rule } from './case.js';

/** Is the after-sale, by itself, still a reason to stop a parcel? `unknown` is neither yes nor no (R15, R70). */
export function standing(a: AfterSaleFacts): 'valid' | 'paid' | 'over' | 'other_type' | 'unknown' {
  if (a.type !== undefined && a.type !== 'refund_only') return 'other_type';
  switch (a.status) {
    case 'open':
    case 'agreed':
      return a.type === undefined ? 'unknown' : 'valid';
    case 'paid':
      return a.type === undefined ? 'unknown' : 'paid';
    case 'refused':
      // The seller refused and the buyer went to arbitration: its agent asks for the parcel back (R21).
      return a.arbitration === 'applied' && a.type !== undefined ? 'valid' : 'over';
    case 'closed':
      return 'over';
    default:
      return 'unknown';
  }
}

/** R15: refund-only on a shipped order, open or paid while the goods are still on the road. */
export const r15RefundOnly: Rule = ({ afterSales, policy }) => {
  const standings = afterSales.map(standing);
  if (standings.includes('valid')) return null;
  if (standings.includes('paid')) {
    return policy.afterRefundPaid === 'intercept'
      ? null
      : { rule: 'R15', verdict: 'skip', reason: 'refund_already_paid' };
  }
  if (standings.includes('unknown')) return { rule: 'R15', verdict: 'hold', reason: 'after_sale_unknown' };
  return standings.includes('over')
    ? { rule: 'R15', verdict: 'skip', reason: 'after_sale_not_open' }
    : { rule: 'R15', verdict: 'skip', reason: 'not_refund_only' };
};

/**
 * Is this refund all that the buyer paid? Compared to the fen in the buyer's own money (R60): either everything he paid,
 * or everything but the freight. A missing amount is `unknown`, never zero and never full.
 */
export function refundShare(a: AfterSaleFacts): 'full' | 'partial' | 'unknown' {
  if (a.refundAmountFen === undefined || a.paidAmountFen === undefined) return 'unknown';
  if (a.refundAmountFen >= a.paidAmountFen) return 'full';
  if (a.refundPostFen === undefined || a.paidPostFen === undefined) return 'partial';
  // A freight that is more than the whole says nothing of the goods.
  if (!isFreightOf(a.refundPostFen, a.refundAmountFen) || !isFreightOf(a.paidPostFen, a.paidAmountFen))
    return 'partial';
  return a.refundAmountFen - a.refundPostFen >= a.paidAmountFen - a.paidPostFen ? 'full' : 'partial';
}

/** R60: full refund only; less is compensation or a price difference. */
export const r60FullRefund: Rule = ({ afterSales, policy }) => {
  const shares = afterSales.filter((a) => standing(a) === 'valid' || standing(a) === 'paid').map(refundShare);
  if (shares.includes('unknown')) return { rule: 'R60', verdict: 'hold', reason: 'amount_unknown' };
  if (!shares.includes('partial')) return null;
  return policy.partialRefund === 'ask'
    ? { rule: 'R60', verdict: 'review', reason: 'partial_refund_ask' }
    : { rule: 'R60', verdict: 'skip', reason: 'partial_refund' };
};
