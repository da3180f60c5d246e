import type { Whereabouts } from '../tracking/whereabouts.js';
import type { EligibilityCase, Finding, ParcelOrder, Rule } from './case.js';
import { standing } from './refund-rules.js';

const R16: Record<Whereabouts, Omit<Finding, 'rule'> | null> = {
  moving: null,
  // ZTO refuses at the delivery branch, others do not: the courier draws this line itself.
  at_branch: null,
  unseen: { verdict: 'hold', reason: 'not_picked_up' },
  unclear: { verdict: 'hold', reason: 'track_unclear' },
  out_for_delivery: { verdict: 'missed', reason: 'phone_branch' },
  delivered: { verdict: 'missed', reason: 'delivered' },
  returning: { verdict: 'skip', reason: 'already_returning' },
  returned: { verdict: 'skip', reason: 'already_returning' },
  lost: { verdict: 'review', reason: 'parcel_lost' },
};

/** R16: picked up and not yet out for delivery. Nothing is said before somebody has looked at the track. */
export const r16OnTheRoad: Rule = ({ parcel }) => {
  if (parcel.whereabouts === 'unseen' && parcel.lastLook !== 'empty' && parcel.lastLook !== 'found') {
    return { rule: 'R16', verdict: 'hold', reason: 'checking' };
  }
  const finding = R16[parcel.whereabouts];
  return finding ? { rule: 'R16', ...finding } : null;
};

/** R17: the courier is connected and has an account for this shop. */
export const r17Connected: Rule = ({ parcel }) => {
  if (parcel.carrier === null) return { rule: 'R17', verdict: 'skip', reason: 'carrier_not_connected' };
  return parcel.hasAccount ? null : { rule: 'R17', verdict: 'skip', reason: 'no_account' };
};

/**
 * How far an order in the parcel is being refunded: what its source says, or what its own after-sales here come to.
 * With an amount paid, they must reach it to the fen (R60, R61).
 */
function refundOf(c: EligibilityCase, order: ParcelOrder): ParcelOrder['refund'] {
  if (order.refund === 'full') return 'full';
  const own = c.afterSales.filter(
    (a) => a.shopId === order.shopId && a.orderId === order.orderId && ['valid', 'paid'].includes(standing(a)),
  );
  if (own.length === 0 || order.refund === 'partial') return order.refund;
  if (order.paidFen === null) return 'full';
  if (own.some((a) => a.refundAmountFen === undefined)) return 'unknown';
  const refunded = own.reduce((sum, a) => sum + (a.refundAmountFen ?? 0), 0);
  return refunded >= order.paidFen ? 'full' : 'partial';
}

/** R19: a parcel with several orders is intercepted only if every order in it is being refunded; else a person (R61, R62). */
export const r19WholeParcel: Rule = (c) => {
  if (c.parcel.contentsMissing) return { rule: 'R62', verdict: 'hold', reason: 'contents_unknown' };
  const ownOrders = new Set(c.afterSales.map((a) => `${a.shopId}/${a.orderId}`));
  for (const order of c.parcel.orders) {
    const refund = refundOf(c, order);
    if (refund === 'full') continue;
    if (refund === 'unknown') return { rule: 'R62', verdict: 'hold', reason: 'contents_unknown' };
    return ownOrders.has(`${order.shopId}/${order.orderId}`)
      ? { rule: 'R61', verdict: 'hold', reason: 'parcel_not_whole' }
      : { rule: 'R19', verdict: 'review', reason: 'sibling_not_refunding' };
  }
  return null;
};
