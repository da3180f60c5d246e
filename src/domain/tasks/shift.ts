import { chinaDayStart } from '../china-time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Shift {
  readonly since: Date;
  readonly until: Date;
}

/** The shift that ended last, by the moments of the day at which shifts end (`HH:MM` in China; at least one). */
export function lastShift(ends: readonly string[], now: Date): Shift {
  const midnight = chinaDayStart(now).getTime();
  const minutes = ends.map((end) => Number(end.slice(0, 2)) * 60 + Number(end.slice(3)));
  const moments = [-2, -1, 0]
    .flatMap((day) => minutes.map((minute) => midnight + day * DAY_MS + minute * MINUTE_MS))
    .filter((at) => at <= now.getTime())
    .sort((a, b) => a - b);
  const [since = midnight - DAY_MS, until = midnight] = moments.slice(-2);
  return { since: new Date(since), until: new Date(until) };
}
