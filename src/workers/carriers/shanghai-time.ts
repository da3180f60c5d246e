const FORM = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
/** China keeps UTC+8 all year (no summer time since 1991). */
const OFFSET_MS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` as couriers write it, in Asia/Shanghai. Null if it is not that, or no such moment exists. */
export function parseShanghai(text: string): Date | null {
  const fields = FORM.exec(text)?.slice(1).map(Number);
  if (!fields) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC carries 31 February over into March: such a text is an error, not a date.
  const same = local.toISOString().slice(0, 19).replace('T', ' ') === text;
  return same ? new Date(local.getTime() - OFFSET_MS) : null;
}

/** A moment as couriers write it: `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai. */
export function formatShanghai(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
