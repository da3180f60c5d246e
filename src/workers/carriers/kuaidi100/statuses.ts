import type { StatusAnswer } from '../../../domain/carrier/port.js';
import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

type Kind = StatusAnswer['kind'];

/**
 * What a word of the callback may mean for the order, and what that says of the road (null: nothing). Kuaidi100
 * publishes no word, so which one means what is told by the account (`callback.statuses`).
 */
const KINDS = {
  pending: null,
  stopped: null,
  returning: 'returning',
  // The parcel is back at the sender; a stop alone is `stopped`.
  finished: 'returned',
  failed: null,
  cancelled: null,
} as const satisfies Partial<Record<Kind, ParcelPhase | null>>;
export type TaughtStatus = keyof typeof KINDS;

export const TAUGHT_STATUSES = Object.keys(KINDS) as [TaughtStatus, ...TaughtStatus[]];

/**
 * A word of the callback, to the letter: never by a part of it, for 未拦截成功 holds 拦截成功. A word nobody explained
 * leaves the order unclear and the parcel unknown (R70).
 */
export function meaningOfStatus(
  word: string,
  taught: Readonly<Record<string, TaughtStatus>>,
): { readonly kind: Kind; readonly phase: ParcelPhase | null } {
  const kind = Object.hasOwn(taught, word) ? taught[word] : undefined;
  return kind === undefined ? { kind: 'unclear', phase: 'unknown' } : { kind, phase: KINDS[kind] };
}
