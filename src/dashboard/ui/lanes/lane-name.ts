import type { LaneAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import type { Lang } from '../texts/text.js';

/** A lane as people call it: its courier and account. */
export function laneName(lane: Pick<LaneAnswer, 'carrier' | 'accountId'>, lang: Lang): string {
  return `${courierName(lane.carrier, lang)} ${lane.accountId}`;
}

/** `87%`; a share of a limit may be over it for a moment. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
