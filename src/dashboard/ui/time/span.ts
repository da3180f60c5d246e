import { LANG_TAGS } from '../texts/language.js';
import type { Lang } from '../texts/text.js';

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;
type Unit = (typeof UNITS)[number]['unit'];

/** Kept, since a list asks for hundreds every few seconds and each takes longer to make than to use. */
const FORMATS = new Map<string, Intl.NumberFormat>();

/** A length of time in its two largest units: `2小时15分钟`, `1 day 3 hr`. Seconds only below a minute. Sign ignored. */
export function spanText(ms: number, lang: Lang): string {
  const whole = Math.abs(ms);
  const first = UNITS.findIndex((u) => whole >= u.ms);
  const at = first === -1 ? UNITS.length - 1 : first;
  const parts: string[] = [];
  let rest = whole;
  for (const { unit, ms: size } of UNITS.slice(at, at + 2)) {
    if (unit === 'second' && parts.length > 0) break;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 || parts.length === 0) parts.push(unitText(count, unit, lang));
  }
  return parts.join(lang === 'zh' ? '' : ' ');
}

function formatOf(unit: Unit, lang: Lang): Intl.NumberFormat {
  const key = `${unit} ${lang}`;
  const format =
    FORMATS.get(key) ?? new Intl.NumberFormat(LANG_TAGS[lang], { style: 'unit', unit, unitDisplay: 'short' });
  FORMATS.set(key, format);
  return format;
}

function unitText(count: number, unit: Unit, lang: Lang): string {
  const text = formatOf(unit, lang).format(count);
  // Chinese writes the number and its unit without a gap.
  return lang === 'zh' ? text.replaceAll(' ', '') : text;
}

/** Milliseconds as people compare them: `850 ms`, `2.4 s`, then as a span. */
export function durationText(ms: number, lang: Lang): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return spanText(ms, lang);
}

/** `2026-11-22 16:05:09` on the clock of whoever looks. */
export function momentText(at: string): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
