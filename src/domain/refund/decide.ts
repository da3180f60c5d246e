import { nextOpening, openedAt, withinHours } from '../hours.js';
import type { Reason } from '../reasons.js';
import type { RefundCase, RefundDecision, RefundParcel } from './case.js';
import { hasReached, onlySomeReached, wholeWayBack } from './point.js';

/** Older than this, what is known of the after-sale or of the road is looked at anew before money moves, ms (cases.md P5). */
export const EVIDENCE_MAX_AGE_MS = 90_000;
/** A track that could not be read is read again this much later, ms. */
const LOOK_AGAIN_MS = 60_000;

const wait = (reason: Reason, until: Date | null = null): RefundDecision => ({ do: 'wait', reason, until });
const later = (now: Date, ms: number) => new Date(now.getTime() + ms);

type Question = (c: RefundCase) => RefundDecision | null;

/** Is there anything to pay at all? */
const stillOwed: Question = ({ afterSale: { status, type } }) => {
  switch (status) {
    case 'agreed':
    case 'paid':
      return { do: 'drop', reason: 'refund_settled' };
    case 'closed':
    case 'refused':
      return { do: 'drop', reason: 'refund_gone' };
    case 'open':
      if (type === undefined) return wait('after_sale_unknown');
      return type === 'refund_only' ? null : { do: 'hand_over', reason: 'refund_changed' };
    default:
      return wait('after_sale_unknown');
  }
};

/** Is it still what it was when the parcel was turned around? A changed amount or order is a person's to decide. */
const unchanged: Question = ({ afterSale, opened, approvedFen }) => {
  const { refundAmountFen, orderId } = afterSale;
  if (refundAmountFen === undefined || refundAmountFen <= 0) return wait('amount_unknown');
  const expected = approvedFen ?? opened.amountFen;
  const otherOrder = opened.orderId !== null && orderId !== undefined && orderId !== opened.orderId;
  const otherAmount = expected !== null && refundAmountFen !== expected;
  return otherOrder || otherAmount ? { do: 'hand_over', reason: 'refund_changed' } : null;
};

const platformPays: Question = ({ platform, parcels, approvedFen }) =>
  platform.channelRefunds && approvedFen === null && parcels.some((p) => p.overPlatform)
    ? wait('refund_platform_pays')
    : null;

/** The moment from which something must be done before silence decides; null: the platform names no clock. */
function leadStart({ afterSale, policy }: RefundCase): Date | null {
  const { platformDeadlineMs } = afterSale;
  return platformDeadlineMs === undefined ? null : new Date(platformDeadlineMs - policy.platformLeadMs);
}

const ask = (reason: Reason): RefundDecision => ({ do: 'wait', reason, until: null, ask: true });

/** The parcel goes on to the buyer: silence would refund it all the same, so it is answered before the clock ends. */
function lostWay(c: RefundCase): RefundDecision {
  const from = leadStart(c);
  if (c.rejected) return wait('refund_rejecting');
  if (from === null) return ask('refund_clock_unknown');
  if (c.now < from) return wait('refund_lost_way', from);
  const amountFen = c.afterSale.refundAmountFen ?? 0;
  // No platform has an interface to extend its clock that we know of: that is a person's.
  if (c.policy.atPlatformDeadline !== 'reject' || c.mode !== 'auto' || !c.platform.canReject) {
    return ask('refund_clock_ends');
  }
  if (isOld(c, c.knownAt)) return { do: 'look', at: 'after_sale' };
  const cause = c.parcels.some((p) => p.whereabouts === 'delivered') ? 'delivered' : 'on_its_way';
  return { do: 'act', operation: 'reject', amountFen, version: c.afterSale.version ?? null, cause };
}

/** The point of the policy: all parcels have come that far (R74), or it is waited for as long as the platform's clock lets us. */
const pointReached: Question = (c) => {
  if (c.approvedFen !== null) return null;
  const way = wholeWayBack(c.parcels);
  if (way === 'lost_way') return lostWay(c);
  const { at } = c.policy;
  if (at !== 'never' && hasReached(way, at)) return null;
  const from = leadStart(c);
  if (from !== null && c.now >= from) return ask('refund_clock_pending');
  if (at === 'never') return wait('refund_never', from);
  return wait(onlySomeReached(c.parcels, at) ? 'refund_not_all' : 'refund_waits', from);
};

/** The goods are in the warehouse, and not as they should be: whoever pays now pays for what he has not got back. */
const goodsAgree: Question = ({ parcels, approvedFen }) =>
  approvedFen === null && parcels.some(({ differs }) => differs)
    ? { do: 'hand_over', reason: 'refund_goods_differ' }
    : null;

const hoursOpen: Question = ({ policy: { hours }, now, approvedFen }) =>
  hours === null || approvedFen !== null || withinHours(hours, now)
    ? null
    : wait('refund_hours', nextOpening(hours, now));

const approved: Question = ({ mode, approvedFen }) =>
  mode === 'approve' && approvedFen === null ? { do: 'hand_over', reason: 'refund_approval' } : null;

const platformCan: Question = ({ platform, afterSale }) => {
  const tooMuch = platform.mostFen !== null && (afterSale.refundAmountFen ?? 0) > platform.mostFen;
  return platform.canAgree && !tooMuch ? null : { do: 'hand_over', reason: 'refund_by_hand' };
};

/** Too old, or from before the window opened: a night's knowledge is not the morning's. */
function isOld({ now, policy: { hours } }: RefundCase, at: Date): boolean {
  const old = now.getTime() - at.getTime() > EVIDENCE_MAX_AGE_MS;
  return old || (hours !== null && withinHours(hours, now) && at < openedAt(hours, now));
}

const afterSaleFresh: Question = (c) => {
  if (!isOld(c, c.knownAt)) return null;
  return c.canReread ? { do: 'look', at: 'after_sale' } : null;
};

/** What the road must not say of a parcel whose refund is paid before it is back. */
const AGAINST: ReadonlySet<string> = new Set(['out_for_delivery', 'delivered', 'lost', 'unclear']);

function roadOf(c: RefundCase, parcel: RefundParcel): RefundDecision | null {
  if (parcel.received || parcel.whereabouts === 'returned') return null;
  if (parcel.canLook && (parcel.lookedAt === null || isOld(c, parcel.lookedAt))) return { do: 'look', at: 'road' };
  if (AGAINST.has(parcel.whereabouts)) return { do: 'hand_over', reason: 'refund_road' };
  // Could not look, or looked and saw nothing: neither says that the parcel is on its way back (R67).
  const blind = parcel.canLook && (parcel.lookFailed || parcel.whereabouts === 'unseen');
  return blind ? wait('refund_road_unknown', later(c.now, LOOK_AGAIN_MS)) : null;
}

const roadAgrees: Question = (c) => {
  if (c.approvedFen !== null) return null;
  const said = c.parcels.map((parcel) => roadOf(c, parcel)).filter((decision) => decision !== null);
  return said.find((decision) => decision.do === 'hand_over') ?? said[0] ?? null;
};

const versionKnown: Question = ({ platform, afterSale }) =>
  platform.versioned && afterSale.version === undefined ? wait('after_sale_unknown') : null;

/**
 * What is asked before money moves, in this order; the first that has something to say decides. The rules: R73 for all,
 * R74 for the point, R67 for the road, R76 for the switch.
 */
const REFUND_QUESTIONS = {
  stillOwed,
  switchedOn: ({ mode }) => (mode === 'off' ? wait('refund_off') : null),
  platformPays,
  unchanged,
  goodsAgree,
  pointReached,
  hoursOpen,
  platformCan,
  approved,
  afterSaleFresh,
  versionKnown,
  roadAgrees,
} as const satisfies Record<string, Question>;

/** The one place that says whether a refund is paid now. Pure. */
export function decideRefund(c: RefundCase): RefundDecision {
  for (const question of Object.values<Question>(REFUND_QUESTIONS)) {
    const decision = question(c);
    if (decision !== null) return decision;
  }
  const { refundAmountFen = 0, version = null } = c.afterSale;
  return { do: 'act', operation: 'agree', amountFen: refundAmountFen, version, cause: null };
}
