/** Mobile numbers, with +86 or gaps, and land lines with an area code; never a part of a longer number. */
export const PHONES = /(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)/g;

/** Courier texts name people's phones; they are kept and shown masked (S19), the last four digits tell two apart. */
export function maskPhones(text: string): string {
  return text.replace(PHONES, (phone) => `***${phone.slice(-4)}`);
}
