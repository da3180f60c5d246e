import { CarrierFault, type FaultKind } from '../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../domain/carrier/port.js';

const FAULTS: Readonly<Record<number, FaultKind>> = { 400: 'bad_request', 401: 'credentials', 429: 'throttled' };
/** Texts of a platform go into a message for people; this much of them is enough. */
const SHOWN_TEXT = 200;

/** `Retry-After` in ms; undefined: it is absent or not whole seconds (RFC 9110 10.2.3 also allows a date, which none sends). */
export function retryAfterMs({ headers }: CarrierResponse): number | undefined {
  const seconds = headers['retry-after'];
  return seconds !== undefined && /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** HTTP says no to a read before the platform does; null: it does not. Without an answer to a read nothing has happened. */
export function httpRefusal(response: CarrierResponse, platform: string): CarrierFault | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const kind = FAULTS[status] ?? (status >= 500 ? 'unavailable' : 'contract_broken');
  return new CarrierFault(kind, `${platform} answered HTTP ${status}`, {
    rawCode: String(status),
    retryAfterMs: retryAfterMs(response),
  });
}

/** Platforms quote our keys in their refusals ("KEY [appkey:…]"); a message for people holds none, and is short. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((rest, key) => rest.replaceAll(key, '…'), text).slice(0, SHOWN_TEXT);
}
