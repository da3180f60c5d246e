/** China has one zone and no summer time: always UTC+8. */
const OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China, `YYYY-MM-DD`. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight in China. */
export function chinaMinutes(at: Date): number {
  const here = new Date(at.getTime() + OFFSET_MS);
  return here.getUTCHours() * 60 + here.getUTCMinutes();
}

/** The moment the calendar day of `at` began in China. */
export function chinaDayStart(at: Date): Date {
  return new Date(Date.parse(`${chinaDay(at)}T00:00:00Z`) - OFFSET_MS);
}
