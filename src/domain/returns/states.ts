import type { InterceptState } from '../intercept/machine.js';
import type { Text } from '../text.js';
import type { ReturnOutcome } from './match.js';

/**
 * Where a parcel's way back stands, from the first moment it may come back (R75). A state follows from what the road and the
 * warehouse say and is worked out anew with every word of theirs; only `settled` is a person's and stays (R63).
 */
export const RETURN_STATES = {
  expected: { zh: '等待入库', en: 'expected' },
  received: { zh: '已入库', en: 'received' },
  short: { zh: '少件', en: 'short' },
  other: { zh: '货不符', en: 'other goods' },
  damaged: { zh: '有破损', en: 'damaged' },
  off: { zh: '未退回', en: 'not coming back' },
  settled: { zh: '差异已处理', en: 'difference settled' },
} as const satisfies Record<string, Text>;

export type ReturnState = keyof typeof RETURN_STATES;
export const ALL_RETURN_STATES = Object.keys(RETURN_STATES) as ReturnState[];

/** What came is not what went: a person looks at it. */
export const DIFFERENCES = ['short', 'other', 'damaged'] as const satisfies readonly ReturnState[];

export function isDifference(state: ReturnState): state is (typeof DIFFERENCES)[number] {
  return DIFFERENCES.some((difference) => difference === state);
}

/** The goods are not in the warehouse's books, or not all of them, and may still come. */
export const NOT_BACK = ['expected', 'short', 'other'] as const satisfies readonly ReturnState[];

const OF_OUTCOME = {
  exact: 'received',
  unchecked: 'received',
  short: 'short',
  other: 'other',
  damaged: 'damaged',
} as const satisfies Record<Exclude<ReturnOutcome, 'waiting'>, ReturnState>;

/** Ends after which the parcel goes, or went, to the buyer. */
const GONE: ReadonlySet<InterceptState> = new Set(['missed', 'refused', 'withdrawn', 'expired', 'skipped']);

/** Does this step of an intercept say that its parcel comes, or may come, back? */
export function comesBack(state: InterceptState, reason: string): boolean {
  if (state === 'skipped') return reason === 'already_returning';
  return state === 'accepted' || state === 'intercepted' || state === 'returned';
}

/** Where the return stands by what is known now: the warehouse's word before the road's, a person's before both. */
export function returnStateOf(
  before: ReturnState,
  outcome: ReturnOutcome,
  intercept: { readonly state: InterceptState; readonly reason: string },
): ReturnState {
  if (before === 'settled') return before;
  if (outcome !== 'waiting') return OF_OUTCOME[outcome];
  const gone = GONE.has(intercept.state) && !comesBack(intercept.state, intercept.reason);
  return gone ? 'off' : 'expected';
}
