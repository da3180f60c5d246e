import { chinaTimeAt, type Fields, msAt, timeAt } from '../fields.js';

const SECONDS = /^\d{1,10}$/;
const MILLISECONDS = /^\d{13}$/;
const CHINA = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/**
 * A time as ms since 1970, in whichever form the platform wrote it: its documents show unix seconds and milliseconds for
 * the same kind of field, and records that were seen hold `yyyy-MM-dd HH:mm:ss` of China and RFC 3339. The forms cannot
 * be taken for each other. Undefined where missing; throws UnreadableEvent.
 */
export function momentAt(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (MILLISECONDS.test(text)) return msAt(fields, key);
  if (CHINA.test(text)) return chinaTimeAt(fields, key);
  return SECONDS.test(text) || text === '' || text.includes('T') ? timeAt(fields, key) : chinaTimeAt(fields, key);
}

/**
 * When an after-sale changed, in whole seconds. Messages have milliseconds where the list and the detail have seconds: on
 * one clock, what they say of the same second ties, and the status further along wins. Else a refund that was paid within
 * the second of its request would look open for ever.
 */
export function changedAt(fields: Fields, key: string): number | undefined {
  const ms = momentAt(fields, key);
  return ms === undefined ? undefined : ms - (ms % 1000);
}
