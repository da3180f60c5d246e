/** The twin's clock. Real milliseconds; only scripted delays are scaled, so that ledgers of several processes compare. */
export interface Clock {
  readonly timeScale: number;
  /** Unix milliseconds. */
  now(): number;
  /** A scripted delay in real milliseconds. Negative ones lie in the past and are kept as they are. */
  scaled(ms: number): number;
}

export function systemClock(timeScale: number): Clock {
  return { timeScale, now: () => Date.now(), scaled: (ms) => (ms > 0 ? ms * timeScale : ms) };
}

/** `yyyy-MM-dd HH:mm:ss` in China Standard Time, which has no daylight saving: how couriers write times. */
export function chinaTime(ms: number): string {
  return shifted(ms).slice(0, 19).replace('T', ' ');
}

/** RFC 3339 with +08:00 and whole seconds: how Douyin writes `update_time`. */
export function chinaRfc3339(ms: number): string {
  return `${shifted(ms).slice(0, 19)}+08:00`;
}

function shifted(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString();
}
