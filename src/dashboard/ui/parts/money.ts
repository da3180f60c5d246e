const WHOLE = new Intl.NumberFormat('en-US');

/** Fen as `¥3.00`. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const whole = WHOLE.format(Math.floor(Math.abs(fen) / 100));
  return `${sign}¥${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** `89` or `89.5` or `89.50` as fen, without floating point; null: not an amount. */
export function fenOf(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
