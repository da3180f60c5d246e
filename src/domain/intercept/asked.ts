import type { CarrierManifest, StatusAnswer } from '../carrier/port.js';
import type { Reason } from '../reasons.js';
import type { Intercept } from './intercept.js';
import type { InterceptEvent } from './machine.js';
import { nextAskMs, nextPollMs } from './timing.js';

/** What the answer to "what became of my order?" comes to. */
export interface Asked {
  /** Steps to take one after the other; empty: nothing moved. */
  readonly steps: readonly { readonly event: InterceptEvent; readonly reason: Reason; readonly rule?: string }[];
  /** What the lost send turned out to be, if this settles it. */
  readonly settle: 'accepted' | 'refused' | 'absent' | null;
  /** When to ask again if the row stays where it is. */
  readonly nextAt: Date;
  /** Since when the courier says "no record"; null clears it. */
  readonly absentSince: Date | null;
  readonly cancelAnswered: boolean;
  /** The order is over at the courier and only the road can tell how: look at the track. */
  readonly lookNext: boolean;
}

const accepted = { event: 'accept', reason: 'courier_accepted' } as const;
const stopped = { event: 'stop', reason: 'courier_stopped' } as const;
const missed = { event: 'miss', reason: 'courier_failed', rule: 'R50' } as const;
const cancelled = { event: 'cancel', reason: 'cancelled_at_courier' } as const;
const neverLeft = { event: 'refuse', reason: 'courier_order_cancelled', rule: 'R53' } as const;
const gaveUp = { event: 'give_up', reason: 'answer_never_proved' } as const;

const nothing = (nextAt: Date): Asked => ({
  steps: [],
  settle: null,
  nextAt,
  absentSince: null,
  cancelAnswered: false,
  lookNext: false,
});

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);

/** No answer proves anything any more: a person decides. Only a courier that answers can use its time up (case 25). */
function exhausted(row: Intercept, manifest: CarrierManifest, now: Date): boolean {
  const asked = now.getTime() - (row.askSince ?? row.updatedAt).getTime();
  return asked >= manifest.askUntilMs || row.deadlineAt <= now;
}

/**
 * A lost answer (`uncertain`) meets what the courier now says. Absence needs two "no record" answers at least `settleMs`
 * apart, and a courier whose orders may be repeated; everything less is asked again, then handed to a person.
 */
export function askedWhileUncertain(row: Intercept, manifest: CarrierManifest, answer: StatusAnswer, now: Date): Asked {
  const asked = now.getTime() - (row.askSince ?? row.updatedAt).getTime();
  const again = nothing(later(now, nextAskMs(manifest.settleMs, asked)));
  switch (answer.kind) {
    case 'pending':
      return { ...again, steps: [accepted], settle: 'accepted' };
    case 'stopped':
    case 'returning':
      return { ...again, steps: [stopped], settle: 'accepted' };
    case 'failed':
      return { ...again, steps: [accepted, missed], settle: 'accepted' };
    case 'cancelled':
      return { ...again, steps: [accepted, cancelled], settle: 'accepted' };
    case 'never_left':
      return { ...again, steps: [neverLeft], settle: 'refused' };
    case 'finished':
      return { ...again, steps: [accepted], settle: 'accepted', lookNext: true };
    case 'no_record': {
      const since = row.absentSince;
      const proved =
        since !== null && now.getTime() - since.getTime() >= manifest.settleMs && manifest.resend !== 'never';
      if (proved) return { ...again, steps: [{ event: 'prove_absent', reason: 'proved_absent' }], settle: 'absent' };
      if (since !== null && exhausted(row, manifest, now)) return { ...again, steps: [gaveUp] };
      return { ...again, nextAt: later(now, manifest.settleMs), absentSince: since ?? now };
    }
    case 'unclear':
      return exhausted(row, manifest, now) ? { ...again, steps: [gaveUp] } : again;
    default:
      return answer.kind satisfies never;
  }
}

/** An order that the courier took is followed to its end. */
export function askedWhileAccepted(row: Intercept, answer: StatusAnswer, now: Date): Asked {
  const again = nothing(later(now, nextPollMs(now.getTime() - (row.acceptedAt ?? row.updatedAt).getTime())));
  switch (answer.kind) {
    case 'stopped':
    case 'returning':
      return { ...again, steps: [stopped] };
    case 'failed':
      return { ...again, steps: [missed] };
    case 'cancelled':
      return { ...again, steps: [cancelled] };
    case 'never_left':
      return { ...again, steps: [neverLeft] };
    case 'finished':
      return { ...again, lookNext: true };
    case 'pending':
    case 'no_record':
    case 'unclear':
      return again;
    default:
      return answer.kind satisfies never;
  }
}
