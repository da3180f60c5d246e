import type { Reason } from '../reasons.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** An accepted order without pushes is asked for every 30 s during its first 10 minutes (contract section 6). */
export const POLL_FIRST_MS = 30 * SECOND_MS;

const POLLS = [
  { untilMs: 10 * MINUTE_MS, everyMs: POLL_FIRST_MS },
  { untilMs: 60 * MINUTE_MS, everyMs: 2 * MINUTE_MS },
  { untilMs: 6 * 60 * MINUTE_MS, everyMs: 10 * MINUTE_MS },
  { untilMs: Number.POSITIVE_INFINITY, everyMs: 30 * MINUTE_MS },
] as const;

/** How long until an order that old is asked for again, ms: often at first, then ever more slowly. */
export function nextPollMs(ageMs: number): number {
  return POLLS.find((p) => ageMs < p.untilMs)?.everyMs ?? POLL_FIRST_MS;
}

/** Holds that a look at the track may end, and how soon the first look comes, ms. Pushes come sooner by themselves. */
const LOOKS: Partial<Record<Reason, number>> = {
  checking: 0,
  not_picked_up: 30 * SECOND_MS,
  track_unclear: MINUTE_MS,
};

/** When a held row is looked at again, ms; null: it waits for facts, a person or its deadline. */
export function holdsLookAfterMs(reason: Reason): number | null {
  return LOOKS[reason] ?? null;
}

/** Does this hold wait for the track? */
export function waitsForTrack(reason: Reason): boolean {
  return LOOKS[reason] !== undefined;
}

/** How long until a lost answer is asked for again, ms: soon, but not in a rush (contract section 6: within 15 s). */
export function nextAskMs(settleMs: number, askedForMs: number): number {
  return Math.min(Math.max(settleMs, SECOND_MS), 10 * SECOND_MS) * (askedForMs > MINUTE_MS ? 2 : 1);
}
