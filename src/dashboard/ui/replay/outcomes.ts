import { REPLAY_TEXTS } from '../texts/replay-texts.js';

const { label: _label, all: _all, ...OUTCOME_TEXTS } = REPLAY_TEXTS.outcome;

export type OutcomeName = keyof typeof OUTCOME_TEXTS;

/** What may become of an item; `open`: nothing yet. */
export const OUTCOMES = Object.keys(OUTCOME_TEXTS) as readonly OutcomeName[];

export function isOutcome(word: string): word is OutcomeName {
  return Object.hasOwn(OUTCOME_TEXTS, word);
}
