import { CarrierFault } from '../../domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../domain/carrier/port.js';

/** A proxy's slip ("come back in a year") must not stop a lane for longer than this. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * `Retry-After` in ms from now, as seconds or as a date (RFC 9110, 10.2.3). `nowMs` is the clock the date is compared
 * with, NaN if there is none. Undefined: not stated, or not readable.
 */
export function readRetryAfter(headers: CarrierResponse['headers'], nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/**
 * For couriers that answer everything in the body of a 200: any other status comes from something in front of the courier.
 * Throws `throttled` for 429 (turned away, RFC 6585), else `outcome_unknown` for a write and `unavailable` for a read.
 */
export function expectOk(response: CarrierResponse, effect: CarrierRequest['effect']): void {
  if (response.status === 200) return;
  // The answer's own clock: an adapter has none.
  const retryAfterMs = readRetryAfter(response.headers, Date.parse(response.headers.date ?? ''));
  const detail = { rawCode: `HTTP ${response.status}`, retryAfterMs };
  if (response.status === 429) throw new CarrierFault('throttled', 'HTTP 429: too many requests', detail);
  throw new CarrierFault(
    effect === 'write' ? 'outcome_unknown' : 'unavailable',
    `HTTP ${response.status} instead of the courier's answer`,
    detail,
  );
}
