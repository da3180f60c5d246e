import type { InterceptEvent, InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { DIFFERENCES, ReturnState } from './states.js';

export interface ReturnStep {
  readonly event: InterceptEvent;
  readonly reason: Reason;
  readonly rule: string | null;
}

const STOP: ReturnStep = { event: 'stop', reason: 'courier_stopped', rule: null };
const BACK: ReturnStep = { event: 'return', reason: 'returned', rule: 'R75' };
const FOUND: ReturnStep = { event: 'find_returning', reason: 'already_returning', rule: 'R16' };

/** Goods that are in the warehouse were turned around, whoever did it: the steps that bring the intercept there. */
const ARRIVALS: Partial<Record<InterceptState, readonly ReturnStep[]>> = {
  held: [FOUND],
  queued: [FOUND],
  uncertain: [STOP, BACK],
  accepted: [STOP, BACK],
  intercepted: [BACK],
  missed: [BACK],
};

const REASON_OF = {
  short: 'returned_short',
  other: 'returned_other',
  damaged: 'returned_damaged',
} as const satisfies Record<(typeof DIFFERENCES)[number], Reason>;

const isDifferenceReason = (reason: Reason) => Object.values<Reason>(REASON_OF).includes(reason);

/**
 * What the warehouse's booking means for the intercept (R75): goods that are whole end it, a difference gives it to a person.
 * What a person has for another reason stays with him (R63); an order whose answer is awaited is left alone.
 */
export function stepsOfBooking(
  intercept: { readonly state: InterceptState; readonly reason: Reason },
  to: ReturnState,
): readonly ReturnStep[] {
  const { state, reason } = intercept;
  if (to !== 'received' && to !== 'short' && to !== 'other' && to !== 'damaged') return [];
  if (state === 'needs_review') return to === 'received' && isDifferenceReason(reason) ? [BACK] : [];
  // Taken for missed because it was delivered after the courier took the order: that it is here shows that the stop worked (R32).
  const worked = state === 'missed' && reason === 'delivered_after_acceptance';
  const arrival = worked ? [STOP, BACK] : (ARRIVALS[state] ?? []);
  if (to === 'received') return arrival;
  if (state !== 'returned' && arrival.length === 0) return [];
  return [...arrival, { event: 'hand_over', reason: REASON_OF[to], rule: 'R75' }];
}
