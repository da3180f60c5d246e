import type { CourierChartAnswer } from '../http/answers.js';

const TWO = (n: number) => String(n).padStart(2, '0');
const CHINA_AHEAD_MS = 8 * 3_600_000;

/** A step as an axis names it, on China's clock: `14:00`, `11-22`. */
export function stepText(step: string, by: CourierChartAnswer['by']): string {
  const china = new Date(Date.parse(step) + CHINA_AHEAD_MS);
  return by === 'hour'
    ? `${TWO(china.getUTCHours())}:00`
    : `${TWO(china.getUTCMonth() + 1)}-${TWO(china.getUTCDate())}`;
}
