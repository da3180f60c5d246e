import { isReason, reasonRow } from '../../domain/reasons.js';

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

/** Mobile numbers, with +86 or gaps, and land lines with an area code; never a part of a longer number. */
const PHONES = /(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)/g;

/** Courier texts name people's phones; they leave masked (S19), the last four digits stay to tell two apart. */
export function maskPhones(text: string): string {
  return text.replace(PHONES, (phone) => `***${phone.slice(-4)}`);
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
