import { maskPhones } from '../../domain/phones.js';
import { isReason, reasonRow } from '../../domain/reasons.js';

export { maskPhones };

/** What a person reads for a reason code; a code of a later version stands for itself. */
export function reasonText(reason: string): { zh: string; en: string } {
  if (!isReason(reason)) return { zh: reason, en: reason };
  const { zh, en } = reasonRow(reason);
  return { zh, en };
}

export function time(at: Date): string {
  return at.toISOString();
}

export function timeOrNull(at: Date | null): string | null {
  return at === null ? null : time(at);
}

/** Every string in a JSON value, masked. */
export function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskPhones(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskDeep(inner)]));
  }
  return value;
}
