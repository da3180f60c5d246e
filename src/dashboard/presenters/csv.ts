/** What a spreadsheet would run, or take for something else, at the beginning of a cell (OWASP, its full-width forms too). */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
/** What a spreadsheet may take for a number, a date or a time. */
const LIKE_A_NUMBER = /^\d[\d.,:;/ eE+-]*$/;
const NEEDS_QUOTES = /[",\r\n\t\0]/;

/** A cell of text from outside: what would be a formula is led by an apostrophe and stays a text. */
export function textCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/**
 * A number of a parcel or an order. Spreadsheets read digits as a number and round them after the fifteenth, and drop
 * leading zeros; a tab behind them keeps them a text, digit for digit.
 */
export function numberCell(text: string): string {
  return LIKE_A_NUMBER.test(text) ? `${text}\t` : textCell(text);
}

/** Fen as yuan with two decimals, a number to spreadsheets. */
export function yuanCell(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  return `${sign}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** One line of CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

/** Tells spreadsheets that what follows is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';
