import type { StepRange } from '../domain/store/follow-store.js';

/** The numbers of a range that are not among these, as ranges; `numbers` ascending and within it. */
export function gapsIn({ after, upTo }: StepRange, numbers: readonly number[]): StepRange[] {
  const gaps: StepRange[] = [];
  let last = after;
  for (const number of [...numbers, upTo + 1]) {
    if (number > last + 1) gaps.push({ after: last, upTo: number - 1 });
    last = number;
  }
  return gaps;
}
