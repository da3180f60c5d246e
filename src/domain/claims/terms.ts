import type { ClaimState } from './machine.js';

/** What a courier promises about goods that come back, in days. */
export interface ClaimTerms {
  /** From the stop until the goods are back (R51: 2-3 days, large goods up to 15). */
  readonly returnDays: number;
  readonly largeReturnDays: number;
  /** To file a claim, from the day it arose. */
  readonly fileDays: number;
  /** For the courier's answer, and for its money after a yes. */
  readonly answerDays: number;
  readonly payDays: number;
}

/** Where a courier documents nothing of its own. */
const DEFAULT_TERMS: ClaimTerms = {
  returnDays: 3,
  largeReturnDays: 15,
  fileDays: 30,
  answerDays: 7,
  payDays: 15,
};

/** `stated`: what the courier's manifest says. */
export function termsOf(stated: Partial<ClaimTerms> | undefined): ClaimTerms {
  return { ...DEFAULT_TERMS, ...stated };
}

const DAY_MS = 86_400_000;
const days = (since: Date, n: number) => new Date(since.getTime() + n * DAY_MS);

/** When goods that were stopped at `since` should be back. */
export function returnDueAt(terms: ClaimTerms, since: Date, isLarge: boolean): Date {
  return days(since, isLarge ? terms.largeReturnDays : terms.returnDays);
}

/** Until when something should happen to a claim that is in this state since then; null: nothing need happen. */
export function claimDueAt(terms: ClaimTerms, state: ClaimState, since: Date): Date | null {
  switch (state) {
    case 'draft':
      return days(since, terms.fileDays);
    case 'filed':
      return days(since, terms.answerDays);
    case 'accepted':
      return days(since, terms.payDays);
    // An appeal is open as long as a filing is.
    case 'rejected':
      return days(since, terms.fileDays);
    case 'paid':
    case 'dropped':
      return null;
    default:
      return state satisfies never;
  }
}
