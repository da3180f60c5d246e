import { chinaDayStart, chinaMinutes } from './china-time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

const bounds = (hours: string) => hours.split('-').map(minutesOf);

/** Is `now` inside `HH:MM-HH:MM` in China? Start included, end excluded; it may run over midnight. */
export function withinHours(hours: string, now: Date): boolean {
  const [from = 0, to = 0] = bounds(hours);
  const at = chinaMinutes(now);
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

/** When the window opens next, after `now`. */
export function nextOpening(hours: string, now: Date): Date {
  const [from = 0] = bounds(hours);
  const today = chinaDayStart(now).getTime() + from * MINUTE_MS;
  return new Date(today > now.getTime() ? today : today + DAY_MS);
}

/** When the window that holds `now` opened. */
export function openedAt(hours: string, now: Date): Date {
  return new Date(nextOpening(hours, now).getTime() - DAY_MS);
}
