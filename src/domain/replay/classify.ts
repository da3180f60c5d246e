import type { Judgement } from '../intercept/judge.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';

/** What a replay would come to for one intercept (contract section 6). */
export const REPLAY_CLASSES = [
  'willSend',
  'readBackFirst',
  'alreadyIntercepted',
  'delivered',
  'withdrawn',
  'refusedForGood',
  'other',
] as const;
export type ReplayClass = (typeof REPLAY_CLASSES)[number];

interface StateRow {
  /** The class of every reason not named in `but`. */
  readonly class: ReplayClass;
  readonly but?: Partial<Record<Reason, ReplayClass>>;
}

/**
 * State and reason as a class. `needs_review` is an order that may be at the courier unless its reason says that nothing
 * was sent; `refused` is for good unless somebody can mend what the courier named.
 */
const TABLE = {
  held: { class: 'willSend', but: { not_picked_up: 'other', track_unclear: 'other', parcel_not_whole: 'other' } },
  queued: { class: 'willSend' },
  submitting: { class: 'readBackFirst' },
  uncertain: { class: 'readBackFirst' },
  accepted: { class: 'readBackFirst' },
  intercepted: { class: 'alreadyIntercepted' },
  returned: { class: 'alreadyIntercepted' },
  needs_review: {
    class: 'readBackFirst',
    but: {
      track_unclear: 'willSend',
      amount_unknown: 'willSend',
      value_unknown: 'willSend',
      contents_unknown: 'willSend',
      after_sale_unknown: 'willSend',
      sibling_not_refunding: 'willSend',
      partial_refund_ask: 'willSend',
      parcel_lost: 'other',
    },
  },
  refused: {
    class: 'refusedForGood',
    but: {
      courier_already_delivered: 'delivered',
      already_returning: 'other',
      courier_not_ours: 'willSend',
      courier_bad_data: 'willSend',
      courier_unknown_waybill: 'willSend',
      courier_unknown_code: 'willSend',
      request_malformed: 'willSend',
    },
  },
  missed: {
    class: 'delivered',
    but: { phone_branch: 'other', courier_failed: 'refusedForGood' },
  },
  withdrawn: { class: 'withdrawn' },
  expired: {
    class: 'other',
    but: { approval_missed: 'willSend' },
  },
  skipped: {
    class: 'other',
    but: {
      shop_not_active: 'willSend',
      agreement_not_signed: 'willSend',
      carrier_not_connected: 'willSend',
      no_account: 'willSend',
      after_sale_not_open: 'withdrawn',
      delivered: 'delivered',
    },
  },
} as const satisfies Record<InterceptState, StateRow>;

/** The class by state and reason alone. */
export function classOf(state: InterceptState, reason: Reason): ReplayClass {
  const row: StateRow = TABLE[state];
  return row.but?.[reason] ?? row.class;
}

/** States of what was decided and not sent: a new judgement says more than the old reason. */
const JUDGED_ANEW: ReadonlySet<InterceptState> = new Set(['held', 'skipped', 'expired']);

/**
 * Does a replay let this intercept go again, guards permitting? Never what may be at the courier, never what a person
 * gave up (R63).
 */
export function isReleasable(state: InterceptState, reason: Reason): boolean {
  if (reason === 'given_up') return false;
  return JUDGED_ANEW.has(state) || classOf(state, reason) === 'willSend';
}

/** What a judgement with a person's release means as a class. */
export function classOfJudgement({ target, reason }: Pick<Judgement, 'target' | 'reason'>): ReplayClass {
  switch (target) {
    case 'queued':
      return 'willSend';
    case 'held':
      // Old knowledge is read once more and then sent (R72); every other wait stays one.
      return reason === 'rechecking' ? 'willSend' : 'other';
    case 'missed':
      return reason === 'delivered' ? 'delivered' : 'other';
    case 'skipped':
      return reason === 'after_sale_not_open' ? 'withdrawn' : 'other';
    default:
      return 'other';
  }
}
