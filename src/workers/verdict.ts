import type { CarrierFault } from '../domain/carrier/fault.js';
import type { CarrierManifest, CreateAnswer } from '../domain/carrier/port.js';
import type { InterceptEvent } from '../domain/intercept/machine.js';
import type { Reason } from '../domain/reasons.js';
import type { AttemptOutcome } from '../domain/store/attempt-store.js';
import { backoffMs } from './backoff.js';

/** What an answer, or its absence, means for the row, the attempt and the lane. */
export interface Verdict {
  readonly outcome: AttemptOutcome;
  readonly event: InterceptEvent;
  readonly reason: Reason;
  /** When the row may be tried again, ms from now; null: the arrival in the new state decides. */
  readonly againInMs: number | null;
  readonly lane: 'healthy' | 'failing' | 'throttled' | 'locked_out';
}

/** A courier may ask us to wait, not to give up. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

export interface SendHistory {
  /** Earlier sends of this intercept whose bytes may have left. */
  readonly earlierSends: number;
  /** Sends tried so far, this one included. */
  readonly tries: number;
  /** What the courier's manifest says of a repeated send. */
  readonly resend: CarrierManifest['resend'];
}

const healthy = (outcome: AttemptOutcome, event: InterceptEvent, reason: Reason): Verdict => ({
  outcome,
  event,
  reason,
  againInMs: null,
  lane: 'healthy',
});

/**
 * What the courier's answer to an order means. "Exists already" is our own earlier order if one may have left: then it is
 * asked for, never taken for granted. Without one, somebody else asked, and the order stands (R71).
 */
export function verdictOfAnswer(answer: CreateAnswer, history: SendHistory): Verdict {
  const ours = history.earlierSends > 0;
  switch (answer.kind) {
    case 'accepted':
      return healthy('accepted', 'accept', 'courier_accepted');
    case 'duplicate':
      if (!ours) return healthy('duplicate', 'accept', 'asked_elsewhere');
      // A courier whose documented answer to a repetition is "exists already" has just confirmed our first order.
      return history.resend === 'duplicate_answer'
        ? healthy('accepted', 'accept', 'courier_accepted')
        : healthy('unknown', 'lose_answer', 'answer_lost');
    case 'already_returning':
      return ours
        ? healthy('unknown', 'lose_answer', 'answer_lost')
        : healthy('refused', 'refuse', 'already_returning');
    case 'not_yet':
      return healthy('not_yet', 'not_yet', 'not_picked_up');
    case 'refused':
      // After an order that may have left, a refusal of its repetition says nothing about the first: ask.
      return ours && answer.refusal === 'courier_limit_reached'
        ? healthy('unknown', 'lose_answer', 'answer_lost')
        : healthy('refused', 'refuse', answer.refusal);
    default:
      return answer satisfies never;
  }
}

/** What a failed order means: decided by the stage it failed at, nothing else (domain/carrier/fault.ts). */
export function verdictOfFault(fault: CarrierFault, history: SendHistory): Verdict {
  const again = (reason: Reason, lane: Verdict['lane']): Verdict => ({
    outcome: 'not_sent',
    event: 'not_sent',
    reason,
    againInMs: Math.min(fault.retryAfterMs ?? backoffMs(history.tries), LONGEST_RETRY_AFTER_MS),
    lane,
  });
  switch (fault.kind) {
    case 'not_sent':
      return again('not_sent', 'failing');
    case 'unavailable':
      return again('courier_unavailable', 'failing');
    case 'throttled':
      return again('throttled', 'throttled');
    case 'credentials':
      return again('not_sent', 'locked_out');
    case 'bad_request':
      return healthy('refused', 'refuse', 'request_malformed');
    case 'outcome_unknown':
    case 'contract_broken':
      return { outcome: 'unknown', event: 'lose_answer', reason: 'answer_lost', againInMs: null, lane: 'failing' };
    default:
      return fault.kind satisfies never;
  }
}
