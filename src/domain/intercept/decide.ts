import { standing } from '../eligibility/refund-rules.js';
import type { Reason } from '../reasons.js';
import type { Whereabouts } from '../tracking/whereabouts.js';
import { type JudgeInput, type Judgement, judge } from './judge.js';
import type { InterceptEvent, InterceptState } from './machine.js';

/** One step to take, with its reason. Several in one decision are taken in one transaction. */
export interface DecidedStep {
  readonly event: InterceptEvent;
  readonly reason: Reason;
  readonly rule: string | null;
}

export type Decision =
  | { readonly do: 'open'; readonly judgement: Judgement }
  | { readonly do: 'steps'; readonly steps: readonly DecidedStep[]; readonly judgement: Judgement | null }
  | { readonly do: 'ask_cancel'; readonly reason: Reason }
  | { readonly do: 'ask_person'; readonly reason: Reason }
  | { readonly do: 'call_off_cancel' }
  | { readonly do: 'nothing'; readonly judgement: Judgement | null };

export interface DecideInput extends JudgeInput {
  /** The reason of a withdrawal, if the facts want one. */
  readonly goneReason?: Reason;
  /** The live intercept of the parcel, or its last one if it is `missed`; null: there is none. */
  readonly current: {
    readonly state: InterceptState;
    readonly reason: Reason;
    /** Why the courier is being asked to cancel, if it is: by a person, or by the facts. */
    readonly cancelReason: Reason | null;
    /** Did the courier ever take this order? */
    readonly wasAccepted: boolean;
    readonly canCancel: boolean;
  } | null;
}

const NOTHING: Decision = { do: 'nothing', judgement: null };

const one = (event: InterceptEvent, reason: Reason, rule: string | null = null): Decision => ({
  do: 'steps',
  steps: [{ event, reason, rule }],
  judgement: null,
});

/** A stop that took, seen on the road: the fee falls due with the first step, the end with the second (R55, R68). */
function comingBack(w: Whereabouts): Decision {
  const stop: DecidedStep = { event: 'stop', reason: 'courier_stopped', rule: null };
  const back: DecidedStep = { event: 'return', reason: 'returned', rule: null };
  return { do: 'steps', steps: w === 'returned' ? [stop, back] : [stop], judgement: null };
}

/** What the road says about an order that is, or may be, at the courier. */
function afterSending(state: 'uncertain' | 'accepted', w: Whereabouts): Decision | null {
  if (w === 'returning' || w === 'returned') return comingBack(w);
  if (w !== 'delivered') return null;
  // A courier that took the order has promised (R52); one whose answer was lost has not.
  return state === 'accepted'
    ? one('find_delivered', 'delivered_after_acceptance', 'R52')
    : one('find_delivered', 'delivered', 'R16');
}

/** An order that the courier took, and the wish behind it: gone, back again, or of another kind now (R80, case 6). */
function stillWanted(input: DecideInput, current: NonNullable<DecideInput['current']>): Decision {
  const standings = input.eligibility.afterSales.map(standing);
  const wanted = standings.some((s) => s === 'valid' || s === 'paid' || s === 'unknown');
  if (current.cancelReason !== null) {
    const byFacts = current.cancelReason !== 'withdrawn_by_person';
    return wanted && byFacts ? { do: 'call_off_cancel' } : NOTHING;
  }
  if (wanted) return NOTHING;
  if (standings.includes('other_type')) return { do: 'ask_person', reason: 'type_changed_after_acceptance' };
  if (!current.canCancel) return one('hand_over', 'cannot_recall', 'R80');
  return { do: 'ask_cancel', reason: input.goneReason === 'waybill_changed' ? 'waybill_changed' : 'cancel_asked' };
}

/** A stop that took while nobody wants it any more: the goods come back, a person arranges the delivery (R80). */
function redelivery(input: DecideInput): Decision {
  // Goods whose waybill changed travel in another parcel: that one is delivered (R65).
  const gone =
    input.goneReason !== 'waybill_changed' && input.eligibility.afterSales.every((a) => standing(a) === 'over');
  return gone ? { do: 'ask_person', reason: 'withdrawn_after_stop' } : NOTHING;
}

function afterStop(input: DecideInput, road: Whereabouts): Decision {
  if (road === 'returned') return one('return', 'returned');
  if (road === 'delivered') return one('find_delivered', 'delivered_after_acceptance', 'R52');
  return redelivery(input);
}

/** It could not be recalled, and the branch did not deliver it after all: it comes back to the seller (R80). */
function afterReview(input: DecideInput, current: NonNullable<DecideInput['current']>, road: Whereabouts): Decision {
  const isBack = road === 'returning' || road === 'returned';
  return current.reason === 'cannot_recall' && isBack ? redelivery(input) : NOTHING;
}

/**
 * What was missed comes back after all. If we only took it for missed because a signature came first, the order did work
 * and its fee is due (R32, R68); if the courier had said that it failed, it did not (R30).
 */
function afterMiss(current: NonNullable<DecideInput['current']>, road: Whereabouts): Decision {
  if (road !== 'returned' && road !== 'returning') return NOTHING;
  const worked = current.wasAccepted && current.reason === 'delivered_after_acceptance';
  return worked ? comingBack('returned') : one('return', 'returned');
}

/** A held or queued intercept meets a new judgement. */
function beforeSending(state: 'held' | 'queued', before: Reason, j: Judgement, goneReason: Reason): Decision {
  const steps = (event: InterceptEvent, reason: Reason = j.reason): Decision => ({
    do: 'steps',
    steps: [{ event, reason, rule: j.rule }],
    judgement: j,
  });
  switch (j.target) {
    case 'queued':
      return state === 'held' ? steps('release') : { do: 'nothing', judgement: j };
    case 'held':
      if (state === 'queued') return steps('hold');
      return before === j.reason ? { do: 'nothing', judgement: j } : steps('rehold');
    case 'missed':
      return steps(j.reason === 'delivered' ? 'find_delivered' : 'find_late');
    case 'needs_review':
      return steps('hand_over');
    case 'expired':
      return steps('expire');
    case 'skipped':
      if (j.reason === 'after_sale_not_open') return steps('withdraw', goneReason);
      if (j.reason === 'not_refund_only') return steps('withdraw', 'type_changed');
      if (j.reason === 'already_returning') return steps('find_returning');
      return steps('skip');
    default:
      return j.target satisfies never;
  }
}

/**
 * The one place that says what a parcel's facts mean for its intercept, at whatever point of its life they arrive.
 * `submitting` is left alone: its answer, or its lease, decides. `needs_review` stays with the person (R63).
 */
export function decide(input: DecideInput): Decision {
  const { current } = input;
  const road = input.eligibility.parcel.whereabouts;
  if (!current) return { do: 'open', judgement: judge(input) };
  switch (current.state) {
    case 'held':
    case 'queued':
      if (current.cancelReason === 'withdrawn_by_person') return one('withdraw', 'withdrawn_by_person');
      return beforeSending(current.state, current.reason, judge(input), input.goneReason ?? 'refund_withdrawn');
    case 'uncertain':
    case 'accepted': {
      const seen = afterSending(current.state, road);
      if (seen) return seen;
      return current.state === 'accepted' ? stillWanted(input, current) : { do: 'nothing', judgement: null };
    }
    case 'intercepted':
      return afterStop(input, road);
    case 'missed':
      return afterMiss(current, road);
    case 'returned':
      return current.wasAccepted ? redelivery(input) : NOTHING;
    case 'needs_review':
      return afterReview(input, current, road);
    default:
      return NOTHING;
  }
}
