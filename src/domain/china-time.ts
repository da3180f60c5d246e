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

const FORM = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** `yyyy-MM-dd HH:mm:ss` as couriers and platforms write it, in China. Null if it is not that, or no such moment exists. */
export function parseChinaTime(text: string): Date | null {
  const fields = FORM.exec(text)?.slice(1).map(Number);
  if (!fields) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC carries 31 February over into March: such a text is an error, not a date.
  const same = local.toISOString().slice(0, 19).replace('T', ' ') === text;
  return same ? new Date(local.getTime() - OFFSET_MS) : null;
}

/** A moment as couriers and platforms write it: `yyyy-MM-dd HH:mm:ss` in China. */
export function formatChinaTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
