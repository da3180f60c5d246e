import { standing } from './refund-rules.js';
import type { EligibilityCase, Finding, Rule } from './case.js';
import type { Whereabouts } from '../tracking/whereabouts.js';

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

/** An order in the parcel counts as refunded when the source says so or when its own after-sale is a valid one here. */
function refundOf(c: EligibilityCase, index: number): 'full' | 'partial' | 'none' | 'unknown' {
  const order = c.parcel.orders[index];
  if (!order) return 'unknown';
  const own = c.afterSales.some(
    (a) => a.shopId === order.shopId && a.orderId === order.orderId && ['valid', 'paid'].includes(standing(a)),
  );
  return own && order.refund !== 'partial' ? 'full' : order.refund;
}

/** R19: a parcel with several orders is intercepted only if every order in it is being refunded; else a person. */
export const r19WholeParcel: Rule = (c) => {
  const ownOrders = new Set(c.afterSales.map((a) => `${a.shopId}/${a.orderId}`));
  for (const [index, order] of c.parcel.orders.entries()) {
    const refund = refundOf(c, index);
    if (refund === 'full') continue;
    if (refund === 'unknown') return { rule: 'R62', verdict: 'hold', reason: 'contents_unknown' };
    return ownOrders.has(`${order.shopId}/${order.orderId}`)
      ? { rule: 'R61', verdict: 'hold', reason: 'parcel_not_whole' }
      : { rule: 'R19', verdict: 'review', reason: 'sibling_not_refunding' };
  }
  return null;
};
