/** Fewer than this in an hour are no flood, whatever is usual. */
export const LEAST_RISE = 50;
/** What is usual is taken from so many hours before this one. */
export const USUAL_HOURS = 7 * 24;
/** Less history than this says nothing of what is usual: a new policy starts without a brake. */
const LEAST_HISTORY_HOURS = 24;
/** After a person let it go on, the brake stays off for so long. */
export const RELEASED_HOURS = 24;

export interface Pace {
  /** Let go within the last hour. */
  readonly hourCount: number;
  /** Let go in the hours before it, as far back as `USUAL_HOURS`. */
  readonly beforeCount: number;
  /** How many hours these are, counted from the first one let go. */
  readonly beforeHours: number;
}

/** What one hour usually sees. */
export function usualCount({ beforeCount, beforeHours }: Pace): number {
  return beforeHours <= 0 ? 0 : beforeCount / beforeHours;
}

/** Is this hour such a rise that a person should look before more is spent? */
export function isRunaway(pace: Pace, times: 'off' | number): boolean {
  if (times === 'off' || pace.beforeHours < LEAST_HISTORY_HOURS) return false;
  return pace.hourCount >= LEAST_RISE && pace.hourCount >= times * usualCount(pace);
}
