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

/**
 * R16: picked up and not yet out for delivery. Nothing is said before somebody has looked at the track; where nobody
 * can, the channel itself looks and refuses (a platform's API takes only parcels between pick-up and delivery).
 */
export const r16OnTheRoad: Rule = ({ parcel }) => {
  if (parcel.whereabouts === 'unseen' && parcel.nobodyCanLook) return null;
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

const SAYS: Partial<Record<ReturnType<typeof standing>, ParcelOrder['refund']>> = {
  valid: 'full',
  paid: 'full',
  unknown: 'unknown',
};

/** The orders that the after-sales here speak of, each once, and whether one of its after-sales still asks for all. */
function ordersByAfterSales(c: EligibilityCase): ParcelOrder[] {
  const byOrder = new Map<string, ParcelOrder>();
  for (const a of c.afterSales) {
    const key = `${a.shopId}/${a.orderId}`;
    const before = byOrder.get(key)?.refund;
    const refund = before === 'full' ? 'full' : (SAYS[standing(a)] ?? before ?? 'none');
    byOrder.set(key, { shopId: a.shopId, orderId: a.orderId ?? '', paidFen: null, refund });
  }
  return [...byOrder.values()];
}

const PARTS: Record<Exclude<ParcelOrder['refund'], 'full'>, (own: boolean) => Finding> = {
  none: (own) => (own ? NOT_WHOLE : SIBLING),
  partial: (own) => (own ? NOT_WHOLE : SIBLING),
  unknown: () => UNKNOWN_CONTENTS,
};
const SIBLING: Finding = { rule: 'R19', verdict: 'review', reason: 'sibling_not_refunding' };
const NOT_WHOLE: Finding = { rule: 'R61', verdict: 'hold', reason: 'parcel_not_whole' };
const UNKNOWN_CONTENTS: Finding = { rule: 'R62', verdict: 'hold', reason: 'contents_unknown' };

/**
 * R19: a parcel with several orders is intercepted only if every order in it is being refunded; else a person (R61, R62).
 * The gravest thing that any order says is said, whatever their order: a sibling that wants his goods, then what is not
 * known, then what is still to come.
 */
export const r19WholeParcel: Rule = (c) => {
  if (c.parcel.contentsMissing) return UNKNOWN_CONTENTS;
  const wanted = c.afterSales.filter((a) => ['valid', 'paid'].includes(standing(a)));
  if (wanted.length === 0) return null;
  const ownOrders = new Set(wanted.map((a) => `${a.shopId}/${a.orderId}`));
  const listed = new Set(c.parcel.orders.map((o) => `${o.shopId}/${o.orderId}`));
  const unlisted = ordersByAfterSales(c).filter((o) => !listed.has(`${o.shopId}/${o.orderId}`));
  const findings = [...c.parcel.orders, ...unlisted].flatMap((order) => {
    const refund = refundOf(c, order);
    return refund === 'full' ? [] : [PARTS[refund](ownOrders.has(`${order.shopId}/${order.orderId}`))];
  });
  return [SIBLING, UNKNOWN_CONTENTS, NOT_WHOLE].find((f) => findings.includes(f)) ?? null;
};
